"""Every way of asking the server for a case, by everybody who may not read it: nothing comes back."""

from doors_common import BY_MODEL_AND_ID, FACT, ONE_FURTHER, VAULT, WORD, DoorsCase

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
    "jamaa.form.submission": "that a form was sent, for nobody to read",
    "jamaa.share": "figures and texts that a commune hands on; where they come from is for nobody to read",
}
#: Links in which no word of a case can be: kinds, places and other rows that many cases share.
SHARED = {
    "helpdesk.ticket.category", "helpdesk.ticket.channel", "helpdesk.ticket.stage", "helpdesk.ticket.tag",
    "helpdesk.ticket.team", "res.partner", "res.users",
}  # fmt: skip


#: Doors that every model has.
PLAIN = ("read", "search", "search_count", "search_read", "web_search_read", "formatted_read_group")


def _named(field):
    return field.type in ("char", "text", "html", "many2one")


class DoorsOfAModel:
    """The ways of asking for rows of one model as one person; each returns what came back."""

    def __init__(self, model, ids):
        self.model, self.ids = model, ids
        fields = model._fields
        # rows of others are asked for as what they are; a file is fetched by its address
        apart = ("binary", "one2many", "many2many")
        self.names = [
            name for name, field in fields.items() if field.type not in apart and model._has_field_access(field, "read")
        ]
        self.stored = [name for name in self.names if fields[name].store and _named(fields[name])]
        self.words = [name for name in self.stored if fields[name].type in ("char", "text", "html")]
        self.links = [name for name in self.stored if fields[name].type == "many2one"]
        self.domain = [("id", "in", ids)]

    def ways(self):
        """Return the doors by name."""
        model, domain = self.model, self.domain
        key = (self.links or self.words or ["id"])[0]
        spec = {name: {"fields": {"display_name": {}}} if name in self.links else {} for name in self.stored}
        return {
            "read": lambda: model.browse(self.ids).read(self.names),
            "web_read": lambda: model.browse(self.ids).web_read(spec),
            "display_name": lambda: [
                row for row in model.browse(self.ids).read(["display_name"])
                if row["display_name"] != f"{model._name},{row['id']}"
            ],
            "search": lambda: model.search(domain).ids,
            "search_count": lambda: model.search_count(domain),
            "search_read": lambda: model.search_read(domain, self.stored),
            "web_search_read": lambda: model.web_search_read(domain, spec)["records"],
            "name_search": lambda: self._named(""),
            "name_search by word": lambda: self._named(FACT) or self._named(WORD),
            "formatted_read_group": lambda: [
                row for row in model.formatted_read_group(domain, [key], ["__count"]) if row["__count"]
            ],
            "web_read_group": lambda: [
                row for row in model.web_read_group(domain, [key])["groups"] if row["__count"]
            ],
            "grouping sets": lambda: [
                row for rows in model.formatted_read_grouping_sets(domain, [[], [key]], ["__count"]) for row in rows
                if row["__count"]
            ],
            "export_data": lambda: model.browse(self.ids).export_data(self.words)["datas"],
            "export through links": lambda: model.browse(self.ids).export_data(
                [f"{name}/display_name" for name in self.links]
            )["datas"],
            "search_panel": lambda: self._panels(key),
            "by its words": lambda: [name for name in self.words if self._asks(name)],
        }  # fmt: skip

    def _named(self, word):
        """What a field for choosing offers; a model without a name offers all or nothing."""
        has_name = self.model._rec_name or self.model._rec_names_search
        return self.model.name_search(word if has_name else "", self.domain)

    def _panels(self, key):
        if key not in self.links:
            return self.model.search(self.domain).ids
        panel = self.model.search_panel_select_range(key, search_domain=self.domain, enable_counters=True)
        return [row for row in panel["values"] if row.get("__count")]

    def _asks(self, name):
        """Whether a search by a word says that it is there."""
        return any(self.model.search_count([*self.domain, (name, "ilike", word)]) for word in (FACT, WORD))


@tagged("post_install", "-at_install", "security")
class TestDoors(DoorsCase):
    """The table: people × models × doors."""

    def _doors(self, user, model, only=None):
        """The doors of a model; where the role has no right on it at all, one stands for all."""
        rows = self.rows[model]
        asking = self._model(model, user, active_test=False)
        ways = DoorsOfAModel(asking, rows.ids).ways()
        if not asking.has_access("read"):
            only = ("read",)
        return {door: way for door, way in ways.items() if not only or door in only}

    def _leaks(self, who, user, only=None):
        """What a person got: « model: door » → what came back."""
        found = {}
        for model in sorted(self.rows):
            by_duty = (who, model) in READ_BY_DUTY
            for door, way in self._doors(user, model, only).items():
                answer = self._try(way)
                text = str(answer).lower()
                told = FACT in text or any(secret in text for secret in VAULT)
                # an export answers with an empty line
                some = answer and any(answer if isinstance(answer, list) else [answer])
                if told or (some and not by_duty):
                    found[f"{model}: {door}"] = answer
        return found

    def _assert_shut(self, who, user):
        found = self._leaks(who, user)
        self.assertFalse(found, "\n".join(f"{door} → {str(answer)[:200]}" for door, answer in found.items()))

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
