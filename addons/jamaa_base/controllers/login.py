"""The door of the client greets in the visitor's language."""

from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.home import Home

from ..tools.public_lang import PUBLIC_LANGS, best_language

# The client itself is complete in these two; an Amazigh browser gets the Arabic door.
CLIENT_LANGS = ("ar", "fr")


class TownHallLogin(Home):
    """Upstream's login page, in Arabic or French, also where the browser says only « ar » or « fr-FR »."""

    @http.route()
    def web_login(self, redirect=None, lang=None, **kw):
        """Show the page in the language asked for by the link on it, else in the browser's.

        :param str lang: ``ar`` or ``fr``; anything else is passed over
        """
        if not request.session.uid:
            short = lang if lang in CLIENT_LANGS else best_language(request.httprequest.headers.get("Accept-Language"))
            request.update_context(lang=PUBLIC_LANGS[short if short in CLIENT_LANGS else "ar"].code)
        return super().web_login(redirect=redirect, **kw)
