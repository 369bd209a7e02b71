"""Every way of asking the server for a request and for what reception keeps, by everybody shut out of it."""

from doors_common import BY_MODEL_AND_ID
from doors_reception import VAULT, ReceptionDoorsCase
from doors_ways import PLAIN, DoorsTable

from odoo.tests import tagged

REQUEST = "jamaa.procedure.request"
#: What stands on the public pages of the commune, and where its desks are: its whole staff reads it.
CATALOGUE = {
    "jamaa.desk", "jamaa.procedure", "jamaa.procedure.access", "jamaa.procedure.answer", "jamaa.procedure.audio",
    "jamaa.procedure.fee", "jamaa.procedure.legal", "jamaa.procedure.piece", "jamaa.procedure.question",
    "jamaa.procedure.sheet", "jamaa.procedure.site", "jamaa.procedure.step", "jamaa.procedure.word",
}  # fmt: skip
#: Rows a role reads though it reads no request, each with its reason. The words of the request are in none of them.
BY_DUTY = {
    "a clerk of another site": CATALOGUE
    | {
        "jamaa.procedure.notice",  # what has changed is told to every desk
        "jamaa.reception.precheck",  # counts of the commune, nobody in them
        "jamaa.reception.visit",  # counts of the commune, nobody in them
    },
    "an agent of another service": CATALOGUE | {"jamaa.procedure.notice"},
    "a council member": CATALOGUE,
    "the auditor": CATALOGUE
    | {
        "jamaa.register.entry",  # the register holds no words of a request
        "jamaa.retention.hold",  # why something is kept beyond its time
        "jamaa.mail.entry",  # the book of mail, as the registry
    },
    "the registry": CATALOGUE | {"jamaa.mail.entry"},  # the book of mail names the request and not its words
}
#: Models nobody has a right on, that core keeps to the settings, or that nobody has before a letter is written.
FOR_NOBODY = {
    "jamaa.complainant", "jamaa.mail.entry", "jamaa.procedure.request.alert",
    "jamaa.register.entry", "jamaa.retention.hold", "jamaa.satisfaction", "mail.mail", "mail.scheduled.message",
    "mail.tracking.value",
}  # fmt: skip
#: Lists of the installation that all communes share: no commune's row is in them.
SHARED = {
    "jamaa.access.category", "jamaa.audience", "jamaa.desk.kind", "jamaa.life.event", "jamaa.procedure.channel",
    "jamaa.proximity.item", "jamaa.reception.act", "jamaa.reception.body",
}  # fmt: skip
#: Models that hold something of any record by model and id, and of a request never, each with its reason.
NEVER_OF_A_REQUEST = {
    "jamaa.act": "a decision of a request is signed on paper and has no act of its own",
}
#: Those that hang on one of the others.
ONE_FURTHER = {"mail.notification", "mail.tracking.value"}


@tagged("post_install", "-at_install", "security")
class TestDoorsOfReception(DoorsTable, ReceptionDoorsCase):
    """The table: people × models × doors."""

    read_by_duty = frozenset((who, model) for who, models in BY_DUTY.items() for model in models)
    secrets = VAULT

    def test_every_model_has_a_row(self):
        """A new model of reception, or one that can hold a word of a request, stands here, or this fails."""
        expected = ONE_FURTHER | (set(BY_MODEL_AND_ID) - set(NEVER_OF_A_REQUEST))
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or name in SHARED:
                continue
            linked = any(
                field.comodel_name == REQUEST and field.store and field.type in ("many2one", "many2many")
                for field in model._fields.values()
            )
            if linked or model._original_module == "jamaa_reception":
                expected.add(name)
        self.assertEqual(expected, set(self.rows))
        for model, rows in self.rows.items():
            with self.subTest(model=model):
                self.assertTrue(rows, "a model without a row proves nothing")

    def test_nothing_for_those_outside(self):
        for who, user in self.people.items():
            with self.subTest(who=who):
                self._assert_shut(who, user)

    def test_open_to_those_who_handle_it(self):
        """Every model is open to somebody by the plain doors, else the table would prove nothing."""
        opened = {user: set(self._leaks("nobody", user, PLAIN)) for user in self.handling}
        for user in self.agent | self.worker | self.head | self.director_user:
            for door in PLAIN:
                with self.subTest(user=user.login, door=door):
                    self.assertIn(f"{REQUEST}: {door}", opened[user])
        everything = set().union(*opened.values())
        for model in set(self.rows) - FOR_NOBODY:
            for door in PLAIN:
                with self.subTest(model=model, door=door):
                    self.assertIn(f"{model}: {door}", everything)
