"""Choose with whom a round is shared, and see what will be seen."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaAssessmentShareRound(models.TransientModel):
    """The commune's choice for one round: the programme's team, the band of peers, both or none."""

    _name = "jamaa.assessment.share.round"
    _description = "Share a Round"

    round_id = fields.Many2one("jamaa.assessment.round", "Round", required=True, ondelete="cascade")
    title = fields.Char(compute="_compute_choices", store=True, precompute=True, readonly=False, required=True)
    allowed_programme_ids = fields.Many2many("jamaa.programme", compute="_compute_allowed")
    programme_id = fields.Many2one(
        "jamaa.programme",
        compute="_compute_choices",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        domain="[('id', 'in', allowed_programme_ids)]",
    )
    to_team = fields.Boolean(
        "To the programme's team, with our name",
        help="The team reads a frozen copy: levels by item and criterion, grid, date. No rater, no comment, no reason.",
    )
    to_band = fields.Boolean(
        "Into the band of peers, without our name",
        help="Other communes see a median and the middle half of five communes or more, never a single commune."
        " It counts from the first of next month on, and so does taking it out.",
    )
    until = fields.Date("The team may read it until", help="Last day, included. Empty: until it is withdrawn.")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.depends("round_id")
    def _compute_allowed(self):
        for wizard in self:
            wizard.allowed_programme_ids = self.env["jamaa.share"]._programmes_of(wizard._source().company_id)

    @api.depends("round_id")
    def _compute_choices(self):
        for wizard in self:
            source = wizard._source()
            wizard.title = wizard.title or source.name
            programmes = self.env["jamaa.share"]._programmes_of(source.company_id)
            wizard.programme_id = wizard.programme_id or programmes[:1]

    @api.depends("round_id")
    def _compute_preview(self):
        for wizard in self:
            payload = wizard._source()._share_payload()
            wizard.preview = self.env["jamaa.share.content"]._render_sections(payload["sections"])

    def _source(self):
        """The round, as the user may read it: stored computes run as superuser."""
        source = self.sudo(False).round_id
        source.check_access("read")
        return source

    def action_publish(self):
        """Share it as it was chosen.

        :raise UserError: nothing was chosen
        """
        self.ensure_one()
        source = self._source()
        if not (self.to_team or self.to_band):
            raise UserError(self.env._("Choose with whom the round is shared, or leave it."))
        if self.to_team:
            self.env["jamaa.share"]._publish(
                source,
                source._share_kind(),
                self.title,
                source._share_payloads(),
                "programme",
                until=self.until,
                programme=self.programme_id,
            )
        if self.to_band:
            self.env["jamaa.assessment.peer"]._contribute(source, self.programme_id)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
