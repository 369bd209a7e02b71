"""Publish a plan after seeing it; withdraw it with a reason."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaPlanPublish(models.TransientModel):
    """Choose who reads the copy, see exactly what they will read, publish."""

    _name = "jamaa.plan.publish"
    _description = "Publish a Plan"

    plan_id = fields.Many2one("project.project", "Plan", required=True, ondelete="cascade")
    to_public = fields.Boolean("Everybody, on the public page", default=True)
    to_programme = fields.Boolean("The programme team")
    programme_id = fields.Many2one(
        "jamaa.programme",
        compute="_compute_programme_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', allowed_ids)]",
    )
    allowed_ids = fields.Many2many("jamaa.programme", compute="_compute_allowed_ids")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    def _plan(self):
        """The plan as the user may read it: stored computes run as superuser."""
        plan = self.sudo(False).plan_id
        plan.check_access("read")
        return plan

    @api.depends("plan_id")
    def _compute_allowed_ids(self):
        for wizard in self:
            wizard.allowed_ids = self.env["jamaa.share"]._programmes_of(wizard._plan().company_id)

    @api.depends("plan_id")
    def _compute_programme_id(self):
        for wizard in self:
            wizard.programme_id = self.env["jamaa.share"]._programmes_of(wizard._plan().company_id)[:1]

    @api.depends("plan_id")
    def _compute_preview(self):
        for wizard in self:
            copies = list(wizard._plan()._plan_copies().values()) if wizard.plan_id else []
            wizard.preview = self.env["ir.qweb"]._render("jamaa_actionplan.publication_preview", {"copies": copies})

    def action_publish(self):
        """Publish the copy that was shown.

        :raise UserError: nobody was chosen
        """
        self.ensure_one()
        plan = self._plan()
        if not (self.to_public or self.to_programme):
            raise UserError(self.env._("Choose who reads it."))
        done = self.env["jamaa.plan.publication"]
        if self.to_programme:
            done = self.env["jamaa.share"]._publish(
                plan, "plan", plan.name, plan._share_payloads(), "programme", programme=self.programme_id
            )
        if self.to_public:
            done = self.env["jamaa.plan.publication"]._publish(plan)
        return {"type": "ir.actions.act_window", "res_model": done._name, "res_id": done.id, "views": [(False, "form")]}


class JamaaPlanWithdraw(models.TransientModel):
    """Take a plan off the public page."""

    _name = "jamaa.plan.withdraw"
    _description = "Withdraw a Published Plan"

    publication_id = fields.Many2one("jamaa.plan.publication", required=True, ondelete="cascade")
    reason = fields.Char(required=True, help="Read inside the commune only.")

    def action_withdraw(self):
        """Withdraw it now."""
        self.publication_id._withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
