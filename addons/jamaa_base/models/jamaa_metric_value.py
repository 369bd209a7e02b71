"""The values of measures, per commune, site and period."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from .jamaa_metric import GRAINS


class JamaaMetricValue(models.Model):
    """What a measure was in a commune, or at a site of it, over a period.

    Written by the computation alone. Where the period ended some weeks ago it is frozen.
    """

    _name = "jamaa.metric.value"
    _inherit = ["jamaa.append.only"]
    _description = "Value of a measure"
    _order = "period_start desc, metric_id, id"
    _log_access = False

    metric_id = fields.Many2one("jamaa.metric", "Measure", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", "Commune", required=True, readonly=True, ondelete="cascade", index=True)
    site_id = fields.Many2one(
        "jamaa.site", readonly=True, ondelete="cascade", index="btree_not_null", help="Empty: the whole commune."
    )
    grain = fields.Selection(GRAINS, "Over", required=True, readonly=True)
    period_start = fields.Date("From", required=True, readonly=True)
    period_end = fields.Date("To", required=True, readonly=True)
    numerator = fields.Float("What counts", digits=(16, 2), readonly=True)
    denominator = fields.Float("Out of", digits=(16, 2), readonly=True)
    value = fields.Float(digits=(16, 2), readonly=True, aggregator=None)
    unit = fields.Selection(related="metric_id.unit")
    closed = fields.Boolean("Frozen", readonly=True, help="The period is over: late entries change it no more.")
    computed_at = fields.Datetime("Computed on", readonly=True)

    _cell_uniq = models.UniqueIndex("(metric_id, company_id, grain, period_start, (coalesce(site_id, 0)))")
    _recent_idx = models.Index("(company_id, period_start DESC, metric_id)")

    @api.depends("metric_id", "period_start")
    def _compute_display_name(self):
        for row in self:
            row.display_name = (
                f"{row.metric_id.name}, {format_date(self.env, row.period_start, date_format='MMM yyyy')}"
            )

    @api.model
    def _words_not_changed(self):
        return self.env._("Figures are computed from the facts, not typed.")

    @api.model_create_multi
    def create(self, vals_list):
        raise UserError(self.env._("Figures are computed from the facts, not typed."))

    @api.model
    def _words_not_deleted(self):
        return self.env._("Figures are computed from the facts, not deleted.")

    def _thaw(self):
        """Open frozen values for the next computation; the caller puts that on the register."""
        self.env.cr.execute("UPDATE jamaa_metric_value SET closed = false WHERE id IN %s", [self._ids])
        self.invalidate_recordset()

    def action_drill(self):
        """Button: the records behind this value, with the reader's own rights.

        :raise UserError: the addon that measures it is not there any more
        """
        self.ensure_one()
        self.check_access("read")
        source = self.env["jamaa.metric"]._metric_sources().get(self.metric_id.code)
        if not source or not source.get("drill"):
            raise UserError(self.env._("There are no single records behind this figure."))
        model, domain = source["drill"](self)
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": model,
            "domain": domain,
            "views": [(False, "list"), (False, "form")],
            "context": {"active_test": False},
        }

    def action_reopen(self):
        """Button: compute this frozen period anew."""
        self.ensure_one()
        self.check_access("read")
        self.metric_id._reopen(self.company_id, self.period_start, self.grain)
