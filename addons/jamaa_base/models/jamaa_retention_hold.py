"""Records that nothing erases while a dispute, an appeal or an audit needs them."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaRetentionHold(models.Model):
    """One record that is kept beyond its time: why, by whom, until it is lifted."""

    _name = "jamaa.retention.hold"
    _description = "Record kept beyond its time"
    _order = "id desc"
    _rec_name = "reason"

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    res_model = fields.Selection("_selection_model", "Kind of record", required=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True)
    reason = fields.Char(required=True, help="Before a court, at the Médiateur, under audit …")
    user_id = fields.Many2one("res.users", "Set by", readonly=True, default=lambda self: self.env.user)
    lifted_on = fields.Date(readonly=True)

    _record_idx = models.Index("(res_model, res_id) WHERE lifted_on IS NULL")

    @api.model
    def _selection_model(self):
        """Models whose records can be held; each addon adds its own."""
        words = {"jamaa.mail.entry": self.env._("Letter"), "jamaa.complainant": self.env._("Identity")}
        return list(words.items())

    @api.model
    def _without_held(self, records):
        """Those of `records` that nothing holds."""
        if not records:
            return records
        return records.browse(set(records.ids) - set(self._held_ids(records._name)))

    @api.model
    def _held_ids(self, model):
        """Ids of the records of a model that are held now; holds are few."""
        # sudo: jamaa.retention.hold - a hold binds whoever erases
        return self.sudo().search([("res_model", "=", model), ("lifted_on", "=", False)]).mapped("res_id")

    def write(self, vals):
        """A hold is lifted, not changed.

        :raise UserError: something else is written
        """
        if set(vals) - {"lifted_on"} or any(hold.lifted_on for hold in self):
            raise UserError(self.env._("A hold is lifted, not changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A hold stays on record; it can be lifted."))

    def action_lift(self):
        """Button: the record goes with its time again."""
        self.check_access("write")
        self.lifted_on = fields.Date.context_today(self)
