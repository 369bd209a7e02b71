"""One row of figures: the cases of a kind, a category, a service…"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .jamaa_complaint_figures import DIMENSIONS

LABELS = {
    "kind": "By kind",
    "category": "By category",
    "site": "By site",
    "service": "By service",
    "channel": "By channel",
    "sex": "Women and men",
    "language": "By language",
    "outcome": "By outcome",
    "cause": "By root cause",
    "quarter": "By quarter or douar",
    "ground": "By ground of inadmissibility",
}


class JamaaComplaintReportLine(models.Model):
    """Counts of a report for one value of a dimension; see ``jamaa.complaint.figures`` for what is counted."""

    _name = "jamaa.complaint.report.line"
    _description = "Figures of a report on complaints"
    _order = "report_id, sequence, id"
    _log_access = False

    report_id = fields.Many2one("jamaa.complaint.report", "Report", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="report_id.company_id", string="Commune", store=True, index=True, precompute=True
    )
    sequence = fields.Integer()
    dimension = fields.Selection(
        [("all", "All cases"), *((name, LABELS[name]) for name in DIMENSIONS)], "Seen by", required=True
    )
    key = fields.Char()
    service_id = fields.Many2one("helpdesk.ticket.team", "Service", index="btree_not_null", ondelete="set null")
    names = fields.Json()
    label = fields.Char("What", compute="_compute_label")
    received = fields.Integer()
    answered = fields.Integer()
    answered_of_received = fields.Integer("Answered of those received")
    open_at_end = fields.Integer("Open at the end")
    late_at_end = fields.Integer("Late at the end")
    timed = fields.Integer("Answers with a due date")
    in_time = fields.Integer()
    reopened = fields.Integer()
    said = fields.Integer("Said whether it helped")
    helped = fields.Integer()
    not_helped = fields.Integer("Did not help")
    days_median = fields.Float("Half within (days)", digits=(6, 1), aggregator=None)
    days_p90 = fields.Float("Nine in ten within (days)", digits=(6, 1), aggregator=None)
    days_mean = fields.Float("Mean time (days)", digits=(6, 1), aggregator=None)
    in_time_share = fields.Float("In time (%)", digits=(5, 1), compute="_compute_shares")
    treated_share = fields.Float("Treated (%)", digits=(5, 1), compute="_compute_shares")
    helped_share = fields.Float("Satisfied (%)", digits=(5, 1), compute="_compute_shares")
    response_rate = fields.Float("Share who said so (%)", digits=(5, 1), compute="_compute_shares")

    _cell_uniq = models.UniqueIndex("(report_id, dimension, key)")

    @api.depends("names")
    @api.depends_context("lang")
    def _compute_label(self):
        for line in self:
            names = line.names or {}
            line.label = names.get(self.env.lang) or next(iter(names.values()), "")

    @api.depends("timed", "in_time", "received", "answered_of_received", "said", "helped", "answered")
    def _compute_shares(self):
        def share(part, whole):
            return 100.0 * part / whole if whole else 0.0

        for line in self:
            line.in_time_share = share(line.in_time, line.timed)
            line.treated_share = share(line.answered_of_received, line.received)
            line.helped_share = share(line.helped, line.said)
            line.response_rate = share(line.said, line.answered)

    def _of(self, dimension):
        """The rows of a dimension; none where nothing was said of it.

        What has no ground was treated: it is no row among the grounds.
        """
        rows = self.filtered(lambda line: line.dimension == dimension and (line.key or dimension != "ground"))
        return rows if any(rows.mapped("key")) else rows.browse()

    def write(self, vals):
        """Figures follow the facts.

        :raise UserError: always
        """
        raise UserError(self.env._("Figures are counted, not written."))
