"""One answer of one rater."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .jamaa_assessment_panel import ANSWERS


class JamaaAssessmentScore(models.Model):
    """What a rater answered to an item, with a comment and what would show it.

    Seen by who gave it alone: neither facilitator nor director nor president reads it, before or after. What the
    group sees is how far answers lie apart, the median of a role with two raters or more, and the comments
    without their authors. A paper form is read by whoever types it in.
    """

    _name = "jamaa.assessment.score"
    _inherit = ["jamaa.assessment.panel", "jamaa.evidence"]
    _description = "Answer of a rater"
    _order = "rater_id, item_id"

    rater_id = fields.Many2one("jamaa.assessment.rater", required=True, index=True, ondelete="restrict")
    round_id = fields.Many2one(related="rater_id.round_id", store=True, index=True)
    company_id = fields.Many2one(related="rater_id.company_id", string="Commune", store=True, index=True)
    item_id = fields.Many2one("jamaa.assessment.item", required=True, index=True, ondelete="restrict")
    answer = fields.Selection(ANSWERS)
    comment = fields.Text(help="Read in the meeting without your name.")
    evidence_link = fields.Char("Link to evidence")
    evidence_file = fields.Binary("Evidence", attachment=True)
    evidence_name = fields.Char("Name of the file")

    _item_uniq = models.Constraint("UNIQUE(rater_id, item_id)", "This item was answered already.")

    @api.model
    def _domain_open_to_me(self):
        """Own answers; and paper forms for a facilitator who has nothing left to answer about the subject."""
        mine = Domain("rater_id", "any!", [("user_id", "=", self.env.uid)])
        if not self.env.user.has_group("jamaa_base.group_facilitator"):
            return mine
        paper = Domain("rater_id", "any!", [("user_id", "=", False)])
        open_subjects = self._my_open_subjects()
        if open_subjects:
            paper &= Domain("round_id", "any!", [("subject_key", "not in", open_subjects)])
        return mine | paper

    @api.constrains("answer", "item_id", "rater_id")
    def _check_answer(self):
        for score in self:
            item = score.item_id
            if item.version_id != score.round_id.version_id or not item.active:
                raise ValidationError(self.env._("This item is not in the grid of the round."))
            item._check_answer_fits(score.answer)

    @api.model_create_multi
    def create(self, vals_list):
        scores = super().create(vals_list)
        scores._check_open()
        return scores

    def write(self, vals):
        if {"rater_id", "item_id"} & vals.keys():
            raise UserError(self.env._("An answer stays with its item and its rater."))
        self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open(self):
        self._check_open()

    def _check_open(self):
        """Answers are written while the individual stage is open and the rater has not finished.

        :raise UserError: it is over
        """
        for rater in self.rater_id:
            rater._check_answering()


class JamaaAssessmentItem(models.Model):
    _inherit = "jamaa.assessment.item"

    def _check_answer_fits(self, answer):
        """Refuse a level for a duty of the law, and “does not apply” where the grid does not allow it.

        :raise ValidationError: the answer does not fit the item
        """
        self.ensure_one()
        if not answer:
            return
        if answer == "na":
            fits = self.may_not_apply
        elif self.kind == "gate":
            fits = answer in ("yes", "no")
        else:
            fits = answer.isdigit()
        if not fits:
            raise ValidationError(self.env._("This answer does not fit the item “%(item)s”.", item=self.name))
