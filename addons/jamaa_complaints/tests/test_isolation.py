"""Who finds a case, its words, photos and author: the table of readers × ways."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import FACTS, IDENTITY, ComplaintCase

SECRETS = [value.lower() for value in IDENTITY.values()]


@tagged("post_install", "-at_install")
class TestIsolation(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case.sudo().write({"service_id": cls.lighting.id, "user_id": cls.agent.id})
        cls.message = cls.case.sudo().message_post(body="Looked at it on Tuesday", author_id=cls.agent.partner_id.id)
        cls.activity = cls.case.sudo().activity_schedule(
            "mail.mail_activity_data_todo", user_id=cls.agent.id, summary="Call the foreman"
        )
        cls.double = cls._lodge()
        cls.double.sudo().write({"duplicate_id": cls.case.id})
        cls.helpdesk_manager = cls._make_user("t_hd_manager", "helpdesk_mgmt.group_helpdesk_manager")
        cls.public_user = cls.env.ref("base.public_user")
        # every follower and OCA role is tried on top
        cls.shut_out = (
            cls.portal_user
            | cls.public_user
            | cls.other_agent
            | cls.officer_there
            | cls.programme_user
            | cls.council_member
            | cls.receptionist
            | cls.auditor
            | cls.admin_user
            | cls.clerk
            | cls.helpdesk_manager
        )
        cls.admitted = cls.officer | cls.agent | cls.head | cls.director_user | cls.president_user
        # the right to export is no wall: all staff get it here
        staff = (cls.shut_out | cls.admitted) - cls.portal_user - cls.public_user
        staff.write({"group_ids": [(4, cls.env.ref("base.group_allow_export").id)]})
        cls.env.flush_all()

    def _ways(self, user):
        """Ways to look for the case: name → function returning what was found."""

        def model(name):
            return (
                self.env[name]
                .with_user(user)
                .sudo(False)
                .with_context(allowed_company_ids=user.company_ids.ids, active_test=False)
            )

        case, ids = self.case, [self.case.id]
        files = case.sudo().attachment_ids
        person = case.sudo().complainant_id
        return {
            "read": lambda: model("helpdesk.ticket").browse(ids).read(["name", "facts"]),
            "search": lambda: model("helpdesk.ticket").search([("id", "in", ids)]).ids,
            "search_read": lambda: model("helpdesk.ticket").search_read(
                [("facts", "ilike", "lamp"), ("kind", "!=", False)], ["facts"]
            ),
            "count": lambda: model("helpdesk.ticket").search_count([("kind", "!=", False)]),
            "group": lambda: [
                row
                for row in model("helpdesk.ticket").formatted_read_group([("kind", "!=", False)], ["name"], ["__count"])
                if row["__count"]
            ],
            "name_search": lambda: model("helpdesk.ticket").name_search(case.case_number),
            "display_name": lambda: model("helpdesk.ticket").browse(ids).display_name,
            "web_read": lambda: model("helpdesk.ticket").browse(ids).web_read({"name": {}}),
            "export": lambda: model("helpdesk.ticket").browse(ids).export_data(["name"])["datas"],
            "order": lambda: model("helpdesk.ticket").search([("kind", "!=", False)], order="public_code").ids,
            "files": lambda: model("ir.attachment").browse(files.ids).read(["name", "raw"]),
            "file search": lambda: (
                model("ir.attachment").search([("res_model", "=", "helpdesk.ticket"), ("res_id", "in", ids)]).ids
            ),
            "messages": lambda: (
                model("mail.message").search([("model", "=", "helpdesk.ticket"), ("res_id", "in", ids)]).ids
            ),
            "message": lambda: model("mail.message").browse(self.message.id).read(["body"]),
            "followers": lambda: (
                model("mail.followers").search([("res_model", "=", "helpdesk.ticket"), ("res_id", "in", ids)]).ids
            ),
            "follower": lambda: (
                model("mail.followers").browse(case.sudo().message_follower_ids.ids).read(["partner_id"])
            ),
            "activities": lambda: (
                model("mail.activity").search([("res_model", "=", "helpdesk.ticket"), ("res_id", "in", ids)]).ids
            ),
            "activity": lambda: model("mail.activity").browse(self.activity.id).read(["summary"]),
            "milestones": lambda: model("jamaa.complaint.milestone").search([("case_id", "in", ids)]).ids,
            "milestone": lambda: (
                model("jamaa.complaint.milestone").browse(case.sudo().milestone_ids.ids).read(["code"])
            ),
            "through the service": lambda: model("helpdesk.ticket.team").browse(self.unit.id).ticket_ids.ids,
            "through the team": lambda: (
                model("helpdesk.ticket.team").search([("ticket_ids.facts", "ilike", "lamp")]).ids
            ),
            "through duplicates": lambda: model("helpdesk.ticket").browse(self.double.id).duplicate_id.name,
            "vault": lambda: model("jamaa.complainant").search([("res_id", "in", ids)]).mapped("name"),
            "pseudonyms": lambda: model("jamaa.complainant").search([("res_id", "in", ids)]).ids,
            "pseudonym": lambda: model("jamaa.complainant").browse(person.id).read(["reference", "res_id"]),
        }

    def _found(self, way):
        """What a way leads to: None where refused."""
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                return way()
        except UserError:
            return None

    def test_shut_out_by_every_way(self):
        for user in self.shut_out:
            for name, way in self._ways(user).items():
                with self.subTest(user=user.login, way=name):
                    self.assertFalse(self._found(way))

    def test_admitted_by_the_same_ways(self):
        """Else the table above would prove nothing."""
        for name, way in self._ways(self.officer).items():
            if name in ("vault", "activity", "through the team"):
                continue
            with self.subTest(way=name):
                self.assertTrue(self._found(way))
        for user in self.admitted:
            ways = self._ways(user)
            for name in ("read", "files", "messages", "milestones", "name_search"):
                with self.subTest(user=user.login, way=name):
                    self.assertTrue(self._found(ways[name]))

    def test_the_contact_keeps_the_vault_without_the_cases(self):
        """Erasing is the contact's duty; a case about the contact is closed to the contact too."""
        contact = self._make_user("t_contact", "jamaa_base.group_data_protection")
        ways, person = self._ways(contact), self.case.sudo().complainant_id
        self.assertEqual(self._found(ways["pseudonyms"]), person.ids)
        self.assertTrue(self._found(ways["pseudonym"]))
        self.assertFalse(self._found(ways["vault"]))
        self.case.sudo().locked_user_ids |= contact
        self.assertFalse(self._found(ways["pseudonyms"]))
        self.assertFalse(self._found(ways["pseudonym"]))

    def test_followers_of_old_see_nothing(self):
        """Upstream lets followers read: a row in the table of followers opens no case."""
        for user in self.shut_out - self.public_user:
            self.env["mail.followers"].sudo().create(
                {
                    "res_model": "helpdesk.ticket",
                    "res_id": self.case.id,
                    "partner_id": user.partner_id.id,
                }
            )
        self.env.flush_all()
        self.test_shut_out_by_every_way()

    def test_portal_users_are_shut_out_by_a_rule_of_their_own(self):
        """Neither a role given by mistake nor the commune's company opens a case."""
        for xmlid in ("jamaa_complaints.rule_case_by_role", "helpdesk_mgmt.helpdesk_ticket_comp_rule"):
            self.env.ref(xmlid).active = False
        self.env["mail.followers"].sudo().create(
            {
                "res_model": "helpdesk.ticket",
                "res_id": self.case.id,
                "partner_id": self.portal_user.partner_id.id,
            }
        )
        self.assertIsNone(self._found(self._ways(self.portal_user)["read"]))

    def test_the_contact_upstream_knows_sees_nothing(self):
        """Even had somebody put the portal user on the case's messages."""
        self.message.sudo().write({"partner_ids": [(4, self.portal_user.partner_id.id)]})
        self.env.flush_all()
        self.assertIsNone(self._found(self._ways(self.portal_user)["message"]))

    def test_no_identity_in_any_field(self):
        """No role finds a name, phone, e-mail or address in any field of what it may read."""
        roles = self.admitted | self.receptionist
        texts = []
        for user in roles:
            for record in (
                self.case,
                self.case.sudo().message_ids,
                self.case.sudo().message_follower_ids,
                self.case.sudo().milestone_ids,
                self.case.sudo().attachment_ids,
                self.case.sudo().activity_ids,
            ):
                try:
                    rows = self._as(user, record).read()
                except AccessError:
                    continue
                texts += [str({k: v for k, v in row.items() if not isinstance(v, bytes)}).lower() for row in rows]
        self.assertTrue(texts)
        for secret in SECRETS:
            self.assertFalse([text for text in texts if secret in text], secret)
        for user in roles:
            partners = self.env["res.partner"].with_user(user)
            found = partners.search(["|", ("name", "ilike", IDENTITY["name"]), ("email", "=", IDENTITY["email"])])
            self.assertFalse(found)

    def test_only_reception_sees_what_it_wrote(self):
        case = self.Ticket.with_user(self.receptionist)._lodge(
            self.here,
            {"kind": "report", "subject": "Hole", "facts": FACTS},
            channel="counter",
        )
        self.assertTrue(self._as(self.receptionist, case).has_access("read"))
        other = self._make_user("t_reception2", "jamaa_base.group_reception_agent")
        self.assertFalse(self._as(other, case).has_access("read"))

    def test_signatories_see_what_waits_for_them(self):
        signatory = self._make_user("t_signatory", "jamaa_base.group_signatory")
        self.assertFalse(self._as(signatory).has_access("read"))
        self._as(self.agent).write({"answer": "Words", "outcome": "solved"})
        self._as(self.agent).action_submit()
        self.assertTrue(self._as(signatory).has_access("read"))

    def test_a_new_service_takes_effect_at_once(self):
        self.assertTrue(self._as(self.agent).has_access("read"))
        self._as(self.officer).write({"service_id": self.roads.id, "user_id": False})
        self.assertFalse(self._as(self.agent).has_access("read"))
        self.assertTrue(self._as(self.other_agent).has_access("read"))
        self.roads.user_ids -= self.other_agent
        self.assertFalse(self._as(self.other_agent).has_access("read"))

    def test_what_was_to_do_goes_with_the_case(self):
        """An activity left with the former agent is no window on the case."""
        self._as(self.officer).write({"service_id": self.roads.id, "user_id": False})
        self.assertEqual(self.activity.sudo().user_id, self.agent)
        for name in ("activities", "activity", "message"):
            with self.subTest(way=name):
                self.assertFalse(self._found(self._ways(self.agent)[name]))

    def test_every_model_with_a_link_to_a_case_has_its_rule(self):
        """A model that points at cases inherits none of their rules."""
        own_rules = {"jamaa.complaint.milestone", "helpdesk.ticket"}
        no_rights = {"jamaa.satisfaction"}
        for model in self.env.registry.values():
            if model._abstract or model._transient or not model._auto:
                continue
            links = [
                field.name
                for field in model._fields.values()
                if field.type in ("many2one", "many2many") and field.comodel_name == "helpdesk.ticket" and field.store
            ]
            if not links or model._name in own_rules | no_rights:
                continue
            with self.subTest(model=model._name):
                domains = (
                    self.env["ir.rule"]
                    .search([("model_id.model", "=", model._name), ("groups", "=", False)])
                    .mapped("domain_force")
                )
                self.assertTrue(any("locked_user_ids" in domain or "open_to_me" in domain for domain in domains))

    def test_plain_tickets_keep_upstreams_rules(self):
        portal = new_test_user(self.env, login="t_plain", groups="base.group_portal")
        ticket = self.Ticket.create({"name": "Printer", "description": "x", "partner_id": portal.partner_id.id})
        self.assertTrue(self._as(portal, ticket).has_access("read"))
        stranger = new_test_user(self.env, login="t_plain2", groups="base.group_portal")
        self.assertFalse(self._as(stranger, ticket).has_access("read"))
