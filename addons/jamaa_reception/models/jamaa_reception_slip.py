"""The slip “bring these”: drawings, plain names, and where to read the whole sheet."""

from odoo import models

from odoo.addons.jamaa_base.tools.public_lang import by_code
from odoo.addons.jamaa_base.tools.qr import qr_data_uri

from .jamaa_request import TIME_ZONE
from .jamaa_request_page import _picture


class JamaaReceptionPrecheck(models.Model):
    _inherit = "jamaa.reception.precheck"

    def _slip_paper(self):
        """Values of the slip, in the language of the context."""
        self.ensure_one()
        self.check_access("read")
        # sudo: jamaa.reception.precheck - the sheet's own words, for who may read the look
        look = self.sudo().with_context(tz=TIME_ZONE)
        requests = look.env["jamaa.procedure.request"]
        forms = dict(look.missing_ids._fields["form"]._description_selection(look.env))
        procedure = look.procedure_id
        where = procedure.site_line_ids.filtered(lambda line: line.site_id and line.what in ("done", "deposit"))
        return {
            "procedure": requests._named(procedure, "name"),
            "qr": qr_data_uri(self.get_base_url() + look._sheet_path()),
            "pieces": [
                {
                    **requests._named(piece, "name"),
                    "form": forms[piece.form],
                    "count": piece.count,
                    "by": requests._named(piece, "delivered_by")["text"],
                    "note": requests._named(piece, "note")["text"],
                    "picture": _picture(piece),
                }
                for piece in look.missing_ids
            ],
            "where": ", ".join(where.site_id.mapped("name")),
            "site": look.site_id.name or "",
            "day": requests._day(look.date),
            "unchecked": not look.sheet_id.values_checked_on,
        }

    def _sheet_path(self):
        """Path of the sheet's public page."""
        self.ensure_one()
        return self.company_id._public_url(by_code(self.env.lang).url, self.procedure_id._public_page())
