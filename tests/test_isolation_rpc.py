# ruff: noqa: B023 - each lambda is called before the loop goes on
"""Who gets at a case, or makes it do something, by calling the server directly.

Each test is an attack that was tried against a running server; the person behind it has a
login and a script, and no button is needed.
"""

from attack_common import SUBJECT, AttackCase

from odoo import Command
from odoo.tests import tagged

from odoo.addons.jamaa_complaints.tests.common import FACTS, IDENTITY, picture


@tagged("post_install", "-at_install", "security")
class TestForgedCalls(AttackCase):
    def test_the_mail_gateway_is_no_door(self):
        """Called by hand it would write into the vault, file photos and add a milestone."""
        mail = {"subject": "x", "body": "x", "from": "evil@example.org", "to": "", "attachments": []}
        facts = self.case.sudo().milestone_ids
        for user in self.outsiders | self.officer:
            for context in ({}, {"case_envelope": {"user_id": False, "pictures": [], "from": "x"}}):
                with self.subTest(user=user.login):
                    tickets = self._model("helpdesk.ticket", user, **context)
                    self._try(lambda: tickets.browse(self.case.id).message_update(mail))
                    self._try(lambda: tickets.message_new(mail, {"team_id": self.unit.id}))
        self.env.invalidate_all()
        self.assertEqual(self.case.sudo().milestone_ids, facts)
        self.assertFalse(self.case.sudo().complainant_id.raw_mail)
        self.assertEqual(self.Ticket.sudo().search_count([("company_id", "=", self.here.id)]), 1)

    def test_a_link_to_a_case_does_not_tell_its_subject(self):
        """Odoo names what a link points to as superuser."""
        found = []
        for user in self.outsiders:
            wizards = self._model("jamaa.complaint.change", user)
            found.append(self._try(lambda: wizards.create({"case_id": self.case.id, "reason": "x"}).read(["case_id"])))
            found.append(
                self._try(
                    lambda: wizards.onchange(
                        {"case_id": self.case.id},
                        ["case_id"],
                        {"case_id": {"fields": {"display_name": {}, "facts": {}}}},
                    )
                )
            )
        helper = self._make_user("t_own_tickets", "helpdesk_mgmt.group_helpdesk_manager")
        found.append(
            self._try(
                lambda: (
                    self._model("helpdesk.ticket", helper)
                    .create({"name": "mine", "description": "x", "duplicate_id": self.case.id})
                    .read(["duplicate_id"])
                )
            )
        )
        self.assertNotIn(SUBJECT, str(found))
        self.assertIn(SUBJECT, self._as(self.agent).display_name)

    def test_the_counter_tells_nothing_of_a_case_out_of_sight(self):
        case = self.case.sudo()
        for user in (self.receptionist, self.officer_there):
            wizards = self._model("jamaa.complaint.counter", user)
            names = {"case_number": {}, "public_code": {}, "due_date": {}, "case_id": {"fields": {"display_name": {}}}}
            found = [
                self._try(lambda: wizards.create({"case_id": self.case.id, "facts": "x"}).web_read(names)),
                self._try(lambda: wizards.onchange({"case_id": self.case.id}, ["case_id"], names)),
            ]
            for secret in (case._public_code_shown(), SUBJECT, str(case.due_date), repr(case.due_date)):
                self.assertNotIn(secret, str(found))

    def test_what_somebody_types_is_nobody_elses(self):
        """Between the first key and the vault the counter's wizard holds an identity."""
        wizard = self._model("jamaa.complaint.counter", self.receptionist).create(
            {"facts": FACTS, "company_id": self.here.id, **IDENTITY}
        )
        for user in (self.officer, self.officer_there):
            wizards = self._model("jamaa.complaint.counter", user)
            self.assertIsNone(self._try(lambda: wizards.browse(wizard.id).read(["name"])))
            self.assertFalse(self._try(lambda: wizards.search([("name", "ilike", "zineb")])))
            self.assertIsNone(self._try(lambda: wizards.browse(wizard.id).action_lodge()))
        own = self._model("jamaa.complaint.counter", self.receptionist)
        self.assertTrue(own.browse(wizard.id).read(["name"]))

    def test_the_counter_deletes_only_what_was_uploaded_there(self):
        """The list of photos may name any picture the clerk can read."""
        victim = self.env["ir.attachment"].create({"name": "emblem.png", "raw": picture().data, "public": True})
        uploads = self.env["ir.attachment"].with_user(self.receptionist)
        own = uploads.create({"name": "own.jpg", "raw": picture().data, "res_model": "jamaa.complaint.counter"})
        wizard = self._model("jamaa.complaint.counter", self.receptionist).create(
            {
                "kind": "report",
                "facts": FACTS,
                "company_id": self.here.id,
                "photo_ids": [Command.set([victim.id, own.id])],
            }
        )
        wizard.action_lodge()
        self.assertTrue(victim.exists())
        self.assertFalse(own.sudo().exists())
        self.assertEqual(len(wizard.sudo().case_id.photo_ids), 2)

    def test_the_counter_is_not_a_way_into_another_commune(self):
        wizard = self._model("jamaa.complaint.counter", self.receptionist).create(
            {"kind": "report", "facts": FACTS, "company_id": self.there.id}
        )
        self.assertIsNone(self._try(wizard.action_lodge))
        self.assertFalse(self.Ticket.sudo().search([("company_id", "=", self.there.id)]))

    def test_the_pin_is_printed_by_those_who_hand_it_out(self):
        """Who handles a case could otherwise follow it, and be content, as the citizen."""
        self.case.sudo().answer_state = "to_approve"
        self.env.flush_all()
        pin = self.case.sudo()._public_pin()
        reports = self.env["ir.actions.report"]
        names = ("report_receipt", "report_counter_slip")
        for user in self.outsiders | self.agent | self.head | self.signatory | self.director_user:
            for name in names:
                for render in ("_render_qweb_html", "_render_qweb_pdf"):
                    with self.subTest(user=user.login, report=name):
                        printer = reports.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
                        self.assertIsNone(
                            self._try(
                                lambda: getattr(printer, render)(
                                    f"jamaa_complaints.{name}", self.case.ids, {"lang": "fr_MA"}
                                )
                            )
                        )
        html = (
            reports.with_user(self.officer)
            .with_company(self.here)
            .with_context(lang="en_US")
            ._render_qweb_html("jamaa_complaints.report_receipt", self.case.ids)[0]
        )
        self.assertIn(pin, str(html))

    def test_grouping_does_not_name_whom_a_case_is_about(self):
        """A many2many is grouped without a look at the groups of the field."""
        self.case.sudo().locked_user_ids = self.colleague
        self.env.flush_all()
        for name in ("locked_user_ids", "complainant_id", "access_token"):
            tickets = self._model("helpdesk.ticket", self.agent)
            for call in (
                lambda: tickets.formatted_read_group([], [name], ["__count"]),
                lambda: tickets.web_read_group([], [name]),
                lambda: tickets._read_group([], [name]),
                lambda: tickets.search([], order=name),
                lambda: tickets.search_count([(name, "!=", False)]),
                lambda: tickets.browse(self.case.id).read([name]),
                lambda: tickets.browse(self.case.id).export_data([name]),
                lambda: self._model("jamaa.complaint.milestone", self.agent).formatted_read_group(
                    [], [f"case_id.{name}"], ["__count"]
                ),
            ):
                with self.subTest(field=name):
                    self.assertIsNone(self._try(call))

    def test_no_oracle_over_the_vault(self):
        """Searching, grouping and sorting say as much as reading."""
        case_id, person_id = self.case.id, self.case.sudo().complainant_id.id
        for user in (self.officer, self.director_user, self.clerk, self.auditor, self.receptionist):
            people, tickets = self._model("jamaa.complainant", user), self._model("helpdesk.ticket", user)
            for name in ("name", "phone", "email", "national_id", "address", "user_id", "raw_mail"):
                for call in (
                    lambda: people.search_count([(name, "!=", False)]),
                    lambda: people.search([], order=f"{name} desc"),
                    lambda: people.formatted_read_group([], [name], ["__count"]),
                    lambda: people.formatted_read_group([], [], [f"{name}:count_distinct"]),
                    lambda: people.browse(person_id).read([name]),
                    lambda: people.browse(person_id).export_data([name])["datas"],
                    lambda: tickets.search_count([(f"complainant_id.{name}", "!=", False)]),
                    lambda: tickets.search_count([("complainant_id", "any", [(name, "!=", False)])]),
                    lambda: tickets.browse(case_id).export_data([f"complainant_id/{name}"])["datas"],
                    lambda: self._model("jamaa.identity.reveal", user).search_count(
                        [(f"complainant_id.{name}", "!=", False)]
                    ),
                ):
                    with self.subTest(user=user.login, field=name):
                        self.assertIsNone(self._try(call))
            self.assertFalse(self._try(lambda: people.name_search("Zineb")))

    def test_a_step_is_not_forced_by_writing(self):
        writes = {
            self.agent: [
                {"answer_state": "approved"},
                {"approved_by_id": self.agent.id},
                {"stage_id": self.env.ref("jamaa_complaints.stage_closed").id},
                {"service_id": self.roads.id},
                {"active": False},
                {"locked_user_ids": [Command.link(self.head.id)]},
                {"public_code": "AAAAAAAA"},
            ],
            self.officer: [
                {"partner_id": self.officer.partner_id.id},
                {"partner_email": "x@example.org"},
                {"email_cc": "x@example.org"},
                {"kind": False},
                {"facts": "Changed"},
                {"name": "Changed"},
                {"answer_state": "sent"},
                {"due_date": "2099-01-01"},
                {"milestone_ids": [Command.create({"code": "sent"})]},
                {"company_id": self.there.id},
                {"complainant_id": False},
                {"photo_ids": [Command.clear()]},
                {"access_token": "A" * 22},
            ],
        }
        before = self.case.sudo().read()[0]
        for user, list_of_vals in writes.items():
            for vals in list_of_vals:
                with self.subTest(user=user.login, vals=vals):
                    self.assertIsNone(self._try(lambda: self._as(user).write(vals)))
        self.env.invalidate_all()
        after = self.case.sudo().read()[0]
        names = (
            "facts",
            "name",
            "kind",
            "answer_state",
            "partner_id",
            "stage_id",
            "due_date",
            "photo_ids",
            "company_id",
        )
        self.assertEqual([before[name] for name in names], [after[name] for name in names])

    def test_defaults_from_the_context_make_no_case(self):
        for user in (self.officer, self._make_user("t_hd", "helpdesk_mgmt.group_helpdesk_manager")):
            tickets = self._model("helpdesk.ticket", user, default_kind="complaint")
            made = self._try(lambda: tickets.create({"name": "x", "description": "x"}).sudo().kind)
            self.assertFalse(made)

    def test_wizards_with_the_ids_of_others(self):
        officer = self.officer_there
        assign = self._model("jamaa.complaint.assign", officer, active_ids=self.case.ids)
        self.assertIsNone(self._try(lambda: assign.default_get(["case_ids", "service_id"])))
        forged = self._try(
            lambda: assign.with_context(active_ids=[]).create(
                {"case_ids": [Command.set(self.case.ids)], "service_id": self.roads.id}
            )
        )
        if forged:
            self.assertIsNone(self._try(forged.action_assign))
        change = self._model("jamaa.complaint.change", self.plain)
        for what in ("correction", "kind", "date", "return"):
            wizard = change.create({"case_id": self.case.id, "what": what, "reason": "x", "new_kind": "report"})
            self.assertIsNone(self._try(wizard.action_confirm))
        self.env.invalidate_all()
        self.assertEqual(self.case.service_id, self.lighting)
        self.assertEqual(self.case.kind, "complaint")

    def test_a_reveal_is_not_had_for_another_commune_or_service(self):
        person = self.case.sudo().complainant_id
        for user in self.outsiders | self.agent | self.head:
            vals = {"complainant_id": person.id, "reason": "I would really like to know who this is"}
            with self.subTest(user=user.login):
                reveals = self._model("jamaa.identity.reveal", user, default_complainant_id=person.id)
                self.assertIsNone(self._try(lambda: reveals.create(vals).value_name))
                self.assertIsNone(self._try(lambda: reveals.create({"reason": vals["reason"]}).value_name))
        forged = self._model("jamaa.identity.reveal", self.officer).create(
            {**vals, "user_id": self.clerk.id, "company_id": self.there.id, "create_date": "2000-01-01"}
        )
        self.assertEqual((forged.user_id, forged.company_id), (self.officer, self.here))

    def test_shared_categories_are_not_one_communes_to_change(self):
        shared = self.env["helpdesk.ticket.category"].create({"name": "Shared", "company_id": False})
        categories = self._model("helpdesk.ticket.category", self.admin_user)
        for vals in ({"for_cases": True}, {"company_id": self.here.id}, {"name": "Mine"}):
            self.assertIsNone(self._try(lambda: categories.browse(shared.id).write(vals)))
        self.assertIsNone(self._try(lambda: categories.create({"name": "For all", "company_id": False})))
        self.assertTrue(categories.create({"name": "Ours", "company_id": self.here.id}))

    def test_a_commune_does_not_choose_who_belongs_to_it(self):
        """The programme's people would pass every rule of the commune."""
        company = self._model("res.company", self.admin_user).browse(self.here.id)
        for user in (self.programme_user, self.officer_there, self.portal_user):
            self.assertIsNone(self._try(lambda: company.write({"user_ids": [Command.link(user.id)]})))
        self.assertNotIn(self.here, self.programme_user.company_ids)


@tagged("post_install", "-at_install", "security")
class TestProgrammeSeesNothing(AttackCase):
    def test_no_live_record_of_a_commune(self):
        """Every model of ours with a commune, and what upstream hangs on cases."""
        programme = self.programme_user
        programme.group_ids = [Command.link(self.env.ref("base.group_allow_export").id)]
        public = {"jamaa.programme.member", "res.company", "jamaa.programme", "jamaa.programme.milestone"}
        upstream = {"helpdesk.ticket", "helpdesk.ticket.team", "hr.employee", "hr.department"}
        seen = {}
        for name, model in self.env.registry.items():
            ours = (model._original_module or "").startswith("jamaa_")
            if not (ours or name in upstream) or model._abstract or model._transient or name in public:
                continue
            if "company_id" not in model._fields:
                continue
            records = self._model(name, programme, active_test=False)
            domain = [("company_id", "in", (self.here | self.there).ids)]
            rows = self._try(lambda: records.search(domain).ids)
            if rows:
                seen[name] = rows
        self.assertFalse(seen)

    def test_no_switch_of_commune(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.programme_user)
        forged = tickets.with_context(allowed_company_ids=[self.here.id])
        self.assertIsNone(self._try(lambda: forged.search([("kind", "!=", False)]).ids))
        self.assertIsNone(self._try(lambda: tickets.with_company(self.here).browse(self.case.id).name))
