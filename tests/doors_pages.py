"""The same rows by their addresses: files, chatter, inbox, reports, exports."""

import json

from doors_ways import FACT, WORD

from odoo.http import Request

# Upstream writes each refusal into the log, some with a stack trace.
REFUSALS = (
    "odoo.http",
    "odoo.addons.web.controllers.export",
    "odoo.addons.web.controllers.report",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.bus.websocket",
)
WRONG = "W" * 22


class PagesOfDoors:
    """Mixin of an HTTP case with `rows`, `secrets`, and what `_addresses`, `_calls` and `_exports` name.

    ``_addresses``: address → what whoever may read it finds there, None where nothing is for anybody;
    ``_calls``: (route, parameters, whether whoever handles it finds its words there);
    ``_exports``: what is exported → (model, names of fields).
    """

    def _call(self, model, method, args, words):
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        return (f"/web/dataset/call_kw/{model}/{method}", params, words)

    def _ask(self, route, params):
        answer = self.url_open(
            route, data=json.dumps({"jsonrpc": "2.0", "params": params}), headers={"Content-Type": "application/json"}
        )
        return answer.text.lower()

    def _export(self, model, names):
        ask = {
            "model": model,
            "fields": [{"name": name, "label": name, "type": "char"} for name in names],
            "ids": self.rows[model].ids,
            "domain": [],
            "import_compat": False,
            "groupby": [],
        }
        token = Request.csrf_token(self)
        return self.url_open("/web/export/csv", data={"data": json.dumps(ask), "csrf_token": token}).text.lower()

    def _leaks_of_pages(self, user, password, words=(FACT, WORD)):
        """Addresses at which a person found words, names or a file of the record."""
        self.authenticate(user and user.login, user and password)
        found = []

        def look(where, text):
            if any(secret in text for secret in (*words, *self.secrets)):
                found.append(where)

        for address, content in self._addresses().items():
            answer = self.url_open(address)
            self.assertLess(answer.status_code, 500, address)
            look(address, answer.text.lower())
            if content and content in answer.content:
                found.append(address)
        if user:
            for route, params, _words in self._calls():
                look(f"{route} {params.get('method', params)}", self._ask(route, params))
            if not user.share:
                for what, (model, names) in self._exports().items():
                    look(what, self._export(model, names))
        return found
