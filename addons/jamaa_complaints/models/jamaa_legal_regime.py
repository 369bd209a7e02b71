"""Whether waiting for the citizen stops a clock: the rule says so, nobody else."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaLegalRegime(models.Model):
    _inherit = "jamaa.legal.regime"

    hold_stops = fields.Boolean(
        string="Stands still on hold",
        compute="_compute_hold_stops",
        store=True,
        readonly=False,
        precompute=True,
        copy=True,
        help="While a case is on hold, for instance until the citizen sends what is missing, these days are not "
        "counted. A time limit set by law goes on unless the law itself says otherwise.",
    )

    @api.depends("nature")
    def _compute_hold_stops(self):
        for regime in self:
            regime.hold_stops = regime.nature == "internal"

    def write(self, vals):
        """What a commune confirmed includes whether a hold stops the clock."""
        # sudo: jamaa.legal.confirmation - any commune's counts
        if "hold_stops" in vals and self.filtered(lambda r: r.hold_stops != vals["hold_stops"]).sudo().confirmation_ids:
            raise UserError(
                self.env._(
                    "This version was confirmed by a commune and can no longer be changed. "
                    "End it on a date and make a new version."
                )
            )
        return super().write(vals)
