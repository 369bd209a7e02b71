"""Mails made from the vault stay closed in the queue."""

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models


class MailMail(models.Model):
    """A mail with an address of the vault is seen by the queue and by no user.

    ``vault_id`` marks it; a global rule hides marked rows even from administrators, who may
    otherwise read the whole queue.
    """

    _inherit = "mail.mail"

    vault_id = fields.Many2one("jamaa.complainant", groups=fields.NO_ACCESS, index="btree_not_null", ondelete="cascade")

    @api.model
    def _queue_link(self, record, company, subject, body, address):
        """Put a mail with somebody's own link in the queue; nothing is sent inside the request.

        :param record: what the mail is about; it hears of a bounce
        :param company: the commune that writes
        :param str subject: in one line
        :param body: HTML, rendered by a template of ours
        :param str address: to whom
        """
        # sudo: res.partner - the system's own address, where the commune has none
        fallback = self.env.ref("base.partner_root").sudo().email_formatted
        # sudo: mail.mail - made by the system, so that nobody reads the link as its creator
        mails = self.with_user(SUPERUSER_ID).sudo()
        mails.with_context(mail_notify_author=False).create(
            {
                "subject": " ".join(subject.split()),
                "body_html": Markup(body),
                "body": "",
                "email_from": company.email_formatted or company.catchall_formatted or fallback,
                "email_to": address,
                "model": record._name,
                "res_id": record.id,
                "message_type": "email_outgoing",
                "is_internal": True,
                "auto_delete": False,
            }
        )

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
