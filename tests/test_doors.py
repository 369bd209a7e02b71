"""Every way of asking the server for a case, by everybody who may not read it: nothing comes back."""

from doors_common import BY_MODEL_AND_ID, ONE_FURTHER, VAULT, DoorsCase
from doors_ways import PLAIN, DoorsTable

from odoo.tests import tagged

#: Rows a role reads though it reads no case, each with its reason. The words of the case are in none of them.
READ_BY_DUTY = {
    ("the auditor", "jamaa.complaint.audit.item"): "the sample: number, dates, what the citizen said when called",
    ("the auditor", "jamaa.complaint.audit.finding"): "written by the auditor",
    ("the auditor", "jamaa.identity.reveal"): "the log of looks is there for the auditor",
    ("the auditor", "jamaa.register.entry"): "the register holds no words of a case",
    ("the auditor", "jamaa.retention.hold"): "why something is kept beyond its time",
    ("the registry", "jamaa.mail.entry"): "the book of mail names the case and not its words",
    ("the auditor", "jamaa.mail.entry"): "the book of mail, as the registry",
    ("the registry", "jamaa.act"): "who keeps the book sees what is to leave",
    ("the auditor", "jamaa.act"): "acts of the commune",
}
#: Models nobody has a right on, or that core keeps to the settings.
FOR_NOBODY = {
    "jamaa.satisfaction",
    "mail.mail",
    "mail.tracking.value",
    "mail.scheduled.message",
}
#: Models that point at any record and hold no word of it, each with its reason.
WITHOUT_WORDS = {
    "ir.model.data": "names of records that addons bring",
    "rating.rating": "ratings of upstream's projects: a rule of ours closes them to everybody",
    "jamaa.form.submission": "that a form was sent, for nobody to read",
    "jamaa.share": "figures and texts that a commune hands on; where they come from is for nobody to read",
}
#: Links in which no word of a case can be: kinds, places and other rows that many cases share. The cases behind an
#: action of a plan are on a field that nobody reads.
SHARED = {
    "helpdesk.ticket.category", "helpdesk.ticket.channel", "helpdesk.ticket.stage", "helpdesk.ticket.tag",
    "helpdesk.ticket.team", "project.task", "res.partner", "res.users",
}  # fmt: skip


@tagged("post_install", "-at_install", "security")
class TestDoors(DoorsTable, DoorsCase):
    """The table: people × models × doors."""

    read_by_duty = READ_BY_DUTY
    secrets = VAULT

    def test_every_model_has_a_row(self):
        """A new model that can hold a word of a case stands here, or this fails."""
        expected = set(ONE_FURTHER)
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or not model._auto or name in SHARED:
                continue
            links = any(
                field.comodel_name == "helpdesk.ticket" and field.store and field.type != "one2many"
                for field in model._fields.values()
            )
            if links:
                expected.add(name)
        by_id = {
            name
            for name, model in self.env.registry.items()
            if not (model._abstract or model._transient)
            and getattr(model._fields.get("res_id"), "type", None) == "many2one_reference"
        }
        self.assertEqual(by_id - set(WITHOUT_WORDS), set(BY_MODEL_AND_ID))
        self.assertEqual(expected | set(BY_MODEL_AND_ID) | {"helpdesk.ticket"}, set(self.rows))

    def test_what_hangs_on_a_row_has_the_rule_of_the_row(self):
        """A model of ours that belongs to one of the rows is read by a rule that looks at the row."""
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or not name.startswith("jamaa.") or name in self.rows:
                continue
            links = [
                field.name
                for field in model._fields.values()
                if field.type == "many2one" and field.required and field.store and field.comodel_name in self.rows
            ]
            rules = self.env["ir.rule"].search([("model_id.model", "=", name), ("groups", "=", False)])
            for link in links:
                with self.subTest(model=name, link=link):
                    self.assertTrue(any(f"{link}." in (rule.domain_force or "") for rule in rules))

    def test_nothing_for_those_outside(self):
        for who, user in self.people.items():
            with self.subTest(who=who):
                self._assert_shut(who, user)

    def test_open_before_and_shut_after_the_lock(self):
        """Whoever it is about had it until now: the same doors, before and after."""
        before = {user: set(self._leaks("nobody", user, PLAIN)) for user in self.accused}
        handling = self.agent | self.officer | self.head | self.president_user | self.director_user
        for user in handling:
            for door in PLAIN:
                with self.subTest(user=user.login, door=door):
                    self.assertIn(f"helpdesk.ticket: {door}", before[user])
        # every model is open to somebody by the plain doors, else the table would prove nothing
        opened = set().union(*before.values())
        for model in set(self.rows) - FOR_NOBODY:
            for door in PLAIN:
                with self.subTest(model=model, door=door):
                    self.assertIn(f"{model}: {door}", opened)
        self._close_to_the_accused()
        for user in self.accused:
            with self.subTest(user=user.login):
                self._assert_shut("whom it is about", user)
