"""Calls on record; what whoever gets no message is told."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import IDENTITY, ComplaintCase

NO_MAIL = {"name": "Zineb Essaidi", "phone": IDENTITY["phone"]}


@tagged("post_install", "-at_install")
class TestPhone(ComplaintCase):
    def _call(self, user, subject="news", reached="yes", case=None):
        case = case or self.case
        wizard = self.env["jamaa.complaint.call"].with_user(user).sudo(False)
        wizard = wizard.with_context(allowed_company_ids=user.company_ids.ids)
        return wizard.create({"case_id": case.id, "subject": subject, "reached": reached}).action_confirm()

    def test_a_call_is_a_fact(self):
        self._call(self.officer)
        self._call(self.officer, reached="no")
        codes = self.case.milestone_ids.mapped("code")
        self.assertIn("called", codes)
        self.assertIn("call_missed", codes)
        facts = {fact.code: fact for fact in self.case.milestone_ids}
        self.assertTrue(facts["called"].is_public)
        self.assertFalse(facts["call_missed"].is_public)
        self.assertEqual(facts["called"].user_id, self.officer)
        steps = [step["text"] for step in self.case._case_page("fr")["steps"]]
        self.assertFalse([step for step in steps if "Told" in step], "what was said is the desk's")

    def test_who_may_not(self):
        for user in (self.other_agent, self.officer_there, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._call(user)
        self.case.sudo().locked_user_ids = self.officer
        with self.assertRaises(AccessError):
            self._call(self.officer)
        self.assertNotIn("called", self.case.milestone_ids.mapped("code"))

    def test_an_answer_is_read_out_once_it_is_sent(self):
        with self.assertRaises(AccessError):
            self._call(self.officer, "answer")
        self.case.sudo().answer_state = "sent"
        self._call(self.officer, "answer")
        self.assertIn("called", self.case.milestone_ids.mapped("code"))

    def test_when_to_come_or_call(self):
        self.here.phone = "+212522000000"
        case = self._lodge(identity=NO_MAIL, site_id=self.site.id)
        words = case._case_page("fr")["come_or_call"]
        self.assertEqual((words["phone"], words["site"]), ("+212522000000", "Annex"))
        self.assertTrue(words["day"])
        receipt = self.env["ir.qweb"]._render("jamaa_complaints.come_or_call", {"words": words})
        self.assertIn("+212522000000", str(receipt))
        self.assertFalse(self.case._case_page("fr")["come_or_call"], "who gets mails is not sent to the counter")

    def test_hours_of_the_site(self):
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Mornings",
                "company_id": self.here.id,
                "attendance_ids": [
                    (5, 0, 0),
                    *(
                        (0, 0, {"name": "x", "dayofweek": str(day), "hour_from": 8.5, "hour_to": 12})
                        for day in range(7)
                    ),
                ],
            }
        )
        self.env["jamaa.site.opening"].create(
            {
                "site_id": self.site.id,
                "name": "Usual",
                "date_from": self._day(-10),
                "date_to": self._day(30),
                "calendar_id": calendar.id,
            }
        )
        case = self._lodge(identity=NO_MAIL, site_id=self.site.id)
        hours = case._case_page("fr")["come_or_call"]["hours"]
        self.assertEqual(len(hours), 7)
        self.assertEqual({line["hours"] for line in hours}, {"08:30–12:00"})
