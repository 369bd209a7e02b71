"""Another look, from the citizen's own page and without a script."""

from odoo.tests import tagged

from .public_common import PublicComplaintCase


@tagged("post_install", "-at_install")
class TestAfterPublic(PublicComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.lodge(cls)

    def url(self, tail=""):
        return self.case._public_path("fr") + tail

    def ask(self, words="It is <b>dark</b> again"):
        return self.url_open(self.url("/again"), data={"words": words})

    def codes(self):
        self.env.invalidate_all()
        return self.case.milestone_ids.mapped("code")

    def test_no_form_before_the_answer(self):
        self.assertNotIn('id="f-again"', self.url_open(self.url()).text)
        self.ask()
        self.assertNotIn("reopen_asked", self.codes())

    def test_asked_twice_is_taken_once(self):
        self.answer(self.case)
        self.assertIn('id="f-again"', self.url_open(self.url()).text)
        for _turn in range(2):
            answer = self.ask()
            self.assertEqual(answer.status_code, 200)
            self.assertNotIn('id="f-again"', answer.text)
            self.assertNotIn("<b>dark", answer.text)
        self.assertEqual(self.codes().count("reopen_asked"), 1)
        self.assertEqual(self.case.reopen_words, "It is <b>dark</b> again")

    def test_no_link_asks(self):
        self.answer(self.case)
        self.assertIn(self.url_open(self.url("/again?words=x")).status_code, (404, 405))
        self.assertNotIn("reopen_asked", self.codes())

    def test_empty_and_endless(self):
        self.answer(self.case)
        self.assertEqual(self.ask(" \0 ").status_code, 422)
        self.assertEqual(self.ask("x" * 5000).status_code, 200)
        self.assertEqual(len(self.case.reopen_words), 2000)

    def test_too_many_give_the_words_back(self):
        self.answer(self.case)
        for _turn in range(20):
            self.ask("")
        answer = self.ask("Dark since Friday")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Dark since Friday", answer.text)
        self.assertNotIn("reopen_asked", self.codes())

    def test_the_page_stays_within_its_budget(self):
        self.answer(self.case)
        for rank in range(15):
            self.env["jamaa.complaint.promise"].create(
                {"case_id": self.case.id, "what": f"Lamp {rank}", "due_on": "2030-01-01"}
            )
        self.case.sudo().promise_ids.is_told = True
        self.url_open(self.url())
        self.env.flush_all()
        before = self.cr.sql_log_count
        text = self.url_open(self.url()).text
        self.assertLessEqual(self.cr.sql_log_count - before, 30)
        self.assertIn("Lamp 14", text)

    def test_another_commune_s_link_is_unknown(self):
        other = self.make_commune("commune-essai-2")
        self.answer(self.case)
        url = self.url("/again").replace(self.commune.commune_slug, other.commune_slug)
        self.assertEqual(self.url_open(url, data={"words": "x"}).status_code, 404)
        self.assertNotIn("reopen_asked", self.codes())
