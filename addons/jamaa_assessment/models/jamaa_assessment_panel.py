"""Who may see what of a round: the one place that says so, asked by the record rules of all its models."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import scores

#: Who leads rounds or answers for the commune: they see that a round runs and how far it is.
LEADERS = ("facilitator", "director", "president")
#: Stages in which a rater still answers.
ANSWERING = ("draft", "individual")

ANSWERS = [
    ("0", "0"),
    ("1", "1"),
    ("2", "2"),
    ("3", "3"),
    ("4", "4"),
    ("5", "5"),
    ("yes", "Yes"),
    ("no", "No"),
    ("na", "Does not apply"),
]
#: Levels alone.
LEVEL_ANSWERS = [pair for pair in ANSWERS if pair[0].isdigit()]


class JamaaAssessmentPanel(models.AbstractModel):
    """Mixin of what belongs to a round.

    Individual answers are seen by who gave them alone, for good. What the group agreed on is seen by those who
    lead rounds and by the panel; but whoever still has to answer about the same subject sees nothing of it,
    neither of the running round nor of an earlier one: the last level is an anchor that pulls the next answer.
    """

    _name = "jamaa.assessment.panel"
    _inherit = ["jamaa.open.mixin"]
    _description = "Seen by the panel of a round"

    @api.model
    def _leads(self):
        """Whether the present user leads rounds or answers for the commune."""
        return any(self.env.user.has_group(f"jamaa_base.group_{name}") for name in LEADERS)

    @api.model
    def _mine(self):
        """Rounds on whose panel the present user sits, as a domain on rounds."""
        return Domain("rater_ids", "any!", [("user_id", "=", self.env.uid)])

    @api.model
    def _my_open_subjects(self):
        """Keys of the subjects about which the present user still has to answer."""
        # sudo: res.users - what the own user has to answer, on a field that nobody reads
        return self.env.user.sudo().assessment_open_subjects or []

    @api.model
    def _domain_agreed_open_to_me(self):
        """What the present user may read of what a group agreed on.

        :return: a domain on models with a ``round_id``
        """
        open_subjects = self._my_open_subjects()
        domain = Domain.TRUE if self._leads() else Domain("round_id", "any!", self._mine())
        if open_subjects:
            domain &= Domain("round_id", "any!", [("subject_key", "not in", open_subjects)])
        return domain


def value_of(answer):
    """Return an answer as the formulas read it: a level, True, False, ``na``, or None for no answer."""
    if not answer:
        return None
    return {"yes": True, "no": False, "na": "na"}.get(answer) if not answer.isdigit() else int(answer)


def answer_of(value):
    """Return a value of the formulas as the answer people read; False where a median falls between two levels."""
    if value is None:
        return False
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == scores.NOT_APPLICABLE:
        return "na"
    return str(int(value)) if float(value).is_integer() else False


class JamaaAssessmentStep(models.Model):
    """That a round moved on: who, when, from where to where. Added, never changed."""

    _name = "jamaa.assessment.step"
    _inherit = ["jamaa.append.only", "jamaa.assessment.panel"]
    _description = "Step of a round"
    _order = "id"

    round_id = fields.Many2one("jamaa.assessment.round", required=True, index=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", "Commune", required=True, index=True, readonly=True)
    state_from = fields.Selection("_selection_state", "From", readonly=True)
    state_to = fields.Selection("_selection_state", "To", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")
    note = fields.Text(readonly=True)
    done_on = fields.Datetime("Done on", required=True, readonly=True, default=fields.Datetime.now)

    @api.model
    def _selection_state(self):
        return self.env["jamaa.assessment.round"]._fields["state"]._description_selection(self.env)

    @api.model
    def _words_not_changed(self):
        return self.env._("The steps of a round are kept as they were taken.")

    @api.model
    def _words_not_deleted(self):
        return self._words_not_changed()

    @api.model
    def _domain_open_to_me(self):
        return Domain.TRUE if self._leads() else Domain("round_id", "any!", self._mine())
