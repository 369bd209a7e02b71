"""The ticket as a picture: Arabic in joined letters, black on white, as wide as the paper."""

import io

from PIL import Image

from odoo.tests import BaseCase, tagged

from ..tools.ticket_image import _font, _runs, _wide, _wrapped, draw_ticket
from .queue_common import QueueCase


@tagged("post_install", "-at_install")
class TestTicketImage(BaseCase):
    def test_widths(self):
        for width in (384, 576):
            image = Image.open(io.BytesIO(draw_ticket("A012", [("جماعة", "small")], [("Etat civil", "plain")], width)))
            self.assertEqual((image.size[0], image.mode), (width, "1"))
            self.assertGreater(image.histogram()[0], 500, "something is drawn")

    def test_arabic_letters_are_joined(self):
        """Shaped, a word is narrower than its letters one by one."""
        word = "مصلحة"
        apart = sum(_wide(letter, 40) for letter in word)
        self.assertLess(_wide(word, 40), 0.9 * apart)

    def test_two_scripts_in_one_line(self):
        runs = _runs("القانون 55.19 للمرتفقين", 30)
        self.assertEqual([run for run, _font_, _way in runs], ["للمرتفقين", " ", "55.19", " ", "القانون"])
        self.assertEqual({way for run, _font_, way in runs if run.strip() != "55.19" and run.strip()}, {"rtl"})
        seen = "".join(run for run, _font_, _way in _runs("رسم (36.21)", 30))
        self.assertEqual(seen, "(36.21) رسم", "brackets are mirrored, the number is not")
        self.assertEqual("".join(run for run, _font_, _way in _runs("قبلك: 12", 30)), "12 :قبلك")
        self.assertEqual([run for run, _font_, _way in _runs("État civil", 30)], ["État civil"])

    def test_each_script_has_its_face(self):
        for text in ("الحالة المدنية", "État civil", "ⵜⴰⵎⴰⵣⵉⵖⵜ"):
            for run, font, _way in _runs(text, 30):
                missing = _font("NotoSans-Bold.woff2", 30).getmask("\uffff").getbbox()
                for letter in run.replace(" ", ""):
                    box = font.getmask(letter).getbbox()
                    self.assertTrue(box, letter)
                    self.assertNotEqual((box, font.getname()[0]), (missing, "Noto Sans Arabic"), letter)

    def test_long_names_are_wrapped(self):
        lines = _wrapped("شهادة إدارية تتعلق بالملك الجماعي الخاص للجماعة الترابية", 30, 300)
        self.assertGreater(len(lines), 1)
        self.assertTrue(all(_wide(line, 30) <= 300 for line in lines))

    def test_a_link_makes_it_longer(self):
        plain = Image.open(io.BytesIO(draw_ticket("A1", [], [], 384)))
        coded = Image.open(io.BytesIO(draw_ticket("A1", [], [], 384, "https://jamaa.test/q/0123456789abcdef")))
        self.assertGreaterEqual(coded.size[1] - plain.size[1], 192)


@tagged("post_install", "-at_install")
class TestTicketPaper(QueueCase):
    def test_picture_of_a_ticket(self):
        ticket = self._give(procedure=self.procedure)
        image = Image.open(io.BytesIO(ticket._png(576)))
        self.assertEqual(image.size[0], 576)
        self.assertEqual(Image.open(io.BytesIO(ticket._png(1))).size[0], 384)

    def test_public_state_is_plain(self):
        ticket = self._give()
        self.assertEqual(ticket._public_state()["ahead"], 0)
        self.Ticket._next_for(self.desk)
        state = ticket._public_state()
        self.assertEqual((state["state"], state["desk"], state["ahead"]), ("called", "Desk 1", None))
        self.assertEqual(set(state), {"code", "site", "queue", "state", "ahead", "desk", "issued_at", "calls"})

    def test_board_shows_the_last_calls(self):
        first, second = self._give(), self._give()
        self.Ticket._next_for(self.desk)
        self.Ticket._next_for(self.desk_2)
        first._recall()
        board = self.annex._queue_board()
        self.assertEqual(
            [(one["code"], one["desk"]) for one in board["calls"]], [("A001", "Desk 1"), ("A002", "Desk 2")]
        )
        second._serve()
        second._finish()
        self.assertEqual([one["now"] for one in self.annex._queue_board()["calls"]], [True, False])
