"""The ways of asking the server for the rows of a model, and the table of people × models × doors."""

from attack_common import Attempts

#: Stands in the words of the record: nobody shut out reads it anywhere.
FACT = "nuqtatfact"
#: Stands in the rows around the record.
WORD = "nuqtatword"
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


class DoorsTable(Attempts):
    """Mixin of a case that has `rows`, the records asked for by model."""

    #: (who, model) of rows somebody reads though the record is shut to them.
    read_by_duty = ()
    #: Texts that nobody finds in any answer, beside the words of the record; in small letters.
    secrets = ()

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
            by_duty = (who, model) in self.read_by_duty
            for door, way in self._doors(user, model, only).items():
                answer = self._try(way)
                text = str(answer).lower()
                told = FACT in text or any(secret in text for secret in self.secrets)
                # an export answers with an empty line
                some = answer and any(answer if isinstance(answer, list) else [answer])
                if told or (some and not by_duty):
                    found[f"{model}: {door}"] = answer
        return found

    def _assert_shut(self, who, user):
        found = self._leaks(who, user)
        self.assertFalse(found, "\n".join(f"{door} → {str(answer)[:200]}" for door, answer in found.items()))
