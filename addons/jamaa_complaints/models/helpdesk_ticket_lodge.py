"""How a case comes into being: one method for every channel."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import plaintext2html

from odoo.addons.jamaa_base.tools.text import clean_text

from .helpdesk_ticket import CASE_KINDS
from .res_company import CASE_SEQUENCE

# Most letters kept of what is typed; the forms say so beforehand.
SUBJECT_LIMIT = 150
FACTS_LIMIT = 20_000
PLACE_LIMIT = 250
PHOTO_LIMIT = 5
# A letter found in a drawer is entered late; a year typed wrong is no such letter.
OLDEST_RECEIPT_YEARS = 10
IDENTITY_FIELDS = ("name", "national_id", "phone", "email", "address", "user_id")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    @api.model
    def _lodge(self, company, vals, identity=None, photos=(), channel="web", lang=None):
        """Register what a citizen brought, and start its clocks.

        Called by the public form, the counter wizard and the mail gateway, which
        have checked what is theirs to check (form token, rights, throttle).

        :param company: the commune (`res.company`)
        :param vals: dict: kind, subject, facts (required), place_text,
            category_id, site_id (ids), legal_receipt_date (default: today),
            reply_by: page, email, phone or letter (default: what the identity allows)
        :param identity: dict for the vault: name, national_id, phone, email,
            address, user_id; goes nowhere else
        :param photos: pictures made harmless by `tools.uploads.clean_image` (bytes
            and mimetype come first); file names are not kept, since phones and
            people put names and dates in them
        :param channel: web, counter, phone, email, other
        :param lang: code of the citizen's language (ar_MA, fr_MA, zgh)
        :return: the case, as superuser
        :raise ValidationError: a required thing is missing, or belongs elsewhere;
            a complaint without a name (a report may be anonymous)
        """
        # sudo: helpdesk.ticket - the citizen has no access; this is the one door
        tickets = self.sudo().with_context(
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
            tracking_disable=True,
            mail_auto_subscribe_no_notify=True,
        )
        # sudo: res.company - the public visitor belongs to no commune
        company = company.sudo()
        unit = company._complaint_unit()
        if not unit:
            raise UserError(self.env._("This commune has no complaint unit yet: set it up first."))
        identity = {key: value for key, value in (identity or {}).items() if key in IDENTITY_FIELDS and value}
        case_vals = tickets._lodge_vals(company, vals, identity)
        number = tickets._next_case_number(company)
        case = tickets.create(
            {
                **case_vals,
                "company_id": company.id,
                "team_id": unit.id,
                "user_id": False,
                "stage_id": tickets._stage_after("received").id,
                "number": number,
                "case_number": number,
                "channel_id": tickets._case_channel(channel).id,
                "public_lang": lang or False,
            }
        )
        case._put_in_vault(identity, lang)
        case._set_clocks()
        if photos:
            case._attach_photos(photos)
        case._add_milestone("received")
        return case

    @api.model
    def _lodge_vals(self, company, vals, identity):
        """Checked values of a new case; see `_lodge`."""
        _ = self.env._
        kind = vals.get("kind")
        if kind not in dict(CASE_KINDS):
            raise ValidationError(_("Say whether it is a complaint or something else."))
        subject = clean_text(vals.get("subject"), SUBJECT_LIMIT, multiline=False)
        facts = clean_text(vals.get("facts"), FACTS_LIMIT)
        if not subject or not facts:
            raise ValidationError(_("Say in a few words what it is about and what happened."))
        if kind == "complaint" and not identity.get("name"):
            raise ValidationError(
                _(
                    "A complaint needs a name, so that the answer reaches somebody. "
                    "Without a name it can be filed as a report."
                )
            )
        today = self._commune_today()
        received = fields.Date.to_date(vals.get("legal_receipt_date")) or today
        if received > today:
            raise ValidationError(_("The day of receipt cannot be in the future."))
        if received < fields.Date.subtract(today, years=OLDEST_RECEIPT_YEARS):
            raise ValidationError(_("This day of receipt is too long ago: check the year."))
        category = self.env["helpdesk.ticket.category"].browse(vals.get("category_id"))
        if category and (
            not category.exists().for_cases or category.company_id not in (company, self.env["res.company"])
        ):
            raise ValidationError(_("This category is not offered by the commune."))
        site = self.env["jamaa.site"].browse(vals.get("site_id"))
        if site and site.exists().company_id != company:
            raise ValidationError(_("This site is not one of the commune."))
        has = identity.get
        return {
            "kind": kind,
            "name": subject,
            "facts": facts,
            "description": plaintext2html(facts),
            "place_text": clean_text(vals.get("place_text"), PLACE_LIMIT, False),
            "category_id": category.id,
            "site_id": site.id,
            "legal_receipt_date": received,
            "is_anonymous": not has("name"),
            "reply_by": vals.get("reply_by")
            or (has("email") and "email")
            or (has("address") and "letter")
            or (has("phone") and "phone")
            or "page",
        }

    @api.model
    def _next_case_number(self, company):
        """Next number of the register of this commune in this year (2026-00012)."""
        # sudo: ir.sequence - numbering is not a right of the caller
        sequence = (
            self.env["ir.sequence"]
            .sudo()
            .search([("code", "=", CASE_SEQUENCE), ("company_id", "=", company.id)], limit=1)
        )
        if not sequence:
            raise UserError(self.env._("The number series of complaints is missing in this commune."))
        today = self._commune_today()
        return sequence.next_by_id(sequence_date=today)

    @api.model
    def _case_channel(self, channel):
        """Record of a channel; unknown ones are "other"."""
        xmlid = {
            "web": "helpdesk_mgmt.helpdesk_ticket_channel_web",
            "email": "helpdesk_mgmt.helpdesk_ticket_channel_email",
            "phone": "helpdesk_mgmt.helpdesk_ticket_channel_phone",
            "counter": "jamaa_complaints.channel_counter",
        }.get(channel, "helpdesk_mgmt.helpdesk_ticket_channel_other")
        return self.env.ref(xmlid, raise_if_not_found=False) or self.env["helpdesk.ticket.channel"]

    def _put_in_vault(self, identity, lang):
        """Make the vault entry of this case from what the citizen gave."""
        self.ensure_one()
        if not identity:
            return
        # sudo: jamaa.complainant - only code writes to the vault
        self.complainant_id = (
            self.env["jamaa.complainant"]
            .sudo()
            .create(
                {
                    **identity,
                    "company_id": self.company_id.id,
                    "lang": lang or False,
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )

    def _attach_photos(self, photos):
        """File the photos the citizen lodged the case with."""
        self.ensure_one()
        self.photo_ids = self._file_pictures(photos[:PHOTO_LIMIT])

    def _file_pictures(self, pictures):
        """File pictures with the case, under plain names.

        :param pictures: tuples starting with bytes and mimetype
        :return: the attachments (sudo)
        """
        self.ensure_one()
        # sudo: ir.attachment - filed for the citizen, read by who reads the case
        files = self.env["ir.attachment"].sudo()
        return files.create(
            [
                {
                    "name": f"photo-{rank}.{'png' if mimetype == 'image/png' else 'jpg'}",
                    "raw": content,
                    "mimetype": mimetype,
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                }
                for rank, (content, mimetype, *_size) in enumerate(pictures, start=1)
            ]
        )
