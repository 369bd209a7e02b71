"""How a round moves on, and what is looked at before."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError


class JamaaAssessmentRound(models.Model):
    _inherit = "jamaa.assessment.round"

    def action_start(self):
        """Open the individual answers.

        :raise UserError: there is no subject or no panel yet
        """
        self.check_access("write")
        for one in self:
            one._check_state("draft")
            if one.subject_kind == "site" and not one.site_id:
                raise UserError(self.env._("Say which site is assessed."))
            if one.subject_kind == "service" and not one.department_id:
                raise UserError(self.env._("Say which service is assessed."))
            if not one.rater_ids:
                raise UserError(
                    self.env._("Name the panel first: two to nine people who see the work from several sides.")
                )
            one._move("individual")

    def action_open_consensus(self):
        """Close the individual answers and prepare what the group goes through.

        :raise UserError: fewer than two people have finished
        """
        self.check_access("write")
        for one in self:
            one._check_state("individual")
            if one.finished_count < 2:
                raise UserError(
                    self.env._(
                        "At least two people finish their answers first; %(count)s have.", count=one.finished_count
                    )
                )
            one._move("consensus")
            # sudo: jamaa.assessment.consensus - made from answers that nobody reads
            self.env["jamaa.assessment.consensus"].sudo()._prepare_of(one)

    def action_validate(self):
        """Say, as director or president, that this is what the group agreed on; nothing of it changes any more.

        :raise AccessError: the user is neither director nor president, and the commune is not a small one
        :raise UserError: an item is open
        """
        self.check_access("read")
        for one in self:
            one._check_state("consensus")
            one._check_may_validate()
            # sudo: jamaa.assessment.consensus - completeness is looked at for the whole round
            one.sudo().consensus_ids._check_complete()
            one._move("validated")
            # sudo: jamaa.assessment.result - results are computed from what was agreed, never typed
            self.env["jamaa.assessment.result"].sudo()._make_of(one)

    def action_open_consensus_list(self):
        """Open the items the group goes through, those farthest apart first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_assessment.jamaa_assessment_consensus_action")
        return {**action, "domain": [("round_id", "=", self.id)], "context": {"search_default_open": 0}}

    def action_open_results(self):
        """Open the figures of each criterion."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_assessment.jamaa_assessment_result_action")
        return {**action, "domain": [("round_id", "=", self.id)]}

    def action_answer_mine(self):
        """Open the own answers.

        :raise UserError: the user is not on the panel
        """
        return self._my_seat().action_answer()

    # ---------- what the steps look at ----------

    def _my_seat(self):
        """Return the seat of the present user.

        :raise UserError: there is none
        """
        self.ensure_one()
        mine = self.env["jamaa.assessment.rater"].search(
            [("round_id", "=", self.id), ("user_id", "=", self.env.uid)], limit=1
        )
        if not mine:
            raise UserError(self.env._("You are not on the panel of this round."))
        return mine

    def _check_state(self, state):
        self.ensure_one()
        if self.state != state:
            raise UserError(self.env._("“%(round)s” has moved on meanwhile: open it again.", round=self.name))

    def _check_may_validate(self):
        """Refuse who neither directs nor presides; in a small commune the facilitator may."""
        user = self.env.user
        groups = ["jamaa_base.group_director", "jamaa_base.group_president"]
        if self.company_id.profile == "small":
            groups.append("jamaa_base.group_facilitator")
        if not self.env.su and not any(user.has_group(group) for group in groups):
            raise AccessError(self.env._("The director of services or the president validates a round."))

    def _move(self, state, note=False):
        """Go to a state, and keep on record that one did."""
        self.ensure_one()
        # sudo: jamaa.assessment.step - steps are the tool's to write
        self.env["jamaa.assessment.step"].sudo().create(
            {
                "round_id": self.id,
                "company_id": self.company_id.id,
                "state_from": self.state,
                "state_to": state,
                "user_id": self.env.uid,
                "note": note,
            }
        )
        # sudo: jamaa.assessment.round - so is the state
        self.sudo().state = state

    @api.model
    def _locked(self, rounds):
        """Whether answers of these rounds no longer change."""
        return any(one.state != "individual" for one in rounds)
