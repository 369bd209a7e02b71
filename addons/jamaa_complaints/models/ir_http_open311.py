"""Errors of the Open311 addresses in the form of its specification."""

import re

from werkzeug.exceptions import HTTPException

from odoo import models
from odoo.http import request

_PREFIX = re.compile(r"/c/[^/]+/open311/v2(/|$)")


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        """A program reads these addresses: it gets no page for people."""
        if not _PREFIX.match(request.httprequest.path):
            return super()._handle_error(exception)
        if isinstance(exception, HTTPException) and exception.code is None:
            return super()._handle_error(exception)  # a redirection, not an error
        from ..controllers.open311 import error_response

        return error_response(exception)
