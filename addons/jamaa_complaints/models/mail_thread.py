"""Mail for a case loses its addresses before it is filed."""

from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_route_process(self, message, message_dict, routes):
        """Keep who wrote, and to whom, out of the message of a case.

        Core would write sender and recipients on the message and make recipients it
        knows readers of it. The addresses travel beside the message, to the vault.
        """
        tickets = self.env["helpdesk.ticket"]
        if tickets._is_case_mail(routes):
            envelope, message_dict = tickets._split_envelope(message_dict)
            self = self.with_context(case_envelope=envelope)  # noqa: PLW0642
        return super()._message_route_process(message, message_dict, routes)
