"""The way from a round to its meeting, and to the minutes of it."""

from odoo import api, fields, models


class JamaaAssessmentRound(models.Model):
    _inherit = "jamaa.assessment.round"

    meeting_ids = fields.One2many("jamaa.assessment.meeting", "round_id", "Meeting")
    has_meeting = fields.Boolean("Has met", compute="_compute_has_meeting")

    @api.depends("meeting_ids.sitting_ids")
    def _compute_has_meeting(self):
        for one in self:
            one.has_meeting = bool(one.meeting_ids.sitting_ids)

    def _meeting(self):
        """Return the meeting of the round, made at the first call.

        :raise UserError: the group does not agree now
        """
        self.ensure_one()
        self._check_state("consensus")
        # sudo: jamaa.assessment.meeting - made here alone, for who runs it
        meeting = self.env["jamaa.assessment.meeting"].sudo().search([("round_id", "=", self.id)], limit=1)
        meeting = meeting or meeting.create({"round_id": self.id})
        return meeting.with_env(self.env)

    def action_meeting(self):
        """Open the big screen of the meeting."""
        self.check_access("write")
        return self._meeting().action_screen()

    def action_join_meeting(self):
        """Open the own page in the meeting.

        :raise UserError: the user is not on the panel
        """
        return self._my_seat().action_join_meeting()

    def action_open_meeting(self):
        """Open the meeting with its minutes."""
        self.ensure_one()
        return self.meeting_ids._get_records_action()
