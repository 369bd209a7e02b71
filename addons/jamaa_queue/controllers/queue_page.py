"""A number followed on one's own telephone: the token on the ticket is the right, no name is asked."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.jamaa_base.controllers import public_page
from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET, POST

#: What the holder may do, and from where.
STEPS = {"leave": ("_leave", ("waiting", "parked", "no_show")), "rejoin": ("_rejoin", ("no_show",))}


def private_json(values):
    """Answer a page's script; no cache keeps it."""
    return public_page.set_headers(request.make_json_response(values), private=True)


class QueuePage(PublicController):
    """Unknown, over and another commune's look the same."""

    def _queue_ticket(self, company, token):
        ticket = company.env["jamaa.queue.ticket"]._by_token(token)
        if not ticket or ticket.company_id != company:
            raise NotFound()
        return ticket

    @http.route("/c/<slug>/<lang>/queue/<token>", **GET)
    def queue_ticket_page(self, slug, lang, token, **_query):
        """Number, how many are before, the wait as it stands now, the desk once called."""
        company, code = self._jamaa_context(slug, lang)
        ticket = self._queue_ticket(company, token)
        right = company.env["jamaa.queue.announcement"]._published(ticket.site_id)
        values = {"page": {**ticket._followed(), "path": ticket._follow_path(lang), "right": right}}
        return self._jamaa_render("jamaa_queue.public_queue", values, company, code, private=True)

    @http.route("/c/<slug>/<lang>/queue/<token>/state", **GET)
    def queue_ticket_state(self, slug, lang, token, **_query):
        """The same in JSON, for the script of the page."""
        company, _code = self._jamaa_context(slug, lang)
        return private_json(self._queue_ticket(company, token)._followed())

    @http.route("/c/<slug>/<lang>/queue/<token>", **POST)
    def queue_ticket_step(self, slug, lang, token, **post):
        """“I leave”, or “I am here after all”; sent twice it is done once."""
        company, _code = self._jamaa_context(slug, lang)
        ticket = self._queue_ticket(company, token)
        method, states = STEPS.get(self._jamaa_text(post, "step"), (None, ()))
        if ticket.state in states:
            try:
                with company.env.cr.savepoint():
                    getattr(ticket, method)()
            except UserError:
                # Called at this very moment: the page shows where the number stands.
                ticket.invalidate_recordset()
        return self._jamaa_redirect(ticket._follow_path(lang))
