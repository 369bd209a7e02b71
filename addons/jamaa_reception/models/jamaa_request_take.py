"""Taking a request: number, pieces, applicant, once."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS
from odoo.addons.jamaa_base.tools.text import clean_text

REQUEST_SEQUENCE = "jamaa.procedure.request"
#: What is kept of the applicant, and how long each may be.
IDENTITY_LIMITS = {"name": 120, "national_id": 30, "phone": 30, "email": 120, "address": 300}
DESK_LIMIT = 60
QUARTER_LIMIT = 80


class ResCompany(models.Model):
    _inherit = "res.company"

    def _commune_sequences(self):
        """Add the register of requests: one PostgreSQL sequence per commune and year.

        A sequence makes nobody wait and gives no number twice. A number whose transaction
        failed is not used again: a receipt promises that its number is its own, not that the
        one before exists.
        """
        return [
            *super()._commune_sequences(),
            {
                "code": REQUEST_SEQUENCE,
                "name": self.env._("Register of requests"),
                "prefix": "%(range_year)s-",
                "padding": 5,
            },
        ]


class JamaaProcedureRequest(models.Model):
    _inherit = "jamaa.procedure.request"

    @api.model
    def _next_number(self, company):
        """Next number of the register of requests of this commune in this year (2026-00012)."""
        # sudo: ir.sequence - numbering is not a right of the caller
        sequence = (
            self.env["ir.sequence"]
            .sudo()
            .search([("code", "=", REQUEST_SEQUENCE), ("company_id", "=", company.id)], limit=1)
        )
        if not sequence:
            raise UserError(self.env._("The number series of requests is missing in this commune."))
        return sequence.next_by_id(sequence_date=self._commune_today())

    @api.model
    def _take(self, company, procedure, vals, identity, key=None):
        """Take a request under the sheet that is published today.

        :param company: the commune
        :param procedure: one of its procedures
        :param dict vals: ``answers`` (question id -> answer id), ``pieces`` (ids of the pieces of
            the sheet that were brought), ``site_id``, ``desk``, ``quarter``, ``lang``, ``channel``,
            ``insisted``
        :param dict identity: for the vault: name (required), national_id, phone, email, address
        :param str key: of the arrival; the same key again gives the same request
        :return: the request, as superuser
        :raise UserError: something is not answered, missing without insisting, or not possible
        """
        _ = self.env._
        identity = {name: clean_text(identity.get(name), limit, False) for name, limit in IDENTITY_LIMITS.items()}
        identity = {name: value for name, value in identity.items() if value}
        if not identity.get("name"):
            raise UserError(_("Write the name of the applicant."))
        sheet = procedure.sheet_id
        if not sheet or procedure.company_id != company:
            raise UserError(_("This procedure has no published sheet: nothing can be asked under it."))
        walked = sheet._walk(vals.get("answers") or {})
        if walked.following:
            raise UserError(_("One question of the sheet has no answer yet."))
        # sudo: jamaa.procedure.request - requests come in by this door alone
        requests = self.sudo().with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        if key:
            submission = self.env["jamaa.form.submission"]._claim(f"request:{company.id}:{key}", company)
            if submission._record():
                return submission._record()
            requests = requests.with_context(request_taken_now=key)
        lines = self._piece_lines(sheet, walked, set(vals.get("pieces") or ()))
        missing = [line for line in lines if line["state"] == "missing"]
        if missing and not vals.get("insisted"):
            raise UserError(_("Something is missing: say that the person wants to file all the same."))
        today, lang = self._commune_today(), vals.get("lang")
        request = requests.create(
            {
                "company_id": company.id,
                "procedure_id": procedure.id,
                "sheet_id": sheet.id,
                "number": requests._next_number(company),
                "answer_ids": [Command.set([answer for answer in walked.asked.values() if answer])],
                "piece_ids": [Command.create(line) for line in lines],
                "site_id": self._site_of(company, vals.get("site_id")).id,
                "desk": clean_text(vals.get("desk"), DESK_LIMIT, False),
                "quarter": clean_text(vals.get("quarter"), QUARTER_LIMIT, False) or False,
                "lang": lang if isinstance(lang, str) and lang in _codes() else "ar_MA",
                "channel_id": self._channel_of(vals.get("channel")).id,
                "insisted": bool(missing),
                "stage": "incomplete" if missing else "received",
                "received_on": today,
                "complete_on": False if missing else today,
                "silence_effect": sheet.silence_effect,
            }
        )
        request.complainant_id = self._into_vault(request, identity)
        request._set_clock()
        request._add_milestone("received")
        if missing:
            request._add_milestone("insisted")
        else:
            request._add_milestone("completed")
        entry = self.env["jamaa.register.entry"]._enter(
            company,
            "request_received",
            {
                "number": request.number,
                "procedure": procedure.code,
                "version": sheet.version,
                "pieces": len(lines),
                "missing": len(missing),
                "until": fields.Date.to_string(request.due_date) or None,
            },
            request,
        )
        request.register_digest = entry.digest
        if key:
            submission._done(request)
        request._tell("receipt")
        return request

    def _just_taken(self, key):
        """Whether `_take` made this request in this very call, and did not find it by its key."""
        return self.env.context.get("request_taken_now") == key

    @api.model
    def _piece_lines(self, sheet, walked, brought):
        """Values of the lines of a request: what concerns this person, brought or not.

        :param sheet: the sheet
        :param walked: the answers, see ``jamaa.procedure.sheet._walk``
        :param set brought: ids of pieces on the table
        """
        today = self._commune_today()
        lines = []
        for rank, piece in enumerate(sheet._needed(sheet.piece_ids, walked)["yes"], start=1):
            state = "held" if piece.held_by_us else "received" if piece.id in brought else "missing"
            lines.append(
                {
                    "piece_id": piece.id,
                    "sequence": rank,
                    "state": state,
                    "received_on": today if state == "received" else False,
                }
            )
        return lines

    @api.model
    def _site_of(self, company, site_id):
        site = self.env["jamaa.site"].browse(site_id if isinstance(site_id, int) else 0).exists()
        if site and site.company_id != company:
            raise UserError(self.env._("This site is not one of the commune."))
        return site

    @api.model
    def _channel_of(self, code):
        channels = self.env["jamaa.procedure.channel"]
        return channels.search([("code", "=", code if code and isinstance(code, str) else "counter")], limit=1)

    @api.model
    def _into_vault(self, request, identity):
        """Put who asked into the vault; the request keeps the link alone."""
        # sudo: jamaa.complainant - only code writes to the vault
        vault = self.env["jamaa.complainant"].sudo()
        return vault.create(
            {
                **identity,
                "company_id": request.company_id.id,
                "lang": request.lang,
                "res_model": request._name,
                "res_id": request.id,
            }
        )


def _codes():
    return {lang.code for lang in PUBLIC_LANGS.values()}
