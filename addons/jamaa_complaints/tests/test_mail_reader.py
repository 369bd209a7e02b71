"""Reading mails: pure functions, no record."""

from odoo.tests import BaseCase, tagged

from ..tools.mail_charset import decode_bytes, mail_lang
from ..tools.mail_reader import hide_addresses, read_mail, safe_kind
from .mail_samples import ARABIC, FRENCH, of_machines, of_people


@tagged("post_install", "-at_install")
class TestMailReader(BaseCase):
    def test_letters_survive_a_wrong_charset(self):
        for real in ("windows-1256", "utf-8"):
            for said in ("us-ascii", "iso-8859-1", "utf-8", "nonsense", None):
                with self.subTest(real=real, said=said):
                    self.assertEqual(decode_bytes(ARABIC.encode(real), said), ARABIC)
        self.assertEqual(decode_bytes(FRENCH.encode("cp1252"), "us-ascii"), FRENCH)

    def test_a_person_is_no_machine(self):
        for sample in of_people("unit@commune.test"):
            with self.subTest(sample=sample.name):
                self.assertIsNone(read_mail(sample.raw).reason_aside())
        machine = next(iter(of_machines("unit@commune.test")))
        self.assertEqual(read_mail(machine.raw).reason_aside(), "auto")

    def test_there_are_forty(self):
        samples = [*of_people("unit@commune.test"), *of_machines("unit@commune.test")]
        self.assertGreaterEqual(len(samples), 40)
        self.assertEqual(len({sample.raw for sample in samples}), len(samples))

    def test_no_active_kind(self):
        for kind, name in (("text/html", "a.txt"), ("image/png", "a.svg"), ("application/xhtml+xml", "a"), ("x", "a")):
            self.assertEqual(safe_kind(kind, name), "application/octet-stream")
        self.assertEqual(safe_kind("application/pdf", "a.pdf"), "application/pdf")

    def test_envelopes_go_facts_stay(self):
        text, taken = hide_addresses(
            "من: سعيد <said@example.org>\nI wrote to roads@commune.test.", {"said@example.org"}
        )
        self.assertNotIn("said", text)
        self.assertIn("roads@commune.test", text)
        self.assertEqual(len(taken), 1)

    def test_language(self):
        self.assertEqual(mail_lang(ARABIC), "ar_MA")
        self.assertEqual(mail_lang(FRENCH), "fr_MA")
