"""Who reads what, who is heard, what is erased, and what the register keeps of it."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ComplaintCase, picture

NAMED = "Driss Lamrani"
REPORT = f"{NAMED} of the tax desk asks for money before he stamps anything."


class TrustCase(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        staff = cls.officer | cls.director_user | cls.president_user | cls.agent
        staff.write({"group_ids": [(4, cls.env.ref("base.group_allow_export").id)]})
        cls.report = cls._lodge(
            identity={}, kind="report", subject=f"{NAMED} asks for money", facts=REPORT, names_person="yes",
            photos=[picture()],
        )  # fmt: skip
        cls.env.flush_all()

    def _model(self, user, name="helpdesk.ticket"):
        self.env.invalidate_all()
        return self.env[name].with_user(user).sudo(False).with_context(allowed_company_ids=user.company_ids.ids)

    def _trust(self, user, case, what, **vals):
        wizard = self._model(user, "jamaa.complaint.trust").create(
            {"case_id": case.id, "what": what, "reason": "Said on the phone", **vals}
        )
        return wizard.action_confirm()


@tagged("post_install", "-at_install")
class TestLevels(TrustCase):
    def test_a_report_without_identity_that_names_somebody_is_for_two(self):
        self.assertEqual(self.report.confidentiality, "sensitive")
        for user in (self.director_user, self.president_user):
            self.assertTrue(self._as(user, self.report).has_access("read"), user.login)
        for user in (self.officer, self.agent, self.head, self.receptionist, self.auditor, self.admin_user):
            with self.subTest(user=user.login):
                self.assertFalse(self._as(user, self.report).has_access("read"))

    def test_levels_from_lodging_on(self):
        self.assertEqual(self._lodge(kind="report", names_person="yes").confidentiality, "restricted")
        self.assertEqual(self._lodge(kind="report", names_person="no").confidentiality, "normal")
        self.assertEqual(self._lodge(kind="complaint", names_person="yes").confidentiality, "normal")

    def test_by_every_way(self):
        """What hangs on it follows, also over remote calls."""
        report = self.report.sudo()
        report.message_post(body="Who is it?", author_id=self.director_user.partner_id.id)
        ids = report.ids
        ways = {
            "search": lambda user: self._model(user).search([("id", "in", ids)]).ids,
            "facts": lambda user: self._model(user).search_count([("id", "in", ids), ("kind", "=", "report")]),
            "group": lambda user: [
                row for row in self._model(user).formatted_read_group([("id", "in", ids)], ["kind"], ["__count"])
            ],
            "web group": lambda user: self._model(user).web_read_group([("id", "in", ids)], ["kind"])["groups"],
            "name_search": lambda user: self._model(user).name_search(report.case_number),
            "milestones": lambda user: (
                self._model(user, "jamaa.complaint.milestone").search([("case_id", "in", ids)]).ids
            ),
            "messages": lambda user: (
                self._model(user, "mail.message").search([("model", "=", report._name), ("res_id", "in", ids)]).ids
            ),
            "files": lambda user: (
                self._model(user, "ir.attachment").search([("res_model", "=", report._name), ("res_id", "in", ids)]).ids
            ),
        }
        for user in (self.officer, self.agent, self.head, self.other_agent, self.receptionist):
            for name, way in ways.items():
                with self.subTest(user=user.login, way=name):
                    self.assertFalse(way(user))
        for name in ("search", "facts", "web group", "milestones", "messages", "files"):
            with self.subTest(way=name):
                self.assertTrue(ways[name](self.director_user))

    def test_restricted_is_for_the_unit_and_the_person_in_charge(self):
        self._as(self.officer).action_assign_proposed()
        self._as(self.officer).write({"user_id": self.agent.id})
        self._trust(self.officer, self.case, "level", level="restricted")
        self.assertTrue(self._as(self.officer).has_access("read"))
        self.assertTrue(self._as(self.agent).has_access("read"))
        self.assertFalse(self._as(self.colleague).has_access("read"))
        self.assertFalse(self._as(self.head).has_access("read"))
        self._as(self.agent).write({"answer": "The lamp is replaced on Monday."})

    def test_an_officer_raises_and_only_the_top_lowers(self):
        self._as(self.officer).message_subscribe(self.officer.partner_id.ids)
        self._trust(self.officer, self.case, "level", level="sensitive")
        self.assertFalse(self._as(self.officer).has_access("read"))
        self.assertNotIn(self.officer.partner_id, self.case.sudo().message_partner_ids)
        with self.assertRaises(AccessError):
            self._trust(self.officer, self.case, "level", level="normal")
        self._trust(self.director_user, self.case, "level", level="restricted")
        with self.assertRaises(AccessError):
            self._trust(self.officer, self.case, "level", level="normal")
        self._trust(self.president_user, self.case, "level", level="normal")
        codes = self.case.sudo().milestone_ids.mapped("code")
        self.assertEqual((codes.count("closed_to_many"), codes.count("opened_to_more")), (1, 2))
        with self.assertRaises(AccessError):
            self._as(self.officer).write({"confidentiality": "restricted"})
        with self.assertRaises(AccessError):
            self._trust(self.agent, self.case, "level", level="sensitive")

    def test_no_service_gets_it(self):
        with self.assertRaises(AccessError):
            self._as(self.director_user, self.report).action_assign()

    def test_the_counter_hands_over_the_slip_all_the_same(self):
        wizard = self._model(self.receptionist, "jamaa.complaint.counter").create(
            {
                "company_id": self.here.id, "kind": "report", "facts": REPORT, "names_person": True,
                "category_id": self.category.id,
            }
        )  # fmt: skip
        wizard.action_lodge()
        case = wizard.case_id.sudo()
        self.assertEqual(case.confidentiality, "sensitive")
        self.assertFalse(self._as(self.receptionist, case).has_access("read"))
        self.assertEqual(wizard.case_number, case.case_number)
        self.assertEqual(wizard.action_print()["type"], "ir.actions.act_url")
        stranger = self._make_user("t_reception2", "jamaa_base.group_reception_agent")
        other = self._model(stranger, "jamaa.complaint.counter").create(
            {"company_id": self.here.id, "facts": "x", "case_id": case.id}
        )
        self.assertFalse(other.case_number)


@tagged("post_install", "-at_install")
class TestNotByName(TrustCase):
    def test_no_search_finds_it_by_the_name(self):
        director = self._model(self.director_user)
        self.assertTrue(director.search([("case_number", "=", self.report.case_number)]))
        for domain in (
            [("facts", "ilike", "Lamrani")],
            [("name", "ilike", "Lamrani")],
            [("description", "ilike", "Lamrani")],
            [("display_name", "ilike", "Lamrani")],
            [("milestone_ids.note", "ilike", "Lamrani")],
            ["|", ("facts", "ilike", "Lamrani"), ("facts", "ilike", "stamps")],
        ):
            with self.subTest(domain=domain):
                self.assertNotIn(self.report.id, director.search(domain).ids)
        self.assertFalse(director.name_search("Lamrani"))
        # nor does what is left out by the opposite tell it
        with_name = director.search(["!", ("facts", "ilike", "Lamrani"), ("id", "=", self.report.id)])
        without = director.search(["!", ("facts", "ilike", "nobody of that name"), ("id", "=", self.report.id)])
        self.assertEqual(with_name, without)
        milestones = self._model(self.director_user, "jamaa.complaint.milestone")
        self.assertTrue(milestones.search([("case_id", "=", self.report.id)]))
        self.assertFalse(milestones.search([("case_id.facts", "ilike", "Lamrani")]))
        self.assertTrue(director.search([("facts", "ilike", "lamp"), ("id", "=", self.case.id)]), "others are found")

    def test_in_no_file_and_no_figure(self):
        both = self.report | self.case
        director = self._as(self.director_user, both)
        self.assertEqual(len(director.export_data(["case_number"])["datas"]), 1)
        rows = self._model(self.director_user).formatted_read_group([("id", "in", both.ids)], ["kind"], ["__count"])
        self.assertEqual([row["__count"] for row in rows], [1])
        sets = self._model(self.director_user).formatted_read_grouping_sets(
            [("id", "in", both.ids)], [["kind"], []], ["__count"]
        )
        self.assertEqual(sets[1][0]["__count"], 1)
        figures = self.env["jamaa.complaint.figures"]._figures(self.here, self.today.replace(day=1), self.today)
        self.assertEqual(figures["all", ""]["received"], 1)
        metric = self.env["jamaa.metric"]
        sources = metric._metric_sources()
        for code in ("cases_received", "cases_open"):
            self.env.flush_all()
            self.env.cr.execute(sources[code]["facts"](self.today.replace(day=1), self.today))
            mine = [row for row in self.env.cr.dictfetchall() if row["company_id"] == self.here.id]
            self.assertEqual(sum(row["num"] for row in mine), 1, code)


@tagged("post_install", "-at_install")
class TestHearing(TrustCase):
    def test_nothing_is_concluded_before_the_person_was_heard(self):
        director = self._as(self.director_user, self.report)
        director.write({"answer": "Looked into."})
        with self.assertRaises(UserError):
            self._as(self.director_user, self.report).action_submit()
        with self.assertRaises(UserError):
            self._as(self.director_user, self.report).write({"outcome": "solved"})
        with self.assertRaises(UserError):
            self.report.sudo().write({"outcome": "refused"})
        with self.assertRaises(UserError):
            self._trust(
                self.director_user, self.report, "heard", date=self.report.legal_receipt_date - timedelta(days=1)
            )
        self._trust(self.director_user, self.report, "heard", date=self.report.legal_receipt_date)
        self._as(self.director_user, self.report).write({"outcome": "solved"})
        self._as(self.director_user, self.report).action_submit()
        self._as(self.president_user, self.report).action_approve()
        self.assertIn("heard", self.report.sudo().milestone_ids.mapped("code"))

    def test_or_why_not(self):
        self._trust(self.president_user, self.report, "not_heard")
        self._as(self.director_user, self.report).write({"outcome": "refused"})

    def test_sent_on_says_nothing_of_the_person(self):
        self._as(self.director_user, self.report).write({"outcome": "referred"})
        self.assertEqual(self.report.sudo().outcome, "referred")

    def test_only_the_top_notes_it(self):
        open_report = self._lodge(kind="report", names_person="yes")
        for what in ("heard", "verified"):
            with self.subTest(what=what), self.assertRaises(AccessError):
                self._trust(self.officer, open_report, what, date=self.today)

    def test_the_president_can_lead_it_alone(self):
        self._as(self.president_user, self.report).write({"answer": "It is passed on."})
        self.assertEqual(self.report.sudo().answer_state, "draft")
        with self.assertRaises(AccessError):
            self._as(self.president_user).write({"answer": "Not my case"})


@tagged("post_install", "-at_install")
class TestLineOfOrders(TrustCase):
    def _lock(self, *users):
        self._as(self.officer).write({"locked_user_ids": [(4, user.id) for user in users]})

    def test_those_under_the_head_are_closed_out(self):
        self._as(self.officer).action_assign_proposed()
        self._as(self.officer).write({"user_id": self.agent.id})
        self._lock(self.head)
        for user in (self.head, self.agent, self.colleague):
            self.assertFalse(self._as(user).has_access("read"), user.login)
        self.assertFalse(self.case.sudo().user_id)
        self.assertEqual(self.case.sudo().locked_by_line_ids, self.agent | self.colleague)
        # kept from the moment of locking, released with the person
        self.lighting.user_ids -= self.agent
        self._as(self.officer).write({"locked_user_ids": [(3, self.head.id)]})
        self.assertFalse(self.case.sudo().locked_user_ids)

    def test_one_closed_out_by_hand_stays_so(self):
        self._lock(self.agent)
        self._lock(self.head)
        self._as(self.officer).write({"locked_user_ids": [(3, self.head.id)]})
        self.assertEqual(self.case.sudo().locked_user_ids, self.agent)

    def test_the_chart_and_the_functions_count(self):
        employees = self.env["hr.employee"].sudo()
        chief = employees.create({"name": "Chief", "user_id": self.director_user.id, "company_id": self.here.id})
        middle = employees.create({"name": "Middle", "parent_id": chief.id, "company_id": self.here.id})
        employees.create(
            {"name": "Low", "parent_id": middle.id, "user_id": self.other_agent.id, "company_id": self.here.id}
        )
        post = self._make_function("complaint_head", parent_id=self.director.id)
        self._make_holder(self.director, self.director_user)
        self._make_holder(post, self.officer)
        self._lock(self.director_user)
        locked = self.case.sudo().locked_user_ids
        self.assertEqual(locked, self.director_user | self.other_agent | self.officer)
        # the president leads what is left to nobody else
        self.assertFalse(self.case.sudo().no_handler_left)
        self._as(self.president_user).write({"answer": "The lamp is replaced on Monday."})

    def test_nobody_left(self):
        self._lock(self.officer, self.director_user, self.president_user, self.vice_user)
        self.assertTrue(self.case.sudo().no_handler_left)
        self.assertTrue(self.case._case_page("fr")["no_handler_left"])
        self.assertFalse(self.report._case_page("fr")["no_handler_left"])


@tagged("post_install", "-at_install")
class TestRegistered(TrustCase):
    def test_steps_are_entered_by_code(self):
        self._to_approval()
        self._as(self.president_user).action_approve()
        self._as(self.officer).action_send()
        self._as(self.officer).action_close()
        entries = self.env["jamaa.register.entry"].search(
            [("kind_code", "=", "case_step"), ("res_id", "=", self.case.id)], order="id"
        )
        steps = [entry.facts for entry in entries]
        for rank, code in enumerate(("assigned", "approved", "closed")):
            self.assertIn(f'"step":"{code}"', steps[rank])
        self.assertEqual(len(steps), 3)


@tagged("post_install", "-at_install")
class TestContentsErased(TrustCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._make_user("t_keeper", "jamaa_base.group_data_protection")
        cls.report.sudo().message_post(body=f"<p>{NAMED} was here</p>")
        cls.report.sudo()._add_milestone("corrected", note=NAMED)

    def _age(self, case, days):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET legal_receipt_date = legal_receipt_date - %(days)s,"
            " answered_on = answered_on - %(days)s, closed_date = closed_date - make_interval(days => %(days)s)"
            " WHERE id = %(id)s",
            {"days": days, "id": case.id},
        )
        self.env.invalidate_all()

    def _erase(self):
        run = self.env["jamaa.retention.run"].with_user(self.keeper).create({"company_id": self.here.id})
        run.action_count()
        counted = {line.rule_id.code: line.due_count for line in run.line_ids}
        if run.due_count:
            run.with_user(self.director_user).action_confirm()
            with self.enter_registry_test_mode():
                self.env.ref("jamaa_base.cron_retention").method_direct_trigger()
        self.env.invalidate_all()
        return counted

    def _confirm(self, rule, months):
        self.env["jamaa.retention.term"].with_user(self.keeper).create(
            {
                "rule_id": self.env.ref(f"jamaa_complaints.retention_rule_{rule}").id, "company_id": self.here.id,
                "months": months, "holder_id": self.president_holder.id, "text_read": "Decision 3/2026",
            }
        )  # fmt: skip

    def test_nothing_goes_where_the_commune_set_no_time(self):
        self._age(self.report, 4000)
        self.assertEqual(self._erase()["unverified_reports"], 0)
        self.assertTrue(self.report.sudo().facts)

    def test_what_is_not_verified_goes(self):
        self.here.report_erase_days = 180
        self._age(self.report, 179)
        self.assertEqual(self._erase()["unverified_reports"], 0)
        self._age(self.report, 1)
        self.assertEqual(self._erase()["unverified_reports"], 1)
        report = self.report.sudo()
        self.assertFalse(report.facts or report.photo_ids or report.place_text)
        texts = [report.name, report.description, *report.message_ids.mapped("body")]
        texts += [note for note in report.milestone_ids.mapped("note") if note]
        self.assertFalse([text for text in texts if text and "Lamrani" in text])
        self.assertTrue(report.stage_id.closed)
        self.assertIn("report_erased", report.milestone_ids.mapped("code"))
        entry = self.env["jamaa.register.entry"].search(
            [("kind_code", "=", "report_erased"), ("res_id", "=", report.id)]
        )
        self.assertEqual(len(entry), 1)
        self.assertEqual(self._erase()["unverified_reports"], 0)

    def test_what_is_verified_or_held_stays(self):
        self.here.report_erase_days = 180
        self._trust(self.director_user, self.report, "verified")
        held = self._lodge(identity={}, kind="report", names_person="yes")
        self.env["jamaa.retention.hold"].with_user(self.keeper).create(
            {"company_id": self.here.id, "res_model": "helpdesk.ticket", "res_id": held.id, "reason": "Before a court"}
        )
        self._age(self.report, 400)
        self._age(held, 400)
        self.assertEqual(self._erase()["unverified_reports"], 0)

    def test_contents_of_closed_cases_go_and_figures_stay(self):
        self._to_approval()
        self._as(self.president_user).action_approve()
        self._as(self.officer).action_send()
        self._as(self.officer).action_close()
        self._age(self.case, 400)
        self.assertEqual(self._erase().get("case_contents"), 0, "nothing before the commune confirmed")
        self._confirm("case_contents", 12)
        self.assertEqual(self._erase()["case_contents"], 1)
        case = self.case.sudo()
        self.assertFalse(case.facts or case.answer or case.photo_ids or case.answer_letter_id)
        self.assertTrue(case.case_number and case.answered_on and case.service_id)
        open_case = self._lodge()
        self._age(open_case, 900)
        self.assertEqual(self._erase()["case_contents"], 0, "an open case keeps its words")

    def test_mails_of_closed_cases_go(self):
        mail = self.case.sudo().message_post(body="<p>My lamp</p>", message_type="email")
        self.env.cr.execute("UPDATE mail_message SET date = date - interval '400 days' WHERE id = %s", [mail.id])
        self.env.invalidate_all()
        self._confirm("case_mails", 12)
        self.assertEqual(self._erase()["case_mails"], 0, "the case is open")
        self.case.sudo()._add_milestone("closed")
        self.assertEqual(self._erase()["case_mails"], 1)
        self.assertFalse(mail.body)
        self.assertTrue(mail.exists())
