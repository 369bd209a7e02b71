"""What a visit is for: one line for each procedure, done one after the other."""

from odoo import fields, models


class JamaaQueueTicketService(models.Model):
    """One thing to do in a visit; several take one number, and one walk through the desks."""

    _name = "jamaa.queue.ticket.service"
    _description = "Purpose of a visit"
    _order = "ticket_id, id"
    _rec_name = "procedure_id"
    _log_access = False
    _check_company_auto = True

    ticket_id = fields.Many2one("jamaa.queue.ticket", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", "Commune", required=True, index=True)
    queue_id = fields.Many2one("jamaa.queue", required=True, check_company=True, ondelete="restrict")
    # One of the queue's procedures, whose commune was looked at there.
    procedure_id = fields.Many2one("jamaa.procedure", ondelete="restrict")
    quantity = fields.Integer("Number", default=1, required=True, help="How many of the same, such as copies.")
    is_done = fields.Boolean("Done", help="Follows from what happened.")

    _quantity_range = models.Constraint("CHECK(quantity BETWEEN 1 AND 99)", "Count between 1 and 99.")
