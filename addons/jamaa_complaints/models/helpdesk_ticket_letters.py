"""Mails to the citizen: from the vault to the queue, in the citizen's language."""

from odoo import models

from odoo.addons.jamaa_base.tools.public_lang import by_code


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _tell_citizen(self, template):
        """Tell whoever is behind the case, by every way the commune has to that person.

        Nothing leaves inside the request. The tracking page tells by itself.

        :param str template: what is told; see `_mail_subjects`
        :return: whether anything was queued
        """
        return self._mail_to_citizen(template)

    def _mail_to_citizen(self, template):
        """Queue a mail for whoever is behind the case; without an address, nothing.

        The address never passes through here: the vault adds it. The mail carries no
        PIN, since it carries the link, which needs none.

        :param str template: what is told; the mail is the view ``mail_<template>``, or the view another addon names
            in full
        :return: whether a mail was queued
        """
        self.ensure_one()
        # sudo: helpdesk.ticket - the citizen's own words go to the citizen
        case = self.sudo()
        if not case.complainant_id:
            return False
        code = by_code(case.public_lang).code
        case = case.with_context(lang=code)
        lang = by_code(code)
        values = {
            "page": case._mail_words(),
            "link": case._public_url(lang.url),
            "commune": case.company_id._commune_title(code),
            "lang": lang,
            "is_demo": case.company_id.is_demo,
        }
        subject = case._mail_subjects()[template]
        qweb = case.env["ir.qweb"].with_context(minimal_qcontext=True)
        body = qweb._render(template if "." in template else f"jamaa_complaints.mail_{template}", values)
        return case.complainant_id._send_mail(subject, body)

    def _mail_subjects(self):
        """Subject of each mail to the citizen, by what is told; no fact of the case in it."""
        return {
            "receipt": self.env._("Received: %(number)s", number=self.case_number),
            "answer": self.env._("Answer of the commune: %(number)s", number=self.case_number),
        }

    def _mail_answer(self):
        """The answer leaves by mail too, where there is an address."""
        super()._mail_answer()
        self._tell_citizen("answer")

    def _mail_words(self):
        """What the mails say of the case, in the context's language."""
        return {
            "code": self._public_code_shown(),
            "number": self.case_number,
            "received": self._day(self.legal_receipt_date),
            "due": self._day(self.due_date),
            "due_is_legal": self.due_is_legal,
            "answer": self.answer or "",
        }
