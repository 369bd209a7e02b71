"""File a signed slip: the receipt of who was reached on paper."""

from datetime import datetime, time

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..models.jamaa_dissemination_recipient import CLERKS


class JamaaDisseminationPaper(models.TransientModel):
    """Date, quality and scan of a slip that came back signed."""

    _name = "jamaa.dissemination.paper"
    _description = "Receipt on Paper"

    recipient_id = fields.Many2one("jamaa.dissemination.recipient", required=True, ondelete="cascade")
    date = fields.Date("Signed on", required=True, default=fields.Date.context_today)
    quality = fields.Selection(
        [("holder", "Holder"), ("stand_in", "Stand-in"), ("secretariat", "Secretariat")],
        "Signed by",
        required=True,
        default="holder",
    )
    scan = fields.Binary("Signed slip", required=True)
    scan_name = fields.Char()

    def action_record(self):
        """Record the receipt with the day on the slip."""
        self.ensure_one()
        row = self.recipient_id
        row.check_access("read")
        if not self.env.user.has_groups(CLERKS):
            raise AccessError(self.env._("Signed slips are filed by the mail registry or a reference person."))
        if not row._receivable():
            raise UserError(self.env._("This was received already, or the sending is over."))
        today = fields.Date.context_today(self)
        if (
            self.date > today
            or self.date < fields.Datetime.context_timestamp(self, row.dissemination_id.sent_on).date()
        ):
            raise UserError(self.env._("The slip is signed between the day of sending and today."))
        on = fields.Datetime.now() if self.date == today else datetime.combine(self.date, time(12))
        row._receive("paper", self.quality, on=on, user=self.env.user, scan=self.scan, scan_name=self.scan_name)
