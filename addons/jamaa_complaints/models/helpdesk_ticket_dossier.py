"""The dossier for the Médiateur: all that can be proved of a case, numbered, dated, with its fingerprint on file.

It is made in two ways alone, by the button on the case and by the citizen's own page, so that each
copy has its number and its line in the register. The report's own address (``/report/pdf/…`` or
``/report/html/…``) answers nobody, whoever may read the case included.
"""

import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.jamaa_base.tools.public_lang import by_code

REPORT = "jamaa_complaints.action_report_dossier"


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    may_dossier = fields.Boolean(compute="_compute_may")

    @api.model
    def _case_steps(self):
        return (*super()._case_steps(), "dossier")

    def _may(self, step):
        if step == "dossier":
            return self._is_desk() or self.env.user.has_group("jamaa_base.group_president")
        return super()._may(step)

    @api.model
    def _digest(self, content):
        """SHA-256 of bytes or of a text."""
        return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()

    def action_dossier(self):
        """Button: make the dossier, without identity, and file it."""
        self._check_step("dossier")
        self.ensure_one()
        name, content = self._make_dossier()
        file = self._file_of_case(name, content)
        return {"type": "ir.actions.act_url", "url": f"/web/content/{file.id}?download=1", "target": "self"}

    def _make_dossier(self, own=False, lang=None):
        """Make the dossier and put its fingerprint on the register.

        :param bool own: the citizen's own copy, the only one with the name; who calls has
            checked that it goes to the citizen
        :param str lang: ``res.lang`` code; default the citizen's
        :return: (file name, PDF bytes)
        """
        self._hold()
        # sudo: helpdesk.ticket, ir.actions.report - checked by who calls
        case = self.sudo()
        # sudo: jamaa.register.entry - how many were made
        made = (
            self.env["jamaa.register.entry"]
            .sudo()
            .search_count(
                [("kind_code", "=", "case_dossier"), ("res_model", "=", self._name), ("res_id", "=", self.id)]
            )
        )
        number = f"{case.case_number}-D{made + 1}"
        reports = case.env["ir.actions.report"].with_context(case_dossier={"number": number, "own": own})
        code = by_code(lang or case.public_lang).code
        content = reports._render_qweb_pdf(REPORT, case.ids, data={"lang": code})[0]
        self.env["jamaa.register.entry"]._enter(
            case.company_id,
            "case_dossier",
            {"number": number, "fingerprint": self._digest(content), "copy": "citizen" if own else "commune"},
            case,
        )
        return f"dossier-{number}.pdf", content

    def _dossier_paper(self):
        """Values of the dossier, in the context's language.

        :raise AccessError: the paper is made by its button and by the citizen's page alone,
            so that each copy has its number and its line in the register
        """
        self.ensure_one()
        asked = self.env.context.get("case_dossier")
        if not self.env.su or not asked:
            raise AccessError(self.env._("The dossier is made from the case or from the citizen's page."))
        page = self._case_page(self._paper_lang())
        person = self.complainant_id
        # sudo: jamaa.register.entry - the proofs of this case
        entries = (
            self.env["jamaa.register.entry"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "=", self.id)], order="id")
        )
        return {
            **page,
            "dossier": asked["number"],
            "day": self._day(self._commune_today()),
            "name": person.name if asked["own"] and person else "",
            "letters": self._dossier_letters(),
            "photo_digests": self._photo_digests(),
            "entries": [
                {
                    "day": self._day(self._commune_day(entry.date)),
                    "what": entry.kind_id.name,
                    "hash": entry.digest,
                }
                for entry in entries
            ],
        }

    def _dossier_letters(self):
        """Letters that left, the earlier rounds first: number, day, fingerprint."""
        letters = []
        for part in [*self.cycle_ids.sorted("number"), self]:
            if not part.answered_on:
                continue
            letters.append(
                {
                    "number": part.letter_entry_id.number_display or "",
                    "day": self._day(part.answered_on),
                    "hash": self._digest(part.answer_letter_id.raw) if part.answer_letter_id else "",
                }
            )
        return letters
