"""Files and letters of a work order: proof that stays, closed to whom the case is closed to."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .ir_attachment import FILE_FIELDS

ORDER = "jamaa.complaint.order"


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _of_orders(self):
        # sudo: ir.attachment - only which files they are
        return any(file.res_model == ORDER for file in self.sudo())

    def write(self, vals):
        if not self.env.su and FILE_FIELDS.intersection(vals) and self._of_orders():
            raise UserError(self.env._("Photos and slips of a work order are not changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_order_files(self):
        if not self.env.su and self._of_orders():
            raise UserError(self.env._("Photos and slips of a work order are not deleted."))

    @api.constrains("public", "res_model", "res_id")
    def _check_order_file_not_public(self):
        """A public file is served to anybody who guesses its number."""
        # sudo: ir.attachment - the constraint holds for everybody
        if self.sudo().filtered(lambda file: file.public and file.res_model == ORDER and file.res_id):
            raise UserError(self.env._("A file of a work order is never public."))


class JamaaMailEntry(models.Model):
    _inherit = "jamaa.mail.entry"

    @api.model
    def _domain_open_to_me(self):
        """The letter of an order is closed to whom its case is closed to."""
        closed = self.env["helpdesk.ticket"]._closed_to_me()
        # sudo: jamaa.complaint.order - which orders the lock covers
        orders = self.env[ORDER].sudo()._search(Domain("case_id", "in", closed))
        not_closed = Domain("res_model", "!=", ORDER) | Domain("res_id", "not in", orders)
        return super()._domain_open_to_me() & not_closed
