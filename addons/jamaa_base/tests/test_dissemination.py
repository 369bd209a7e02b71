"""Documents sent to functions: who is reached, who received, what comes back, who sees it."""

import base64
from datetime import timedelta
from unittest.mock import patch

from lxml import html as lxml_html
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import CommuneCase

FILE = base64.b64encode(b"%PDF-1.4 a report")
SLIP = base64.b64encode(b"a scan")


class DisseminationCase(CommuneCase):
    """A report of ``here`` and a sending to its president."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spreader = cls._make_user("t_reference", "jamaa_base.group_reference_person")
        cls.president.contact_email = "president@here.example"
        cls.document = cls.env["jamaa.document"].create({"name": "Report", "company_id": cls.here.id})
        cls.version = cls._make_version()
        cls.sending = cls._make_sending(cls.president)
        cls.row = cls.sending.recipient_ids
        cls.team_user = new_test_user(
            cls.env,
            login="t_team",
            groups="jamaa_base.group_programme_team",
            company_id=cls.programme_company.id,
            company_ids=[(6, 0, cls.programme_company.ids)],
        )

    @classmethod
    def _make_version(cls, **vals):
        values = {"document_id": cls.document.id, "file_ar": FILE, "file_ar_name": "report.pdf"}
        return cls.env["jamaa.document.version"].create({**values, **vals})

    @classmethod
    def _make_sending(cls, functions, version=None):
        return cls.env["jamaa.dissemination"].create(
            {
                "version_id": (version or cls.version).id,
                "recipient_ids": [(0, 0, {"function_id": function.id}) for function in functions],
            }
        )

    def _mails(self, row=None):
        row = row or self.row
        return self.env["mail.mail"].search([("model", "=", row._name), ("res_id", "=", row.id)])

    def _let_mails_leave(self, failure_type=None):
        for mail in self._mails().filtered(lambda mail: mail.state == "outgoing"):
            mail.state = "exception" if failure_type else "sent"
            mail.failure_type = failure_type
            mail._postprocess_sent_message([], [], failure_reason="no", failure_type=failure_type)

    def setUp(self):
        super().setUp()
        # A test may not commit; the crons ask after each batch whether to go on.
        self.startPatcher(patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60))

    def _remind_in(self, days):
        """Run the cron as if it were some days later."""
        later = fields.Date.context_today(self.row) + timedelta(days=days)
        with patch.object(fields.Date, "context_today", lambda *args, **kwargs: later):
            self.env["jamaa.dissemination.recipient"]._cron_remind()


@tagged("post_install", "-at_install")
class TestDissemination(DisseminationCase):
    # ---------- versions ----------

    def test_a_version_is_frozen_once_it_was_sent(self):
        self.version.summary = "Before"
        self.sending.action_send()
        self.assertEqual(len(self.version.digest), 64)
        for vals in ({"summary": "After"}, {"file_ar": SLIP}, {"date": self._day(-3)}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.version.write(vals)
        with self.assertRaises(UserError):
            self.version.update_field_translations("summary", {"fr_MA": "Après"})
        with self.assertRaises(UserError):
            self.version.unlink()
        with self.assertRaises(UserError):
            self.version.with_user(self.spreader).write({"state": "draft"})

    def test_a_new_version_replaces_the_sent_one(self):
        self.sending.action_send()
        newer = self._make_version()
        self.assertEqual(newer.number, 2)
        self._make_sending(self.president, newer).action_send()
        self.assertEqual(self.version.state, "replaced")
        self.assertFalse(self.row._receivable())

    def test_a_version_without_a_file_does_not_leave(self):
        sending = self._make_sending(self.president, self._make_version(file_ar=False))
        with self.assertRaises(UserError):
            sending.action_send()

    def test_withdrawal_needs_a_reason_and_stops_reminders(self):
        self.sending.action_send()
        self._let_mails_leave()
        with self.assertRaises(UserError):
            self.version.action_withdraw()
        self.version.withdrawn_reason = "A figure was wrong."
        self.version.with_user(self.spreader).action_withdraw()
        before = len(self._mails())
        self._remind_in(5)
        self.assertEqual(len(self._mails()), before)

    # ---------- who is reached ----------

    def test_mail_is_queued_and_counts_as_sent_when_it_left(self):
        self.sending.with_user(self.spreader).action_send()
        self.assertEqual(self._mails().state, "outgoing")
        self.assertEqual(self._mails().email_to, "president@here.example")
        self.assertEqual(self.row.state, "to_send")
        self._let_mails_leave()
        self.assertEqual(self.row.state, "sent")
        self.assertNotIn(self.row.access_token, str(self._mails().mail_message_id.body))
        kinds = (
            self.env["jamaa.register.entry"]
            .search([("res_model", "=", self.sending._name), ("res_id", "=", self.sending.id)])
            .mapped("kind_code")
        )
        self.assertEqual(kinds, ["document_sent"])

    def test_a_mail_server_that_is_away_loses_nothing(self):
        self.sending.action_send()
        self._let_mails_leave("mail_smtp")
        self.assertEqual(self.row.state, "to_send")
        self._remind_in(0)
        self.assertEqual(self._mails().state, "outgoing")
        self._let_mails_leave()
        self.assertEqual(self.row.state, "sent")

    def test_a_wrong_address_surfaces(self):
        self._make_holder(self.director, self.director_user)
        self.sending.action_send()
        self._let_mails_leave("mail_email_invalid")
        self.assertEqual(self.row.state, "bounced")
        self.assertEqual(self.row.activity_ids.user_id, self.director_user)
        self.president.contact_email = "right@here.example"
        self.assertEqual(self.row.state, "to_send")
        self.assertFalse(self.row.activity_ids)
        self.assertEqual(self._mails().sorted("id")[-1:].email_to, "right@here.example")

    def test_a_mail_that_comes_back_is_a_bounce(self):
        self.sending.action_send()
        self._let_mails_leave()
        message = self._mails().mail_message_id
        self.env["mail.thread"]._routing_handle_bounce(
            None,
            {
                "bounced_email": "president@here.example",
                "bounced_partner": self.env["res.partner"],
                "bounced_msg_ids": [message.message_id],
                "bounced_message": message,
                "body": "",
                "email_from": "mailer-daemon@here.example",
                "to": "bounce@here.example",
                "message_id": "<bounce@here.example>",
            },
        )
        self.assertEqual(self.row.state, "bounced")
        before = len(self._mails())
        self._remind_in(5)
        self.assertEqual(len(self._mails()), before, "what came back is not reminded of")

    def test_vacant_function_surfaces_and_is_reached_when_filled(self):
        self._make_holder(self.director, self.director_user)
        self.vice_president.contact_email = "vice@here.example"
        sending = self._make_sending(self.vice_president)
        sending.action_send()
        row = sending.recipient_ids
        self.assertEqual(row.state, "vacant")
        self.assertEqual(row.activity_ids.user_id, self.director_user)
        self.assertFalse(self._mails(row))
        self._make_holder(self.vice_president, self.vice_user)
        self.assertEqual(row.state, "to_send")
        self.assertEqual(row.user_id, self.vice_user)
        self.assertFalse(row.activity_ids)
        self.assertTrue(self._mails(row))

    def test_the_stand_in_is_reached_where_there_is_no_holder(self):
        self.vice_president.write({"contact_email": "vice@here.example", "stand_in_email": "standin@here.example"})
        self._make_holder(self.vice_president, self.vice_user, role="stand_in")
        sending = self._make_sending(self.vice_president)
        sending.action_send()
        self.assertTrue(sending.recipient_ids.by_stand_in)
        self.assertEqual(self._mails(sending.recipient_ids).email_to, "standin@here.example")

    def test_a_new_holder_gets_a_new_link(self):
        self.sending.action_send()
        self._let_mails_leave()
        token = self.row.access_token
        self.president_holder.date_to = self._day(-1)
        self.assertEqual(self.row.state, "vacant")
        self._make_holder(self.president, self.vice_user, date_from=self.today)
        self.assertEqual(self.row.user_id, self.vice_user)
        self.assertNotEqual(self.row.access_token, token)

    def test_a_reference_person_chooses_among_the_own_commune(self):
        rows = self.env["jamaa.dissemination.recipient"].with_user(self.spreader)
        row = rows.create(
            {"dissemination_id": self.sending.id, "function_id": self.director.id, "state": "received", "address": "x"}
        )
        self.assertEqual((row.state, row.address), ("to_send", False))
        foreign = self._make_function("director", company=self.there)
        with self.assertRaises(AccessError):
            rows.create({"dissemination_id": self.sending.id, "function_id": foreign.id})
        self.sending.action_send()
        with self.assertRaises(UserError):
            rows.create({"dissemination_id": self.sending.id, "function_id": self.vice_president.id})

    def test_one_row_per_function(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.row.create({"dissemination_id": self.sending.id, "function_id": self.president.id})

    # ---------- receipt ----------

    def test_receipt_in_the_tool_by_holder_or_stand_in_only(self):
        self.sending.action_send()
        self._let_mails_leave()
        with self.assertRaises(AccessError):
            self.row.with_user(self.spreader).action_receive()
        self.row.with_user(self.president_user).action_receive()
        self.assertEqual(
            (self.row.state, self.row.received_via, self.row.received_quality), ("received", "tool", "holder")
        )
        when = self.row.received_on
        self.row.with_user(self.president_user).action_receive()
        self.assertEqual(self.row.received_on, when)
        entries = self.env["jamaa.register.entry"].search(
            [("kind_code", "=", "document_received"), ("company_id", "=", self.here.id)]
        )
        self.assertEqual(len(entries), 1)

    def test_facts_are_not_typed(self):
        self.sending.action_send()
        row = self.row.with_user(self.spreader)
        for vals in (
            {"state": "received"},
            {"received_on": "2026-01-01"},
            {"address": "x@y.example"},
            {"reminder_count": 0},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                row.write(vals)
        with self.assertRaises(UserError):
            row.unlink()
        with self.assertRaises(UserError):
            self.sending.with_user(self.spreader).write({"state": "draft"})

    def test_signed_slip(self):
        self.sending.recipient_ids.channel = "paper"
        self.sending.action_send()
        self.assertEqual(self.row.state, "sent")
        self.assertFalse(self._mails())
        Paper = self.env["jamaa.dissemination.paper"].with_user(self.clerk)
        early = Paper.create({"recipient_id": self.row.id, "date": self._day(-2), "scan": SLIP})
        with self.assertRaises(UserError):
            early.action_record()
        Paper.create({"recipient_id": self.row.id, "quality": "secretariat", "scan": SLIP}).action_record()
        self.assertEqual((self.row.state, self.row.received_quality), ("paper", "secretariat"))
        self.assertEqual(self.row.scan, SLIP)
        self.assertEqual(self.sending.coverage, 100)

    # ---------- reminders ----------

    def test_reminders_are_spaced_and_end(self):
        self._make_holder(self.president, self.vice_user, role="stand_in")
        self.president.stand_in_email = "standin@here.example"
        self.sending.with_user(self.spreader).action_send()
        self._let_mails_leave()
        sent = lambda: len(self._mails())  # noqa: E731
        self.assertEqual(sent(), 1)
        self._remind_in(2)
        self.assertEqual(sent(), 1)
        self._remind_in(3)
        self._remind_in(3)
        self.assertEqual(sent(), 2)
        self._remind_in(7)
        self.assertEqual(sent(), 3)
        self.assertIn("standin@here.example", self._mails().sorted("id")[-1:].email_to)
        self.assertFalse(self.sending.activity_ids)
        self._remind_in(14)
        self._remind_in(60)
        self.assertEqual(sent(), 4)
        self.assertTrue(self.row.unanswered)
        self.assertEqual(len(self.sending.activity_ids), 1)

    def test_reminders_stop_on_receipt(self):
        self.sending.action_send()
        self._let_mails_leave()
        self.row._receive("link", "holder")
        self._remind_in(30)
        self.assertEqual(len(self._mails()), 1)

    def test_reminder_days_are_numbers(self):
        for text in ("soon", "0", "1,2,3,4,5,6", "400"):
            with self.subTest(text=text), self.assertRaises(ValidationError):
                self.sending.reminder_days = text

    # ---------- who sees it ----------

    def test_programme_sends_to_functions_it_does_not_read(self):
        programme = self.env["jamaa.programme"].create({"name": "P", "company_id": self.programme_company.id})
        self.env["jamaa.programme.member"].create({"programme_id": programme.id, "company_id": self.here.id})
        self._make_function("president", company=self.there)
        env = self.env(user=self.team_user, context={"allowed_company_ids": self.programme_company.ids})
        document = env["jamaa.document"].create({"name": "Forum", "company_id": self.programme_company.id})
        version = env["jamaa.document.version"].create({"document_id": document.id, "file_fr": FILE})
        sending = env["jamaa.dissemination"].create({"version_id": version.id})
        with self.assertRaises(AccessError):
            env["jamaa.dissemination.recipient"].create(
                {"dissemination_id": sending.id, "function_id": self.president.id}
            )
        wizard = env["jamaa.dissemination.add"].create({"dissemination_id": sending.id, "code": "president"})
        wizard.company_ids = self.here | self.there
        wizard.action_add()
        row = sending.recipient_ids
        self.assertEqual(row.company_id, self.here, "only members of the programme")
        mine = row.with_user(self.president_user).with_context(allowed_company_ids=self.here.ids)
        self.assertFalse(mine.search([("id", "=", row.id)]), "not before it is sent")
        sending.action_send()
        self.assertEqual(row.function_name, "president")
        self.assertEqual(row.holder_name, self.president_user.name)
        self.assertFalse(self.president.with_user(self.team_user).has_access("read"))
        self.assertTrue(mine.search([("id", "=", row.id)]))
        self.assertEqual(mine.title, "Forum")
        self.assertFalse(mine.has_access("write"))
        self.assertFalse(mine.env["jamaa.dissemination"].search([("id", "=", sending.id)]))

    def test_isolation(self):
        self.sending.action_send()
        far = self._make_user("t_far", "jamaa_base.group_administrator", company=self.there)
        agent = self._make_user("t_agent", "jamaa_base.group_service_agent")
        citizen = new_test_user(self.env, login="t_portal", groups="base.group_portal")
        for user in (far, self.team_user, citizen, self.env.ref("base.public_user")):
            for record in (self.document, self.version, self.sending, self.row):
                with self.subTest(user=user.login, model=record._name):
                    self.assertFalse(record.with_user(user).has_access("read"))
        self.assertFalse(self.row.with_user(agent).has_access("read"), "a colleague's document")
        self.assertTrue(self.row.with_user(self.president_user).has_access("read"))
        with self.assertRaises(AccessError):
            self.row.with_user(self.spreader).read(["access_token"])

    # ---------- address book ----------

    def test_central_list_holds_what_was_published(self):
        programme = self.env["jamaa.programme"].create({"name": "P", "company_id": self.programme_company.id})
        self.env["jamaa.programme.member"].create({"programme_id": programme.id, "company_id": self.here.id})
        List = self.env["jamaa.reference.list"].with_user(self.team_user)
        self.assertFalse(List.search([("company_id", "=", self.here.id)]))
        self.president.in_programme_list = True
        self.env.flush_all()
        self.env.invalidate_all()
        row = List.search([("company_id", "=", self.here.id)])
        self.assertEqual((row.holder_name, row.contact_email), (self.president_user.name, "president@here.example"))
        far = self._make_user("t_far", "jamaa_base.group_administrator", company=self.there)
        self.assertFalse(List.with_user(far).search([("company_id", "=", self.here.id)]))

    def test_yearly_question(self):
        self.env["jamaa.function"]._cron_ask_contacts()
        check = self.president.contact_check_ids
        self.assertEqual(check.state, "asked")
        self.env["jamaa.function"]._cron_ask_contacts()
        self.assertEqual(len(self.president.contact_check_ids), 1)
        self.assertTrue(check._answer(False, email="new@here.example"))
        self.assertFalse(check._answer(True))
        self.assertEqual(self.president.contact_email, "president@here.example", "a proposal")
        with self.assertRaises(AccessError):
            check.with_user(self.clerk).action_accept()
        check.with_user(self.spreader).action_accept()
        self.assertEqual(self.president.contact_email, "new@here.example")
        self.assertFalse(self.president.contact_stale)
        self.assertNotIn(self.president, self.president.search([("contact_stale", "=", True)]))

    # ---------- appointment ----------

    def test_appointment_is_recorded_by_the_signed_act(self):
        function = self._make_function("reference_person")
        people = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        vals = {"function_id": function.id, "holder_id": people[0].id, "stand_in_id": people[1].id}
        act = self.env["jamaa.appointment"].with_user(self.director_user).create({**vals, "date_from": self._day(5)})
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf("jamaa_base.action_report_appointment", act.ids)
        self.assertTrue(pdf.startswith(b"%PDF"))
        with self.assertRaises(UserError):
            act.action_record()
        self.assertFalse(function.holder_ids)
        act.write({"act_number": "7/2026", "act_date": self.today})
        act.action_record()
        self.assertEqual(set(function.holder_ids.mapped("role")), {"holder", "stand_in"})
        self.assertEqual(set(function.holder_ids.mapped("state")), {"future"})
        with self.assertRaises(AccessError):
            self.env["jamaa.appointment"].with_user(self.spreader).create(vals)

    # ---------- papers and budgets ----------

    def test_papers(self):
        self.row.channel = "paper"
        self.sending.action_send()
        for report in ("report_coverage", "report_slips"):
            with self.subTest(report=report):
                pdf, kind = self.env["ir.actions.report"]._render_qweb_pdf(
                    f"jamaa_base.action_{report}", self.sending.ids
                )
                self.assertEqual(kind, "pdf")
                self.assertTrue(pdf.startswith(b"%PDF"))

    def test_lists_are_flat(self):
        rows = self.env["jamaa.dissemination.recipient"].with_user(self.spreader)
        rows = rows.with_context(allowed_company_ids=self.here.ids)
        spec = {
            name: {"fields": {"display_name": {}}} if rows._fields[name].type == "many2one" else {}
            for name in (
                "title",
                "version_number",
                "function_name",
                "company_id",
                "holder_name",
                "state",
                "overdue",
                "may_receive",
            )
        }
        self.sending.action_send()

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows.web_search_read([], spec, limit=80)
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        functions = self.env["jamaa.function"].browse()
        for _number in range(20):
            functions |= self._make_function("service_head")
        self._make_sending(functions).action_send()
        self.assertEqual(count(), few)
        self.assertLessEqual(few, 20)


@tagged("post_install", "-at_install")
class TestDisseminationPage(DisseminationCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.sending.action_send()
        self._let_mails_leave()
        self.path = self.row._public_path("fr")

    def _get(self, path=None):
        return self.url_open(path or self.path, allow_redirects=False)

    def _tap(self, path=None, **data):
        tree = lxml_html.fromstring(self._get().content)
        token = tree.xpath("//input[@name='form_token']/@value")
        data = {"form_token": token[0] if token else "", **data}
        return self.url_open(path or self.path, data=data, allow_redirects=False)

    def test_a_scanner_that_opens_the_link_changes_nothing(self):
        for lang in ("ar", "fr", "zgh"):
            answer = self._get(self.row._public_path(lang))
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(self._get(f"{self.path}/file/ar").status_code, 200)
        self.row.invalidate_recordset()
        self.assertEqual(self.row.state, "sent")

    def test_one_tap_and_a_second_one(self):
        self.assertEqual(self._tap(quality="secretariat").status_code, 303)
        self.row.invalidate_recordset()
        self.assertEqual(
            (self.row.state, self.row.received_via, self.row.received_quality), ("received", "link", "secretariat")
        )
        when = self.row.received_on
        self.assertFalse(lxml_html.fromstring(self._get().content).xpath("//main//form"))
        self._tap(quality="holder")
        self.row.invalidate_recordset()
        self.assertEqual((self.row.received_on, self.row.received_quality), (when, "secretariat"))

    def test_a_form_that_is_not_ours_records_nothing(self):
        answer = self.url_open(self.path, data={"quality": "holder", "form_token": "1.x.0.y.z"}, allow_redirects=False)
        self.assertEqual(answer.status_code, 422)
        self.row.invalidate_recordset()
        self.assertEqual(self.row.state, "sent")

    @mute_logger("odoo.http")
    def test_unknown_and_foreign_links_look_the_same(self):
        draft = self._make_sending(self.president, self._make_version()).recipient_ids
        foreign = self.path.replace(self.here.commune_slug, self.there.commune_slug)
        for path in (self.path[:-3] + "abc", foreign, draft._public_path("fr"), f"{self.path}/file/fr"):
            with self.subTest(path=path):
                answer = self._get(path)
                self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.url_open(draft._public_path("fr"), data={"quality": "holder"}).status_code, 404)

    @mute_logger("odoo.http")
    def test_withdrawn_and_closed_show_no_file(self):
        self.version.withdrawn_reason = "A figure was wrong."
        self.version.action_withdraw()
        answer = self._get()
        self.assertIn("A figure was wrong.", answer.text)
        self.assertNotIn("/file/", answer.text)
        self.assertEqual(self._get(f"{self.path}/file/ar").status_code, 404)
        self._tap(quality="holder")
        self.row.invalidate_recordset()
        self.assertEqual(self.row.state, "sent")

    def test_page_budget(self):
        self._get()
        before = self.env.cr.sql_log_count
        self._get()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 30)

    def test_contact_page(self):
        self.president._ask_contact()
        check = self.president.contact_check_ids
        path = check._public_path("fr")
        tree = lxml_html.fromstring(self._get(path).content)
        token = tree.xpath("//input[@name='form_token']/@value")[0]
        check.invalidate_recordset()
        self.assertEqual(check.state, "asked")
        wrong = {"form_token": token, "answer": "correct", "email": "nonsense"}
        self.assertEqual(self.url_open(path, data=wrong).status_code, 422)
        self.url_open(path, data={"form_token": token, "answer": "right"})
        check.invalidate_recordset()
        self.assertEqual(check.state, "confirmed")
        self.assertEqual(self.president.contact_checked_on, fields.Date.context_today(check))
