"""The place at the counter, and what was brought lately that looks the same."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.misc import format_date


class JamaaComplaintCounter(models.TransientModel):
    _inherit = "jamaa.complaint.counter"

    quarter_id = fields.Many2one("jamaa.quarter", string="Quarter or douar", domain="[('company_id', '=', company_id)]")
    similar_html = fields.Html(
        string="Perhaps the same matter",
        compute="_compute_similar_html",
        sanitize=False,
        export_string_translation=False,
    )

    @api.depends("facts", "category_id", "quarter_id", "place_text", "company_id", "state")
    @api.depends_context("uid", "lang")
    def _compute_similar_html(self):
        """Recent cases near in place or words, of those the clerk may read anyway."""
        tickets = self.env["helpdesk.ticket"]
        for wizard in self:
            hints = []
            if wizard.state == "entry" and wizard.company_id in self.env.companies:
                words = f"{wizard.facts or ''} {wizard.place_text or ''}"
                hints = tickets._similar_cases(wizard.company_id, wizard.category_id, words, wizard.quarter_id)
            wizard.similar_html = wizard._similar_table(hints)

    def _similar_table(self, hints):
        """Hints as a small table; every value is escaped."""
        if not hints:
            return False
        kinds = dict(self.env["helpdesk.ticket"]._fields["kind"]._description_selection(self.env))
        rows = Markup().join(
            Markup(
                "<tr><td><bdi>{}</bdi></td><td>{}</td><td><bdi>{}</bdi></td><td>{}</td><td>{}</td><td>{}</td></tr>"
            ).format(
                hint["case"].case_number,
                kinds[hint["case"].kind],
                hint["case"].name,
                format_date(self.env, hint["case"].legal_receipt_date),
                hint["case"].stage_id.name,
                Markup(" · ").join(hint["case"]._similar_words(hint)),
            )
            for hint in hints
        )
        title = self.env._("Perhaps the same matter: ask before registering it twice")
        return Markup(
            '<div class="alert alert-warning mb-0"><strong>{}</strong><table class="table table-sm mb-0">{}</table></div>'
        ).format(title, rows)

    def _case_values(self):
        return {**super()._case_values(), "quarter_id": self.quarter_id.id}
