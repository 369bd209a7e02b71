"""A seat on the panel of a round."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

ROLES = [
    ("elected", "Elected official"),
    ("director", "Director or head of service"),
    ("staff", "Reception staff and agents"),
    ("partner", "Partner body"),
    ("citizen", "Citizens' panel"),
]


class JamaaAssessmentRater(models.Model):
    """Somebody who answers a grid: with a login, or on paper that the facilitator types in.

    A seat without login has a label, not a name: “Citizens' panel 2”. Who sits where is seen by those who lead
    the round; what was answered is not (see `jamaa.assessment.score`).
    """

    _name = "jamaa.assessment.rater"
    _inherit = ["jamaa.assessment.panel"]
    _description = "Rater of a round"
    _order = "round_id, sequence, id"

    round_id = fields.Many2one("jamaa.assessment.round", "Round", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="round_id.company_id", string="Commune", store=True, index=True)
    round_state = fields.Selection(related="round_id.state")
    subject_name = fields.Char(related="round_id.subject_name")
    sequence = fields.Integer(default=10)
    role = fields.Selection(ROLES, required=True, default="staff")
    user_id = fields.Many2one(
        "res.users", "Login", index="btree_not_null", ondelete="restrict", help="Empty: answers by a link or on paper."
    )
    label = fields.Char("Seat", help="For a seat without login: “Citizens' panel 2”, no name.")
    finished_on = fields.Datetime("Finished on", readonly=True, copy=False)
    score_ids = fields.One2many("jamaa.assessment.score", "rater_id", "Answers")
    answered_count = fields.Integer("Answered", compute="_compute_counts")
    item_count = fields.Integer("Items", compute="_compute_counts")

    _user_uniq = models.UniqueIndex(
        "(round_id, user_id) WHERE user_id IS NOT NULL", "This person is already on the panel."
    )

    @api.depends("user_id", "label", "role")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for rater in self:
            # sudo: res.users - a colleague's name
            rater.display_name = rater.user_id.sudo().name or rater.label or roles.get(rater.role, "")

    @api.depends("score_ids.answer", "round_id.version_id")
    def _compute_counts(self):
        # sudo: jamaa.assessment.score - how many, not what
        answered = dict(
            self.env["jamaa.assessment.score"].sudo()._read_group(
                [("rater_id", "in", self.ids), ("answer", "!=", False)], ["rater_id"], ["__count"]
            )
        )  # fmt: skip
        # sudo: jamaa.assessment.item - how many, for who may see the round alone
        items = dict(
            self.env["jamaa.assessment.item"].sudo()._read_group(
                [("version_id", "in", self.round_id.version_id.ids)], ["version_id"], ["__count"]
            )
        )  # fmt: skip
        answered = {rater.id: count for rater, count in answered.items()}
        items = {version.id: count for version, count in items.items()}
        for rater in self:
            rater.answered_count = answered.get(rater._origin.id, 0)
            rater.item_count = items.get(rater.round_id.version_id.id, 0)

    # ---------- who sees it ----------

    @api.model
    def _domain_open_to_me(self):
        return Domain.TRUE if self._leads() else Domain("user_id", "=", self.env.uid)

    # ---------- CRUD ----------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.pop("finished_on", None)
        raters = super().create(vals_list)
        if any(rater.round_id.state not in ("draft", "individual") for rater in raters):
            raise UserError(self.env._("The individual answers are closed: the panel stays as it is."))
        self._forget_menus()
        return raters

    def write(self, vals):
        if "finished_on" in vals and not self.env.su:
            raise UserError(self.env._("Who answers says when it is finished."))
        if {"user_id", "round_id"} & vals.keys():
            self._check_no_answers()
            self._forget_menus()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        self._check_no_answers()
        self._forget_menus()

    @api.model
    def _forget_menus(self):
        """Menus are kept per user, and the application shows to whoever has a seat (ir.ui.menu)."""
        self.env.registry.clear_cache()

    def _check_no_answers(self):
        """A seat with answers changes hands for nobody: its new holder would read them.

        :raise UserError: one of the seats has answers
        """
        # sudo: jamaa.assessment.score - whether there are any
        if self.env["jamaa.assessment.score"].sudo().search_count([("rater_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("This seat has answers: it stays with whoever gave them."))
