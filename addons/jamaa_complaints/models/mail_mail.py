"""Mails to citizens in the queue: answers come back to the gateway, a server that is down loses none."""

import re
import smtplib
from datetime import timedelta

from odoo import fields, models
from odoo.tools.mail import formataddr

#: Tries of a mail the server could not take, and the longest wait between two of them.
TRY_LIMIT = 30
WAIT_MINUTES = 5
WAIT_LIMIT_MINUTES = 240
# What a server that is down, busy or out of reach says; anything else is final.
PASSING = re.compile(
    r"\b4\d\d\b|refused|timed? ?out|timeout|unreachable|resolution|name or service|reset by peer|"
    r"connecterror|connect to|temporar|greylist|try again",
    re.IGNORECASE,
)


class MailMail(models.Model):
    _inherit = "mail.mail"

    vault_tries = fields.Integer(groups=fields.NO_ACCESS)

    def _vault_cases(self):
        """Mail → case (sudo) for mails to citizens about a case."""
        # sudo: mail.mail, jamaa.complainant - the queue knows whose mail it sends
        mails = self.sudo().filtered("vault_id")
        # sudo: helpdesk.ticket - as above
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        return {
            mail.id: case
            for mail in mails
            if mail.vault_id.res_model == "helpdesk.ticket"
            and (case := tickets.browse(mail.vault_id.res_id).exists().filtered("kind"))
        }

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        """A citizen's answer reaches the unit, and a machine's is not asked for.

        The Message-ID is made of the mail's own number: a second try bears the same one, so
        that the receiving server knows a mail it has already taken.
        """
        values = super()._prepare_outgoing_list(mail_server=mail_server, doc_to_followers=doc_to_followers)
        case = self._vault_cases().get(self.id)
        if not case:
            return values
        address = case.team_id.alias_full_name
        host = (address or self.email_from or "").rpartition("@")[2].strip("> ") or "localhost"
        for value in values:
            value["message_id"] = case._own_message_id(self.id, host)
            value["headers"] = {
                **value["headers"],
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "OOF, AutoReply",
            }
            if address and case.team_id.alias_domain_id:
                value["reply_to"] = formataddr((case.company_id.name, address))
        return values

    def _postprocess_sent_message(self, success_pids, success_emails, failure_reason=False, failure_type=None):
        """Keep in the queue what a server could not take; say on the case what never left."""
        if failure_type:
            for mail, case in self._vault_cases().items():
                self.browse(mail)._keep_or_tell(case, failure_reason, failure_type)
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )

    def _keep_or_tell(self, case, failure_reason, failure_type):
        """Try again later, or mark the case: it has to be answered by another way."""
        self.ensure_one()
        # sudo: mail.mail - the queue's own row
        mail = self.sudo()
        passing = failure_type == "mail_smtp" or (
            failure_type == "unknown" and PASSING.search(failure_reason or mail.failure_reason or "")
        )
        if passing and mail.vault_tries < TRY_LIMIT:
            wait = min(WAIT_MINUTES * 2**mail.vault_tries, WAIT_LIMIT_MINUTES)
            mail.write(
                {
                    "state": "outgoing",
                    "vault_tries": mail.vault_tries + 1,
                    "scheduled_date": fields.Datetime.now() + timedelta(minutes=wait),
                }
            )
        else:
            case._note_bounce()

    def _send(
        self,
        auto_commit=False,
        raise_exception=False,
        smtp_session=None,
        alias_domain_id=False,
        mail_server=False,
        post_send_callback=None,
    ):
        """A line that breaks in the middle leaves open whether the mail was taken.

        Sending it again could send it twice: it stays marked, and the case says so.
        """
        try:
            return super()._send(
                auto_commit=auto_commit,
                raise_exception=raise_exception,
                smtp_session=smtp_session,
                alias_domain_id=alias_domain_id,
                mail_server=mail_server,
                post_send_callback=post_send_callback,
            )
        except smtplib.SMTPServerDisconnected:
            # sudo: mail.mail - the queue's own rows
            broken = self.sudo().exists().filtered(lambda mail: mail.state == "exception")
            for case in broken._vault_cases().values():
                case._note_bounce()
            raise
