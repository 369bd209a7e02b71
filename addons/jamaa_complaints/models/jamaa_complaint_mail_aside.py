"""Mails that open no case by themselves: kept until somebody has looked at them."""

import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.misc import clean_context

from odoo.addons.jamaa_base.tools.text import clean_text

from ..tools.mail_reader import ADDRESS, UnreadableMail, read_frame, read_mail

ERASE_BATCH = 200


class JamaaComplaintMailAside(models.Model):
    """A mail to the complaint unit that a machine wrote, or that could not be filed.

    An auto-reply answered by a receipt is answered again: two machines would write to each
    other for ever. A complaint taken for an auto-reply and thrown away would be worse. So
    such mails open nothing, are answered by nothing, and are kept for a person to judge.

    Who wrote is in the mail's file alone, which officers of the complaint unit open.
    """

    _name = "jamaa.complaint.mail.aside"
    _description = "Mail set aside"
    _order = "date desc, id desc"
    _rec_name = "subject"

    company_id = fields.Many2one("res.company", string="Commune", required=True, readonly=True, index=True)
    case_id = fields.Many2one(
        "helpdesk.ticket", string="Case", readonly=True, index="btree_not_null", ondelete="set null"
    )
    date = fields.Datetime(string="Came in", required=True, readonly=True, default=lambda self: self.env.cr.now())
    reason = fields.Selection(
        [
            ("auto", "Automatic reply"),
            ("report", "Delivery report"),
            ("list", "Mailing list"),
            ("loop", "A mail of ours that came back"),
            ("many", "Many mails of one sender"),
            ("other_sender", "About a case, from another address"),
            ("unreadable", "Could not be read"),
            ("error", "Could not be filed"),
        ],
        string="Why",
        required=True,
        readonly=True,
    )
    subject = fields.Char(string="Subject", readonly=True)
    size = fields.Integer(string="Size (bytes)", readonly=True)
    note = fields.Char(string="Technical reason", readonly=True)
    mail_file = fields.Binary(
        string="The mail as it came",
        attachment=True,
        readonly=True,
        groups="jamaa_base.group_complaint_officer",
    )
    file_name = fields.Char(string="Name of the file", readonly=True, default="mail.eml")
    message_id = fields.Char(string="Key of the mail", readonly=True, groups=fields.NO_ACCESS)
    state = fields.Selection(
        [
            ("todo", "To be looked at"),
            ("opened", "A case was opened"),
            ("joined", "Added to its case"),
            ("done", "Nothing to do"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="todo",
    )
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_on = fields.Datetime(string="Decided on", readonly=True)
    keep_until = fields.Date(string="Kept until", readonly=True, index=True)

    _message_uniq = models.UniqueIndex("(company_id, message_id)", "This mail is on file.")
    _todo_idx = models.Index("(company_id, date) WHERE state = 'todo'")

    @api.model
    def _keep(self, raw, subject, company, message_id, reason, case=None, state="todo", note=False):
        """Add one mail; the caller is the gateway.

        :param bytes raw: the mail as it came
        :param company: the commune it came to
        """
        days = company.mail_aside_days
        today = self.env["helpdesk.ticket"]._commune_today()
        return self.create(
            {
                "company_id": company.id,
                "case_id": case.id if case else False,
                "reason": reason,
                "subject": clean_text(ADDRESS.sub("…", subject or ""), 250, multiline=False)
                or self.env._("No subject"),
                "size": len(raw),
                "note": note,
                "mail_file": base64.b64encode(raw),
                "message_id": message_id,
                "state": state,
                "keep_until": fields.Date.add(today, days=days),
            }
        )

    def _check_officer(self):
        """Refuse whoever does not run the complaint unit, and mails already decided.

        :raise AccessError: no officer of this commune's unit
        :raise UserError: decided already
        """
        self.check_access("read")
        if not self.env.user.has_group("jamaa_base.group_complaint_officer"):
            raise AccessError(self.env._("The complaint unit decides on mails set aside."))
        # Two officers who press at the same moment open one case, not two.
        # sudo: jamaa.complaint.mail.aside - read just above; officers write by the buttons alone
        if not self.sudo().try_lock_for_update() or any(row.state != "todo" for row in self):
            raise UserError(self.env._("Somebody has decided on this mail already."))

    def _decide(self, state, case=None):
        # sudo: jamaa.complaint.mail.aside - rights were checked by the button
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_on": self.env.cr.now(),
                **({"case_id": case.id} if case else {}),
            }
        )

    def _read_again(self):
        """The mail of this row, and its bytes."""
        self.ensure_one()
        # sudo: jamaa.complaint.mail.aside - the caller has checked who asks
        raw = base64.b64decode(self.sudo().mail_file or b"")
        try:
            return read_mail(raw)
        except UnreadableMail:
            mail = read_frame(raw)
            mail.text = self.env._("This mail could not be read by the programme. It is kept as it came.")
            return mail

    def _file(self, case=None):
        """Run the lodging every mail goes through; returns the case (sudo)."""
        self.ensure_one()
        # sudo: helpdesk.ticket - one door for all cases, opened by an officer here
        tickets = self.env["helpdesk.ticket"].sudo().with_context(clean_context(self.env.context))
        # sudo: jamaa.complaint.mail.aside - its key, under which a message is filed
        key = self.sudo().message_id
        unit = self.company_id._complaint_unit()
        return tickets.browse(tickets._file_mail(self._read_again(), unit, key, case))

    def action_open_case(self):
        """Button: it is a complaint after all."""
        self.ensure_one()
        self._check_officer()
        case = self._file()
        self._decide("opened", case)
        return case.sudo(False)._case_form_action()

    def action_join(self):
        """Button: the citizen wrote from another address; it belongs to the case."""
        self.ensure_one()
        self._check_officer()
        if not self.case_id:
            raise UserError(self.env._("This mail names no case."))
        # sudo: helpdesk.ticket - the officer reads it; the gateway writes on it
        case = self.case_id.sudo()
        self._file(case)
        self._decide("joined", case)
        return case.sudo(False)._case_form_action()

    def action_nothing(self):
        """Button: nobody waits for an answer."""
        self._check_officer()
        self._decide("done")

    @api.model
    def _cron_erase(self):
        """Daily: erase what is past its time, in batches."""
        domain = Domain("keep_until", "<", fields.Date.context_today(self))
        remaining = self.search_count(domain)
        while remaining:
            batch = self.search(domain, limit=ERASE_BATCH)
            batch.unlink()
            remaining -= len(batch)
            if not batch or not self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining):
                break
