"""Cases in the register and in the book of outgoing mail."""

from odoo.tests import tagged

from .common import ComplaintCase


@tagged("post_install", "-at_install")
class TestRegisterMail(ComplaintCase):
    def _entries(self, code, user=None):
        entries = self.env["jamaa.register.entry"].with_user(user or self.env.user)
        return entries.search(
            [("kind_code", "=", code), ("res_model", "=", "helpdesk.ticket"), ("res_id", "=", self.case.id)]
        )

    def _answer(self):
        case = self.case.sudo(False)
        case.with_user(self.officer).action_assign_proposed()
        case.with_user(self.agent).write({"answer": "The lamp was mended.", "outcome": "solved"})
        case.with_user(self.agent).action_submit()
        case.with_user(self.president_user).action_approve()
        case.with_user(self.officer).action_send()

    def test_a_case_is_in_the_register_with_its_fingerprint(self):
        entry = self._entries("case_received")
        self.assertIn(self.case.filed_digest, entry.facts)
        self.assertNotIn("Zineb", entry.facts)

    def test_an_answer_is_numbered_and_in_the_register(self):
        self._answer()
        letter = self.case.letter_entry_id
        self.assertEqual((letter.direction, letter.res_id), ("outgoing", self.case.id))
        self.assertEqual(letter.function_id, self.president)
        self.assertNotIn("Zineb", letter.correspondent + letter.subject)
        self.assertEqual(self.case._letter_paper()["letter_number"], letter.number_display)
        self.assertTrue(self._entries("case_answered"))

    def test_a_commune_that_types_numbers_is_not_held_up(self):
        self.here.mail_numbering = "national"
        self._answer()
        self.assertEqual(self.case.answer_state, "sent")
        self.assertFalse(self.case.letter_entry_id)

    def test_a_locked_person_sees_neither_entry_nor_letter(self):
        self._answer()
        letters = self.env["jamaa.mail.entry"].with_user(self.president_user)
        self.assertTrue(self._entries("case_received", self.president_user))
        self.assertIn(self.case.letter_entry_id, letters.search([]))
        self.case.sudo().write({"locked_user_ids": [(4, self.president_user.id)]})
        self.assertTrue(self._entries("case_closed_to"))
        for code in ("case_received", "case_answered", "case_closed_to"):
            self.assertFalse(self._entries(code, self.president_user))
            self.assertTrue(self._entries(code, self.auditor))
        self.assertNotIn(self.case.letter_entry_id, letters.search([]))
