"""What the commune keeps about people, how long, and how to ask: for everybody to read."""

from odoo import http

from .public import PublicController
from .public_home import GET


class PublicPrivacy(PublicController):
    @http.route("/c/<slug>/<lang>/privacy", **GET)
    def privacy(self, slug, lang, **_query):
        """Say in plain words what is kept, how long, and what anybody may ask (law 09-08)."""
        company, code = self._jamaa_context(slug, lang)
        rules = company.env["jamaa.retention.rule"].search([("id", "!=", 0)])
        rows = [
            {
                "name": rule.name,
                "after": rule.after_text or "",
                "action": rule.action_text or "",
                "months": rule._term(company).months,
            }
            for rule in rules
        ]
        return self._jamaa_render("jamaa_base.public_privacy", {"rows": rows}, company, code, max_age=600)
