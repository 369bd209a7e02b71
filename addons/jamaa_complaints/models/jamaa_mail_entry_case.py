"""From the book of incoming mail to a case."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class JamaaMailEntry(models.Model):
    """A letter may open one case."""

    _inherit = "jamaa.mail.entry"

    opens_case = fields.Boolean(
        string="Can open a complaint", compute="_compute_opens_case", help="An incoming letter that opened none yet."
    )

    @api.depends("direction", "state", "res_model")
    def _compute_opens_case(self):
        for entry in self:
            entry.opens_case = entry.direction == "incoming" and entry.state != "cancelled" and not entry.res_model

    def _check_may_open_case(self, company):
        """Refuse a letter that cannot open a case of a commune.

        :raise UserError: another commune's, outgoing, cancelled, or bound to something already
        """
        self.ensure_one()
        if self.company_id != company or not self.opens_case:
            raise UserError(
                self.env._(
                    "Letter %(number)s cannot open a complaint: it is no incoming letter of this commune that is "
                    "still free.",
                    number=self.number_display,
                )
            )

    @api.model
    def _incoming_by_number(self, company, typed):
        """The incoming letter of a commune with a number as it is written on the slip.

        :param str typed: “123/2026”, or the number of the State's registry
        :return: the entry, as superuser, or empty
        """
        # sudo: jamaa.mail.entry - the number is on the citizen's slip; nothing but number and day is shown
        entries = self.sudo().search(
            [("company_id", "=", company.id), ("direction", "=", "incoming"), ("number_display", "=", typed.strip())],
            order="date desc, id desc",
            limit=50,
        )
        return entries.filtered(lambda entry: entry.number_display == typed.strip())[:1]

    def action_open_complaint(self):
        """Button: enter the complaint this letter brings.

        :raise AccessError: neither at reception nor in the complaint unit
        """
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        if not (
            user.has_group("jamaa_base.group_reception_agent") or user.has_group("jamaa_base.group_complaint_officer")
        ):
            raise AccessError(self.env._("Complaints are entered at reception or by the unit."))
        self._check_may_open_case(self.company_id)
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_counter_action")
        return {
            **action,
            "context": {
                "default_company_id": self.company_id.id,
                "default_channel": "other",
                # The number and no link: a link would tell the subject to whoever names a letter.
                "default_mail_number": self.number_display,
                "default_legal_receipt_date": fields.Date.to_string(self.date),
            },
        }
