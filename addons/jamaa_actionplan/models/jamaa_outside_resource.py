from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: How long before its end an agreement is reminded of: long enough to renew it.
REMIND_DAYS = 60


class JamaaOutsideResource(models.Model):
    """What a plan needs and the commune does not have: the need, who could give it, the agreement and its end."""

    _name = "jamaa.outside.resource"
    _inherit = ["jamaa.step.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Outside Resource"
    _order = "state, date_to, id desc"
    _check_company_auto = True
    _loose_states = ("needed", "asked")

    name = fields.Char("What is needed", required=True, help="A room, a skill, equipment, money, a know-how.")
    plan_id = fields.Many2one(
        "project.project", "Plan", required=True, index=True, ondelete="restrict", domain="[('is_plan', '=', True)]"
    )
    action_id = fields.Many2one(
        "project.task", "Action", index="btree_not_null", ondelete="set null", domain="[('project_id', '=', plan_id)]"
    )
    company_id = fields.Many2one(related="plan_id.company_id", string="Commune", store=True, index=True)
    why = fields.Text("Why the commune cannot give it itself")
    source = fields.Selection(
        [
            ("association", "Association"),
            ("state", "State service"),
            ("company", "Private company"),
            ("commune", "Other commune or grouping"),
            ("programme", "Programme or donor"),
            ("other", "Other"),
        ],
        "Where it may come from",
        required=True,
        default="association",
    )
    partner_id = fields.Many2one(
        "res.partner", "Partner", index="btree_not_null", ondelete="restrict", check_company=True
    )
    function_id = fields.Many2one(
        "jamaa.function", "Who sees to it", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    agreement_number = fields.Char("Number of the agreement")
    agreement_file = fields.Binary("Agreement", attachment=True)
    agreement_file_name = fields.Char()
    date_from = fields.Date("From")
    date_to = fields.Date("To")
    state = fields.Selection(
        [("needed", "Needed"), ("asked", "Asked for"), ("agreed", "Agreed"), ("ended", "Ended")],
        "Status",
        default="needed",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    ends_soon = fields.Boolean("Ends soon", compute="_compute_ends_soon", search="_search_ends_soon")

    _dates_in_order = models.Constraint("CHECK(date_to >= date_from)", "The agreement ends before it begins.")

    @api.depends("state", "date_to")
    def _compute_ends_soon(self):
        limit = fields.Date.context_today(self) + timedelta(days=REMIND_DAYS)
        for row in self:
            row.ends_soon = bool(row.state == "agreed" and row.date_to and row.date_to <= limit)

    def _search_ends_soon(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        limit = fields.Date.context_today(self) + timedelta(days=REMIND_DAYS)
        return [("state", "=", "agreed"), ("date_to", "<=", limit)]

    @api.constrains("plan_id", "action_id")
    def _check_plan(self):
        for row in self:
            if not row.plan_id.is_plan or (row.action_id and row.action_id.project_id != row.plan_id):
                raise ValidationError(
                    self.env._("A resource is needed by an action plan, and by one of its own actions.")
                )

    def action_ask(self):
        """Somebody was asked for it."""
        self.check_access("write")
        for row in self:
            if row.state != "needed" or not row.partner_id:
                raise UserError(self.env._("Name the partner who is asked first."))
            row._step({"state": "asked"})

    def action_agree(self):
        """It was agreed on paper: number, document and dates are there.

        :raise UserError: when one of them is missing
        """
        self.check_access("write")
        for row in self:
            if row.state not in ("needed", "asked"):
                raise UserError(self.env._("This was agreed already."))
            told = (row.partner_id, row.agreement_number, row.agreement_file, row.date_from, row.date_to)
            if not all(told):
                raise UserError(
                    self.env._("An agreement has a partner, a number, its document, a first and a last day.")
                )
            row._step({"state": "agreed"})

    def action_end(self):
        """The agreement is over."""
        self.check_access("write")
        if any(row.state != "agreed" for row in self):
            raise UserError(self.env._("Only what was agreed ends."))
        self._step({"state": "ended"})

    def _reminder(self):
        # sudo: jamaa.function - who holds a function is no secret inside the commune
        user = self.function_id.sudo().current_holder_id.user_id or self.plan_id.user_id
        return user, self.env._("This agreement ends: renew it, or end it"), self.date_to

    @api.model
    def _cron_remind(self):
        """Each day: an agreement that ends soon becomes an activity of who sees to it, or of who runs the plan."""
        self.search([("ends_soon", "in", [True]), ("activity_ids", "=", False)])._remind()
