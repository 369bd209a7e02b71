"""Every model, controller and public method of ours stands in a table that people read.

The tables are ``tests/access/*.csv``. A new model, route or method that nobody
put there fails this test, and so does a right that changed without its row:
whoever reviews a change sees in plain words who may now do what.

After a meant change, write the tables again and read the difference::

    JAMAA_WRITE_ACCESS_TABLES=1 ./jamaa test tests/test_access_table.py
"""

import csv
import inspect
import os
from pathlib import Path

from odoo.http import _generate_routing_rules
from odoo.tests import TransactionCase, tagged

HERE = Path(__file__).parent / "access"
WRITE = os.environ.get("JAMAA_WRITE_ACCESS_TABLES") == "1"
OPERATIONS = (("read", "r"), ("write", "w"), ("create", "c"), ("unlink", "u"))

# Models that belong to a commune (or link to a case) and yet have no global rule, each with its reason.
NO_GLOBAL_RULE = {
    "res.company": "the names of all communes are readable; writing is upstream's administrator right",
}


def _is_ours(module):
    return bool(module) and module.startswith("jamaa_")


def _is_upstreams(endpoint):
    """Whether a route of ours only overrides one that upstream declares."""
    method = endpoint.func
    return any(
        method.__name__ in vars(klass) and not _is_ours(klass.__module__.split(".")[2])
        for klass in type(method.__self__).mro()
        if klass.__module__.startswith("odoo.addons.")
    )


def _read(name):
    path = HERE / name
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as handle:
        return [tuple(row) for row in csv.reader(handle)][1:]


def _write(name, header, rows):
    with (HERE / name).open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


@tagged("post_install", "-at_install", "security")
class TestAccessTable(TransactionCase):
    """Compares what the database grants with what the tables say."""

    def _compare(self, name, header, rows):
        rows = sorted(set(rows))
        if WRITE:
            _write(name, header, rows)
        expected = set(_read(name))
        unknown = sorted(set(rows) - expected)
        gone = sorted(expected - set(rows))
        self.assertFalse(
            unknown or gone,
            f"{name} differs.\nIn the code, not in the table: {unknown}\nIn the table, not in the code: {gone}",
        )

    def _our_models(self):
        return [name for name in sorted(self.env.registry) if _is_ours(self.env.registry[name]._original_module)]

    def _personas(self):
        """One user for each kind of person: public, portal, plain staff and every role."""
        groups = {"public": "base.group_public", "portal": "base.group_portal", "internal": "base.group_user"}
        personas = {name: self.env.ref(xmlid) for name, xmlid in groups.items()}
        data = self.env["ir.model.data"].search(
            [("module", "=", "jamaa_base"), ("model", "=", "res.groups"), ("name", "=like", "group\\_%")]
        )
        personas.update({row.name.removeprefix("group_"): self.env["res.groups"].browse(row.res_id) for row in data})
        users = self.env["res.users"].with_context(no_reset_password=True)
        return {
            name: users.create({"name": name, "login": f"access-table-{name}", "group_ids": [(6, 0, group.ids)]})
            for name, group in sorted(personas.items())
        }

    def test_models(self):
        """Who may read, write, create and delete on each model (record rules narrow it further)."""
        personas = self._personas()
        rows = []
        # helpdesk.ticket is upstream's, but a case is one: its rights are ours to watch.
        models = self._our_models() + [m for m in ("helpdesk.ticket",) if m in self.env]
        for model in models:
            if self.env[model]._abstract:
                rows.append((model, "everybody", "abstract"))
                continue
            rights = {}
            for name, user in personas.items():
                env_model = self.env[model].with_user(user)
                letters = "".join(letter for op, letter in OPERATIONS if env_model.has_access(op))
                rights[name] = letters or "-"
            plain = rights["internal"]
            rows += [(model, name, rights[name]) for name in ("public", "portal", "internal")]
            rows += [
                (model, name, letters)
                for name, letters in rights.items()
                if name not in ("public", "portal", "internal") and letters != plain
            ]
        self._compare("models.csv", ("model", "who", "rights"), rows)

    def test_routes(self):
        """Each route of ours: who may call it, how, whether it may write, whether a token guards it."""
        modules = sorted(self.env.registry._init_modules)
        rows = []
        for url, endpoint in _generate_routing_rules(modules, nodb_only=False):
            if not _is_ours(endpoint.func.__module__.split(".")[2]):
                continue
            routing = endpoint.routing
            rows.append(
                (
                    url,
                    ",".join(sorted(routing.get("methods") or ["ANY"])),
                    routing["auth"],
                    routing["type"],
                    "csrf" if routing.get("csrf", routing["type"] == "http") else "no csrf",
                    "readonly" if routing.get("readonly") is True else "may write",
                )
            )
        self._compare("routes.csv", ("route", "methods", "auth", "type", "csrf", "database"), rows)

    def test_public_methods(self):
        """Each method that any logged-in user, portal included, can call over RPC."""
        rows = []
        for name in sorted(self.env.registry):
            for klass in self.env.registry[name].mro():
                module = klass.__module__.split(".")
                if module[:2] != ["odoo", "addons"] or not _is_ours(module[2]):
                    continue
                for method_name, method in vars(klass).items():
                    function = getattr(method, "__func__", method)
                    if method_name.startswith("_") or not inspect.isfunction(function):
                        continue
                    if getattr(function, "_api_private", False):
                        continue
                    rows.append((name, method_name, module[2]))
        self._compare("methods.csv", ("model", "method", "module"), rows)

    def test_readonly_get(self):
        """A route of ours names its methods, and one that only answers GET changes nothing."""
        for url, endpoint in _generate_routing_rules(sorted(self.env.registry._init_modules), nodb_only=False):
            if not _is_ours(endpoint.func.__module__.split(".")[2]):
                continue
            if _is_upstreams(endpoint):
                continue
            methods = endpoint.routing.get("methods")
            with self.subTest(url=url):
                self.assertTrue(methods, "name the methods of the route")
                if set(methods) <= {"GET", "HEAD"}:
                    self.assertTrue(endpoint.routing.get("readonly"), "a GET route must be readonly")

    def test_every_commune_model_has_a_global_rule(self):
        """A model that belongs to a commune, or that links to a case, is walled by a rule for everybody."""
        rules = self.env["ir.rule"].search([("groups", "=", False)])
        walled = set(rules.mapped("model_id.model"))
        for model in self._our_models():
            record = self.env[model]
            if record._abstract or record._transient or not record._auto:
                continue
            links = [
                field.name
                for field in record._fields.values()
                if field.type == "many2one"
                and field.store
                and field.comodel_name in ("res.company", "helpdesk.ticket")
                and field.name not in ("create_uid", "write_uid")
            ]
            with self.subTest(model=model, links=links):
                self.assertTrue(not links or model in walled or model in NO_GLOBAL_RULE)
