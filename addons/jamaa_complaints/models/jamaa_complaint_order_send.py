"""How an order leaves, and how it is reminded of: slip, book of outgoing mail, queued mails."""

from datetime import timedelta

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from odoo.addons.jamaa_base.tools.public_lang import by_code
from odoo.addons.jamaa_base.tools.qr import qr_data_uri

from .jamaa_complaint_order import OPEN_STATES

#: Days before the day it is due from which an order is reminded of.
REMIND_DAYS = 2
#: Orders of one step of the daily run.
REMIND_BATCH = 100
#: What the book of outgoing mail calls the addressee.
CORRESPONDENT_KINDS = {"province": "governor", "waste": "company", "lighting": "company", "water_power": "company"}


class JamaaComplaintOrder(models.Model):
    _inherit = "jamaa.complaint.order"

    # ------------------------------------------------------------------
    # The slip
    # ------------------------------------------------------------------

    def _document_lang(self):
        """Language of the slip: the operator's, else the commune's."""
        self.ensure_one()
        return self.operator_id.order_lang or self.company_id._installed_lang()

    def _slip_qr(self):
        """The order's address in the application, for whoever has a login there."""
        self.ensure_one()
        return qr_data_uri(f"{self.get_base_url()}/odoo/work-orders/{self.id}")

    def _send_out(self):
        """Number an order for an operator in the outgoing mail, and queue the mail that carries it.

        Where the commune numbers by the State's registry, the clerk types that number when it leaves.
        """
        self.ensure_one()
        operator = self.operator_id
        if not operator:
            return
        if self.company_id.mail_numbering == "own":
            here = self.with_context(lang=self.company_id._installed_lang())
            self.letter_entry_id = self.env["jamaa.mail.entry"]._number_outgoing(
                self.company_id,
                {
                    "correspondent": here.operator_id.name,
                    "correspondent_kind": CORRESPONDENT_KINDS.get(operator.kind, "other"),
                    "subject": here.env._("Work order %(number)s", number=self.number),
                    "medium": "email" if operator.email else "hand",
                    "res_model": self._name,
                    "res_id": self.id,
                },
            )
        if not operator.email:
            return
        # sudo: ir.actions.report - the slip is the commune's act, whoever issues it
        content, kind = self.env["ir.actions.report"].sudo()._render_qweb_pdf("jamaa_complaints.report_order", self.ids)
        # sudo: ir.attachment - filed with the order, as it left
        slip = (
            self.env["ir.attachment"]
            # sudo: ir.attachment - filed with the order, as it left
            .sudo()
            .create(
                {
                    "name": f"{self.number}.{kind}",
                    "raw": content,
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                }
            )
        )
        if self._queue_mails("new", slip):
            self._add_step("mailed")

    # ------------------------------------------------------------------
    # Mails
    # ------------------------------------------------------------------

    def _mail_addresses(self):
        """Who is written to: the operator's office, or the people of the service to whom the case is not closed."""
        self.ensure_one()
        if self.operator_id:
            return [self.operator_id.email] if self.operator_id.email else []
        # sudo: helpdesk.ticket.team, helpdesk.ticket - addresses of colleagues, less those it is closed to
        order = self.sudo()
        people = (order.service_id.user_ids | order.service_id.user_id) - order.case_id.locked_user_ids
        return sorted(user.email for user in people if user.active and user.email)

    def _queue_mails(self, what, slip=None):
        """Queue the mails about these orders; nothing leaves inside the request.

        :param what: new, before or late
        :return: the orders that had an address
        """
        values, told = [], self.browse()
        # sudo: res.partner - the sender of last resort is the system's own contact
        fallback = self.env.ref("base.partner_root").sudo().email_formatted
        for order in self:
            addresses = order._mail_addresses()
            if not addresses:
                continue
            told |= order
            code = order._document_lang() or "en_US"
            order_in = order.with_context(lang=code)
            company = order_in.company_id
            body = (
                order_in.env["ir.qweb"]
                .with_context(minimal_qcontext=True)
                ._render(
                    "jamaa_complaints.mail_order",
                    {
                        "what": what,
                        "order": {
                            "number": order.number,
                            "name": order.name,
                            "place": order.place or "",
                            "due": fields.Date.to_string(order.due_date),
                        },
                        "commune": company._commune_title(code),
                        "is_demo": company.is_demo,
                        "lang": by_code(code),
                    },
                )
            )
            sender = company.email_formatted or company.catchall_formatted or fallback
            values.append(
                {
                    "subject": order_in._mail_subject(what),
                    "body_html": Markup(body),
                    "email_from": sender,
                    "reply_to": sender,
                    "email_to": ", ".join(addresses),
                    "author_id": company.partner_id.id,
                    "auto_delete": True,
                    "is_internal": True,
                    "attachment_ids": [fields.Command.link(slip.id)] if slip else [],
                }
            )
        if values:
            # sudo: mail.mail - made by the system, so that nobody reads it as its creator
            mails = self.env["mail.mail"].with_user(SUPERUSER_ID).sudo()
            mails.with_context(mail_notify_author=False).create(values)
        return told

    def _mail_subject(self, what):
        self.ensure_one()
        number = self.number
        return {
            "new": self.env._("Work order %(number)s", number=number),
            "before": self.env._("Reminder: work order %(number)s is due soon", number=number),
            "late": self.env._("Reminder: work order %(number)s is late", number=number),
        }[what]

    # ------------------------------------------------------------------
    # The daily run
    # ------------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Daily: remind of orders that are due soon or late, once each, by range."""
        today = self.env["helpdesk.ticket"]._commune_today()
        is_open = Domain("state", "in", OPEN_STATES) & Domain("issued_on", "<", today)
        soon = today + timedelta(days=REMIND_DAYS)
        runs = (
            (
                "late",
                "reminded_late_on",
                is_open & Domain("due_date", "<", today) & Domain("reminded_late_on", "=", False),
            ),
            (
                "before",
                "reminded_before_on",
                is_open
                & Domain("due_date", ">=", today)
                & Domain("due_date", "<=", soon)
                & Domain("reminded_before_on", "=", False),
            ),
        )
        for what, field, domain in runs:
            remaining = self.search_count(domain)
            while remaining > 0:
                orders = self.search(domain, limit=REMIND_BATCH)
                if not orders:
                    break
                orders._remind(what, field, today)
                remaining -= len(orders)
                if not self.env["ir.cron"]._commit_progress(len(orders), remaining=max(remaining, 0)):
                    return

    def _remind(self, what, field, today):
        """Remind of these orders and note it on each."""
        self.write({field: today})
        self._add_step("reminded_before" if what == "before" else "reminded_late")
        self._queue_mails(what)
