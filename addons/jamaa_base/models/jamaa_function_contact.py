"""The address book: how a function is reached, whoever holds it."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import email_normalize

CONTACT = {"contact_email", "stand_in_email", "contact_phone"}
# How long nobody is asked again after a question was sent.
ASK_AGAIN_DAYS = 60


class JamaaFunction(models.Model):
    """Official contact of a function, checked once a year; never somebody's private one."""

    _inherit = "jamaa.function"

    contact_email = fields.Char("Official e-mail", tracking=True, help="Of the function, not a private address.")
    stand_in_email = fields.Char("E-mail of the stand-in", tracking=True)
    contact_phone = fields.Char("Official telephone", tracking=True)
    contact_checked_on = fields.Date("Last checked on", readonly=True, copy=False)
    contact_asked_on = fields.Date("Asked on", readonly=True, copy=False)
    contact_stale = fields.Boolean("Not checked for a year", compute="_compute_stale", search="_search_stale")
    contact_check_ids = fields.One2many("jamaa.contact.check", "function_id", "Checks of the contact")
    in_programme_list = fields.Boolean(
        "In the programme's list",
        tracking=True,
        help="The programmes this commune is a member of see the function, its holder and its official contact.",
    )

    @api.depends("contact_checked_on")
    def _compute_stale(self):
        limit = fields.Date.context_today(self) - relativedelta(years=1)
        for function in self:
            function.contact_stale = not function.contact_checked_on or function.contact_checked_on < limit

    def _search_stale(self, operator, value):
        if operator != "in":
            return NotImplemented
        limit = fields.Date.context_today(self) - relativedelta(years=1)
        stale = Domain("contact_checked_on", "=", False) | Domain("contact_checked_on", "<", limit)
        return stale if True in value else ~stale

    @api.constrains("contact_email", "stand_in_email")
    def _check_contact_email(self):
        for function in self:
            for address in filter(None, (function.contact_email, function.stand_in_email)):
                if not email_normalize(address):
                    raise ValidationError(self.env._("“%(address)s” is no e-mail address.", address=address))

    def write(self, vals):
        result = super().write(vals)
        if {"contact_email", "stand_in_email"} & vals.keys():
            self.env["jamaa.dissemination.recipient"]._on_people_changed(self)
        return result

    def action_contact_checked(self):
        """The details were checked, by telephone for instance."""
        self.check_access("write")
        self.contact_checked_on = fields.Date.context_today(self)

    def action_ask_contact(self):
        """Ask the function itself, by a link, whether its details are still right."""
        self.check_access("write")
        self._ask_contact()

    def _ask_contact(self):
        today = fields.Date.context_today(self)
        # sudo: jamaa.contact.check - the question is the tool's to make; the caller checked the right
        Check = self.env["jamaa.contact.check"].sudo()
        for function in self.filtered("contact_email"):
            Check.search([("function_id", "=", function.id), ("state", "=", "asked")]).state = "over"
            Check.create({"function_id": function.id})._queue_mail()
            # sudo: jamaa.function - the date is the tool's to set
            function.sudo().contact_asked_on = today

    @api.model
    def _cron_ask_contacts(self):
        """Each week: functions whose details nobody checked for a year are asked."""
        quiet = fields.Date.context_today(self) - timedelta(days=ASK_AGAIN_DAYS)
        due = (
            Domain("contact_stale", "=", True)
            & Domain("contact_email", "!=", False)
            & Domain("is_vacant", "=", False)
            & (Domain("contact_asked_on", "=", False) | Domain("contact_asked_on", "<", quiet))
        )
        remaining = self.search_count(due)
        while functions := self.search(due, limit=100):
            functions._ask_contact()
            remaining -= len(functions)
            if not self.env["ir.cron"]._commit_progress(len(functions), remaining=max(remaining, 0)):
                break
