"""Each screen of the complaint rooms has something to show, and nothing of the demo leaves."""

from odoo.tests import TransactionCase, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.jamaa_demo.generators.cases import rows

#: Model → (field, values that are there in the large commune); an empty field asks for any row.
SHOWN = {
    "jamaa.complaint.alert": ("step", {"early", "near", "late", "very_late"}),
    "jamaa.complaint.appeal": (None, None),
    "jamaa.complaint.audit.finding": (None, None),
    "jamaa.complaint.audit.item": ("call_result", {"solved", "not_solved", "silent", "not_reached", False}),
    "jamaa.complaint.cycle": (None, None),
    "jamaa.complaint.group": (None, None),
    "jamaa.complaint.hold": (None, None),
    "jamaa.complaint.import": ("source", {"register", "portal"}),
    "jamaa.complaint.import.line": ("state", {"new", "bad", "known", "differs", "done"}),
    "jamaa.complaint.mail.aside": ("reason", {"auto", "list"}),
    "jamaa.complaint.mandate": ("kind", {"association", "trusted"}),
    "jamaa.complaint.order": ("state", {"issued", "done"}),
    "jamaa.complaint.promise": (None, None),
    "jamaa.complaint.publication": ("state", {"draft", "released", "withdrawn"}),
    "jamaa.complaint.recurrence": (None, None),
    "jamaa.retention.hold": (None, None),
    "jamaa.retention.run": ("state", {"counted", "done"}),
    "jamaa.sms": ("state", {"sent", "failed"}),
}
#: Facts on the way of cases that the counter and the telephone leave.
FACTS = {"mandate_given", "mandate_withdrawn", "code_replaced", "code_refused", "called", "call_missed", "target_held"}


@tagged("post_install", "-at_install")
class TestDemoRooms(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.large = cls.env["res.company"].search([("commune_slug", "=", "exemple-la-grande")])

    def _rows(self, model):
        return self.env[model].search([("company_id", "=", self.large.id)])

    def test_every_screen_shows_something(self):
        for model, (field, values) in SHOWN.items():
            with self.subTest(model=model):
                found = self._rows(model)
                self.assertTrue(found)
                if field:
                    self.assertLessEqual(values, {row[field] for row in found})

    def test_the_way_of_cases_tells_of_the_counter(self):
        cases = self._rows("helpdesk.ticket")
        self.assertLessEqual(FACTS, set(cases.milestone_ids.mapped("code")))
        self.assertEqual(len(cases.mandate_ids.filtered("is_open")), 2)

    def test_work_orders_are_at_every_point(self):
        orders = self._rows("jamaa.complaint.order")
        self.assertEqual(
            {order.is_late for order in orders.filtered(lambda order: order.state == "issued")}, {True, False}
        )
        done = orders.filtered(lambda order: order.state == "done")
        self.assertTrue(all(order.before_photo_ids and order.after_photo_ids for order in done))
        self.assertEqual({bool(order.in_time_count) for order in done}, {True, False})
        self.assertEqual({bool(order.checked_on) for order in done}, {True, False})

    def test_answers_wait_to_be_copied_back(self):
        action = self.env.ref("jamaa_complaints.helpdesk_ticket_action_copy_back")
        waiting = self._rows("helpdesk.ticket").filtered_domain(safe_eval(action.domain))
        self.assertTrue(waiting)
        self.assertFalse(waiting.filtered("imported_from"))

    def test_what_is_published_tells_of_its_case(self):
        subjects = {row["subject"] for row in rows("publications.csv")}
        self.assertEqual({row.case_id.name for row in self._rows("jamaa.complaint.publication")}, subjects)

    def test_what_is_published_is_on_the_page(self):
        released = self.env["jamaa.complaint.publication"]._public_rows(self.large)
        self.assertGreaterEqual(len(released), 4)
        for lang in ("ar", "fr"):
            self.assertTrue(all(row["title"] and row["text"] for row in released._public_values(lang, "/x")))

    def test_an_audit_has_findings_with_and_without_a_reply(self):
        findings = self._rows("jamaa.complaint.audit.finding")
        self.assertEqual({bool(finding.reply) for finding in findings}, {True, False})
        drawn = self._rows("jamaa.complaint.audit").sorted("date_to")[:1]
        again = drawn._sample(drawn._candidates().mapped("case_number"), drawn.size, "demo-0")
        self.assertEqual(drawn.seed, "demo-0")
        self.assertEqual(len(again), drawn.size)

    def test_one_erasure_is_done_and_one_waits(self):
        runs = {run.state: run for run in self._rows("jamaa.retention.run")}
        self.assertTrue(runs["done"].done_count)
        self.assertTrue(runs["counted"].due_count)
        self.assertEqual({bool(hold.lifted_on) for hold in self._rows("jamaa.retention.hold")}, {True, False})
        self.assertTrue(self._rows("helpdesk.ticket").filtered("contents_erased_on"))

    def test_nothing_of_it_leaves(self):
        """No letter to an invented person, no message to an invented gateway."""
        self.assertFalse(self.env["res.company"].search([("sms_on", "=", True)]))
        self.assertFalse(self.env["jamaa.sms"].search([("state", "in", ("queued", "sending"))]))
        waiting = self.env["mail.mail"].search([("state", "=", "outgoing"), ("model", "=", "helpdesk.ticket")])
        self.assertFalse(waiting.filtered(lambda mail: mail.email_to or mail.recipient_ids))
