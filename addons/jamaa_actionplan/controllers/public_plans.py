"""What a commune planned and where it stands, for everybody: published copies alone."""

from werkzeug.exceptions import NotFound

from odoo import http

from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET


class PublicPlans(PublicController):
    @http.route("/c/<slug>/<lang>/plans", **GET)
    def published_plans(self, slug, lang, **_query):
        """List the published plans, and say which ones were withdrawn."""
        company, code = self._jamaa_context(slug, lang)
        publications = company.env["jamaa.plan.publication"]
        values = {
            "plans": publications._public_list(company, code),
            "withdrawn": publications._public_withdrawn(company),
        }
        # never kept by a cache between: withdrawn is withdrawn at once
        return self._jamaa_render("jamaa_actionplan.public_plans", values, company, code)

    @http.route("/c/<slug>/<lang>/plans/<int:plan_id>", **GET)
    def published_plan(self, slug, lang, plan_id, **_query):
        """Show the published copy of a plan as it stands on the page now."""
        return self._published_plan_page(slug, lang, plan_id, None)

    @http.route("/c/<slug>/<lang>/plans/<int:plan_id>/<int:number>", **GET)
    def published_plan_version(self, slug, lang, plan_id, number, **_query):
        """Show an earlier version of a plan that is published."""
        return self._published_plan_page(slug, lang, plan_id, number)

    def _published_plan_page(self, slug, lang, plan_id, number):
        company, code = self._jamaa_context(slug, lang)
        page = company.env["jamaa.plan.publication"]._public_page(company, plan_id, number, code)
        if not page:
            raise NotFound()
        return self._jamaa_render("jamaa_actionplan.public_plan", {"plan": page}, company, code)
