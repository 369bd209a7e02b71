"""Prepared answers: words to start from, never sent by themselves."""

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.jamaa_base.tools.public_lang import by_code

from .helpdesk_ticket import CASE_KINDS, OUTCOMES

#: What may stand in braces; it is replaced as plain text, once.
PLACEHOLDERS = ("number", "received", "place", "service")
BRACES = re.compile(r"\{([^{}]*)\}")


class JamaaComplaintTemplate(models.Model):
    """Words for answers of a kind, category and outcome.

    Rows without commune are shipped and shared; a commune adds its own.
    """

    _name = "jamaa.complaint.template"
    _description = "Prepared answer"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="Commune", index="btree_not_null", help="Empty: offered to every commune."
    )
    kind = fields.Selection(CASE_KINDS, string="For the kind", help="Empty: every kind.")
    category_id = fields.Many2one(
        "helpdesk.ticket.category",
        string="For the category",
        domain="[('for_cases', '=', True)]",
        check_company=True,
        ondelete="cascade",
        help="Empty: every category. Its sub-categories are included.",
    )
    outcome = fields.Selection(OUTCOMES, string="For the outcome", help="Empty: every outcome.")
    body = fields.Text(
        string="Words",
        required=True,
        translate=True,
        help="You may write {number}, {received}, {place} and {service}: what the case says is put there.",
    )

    @api.constrains("body")
    def _check_placeholders(self):
        for template in self:
            for _lang, words in template._words_by_language():
                unknown = [name for name in BRACES.findall(words) if name not in PLACEHOLDERS]
                if unknown:
                    raise ValidationError(
                        self.env._(
                            "“%(word)s” is not known: only {number}, {received}, {place} and {service} may be written.",
                            word=unknown[0],
                        )
                    )

    def _words_by_language(self):
        """The words in each language that is installed."""
        self.ensure_one()
        for code, _name in self.env["res.lang"].get_installed():
            yield code, self.with_context(lang=code).body or ""

    @api.model
    def _domain_for(self, case):
        """Prepared answers that fit a case: by commune, kind, category and outcome."""
        path = case.category_id.parent_path or ""
        categories = [int(part) for part in path.strip("/").split("/") if part]
        domain = Domain("company_id", "in", [False, case.company_id.id])
        domain &= Domain("kind", "in", [False, case.kind])
        domain &= Domain("category_id", "in", [False, *categories])
        if case.outcome:
            domain &= Domain("outcome", "in", [False, case.outcome])
        return domain

    def _text_for(self, case):
        """The words for a case, in the citizen's language.

        Where that language has no words of ours (Amazigh), the commune's language stands in.
        """
        self.ensure_one()
        code = by_code(case.public_lang).code
        installed = dict(self.env["res.lang"].get_installed())
        if code == "zgh" or code not in installed:
            code = case.company_id._installed_lang()
        case, words = case.with_context(lang=code), self.with_context(lang=code).body or ""
        values = {
            "number": case.case_number,
            "received": case._day(case.legal_receipt_date),
            "place": case.place_text,
            # sudo: helpdesk.ticket.team - the name of the service alone
            "service": case.sudo().service_id.name,
        }
        # once, so that a place that holds braces is not read again
        return BRACES.sub(lambda match: values.get(match[1], match[0]) or "…", words)
