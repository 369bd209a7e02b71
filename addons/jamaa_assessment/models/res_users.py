"""About what a person still has to answer: asked by every record rule of a round."""

from odoo import api, fields, models
from odoo.fields import NO_ACCESS

from .jamaa_assessment_panel import ANSWERING


class ResUsers(models.Model):
    _inherit = "res.users"

    assessment_seat_ids = fields.One2many("jamaa.assessment.rater", "user_id", groups=NO_ACCESS)
    #: A field, so that one form asks once and a change of a seat or of its round is seen at once.
    assessment_open_subjects = fields.Json(compute="_compute_assessment_open_subjects", groups=NO_ACCESS)

    @api.depends(
        "assessment_seat_ids.finished_on",
        "assessment_seat_ids.round_id.state",
        "assessment_seat_ids.round_id.subject_key",
    )
    def _compute_assessment_open_subjects(self):
        # sudo: jamaa.assessment.rater - the own rows are looked up while rules are being made
        seats = self.env["jamaa.assessment.rater"].sudo().search_fetch(
            [("user_id", "in", self.ids), ("finished_on", "=", False), ("round_id.state", "in", ANSWERING)],
            ["round_id", "user_id"],
        )  # fmt: skip
        for user in self:
            mine = seats.filtered(lambda seat, user=user: seat.user_id.id == user._origin.id)
            user.assessment_open_subjects = mine.round_id.mapped("subject_key")
