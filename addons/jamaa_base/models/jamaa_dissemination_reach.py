"""How a document reaches its readers: queued mails, what comes back, reminders."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize, format_date

from ..tools.public_lang import by_code
from .jamaa_dissemination_recipient import OPEN

# A server that was away is tried again; what is wrong with an address is for a person to mend.
ADDRESS_FAILURES = ("mail_email_invalid", "mail_email_missing", "mail_bl", "unknown")


class JamaaDisseminationRecipient(models.Model):
    _inherit = "jamaa.dissemination.recipient"

    # ---------- going out ----------

    def _dispatch(self):
        """Send to everybody who can be reached: queued mail, entry in the tool, or paper."""
        for row in self.sudo():  # sudo: jamaa.dissemination.recipient - facts are the tool's to record
            if row.state == "vacant":
                continue
            if row.channel == "email":
                if not email_normalize(row.address or ""):
                    row._bounced(row.env._("The function has no e-mail address."))
                    continue
                row.write({"state": "to_send", "bounce_reason": False})
                row._queue_mail("sending", [row.address])
            else:
                row._mark_sent()
                user = row.user_id or row.stand_in_user_id
                if row.channel == "tool" and user:
                    row.with_context(mail_activity_quick_update=True).activity_schedule(
                        "mail.mail_activity_data_todo",
                        user_id=user.id,
                        date_deadline=row.date_due or fields.Date.context_today(row),
                        summary=row.env._("Document to receive: %(title)s", title=row.title or ""),
                    )

    def _mark_sent(self):
        for row in self:
            days = row.dissemination_id._reminder_list()
            today = fields.Date.context_today(row)
            first = days and row.channel != "paper" and today + timedelta(days=days[0])
            row.write(
                {"state": "sent", "sent_on": fields.Datetime.now(), "next_reminder_on": first, "reminder_count": 0}
            )

    def _queue_mail(self, kind, addresses):
        """Queue a mail with the link; it carries no token in any field a colleague may read.

        :param str kind: ``sending`` or ``reminder``
        :param list addresses: e-mail addresses
        """
        self.ensure_one()
        lang = by_code(self.company_id.commune_lang)
        # sudo: jamaa.dissemination.recipient - the reader's own words, in the language of the commune
        row = self.sudo().with_context(lang=lang.code)
        sender = row.sender_company_id
        page = {
            "title": row.title,
            "number": row.version_number,
            "summary": row.summary or "",
            "message": row.message or "",
            "function": row.function_name,
            "sender": sender._commune_title(lang.code),
            "due": format_date(row.env, row.date_due) if row.date_due else "",
            "reminder": kind == "reminder",
        }
        values = {
            "page": page,
            "lang": lang,
            "link": row._public_url(lang.url),
            "is_demo": row.company_id.is_demo,
        }
        body = row.env["ir.qweb"].with_context(minimal_qcontext=True)._render("jamaa_base.mail_document", values)
        subject = (
            row.env._("Reminder: please confirm receipt of « %(title)s »", title=row.title)
            if kind == "reminder"
            else row.env._("Document for %(function)s: %(title)s", function=row.function_name, title=row.title)
        )
        row.env["mail.mail"]._queue_link(row, sender, subject, body, ", ".join(addresses))

    def _mail_left(self):
        """The queue handed the mail over."""
        self.filtered(lambda row: row.state == "to_send")._mark_sent()

    def _mail_failed(self, failure_type, reason):
        """The queue could not hand the mail over; only what is wrong with the address is final."""
        if failure_type in ADDRESS_FAILURES:
            self._bounced(reason or self.env._("The address is not valid."))

    def _message_receive_bounce(self, email, partner):
        """The mail came back: the commune mends the address, reminders stop."""
        super()._message_receive_bounce(email, partner)
        bounced = email_normalize(email or "")
        # A stand-in's reminder that comes back does not undo what reached the function.
        self.filtered(lambda row: bounced == row.address)._bounced(
            self.env._("The mail to %(address)s came back.", address=email)
        )

    def _bounced(self, reason):
        for row in self.sudo():  # sudo: jamaa.dissemination.recipient - facts are the tool's to record
            if row.state in ("to_send", "sent"):
                row.write({"state": "bounced", "bounce_reason": str(reason)[:200], "next_reminder_on": False})
                row._surface(row.env._("The address of this function is wrong: a document came back."))

    # ---------- reminders ----------

    @api.model
    def _cron_remind(self):
        """Each day: people who took office in the meantime, mails the server refused, reminders due."""
        today = fields.Date.context_today(self)
        live = Domain("sending_state", "=", "sent") & Domain("version_state", "=", "sent")
        self._on_people_changed(self.search(live & Domain("state", "in", OPEN)).function_id)
        self._retry_failed_mails()
        due = live & Domain("state", "=", "sent") & Domain("next_reminder_on", "<=", today)
        remaining = self.search_count(due)
        while rows := self.search(due, limit=100):
            for row in rows:
                row._remind(today)
            remaining -= len(rows)
            if not self.env["ir.cron"]._commit_progress(len(rows), remaining=max(remaining, 0)):
                break

    def _retry_failed_mails(self):
        """Put mails back that a mail server refused while it was away: nothing is lost."""
        failed = self.env["mail.mail"].search(
            [("model", "=", self._name), ("state", "=", "exception"), ("failure_type", "=", "mail_smtp")], limit=500
        )
        failed.mark_outgoing()

    def _remind(self, today):
        """One reminder; from the second on the stand-in gets it too, after the last the sender is told."""
        self.ensure_one()
        days = self.dissemination_id._reminder_list()
        count = self.reminder_count + 1
        if self.channel == "email" and count <= len(days):
            addresses = [self.address]
            if count > 1 and email_normalize(self.stand_in_address or ""):
                addresses.append(self.stand_in_address)
            self._queue_mail("reminder", list(dict.fromkeys(addresses)))
        sent_day = fields.Datetime.context_timestamp(self, self.sent_on).date()
        last = count >= len(days)
        later = False if last else max(sent_day + timedelta(days=days[count]), today + timedelta(days=1))
        self.write({"reminder_count": count, "next_reminder_on": later, "unanswered": last})
        sending = self.dissemination_id
        if last and not sending.activity_ids:
            sending.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=sending.create_uid.id,
                summary=self.env._("Some functions did not answer after the last reminder"),
            )
