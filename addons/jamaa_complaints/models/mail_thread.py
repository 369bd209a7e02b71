"""Mail for a case loses its addresses before it is filed."""

from odoo import api, models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """Mail of the complaint units is read, judged and filed by their own gateway.

        Core drops what it takes for a bounce or a loop, answers some of it by itself, and
        leaves behind what it cannot read: none of that may happen to a complaint.
        """
        tickets = self.env["helpdesk.ticket"]
        raw = tickets._mail_bytes(message)
        frame, units = tickets._mail_concerned(raw, custom_values)
        if units:
            return tickets._mail_in(raw, frame, units)
        return super().message_process(
            model,
            message,
            custom_values=custom_values,
            save_original=save_original,
            strip_attachments=strip_attachments,
            thread_id=thread_id,
        )

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
