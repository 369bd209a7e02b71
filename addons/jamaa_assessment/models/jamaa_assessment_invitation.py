"""That somebody was asked to answer: by which way, when, and what became of it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize, format_date

from odoo.addons.jamaa_base.tools.public_lang import by_code

#: What is wrong with an address for good; a mail server that was away is asked again.
ADDRESS_FAILURES = ("mail_email_invalid", "mail_email_missing")


class JamaaAssessmentInvitation(models.Model):
    """One invitation or reminder to a seat; rows are added by the tool and say what happened to them.

    The mail holds the link of the seat, and whoever has that reads what the seat has answered: so mails are
    made by the system, hidden from everybody (a global rule), and no row here carries the link.
    """

    _name = "jamaa.assessment.invitation"
    _inherit = ["jamaa.assessment.panel", "mail.thread"]
    _description = "Invitation to a Panel"
    _order = "id desc"

    rater_id = fields.Many2one(
        "jamaa.assessment.rater", "Seat", required=True, index=True, readonly=True, ondelete="cascade"
    )
    round_id = fields.Many2one(related="rater_id.round_id", store=True, index=True)
    company_id = fields.Many2one(related="rater_id.company_id", string="Commune", store=True, index=True)
    kind = fields.Selection(
        [("invitation", "Invitation"), ("reminder", "Reminder")], required=True, readonly=True, default="invitation"
    )
    person_name = fields.Char("Person", readonly=True)
    address = fields.Char("E-mail", readonly=True)
    state = fields.Selection(
        [
            ("to_send", "To send"),
            ("sent", "Sent"),
            ("bounced", "Came back"),
            ("vacant", "Vacant"),
            ("paper", "On paper"),
            ("tool", "In the tool"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="to_send",
    )
    asked_on = fields.Datetime("Asked on", required=True, readonly=True, default=fields.Datetime.now)
    sent_on = fields.Datetime("Sent on", readonly=True)
    reason = fields.Char("Why it came back", readonly=True)

    @api.depends("rater_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for row in self:
            row.display_name = self.env._(
                "%(kind)s: %(seat)s", kind=kinds.get(row.kind, ""), seat=row.rater_id.display_name or ""
            )

    @api.model
    def _domain_open_to_me(self):
        return Domain.TRUE if self._leads() else Domain.FALSE

    # ---------- the mail ----------

    def _queue_mail(self, lang):
        """Put the mail with the seat's link in the queue; nothing is sent inside the request.

        :param lang: a public language
        """
        self.ensure_one()
        row = self.with_context(lang=lang.code)
        seat, one, company = row.rater_id, row.round_id, row.company_id
        values = {
            "page": {
                "commune": company._commune_title(lang.code),
                "grid": one.grid_id.name,
                "subject": one.subject_name,
                "purpose": one.purpose or "",
                "seat": seat._seat_words(),
                "until": format_date(row.env, one.answer_due) if one.answer_due else "",
                "meeting": format_date(row.env, one.date) if one.date else "",
                "reminder": row.kind == "reminder",
            },
            "lang": lang,
            "link": f"{company.get_base_url()}{seat._link_path(lang.url)}",
            "is_demo": company.is_demo,
        }
        body = (
            row.env["ir.qweb"].with_context(minimal_qcontext=True)._render("jamaa_assessment.mail_invitation", values)
        )
        subject = (
            row.env._("Reminder: your answers to « %(grid)s » are awaited", grid=one.grid_id.name)
            if row.kind == "reminder"
            else row.env._("Your opinion is asked: « %(grid)s »", grid=one.grid_id.name)
        )
        row.env["mail.mail"]._queue_link(row, company, subject, body, row.address)

    def _mail_left(self):
        """The queue handed the mail over."""
        self.filtered(lambda row: row.state == "to_send").write({"state": "sent", "sent_on": fields.Datetime.now()})

    def _mail_failed(self, failure_type, reason):
        """The queue could not hand the mail over; only what is wrong with the address is final."""
        if failure_type in ADDRESS_FAILURES:
            self._bounced(reason or self.env._("The address is not valid."))

    def _message_receive_bounce(self, email, partner):
        """The mail came back: whoever leads mends the address and invites again."""
        super()._message_receive_bounce(email, partner)
        bounced = email_normalize(email or "")
        self.filtered(lambda row: row.address and bounced == email_normalize(row.address))._bounced(
            self.env._("The mail to %(address)s came back.", address=email)
        )

    def _bounced(self, reason):
        # sudo: jamaa.assessment.invitation - the mail queue and the gateway record a fact
        for row in self.sudo():
            if row.state in ("to_send", "sent"):
                row.write({"state": "bounced", "reason": str(reason)[:200]})
                row.round_id._surface(row.env._("An invitation came back: %(seat)s", seat=row.rater_id.display_name))

    @api.model
    def _retry_failed_mails(self):
        """Put mails back that a mail server refused while it was away: nothing is lost."""
        # sudo: mail.mail - the tool's own mails, hidden from everybody else
        mails = self.env["mail.mail"].sudo()
        mails.search(
            [("model", "=", self._name), ("state", "=", "exception"), ("failure_type", "=", "mail_smtp")], limit=500
        ).mark_outgoing()

    # ---------- what stays ----------

    def write(self, vals):
        if not self.env.su and vals.keys() - {"message_follower_ids", "message_ids"}:
            raise UserError(self.env._("Who was invited when is recorded by the tool, never typed."))
        return super().write(vals)

    def _forget_addresses(self):
        """Erase addresses of rounds that are over; that somebody was asked stays on record."""
        # sudo: mail.mail - mails with links nobody needs any more
        self.env["mail.mail"].sudo().search([("model", "=", self._name), ("res_id", "in", self.ids)]).unlink()
        self.write({"address": False, "person_name": False})


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(self, success_pids, success_emails, failure_reason=False, failure_type=None):
        """Tell invitations what became of their mails."""
        reader = "jamaa.assessment.invitation"
        for mail in self.filtered(lambda mail: mail.model == reader and mail.message_type == "email_outgoing"):
            # sudo: jamaa.assessment.invitation - the mail queue records a fact
            row = self.env[reader].sudo().browse(mail.res_id).exists()
            if failure_type:
                row._mail_failed(failure_type, failure_reason)
            else:
                row._mail_left()
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )


def lang_of(rater, person=None):
    """Return the public language somebody is written to in: of the seat, of the person, of the commune.

    :param rater: the seat
    :param person: a ``res.users`` or ``res.partner``, possibly empty
    """
    return by_code(rater.lang or (person and person.lang) or rater.company_id.commune_lang)
