"""Errors under the public addresses, in the visitor's language."""

import logging

from werkzeug.exceptions import HTTPException

from odoo import models
from odoo.http import request

_logger = logging.getLogger(__name__)


class IrHttp(models.AbstractModel):
    """Give the public pages error pages of their own.

    Odoo's need the whole frontend bundle, set cookies, and speak English to somebody who
    came to a page in Arabic.
    """

    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        path = request.httprequest.path
        if path != "/c" and not path.startswith("/c/"):
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
