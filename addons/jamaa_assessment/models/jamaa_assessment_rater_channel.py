"""By which way a seat answers: in the client, by its link, or on paper."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import email_normalize


class JamaaAssessmentRater(models.Model):
    _inherit = "jamaa.assessment.rater"

    channel = fields.Selection(
        [("login", "In the tool"), ("link", "By link"), ("paper", "On paper")],
        "Way of answering",
        compute="_compute_channel",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="What is answered in the tool or by the link nobody else reads. Paper forms are typed in by who leads.",
    )
    email = fields.Char(
        "E-mail", copy=False, help="Of somebody without login. It is erased when the round is validated."
    )
    lang = fields.Selection(
        [("ar", "Arabic"), ("fr", "French")],
        "Language",
        help="Of the invitation. Empty: that of the person or commune.",
    )

    @api.depends("user_id", "email")
    def _compute_channel(self):
        for rater in self:
            if rater.user_id:
                rater.channel = "login"
            else:
                rater.channel = "link" if rater.email else "paper"

    @api.constrains("channel", "user_id")
    def _check_channel(self):
        for rater in self:
            if (rater.channel == "login") != bool(rater.user_id):
                raise ValidationError(self.env._("Who has a login answers in the tool; a seat without one cannot."))

    @api.constrains("email")
    def _check_email(self):
        for rater in self:
            if rater.email and not email_normalize(rater.email):
                raise ValidationError(self.env._("“%(address)s” is no e-mail address.", address=rater.email))

    def write(self, vals):
        # Whoever gets the link, or the paper, reads what stands there already.
        if not self.env.su:
            changed = self if {"email", "function_id"} & vals.keys() else self.browse()
            if vals.get("channel") == "paper":
                changed |= self.filtered(lambda rater: rater.channel != "paper")
            changed._check_no_answers()
        result = super().write(vals)
        if {"user_id", "email", "function_id"} & vals.keys():
            self._renew_link()
        return result

    def _check_no_answers(self):
        super()._check_no_answers()
        # sudo: survey.user_input - whether there are any
        notes = self.env["survey.user_input"].sudo()
        if notes.search_count([("assessment_rater_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("This seat has answers: it stays with whoever gave them."))

    def _check_mine(self):
        """A seat that answers by its link is nobody's to open, not even the facilitator's."""
        if not self.env.su and not self.user_id and self.channel != "paper":
            self.check_access("read")
            raise self._not_mine()
        return super()._check_mine()


class JamaaAssessmentScore(models.Model):
    _inherit = "jamaa.assessment.score"

    @api.model
    def _domain_open_to_me(self):
        """What came by a link is no paper form: nobody but its author knows it."""
        typed_in = Domain("rater_id", "any!", [("channel", "=", "paper")])
        mine = Domain("rater_id", "any!", [("user_id", "=", self.env.uid)])
        return super()._domain_open_to_me() & (mine | typed_in)
