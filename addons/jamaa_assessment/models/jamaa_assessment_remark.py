"""Remarks and decisions on proposals."""

from odoo import api, fields, models
from odoo.exceptions import UserError

LONGEST = 4000


class JamaaAssessmentRemark(models.Model):
    """What was said and done about a proposal, signed by the commune. Added, never changed.

    Own rows and not messages: a message would carry the name of its author, followers and notifications from one
    commune into another.
    """

    _name = "jamaa.assessment.remark"
    _inherit = ["jamaa.append.only"]
    _description = "Remark on a Proposal"
    _order = "id"
    _log_access = False

    proposal_id = fields.Many2one(
        "jamaa.assessment.proposal", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", "Signed by", required=True, readonly=True, index=True)
    kind = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("comment", "Comment"),
            ("support", "Supports it"),
            ("no_support", "Supports it no longer"),
            ("withdrawn", "Withdrawn"),
            ("adopted", "Adopted"),
            ("declined", "Declined"),
        ],
        "What",
        required=True,
        readonly=True,
        default="comment",
    )
    text = fields.Text("Comment")
    posted_on = fields.Datetime("On", required=True, readonly=True, default=fields.Datetime.now)

    @api.model_create_multi
    def create(self, vals_list):
        """Comment in the name of the commune at work.

        :raise UserError: an empty comment, or the workshop is not open
        """
        if not self.env.su:
            kept = []
            for vals in vals_list:
                proposal = self.env["jamaa.assessment.proposal"].browse(vals.get("proposal_id"))
                proposal.check_access("read")
                company = proposal.workshop_id._takes_part()
                proposal._check_waiting()
                text = (vals.get("text") or "").strip()
                if not text or len(text) > LONGEST:
                    raise UserError(self.env._("Write a comment of %(count)s letters at most.", count=LONGEST))
                kept.append({"proposal_id": proposal.id, "company_id": company.id, "kind": "comment", "text": text})
            vals_list = kept
        return super().create(vals_list)


class JamaaAssessmentDecline(models.TransientModel):
    """Decline a proposal with a reason."""

    _name = "jamaa.assessment.decline"
    _description = "Decline a Proposal"

    proposal_id = fields.Many2one("jamaa.assessment.proposal", required=True, ondelete="cascade")
    reason = fields.Text(required=True, help="Read by every commune that takes part.")

    def action_decline(self):
        """Decline it now."""
        self.proposal_id._decline(self.reason)
        return {"type": "ir.actions.act_window_close"}
