"""The board of the hall: a screen without login, opened by an address with a key in it."""

from werkzeug.exceptions import NotFound

from odoo import http

from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET

from .queue_page import private_json


class QueueBoard(PublicController):
    """Numbers and desks only. A wrong, revoked or foreign key looks like a page that does not exist."""

    def _queue_board_site(self, company, key):
        device = company.env["jamaa.queue.device"]._by_key(company, "board", key)
        if not device:
            raise NotFound()
        return device.site_id.with_context(inside_site=True)

    @http.route("/c/<slug>/<lang>/board/<key>", **GET)
    def queue_board_page(self, slug, lang, key, **_query):
        """The last calls big, below them the wait of each queue."""
        company, code = self._jamaa_context(slug, lang)
        site = self._queue_board_site(company, key)
        page = {"site": site.name, "path": f"{company._public_url(lang, 'board')}/{key}", **site._queue_board_state()}
        return self._jamaa_render("jamaa_queue.public_board", {"page": page}, company, code, private=True)

    @http.route("/c/<slug>/<lang>/board/<key>/state", **GET)
    def queue_board_data(self, slug, lang, key, waits=None, **_query):
        """The same in JSON, for the script of the page; the waits only when asked, once a minute."""
        company, _code = self._jamaa_context(slug, lang)
        return private_json(self._queue_board_site(company, key)._queue_board_state(waits == "1"))
