from odoo import api, fields, models


class JamaaShare(models.Model):
    """Plans among what a commune shares with the programme."""

    _inherit = "jamaa.share"

    kind = fields.Selection(selection_add=[("plan", "Action plan")], ondelete={"plan": "cascade"})
    theme_id = fields.Many2one("jamaa.theme", readonly=True, index="btree_not_null", ondelete="restrict")

    @api.model
    def _shareable_models(self):
        return super()._shareable_models() | {"project.project"}

    def _may_take_back(self):
        """A plan is taken back by who publishes plans."""
        if self.kind == "plan":
            self.company_id._plan_publisher()
        else:
            super()._may_take_back()

    def action_renew(self):
        """Button: share the record as it is today; a plan is seen and published where plans are."""
        self.ensure_one()
        if self.kind != "plan":
            return super().action_renew()
        self._may_take_back()
        # sudo: jamaa.share - the own commune opens what the copy was made of
        return self.env["project.project"].browse(self.sudo().res_id).action_publish_plan()
