"""The kiosk: a visitor takes a number by one tap."""

from uuid import uuid4

from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.jamaa_base.controllers import public_page
from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET, POST
from odoo.addons.jamaa_base.tools.qr import qr_data_uri


class QueueKiosk(PublicController):
    """No login and no name. A wrong, revoked or foreign key looks like a page that does not exist."""

    def _queue_kiosk_device(self, company, key):
        device = company.env["jamaa.queue.device"]._by_key(company, "kiosk", key)
        if not device:
            raise NotFound()
        return device

    def _queue_kiosk_ticket(self, company, key, token):
        """A ticket this kiosk's site gave out today."""
        site = self._queue_kiosk_device(company, key).site_id
        ticket = company.env["jamaa.queue.ticket"]._by_token(token)
        if not ticket or ticket.site_id != site or ticket.channel != "kiosk" or ticket.day != ticket._today():
            raise NotFound()
        return ticket

    @http.route("/c/<slug>/<lang>/kiosk/<key>", **GET)
    def queue_kiosk_page(self, slug, lang, key, **_query):
        """What can be chosen, as big buttons; why there are no tickets now where there are none."""
        company, code = self._jamaa_context(slug, lang)
        return self._queue_kiosk_choices(company, code, lang, self._queue_kiosk_device(company, key), key)

    def _queue_kiosk_choices(self, company, code, lang, device, key, problem="", status=200):
        site = device.site_id
        page = {
            "site": site.name,
            "path": f"{company._public_url(lang, 'kiosk')}/{key}",
            "first": f"{company._public_url(device.lang, 'kiosk')}/{key}",
            "closed": site._queue_closed(fields.Datetime.now()),
            "choices": site._queue_choices(),
            "tap": uuid4().hex,
        }
        values = {"page": page, "problem": problem}
        return self._jamaa_render("jamaa_queue.public_kiosk", values, company, code, private=True, status=status)

    @http.route("/c/<slug>/<lang>/kiosk/<key>", **POST)
    def queue_kiosk_give(self, slug, lang, key, **post):
        """Give one number out; the same tap sent twice is one number."""
        company, code = self._jamaa_context(slug, lang)
        device = self._queue_kiosk_device(company, key)
        site, Ticket = device.site_id, company.env["jamaa.queue.ticket"]
        wishes = site._queue_wishes([self._jamaa_text(post, "code")])
        tap = self._jamaa_text(post, "tap")[:64]
        try:
            with company.env.cr.savepoint():
                ticket = Ticket._issue(site, wishes, "kiosk", code, key=tap)
        except UserError as error:
            return self._queue_kiosk_choices(company, code, lang, device, key, error.args[0], status=422)
        company.env["jamaa.queue.announcement"]._announce(ticket)
        return self._jamaa_redirect(f"{company._public_url(lang, 'kiosk')}/{key}/{ticket.token}")

    @http.route("/c/<slug>/<lang>/kiosk/<key>/<token>", **GET)
    def queue_kiosk_given(self, slug, lang, key, token, **_query):
        """The number, big, with its QR code; printed as a picture by the browser."""
        company, code = self._jamaa_context(slug, lang)
        ticket = self._queue_kiosk_ticket(company, key, token)
        link = ticket._follow_link()
        path = f"{company._public_url(lang, 'kiosk')}/{key}"
        page = {
            **ticket._followed(),
            "path": path,
            "picture": f"{path}/{token}/ticket.png",
            "qr": qr_data_uri(link) if link else "",
        }
        return self._jamaa_render("jamaa_queue.public_kiosk_given", {"page": page}, company, code, private=True)

    @http.route("/c/<slug>/<lang>/kiosk/<key>/<token>/ticket.png", **GET)
    def queue_kiosk_picture(self, slug, lang, key, token, **_query):
        """The ticket as it is printed."""
        company, _code = self._jamaa_context(slug, lang)
        ticket = self._queue_kiosk_ticket(company, key, token)
        picture = ticket._png(576, ticket._follow_link())
        response = request.make_response(picture, [("Content-Type", "image/png")])
        return public_page.set_headers(response, private=True)
