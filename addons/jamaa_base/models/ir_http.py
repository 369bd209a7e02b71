"""Errors of the public addresses in the visitor's language; no page reaches other hosts."""

import logging
import re

from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from odoo import models
from odoo.http import request

_logger = logging.getLogger(__name__)

ORIGIN = re.compile(r"https?://[a-zA-Z0-9.*-]+(:[0-9]{1,5})?")


class IrHttp(models.AbstractModel):
    """Give the public pages error pages of their own, and keep every page to this host.

    Odoo's error pages need the whole frontend bundle, set cookies, and speak English to
    somebody who came to a page in Arabic.
    """

    _inherit = "ir.http"

    @classmethod
    def _jamaa_is_public(cls):
        """Tell whether the address is one of the public shell."""
        path = request.httprequest.path
        return path == "/c" or path.startswith("/c/")

    @classmethod
    def _match(cls, path):
        try:
            return super()._match(path)
        except MethodNotAllowed:
            # The server would answer this one itself, with a bare page in English.
            if cls._jamaa_is_public():
                raise NotFound() from None
            raise

    @classmethod
    def _serve_fallback(cls):
        if "\0" in request.httprequest.path:
            # PostgreSQL takes no such text: the search for a page would end in an error.
            return None
        return super()._serve_fallback()

    @classmethod
    def _handle_error(cls, exception):
        if not cls._jamaa_is_public():
            return super()._handle_error(exception)
        if isinstance(exception, HTTPException) and exception.code is None:
            return super()._handle_error(exception)  # a redirection, not an error
        from ..controllers.public_error import error_response

        try:
            return error_response(exception)
        except Exception:
            # Whatever fails here, the visitor still gets the plain page of the server.
            _logger.exception("The public error page could not be made")
            return super()._handle_error(exception)

    @classmethod
    def _post_dispatch(cls, response):
        super()._post_dispatch(response)
        if response.mimetype != "text/html":
            return
        policy = response.headers.get("Content-Security-Policy", "")
        if "default-src" not in policy:
            # Where upstream has one of its own (the login page), both hold.
            policies = filter(None, (policy, cls._jamaa_content_policy()))
            response.headers["Content-Security-Policy"] = ", ".join(policies)

    @classmethod
    def _jamaa_content_policy(cls):
        """Return the policy of pages that are not of the public shell.

        The client compiles its templates and writes styles inline, so these stay allowed;
        what it forbids is to load from, or send to, any other host. Hosts a commune wants
        (its own map tiles, say) stand in the parameter ``jamaa_base.allowed_origins``,
        separated by blanks.
        """
        # sudo: ir.config_parameter - addresses that the header tells everybody anyway
        value = request.env["ir.config_parameter"].sudo().get_param("jamaa_base.allowed_origins")
        more = "".join(f" {origin}" for origin in (value or "").split() if ORIGIN.fullmatch(origin))
        return (
            f"default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'{more}; "
            f"connect-src 'self' data: blob: ws: wss:{more}; "
            "object-src 'self' blob:; base-uri 'self'; frame-ancestors 'self'"
        )
