"""Mails to the applicant, from the vault; who has no address reads it on paper or on the page."""

from markupsafe import Markup

from odoo import models

from odoo.addons.jamaa_base.tools.public_lang import by_code

from .jamaa_request import TIME_ZONE


class JamaaProcedureRequest(models.Model):
    _inherit = "jamaa.procedure.request"

    def _mail_subject(self, what):
        """Subject of a mail, in the language of the context: no procedure and no person in it."""
        _ = self.env._
        words = {
            "receipt": _("The commune received your request %(number)s", number=self.number),
            "completed": _("Your file %(number)s is complete", number=self.number),
            "asked": _("Papers are missing for your request %(number)s", number=self.number),
            "extended": _("More time for your request %(number)s", number=self.number),
            "late": _("The date has passed without a decision: %(number)s", number=self.number),
            "decided": _("The commune has decided on your request %(number)s", number=self.number),
            "ready": _("Your request %(number)s is ready", number=self.number),
            "withdrawn": _("Your request %(number)s was withdrawn", number=self.number),
            "lapsed": _("Your request %(number)s has ended", number=self.number),
        }
        return words[what]

    def _tell(self, what):
        """Queue a mail to each applicant who has an address, and put that on record.

        :param str what: a key of `_mail_subject`
        """
        for request in self:
            # sudo: jamaa.complainant - the address leaves the vault for the queue alone
            person = request.sudo().complainant_id
            if not person or person.channel != "email" or not request.company_id.commune_slug:
                continue
            # sudo: jamaa.procedure.request - words for the person whose request it is
            own = request.sudo().with_context(lang=request.lang, tz=TIME_ZONE)
            lang = by_code(request.lang)
            values = {
                "page": own._page(lang.url),
                "what": what,
                "lang": lang,
                "commune": own.company_id._commune_title(lang.code),
                "is_demo": own.company_id.is_demo,
                "link": own._public_url(lang.url),
            }
            # sudo: ir.qweb - the mail is made for somebody without login
            body = (
                own.env["ir.qweb"]
                .sudo()
                .with_context(minimal_qcontext=True)
                ._render("jamaa_reception.mail_request", values)
            )
            if person._send_mail(own._mail_subject(what), Markup(body)):
                request._add_milestone("told", note=own._mail_subject(what))
