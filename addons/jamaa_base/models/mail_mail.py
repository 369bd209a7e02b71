"""Mails made from the vault stay closed in the queue."""

from odoo import fields, models


class MailMail(models.Model):
    """A mail with an address of the vault is seen by the queue and by no user.

    ``vault_id`` marks it; a global rule hides marked rows even from administrators, who may
    otherwise read the whole queue.
    """

    _inherit = "mail.mail"

    vault_id = fields.Many2one("jamaa.complainant", groups=fields.NO_ACCESS, index="btree_not_null", ondelete="cascade")

    def _postprocess_sent_message(self, success_pids, success_emails, failure_reason=False, failure_type=None):
        """Tell the recipients of documents what became of their mails."""
        reader = "jamaa.dissemination.recipient"
        for mail in self.filtered(lambda mail: mail.model == reader and mail.message_type == "email_outgoing"):
            # sudo: jamaa.dissemination.recipient - the mail queue records a fact
            recipient = self.env[reader].sudo().browse(mail.res_id).exists()
            if failure_type:
                recipient._mail_failed(failure_type, failure_reason)
            else:
                recipient._mail_left()
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )
