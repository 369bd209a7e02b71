from odoo import api, fields, models
from odoo.tools import format_date


class JamaaProgrammeMilestone(models.Model):
    """A station on a programme's road, done or planned, as precisely dated as the source is."""

    _name = "jamaa.programme.milestone"
    _description = "Milestone of a Programme"
    _order = "date, sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    programme_id = fields.Many2one("jamaa.programme", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    date = fields.Date(required=True)
    date_precision = fields.Selection(
        [("day", "Day"), ("month", "Month"), ("year", "Year")],
        "Known to the",
        default="day",
        required=True,
    )
    date_text = fields.Char("When", compute="_compute_date_text")
    done = fields.Boolean(help="It took place.")
    company_ids = fields.Many2many("res.company", string="Communes concerned", domain="[('is_commune', '=', True)]")
    source = fields.Char(translate=True, help="Where this is written.")

    @api.depends("date", "date_precision")
    @api.depends_context("lang")
    def _compute_date_text(self):
        """The date as far as it is known, in the reader's language."""
        patterns = {"month": "MMMM y", "year": "y"}
        for row in self:
            pattern = patterns.get(row.date_precision)
            row.date_text = format_date(self.env, row.date, date_format=pattern) if row.date else ""
