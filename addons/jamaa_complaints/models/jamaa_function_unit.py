"""The functions of the complaint unit come with the commune."""

from odoo import api, fields, models


class JamaaFunction(models.Model):
    """Head of the complaint unit and deputy stand ready, to be filled with a person."""

    _inherit = "jamaa.function"

    code = fields.Selection(
        selection_add=[("complaint_deputy", "Deputy head of the complaint unit"), ("other",)],
        ondelete={"complaint_deputy": lambda functions: functions.write({"code": "other"})},
    )
    is_prepared = fields.Boolean(
        string="Came with the commune",
        readonly=True,
        copy=False,
        help="Nobody wrote it yet: whoever enters the same function fills this one in.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Fill in what stands ready, instead of a second function of the same kind."""
        prepared = [self._take_prepared(vals) for vals in vals_list]
        fresh = super().create([vals for vals, found in zip(vals_list, prepared, strict=True) if not found])
        rest = iter(fresh)
        return self.browse([(found or next(rest)).id for found in prepared])

    def _take_prepared(self, vals):
        """The prepared function these values are meant for, filled in; empty where there is none."""
        if vals.get("code") not in ("complaint_head", "complaint_deputy") or vals.get("is_prepared"):
            return self.browse()
        company = vals.get("company_id") or self.env.company.id
        # sudo: jamaa.function - which one stands ready is the tool's to know; writing is the caller's own right
        found = self.sudo().search(
            [("company_id", "=", company), ("code", "=", vals["code"]), ("is_prepared", "=", True)], limit=1
        )
        if not found:
            return self.browse()
        self.check_access("create")
        # sudo: jamaa.function - the mark is nobody's to write
        found.is_prepared = False
        mine = found.sudo(self.env.su)
        mine.write({name: value for name, value in vals.items() if name not in ("company_id", "code", "is_prepared")})
        return mine
