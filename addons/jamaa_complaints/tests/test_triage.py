"""Which way is it? On the public page and at the counter, without keeping anybody."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import FACTS, IDENTITY, ComplaintCase
from .public_common import PublicComplaintCase

CODES = ["act", "information", "petition", "justice", "other_body"]


@tagged("post_install", "-at_install")
class TestTriagePage(PublicComplaintCase):
    def _open(self, page="complaint/which"):
        return self.url_open(self.page_url(page))

    def _post(self, way):
        return self.url_open(self.page_url("complaint/which"), data={"way": way})

    def _counted(self):
        self.env.invalidate_all()
        rows = self.env["jamaa.complaint.triage.answer"].search([("company_id", "=", self.commune.id)])
        return rows.mapped("outcome")

    def test_five_questions_then_the_kinds(self):
        self.assertIn("/complaint/which", self._open("complaint").text, "the form links to it")
        page = self._open().text
        for code in CODES:
            self.assertIn(f'name="way" value="{code}"', page)
            self.assertIn(f"?after={code}", page)
            page = self._open(f"complaint/which?after={code}").text
        for kind in ("complaint", "remark", "proposal", "report"):
            self.assertIn(f'value="{kind}"', page)
        self.assertFalse(self._counted(), "reading counts nothing")

    def test_yes_says_where_to_go(self):
        answer = self._post("information")
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.url.endswith("/complaint/which/information"))
        self.assertIn("31-13", answer.text)
        self.assertEqual(self._counted(), ["information"])
        self.assertNotIn("Set-Cookie", answer.headers)

    def test_a_kind_is_chosen_on_the_form(self):
        answer = self._post("report")
        self.assertTrue(answer.url.endswith("/complaint?kind=report"))
        self.assertRegex(answer.text, r'value="report"\s+checked="checked"')
        self.assertEqual(self._counted(), ["report"])

    def test_a_question_may_lead_to_a_kind(self):
        self.env["jamaa.complaint.triage"].create(
            {"code": "idea", "question": "An idea?", "title": "Idea", "leads_to": "proposal", "sequence": 90}
        )
        self.assertTrue(self._post("idea").url.endswith("/complaint?kind=proposal"))
        self.assertEqual(self._open("complaint/which/idea").status_code, 404)

    def test_junk_counts_nothing(self):
        for way in ("", "nonsense", "1;DROP"):
            self.assertTrue(self._post(way).url.endswith("/complaint/which"))
        self.assertEqual(self._open("complaint/which/nonsense").status_code, 404)
        self.assertEqual(self._open("complaint/which?after=nonsense").status_code, 200)
        self.assertFalse(self._counted())

    def test_nothing_of_the_visitor_is_kept(self):
        self._post("act")
        self.env.cr.execute("SELECT * FROM jamaa_complaint_triage_answer WHERE company_id = %s", [self.commune.id])
        row = self.env.cr.dictfetchone()
        self.assertEqual(set(row), {"id", "company_id", "month", "outcome", "place"})
        self.assertEqual(row["month"].day, 1)

    def test_counting_ends_pages_go_on(self):
        for _time in range(62):
            self.env["jamaa.throttle"]._note("triage", "127.0.0.1")
        self.assertEqual(self._post("act").status_code, 200)
        self.assertFalse(self._counted())

    def test_a_commune_names_its_own_desk(self):
        other = self.make_commune("commune-essai-2")
        self.env["jamaa.complaint.triage"].create(
            {
                "code": "act",
                "company_id": self.commune.id,
                "question": "Paper?",
                "title": "Paper",
                "where_to": "Desk 4",
                "sequence": 10,
            }
        )
        triage = self.env["jamaa.complaint.triage"]
        self.assertIn("Desk 4", triage._questions(self.commune).mapped("where_to"))
        self.assertEqual(len(triage._questions(self.commune)), 5)
        self.assertNotIn("Desk 4", triage._questions(other).mapped("where_to"))
        self.assertIn("Desk 4", self._post("act").text)


@tagged("post_install", "-at_install")
class TestTriageCounter(ComplaintCase):
    def _wizard(self, user, **vals):
        return (
            self.env["jamaa.complaint.counter"]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
            .create({"company_id": self.here.id, "facts": FACTS, **IDENTITY, **vals})
        )

    def _counted(self):
        rows = self.env["jamaa.complaint.triage.answer"].search([("company_id", "=", self.here.id)])
        return rows.mapped(lambda row: (row.outcome, row.place))

    def test_something_else_is_told_and_not_lodged(self):
        row = self.env.ref("jamaa_complaints.triage_petition")
        wizard = self._wizard(self.receptionist, triage_id=row.id)
        self.assertTrue(wizard.triage_elsewhere)
        self.assertIn("113-14", wizard.triage_words)
        before = self.Ticket.search_count([("kind", "!=", False)])
        wizard.action_elsewhere()
        self.assertEqual(self.Ticket.search_count([("kind", "!=", False)]), before)
        self.assertEqual(self._counted(), [("petition", "counter")])
        self.assertFalse(wizard.exists(), "what was typed is gone")

    def test_who_goes_elsewhere_need_not_tell_first(self):
        form = Form(self.env["jamaa.complaint.counter"].with_user(self.receptionist).with_company(self.here))
        form.triage_shown = True
        form.triage_id = self.env.ref("jamaa_complaints.triage_act")
        wizard = form.save()
        with self.assertRaises(UserError):
            wizard.action_lodge()
        wizard.action_elsewhere()
        self.assertEqual(self._counted(), [("act", "counter")])

    def test_a_yes_sets_the_kind(self):
        row = self.env["jamaa.complaint.triage"].create(
            {"code": "danger", "question": "A danger?", "title": "Danger", "leads_to": "report"}
        )
        form = Form(self.env["jamaa.complaint.counter"].with_user(self.receptionist).with_company(self.here))
        form.triage_shown = True
        form.triage_id = row
        self.assertEqual(form.kind, "report")
        form.facts = FACTS
        wizard = form.save()
        wizard.action_lodge()
        self.assertEqual(wizard.case_id.sudo().kind, "report")
        self.assertEqual(self._counted(), [("report", "counter")])
        self.assertFalse(wizard.triage_id, "no answer stays with a case")

    def test_who_may(self):
        row = self.env.ref("jamaa_complaints.triage_act")
        wizard = self._wizard(self.receptionist, triage_id=row.id)
        for user in (self.officer, self.agent, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, wizard).action_elsewhere()
        wizard.company_id = self.there
        with self.assertRaises(AccessError):
            self._as(self.receptionist, wizard).action_elsewhere()
        self.assertFalse(self._counted())
        self.assertFalse(self.env["jamaa.complaint.triage.answer"].search([("company_id", "=", self.there.id)]))
        with self.assertRaises(AccessError):
            self._as(self.officer, row).write({"question": "Mine?"})
        with self.assertRaises(AccessError):
            self._as(self.agent, row).write({"question": "Mine?"})
        own = (
            self.env["jamaa.complaint.triage"]
            .with_user(self.officer)
            .with_company(self.here)
            .create({"code": "own", "question": "Own?", "title": "Own", "company_id": self.here.id})
        )
        with self.assertRaises(AccessError):
            self._as(self.officer_there, own).read(["question"])
        with self.assertRaises(AccessError):
            self._as(self.agent, self.env["jamaa.complaint.triage.answer"]).search([])
