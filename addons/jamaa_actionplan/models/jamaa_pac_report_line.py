from odoo import fields, models
from odoo.exceptions import UserError


class JamaaPacReportLine(models.Model):
    """What the yearly evaluation says of one line of the programme: figures taken over, and a comment."""

    _name = "jamaa.pac.report.line"
    _description = "Line of an Evaluation of the Communal Action Programme"
    _order = "report_id, sequence, id"

    report_id = fields.Many2one("jamaa.pac.report", "Report", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="report_id.company_id", string="Commune", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    pac_line_id = fields.Many2one(
        "jamaa.pac.line", "Line", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(related="pac_line_id.kind")
    sequence = fields.Integer(readonly=True)
    cost = fields.Monetary(readonly=True)
    action_count = fields.Integer("Actions", readonly=True)
    done_count = fields.Integer("Done", readonly=True)
    indicators = fields.Json(readonly=True)
    comment = fields.Text(translate=True, help="What was reached, what was not, and why.")

    _once = models.Constraint("UNIQUE(report_id, pac_line_id)", "The report has this line already.")

    def write(self, vals):
        """Figures are taken over by the report; people write the comment."""
        self.check_access("write")
        if vals.keys() - {"comment"} and not self.env.su:
            raise UserError(self.env._("Figures are taken over from actions and indicators. Write a comment instead."))
        self.report_id._check_draft()
        return super().write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        self.report_id._check_draft()
        return super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)
