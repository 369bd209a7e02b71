"""What the receptionist's screen asks the server: find the sheet, list the pieces, take or send home."""

from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS
from odoo.addons.jamaa_base.tools.text import clean_text

from ..tools.search_text import normalise
from .jamaa_request_page import _picture
from .jamaa_request_take import _codes

FOUND_LIMIT = 12
#: How far back “asked most” looks, in days.
LATELY = 60
#: How far back the quarters people said are proposed again, in days, and how many.
QUARTERS_LATELY = 365
QUARTERS_LIMIT = 100


class JamaaReceptionCounter(models.AbstractModel):
    """The calls of the counter; each checks by itself that reception asks.

    What comes in is scalars only, and ids are looked up again inside the commune.
    """

    _name = "jamaa.reception.counter"
    _description = "At the counter"

    @api.model
    def _check_desk(self):
        """Refuse whoever is not at reception, and a login that stands in no commune.

        :return: the commune
        :raise AccessError: not at reception
        """
        if not self.env.user.has_group("jamaa_base.group_reception_agent"):
            raise AccessError(self.env._("Requests are taken at reception."))
        if not self.env.company.is_commune:
            raise UserError(self.env._("Choose the commune you work in first."))
        return self.env.company

    @api.model
    def _procedure(self, procedure_id):
        """A published procedure of this commune.

        :raise UserError: there is none of this id
        """
        company = self._check_desk()
        procedure_id = procedure_id if isinstance(procedure_id, int) else 0
        domain = [("id", "=", procedure_id), ("company_id", "=", company.id), ("sheet_id", "!=", False)]
        procedure = self.env["jamaa.procedure"].search(domain, limit=1)
        if not procedure:
            raise UserError(self.env._("This procedure is not published any more."))
        return procedure

    # ------------------------------------------------------------
    # Calls
    # ------------------------------------------------------------

    @api.model
    def counter_start(self):
        """What the screen shows first: sites, languages, what is asked most."""
        company = self._check_desk()
        sites = self.env["jamaa.site"].search_fetch([("company_id", "=", company.id)], ["name"])
        # sudo: hr.employee - the site of the user's own
        mine = self.env["hr.employee"].sudo().search_fetch([("user_id", "=", self.env.uid)], ["site_id"]).site_id
        return {
            "commune": company.display_name,
            "sites": [{"id": site.id, "name": site.name} for site in sites],
            "site": (mine & sites)[:1].id or sites[:1].id,
            "langs": [{"code": lang.code, "name": lang.name} for lang in PUBLIC_LANGS.values()],
            "small": company.profile == "small",
            "quarters": self._quarters(company),
            "found": self._found(self._asked_most(company)),
        }

    @api.model
    def counter_search(self, text):
        """Procedures that fit what was typed, best first; nothing typed: those asked most."""
        company = self._check_desk()
        text = clean_text(text, 80, False)
        procedures = self._find(company, text) if text else self._asked_most(company)
        return self._found(procedures)

    @api.model
    def counter_sheet(self, procedure_id, answers=None):
        """Questions, and the exact list of pieces for these answers.

        :param int procedure_id: a published procedure
        :param dict answers: question id -> answer id, as given so far
        """
        procedure = self._procedure(procedure_id)
        sheet = procedure.sheet_id
        walked = sheet._walk(_ids(answers))
        pieces, fees = sheet._needed(sheet.piece_ids, walked), sheet._needed(sheet.fee_ids, walked)
        questions = sheet.question_ids.filtered(lambda one: one.id in walked.asked)
        forms = dict(sheet.piece_ids._fields["form"]._description_selection(self.env))
        silence = dict(sheet._fields["silence_effect"]._description_selection(self.env))
        site_line = procedure.site_line_ids
        whats = dict(site_line._fields["what"]._description_selection(self.env))
        return {
            "id": procedure.id,
            "name": procedure.display_name,
            "sheet": sheet.id,
            "version": sheet.version,
            "summary": sheet.summary or "",
            "unchecked": not sheet.values_checked_on,
            "following": walked.following or False,
            "questions": [
                {
                    "id": question.id,
                    "name": question.name,
                    "given": walked.asked[question.id] or False,
                    "answers": [{"id": answer.id, "name": answer.name} for answer in question.answer_ids],
                }
                for question in questions
            ],
            "pieces": [
                {
                    "id": piece.id,
                    "name": piece.name,
                    "form": forms[piece.form],
                    "count": piece.count,
                    "by": piece.delivered_by or "",
                    "note": piece.note or "",
                    "held": piece.held_by_us,
                    "sure": sure,
                    "picture": _picture(piece),
                }
                for sure, lines in ((True, pieces["yes"]), (False, pieces["maybe"]))
                for piece in lines
            ],
            "fees": [
                {
                    "name": fee.name,
                    "amount": fee.currency_id.format(fee.amount) if fee.amount_known else "",
                    "free": fee.amount_known and not fee.amount,
                    "said": fee.amount_known and not fee.amount and sheet._says_free(fee.name),
                }
                for fee in fees["yes"]
            ],
            "regime": sheet.regime_id.name or "",
            "silence": silence[sheet.silence_effect],
            "sites": {line.site_id.id: {"what": line.what, "words": whats[line.what], "note": line.note or ""}
                      for line in site_line if line.site_id},
        }  # fmt: skip

    @api.model
    def counter_send_home(self, procedure_id, answers, brought, site_id=False, lang="ar_MA"):
        """Something is missing: count a return avoided, and print what to bring.

        :param list brought: ids of the pieces on the table
        :return: the action that prints the slip
        """
        procedure = self._procedure(procedure_id)
        sheet = procedure.sheet_id
        missing = self._missing(sheet, _ids(answers), brought)
        if not missing:
            raise UserError(self.env._("Nothing is missing: the request can be taken."))
        lang = lang if isinstance(lang, str) and lang in _codes() else "ar_MA"
        site = self.env["jamaa.procedure.request"]._site_of(procedure.company_id, site_id)
        look = self.env["jamaa.reception.precheck"]._note(procedure.company_id, sheet, site, missing, "slip", lang)
        return self.env.ref("jamaa_reception.action_report_bring").report_action(look.sudo(False), config=False)

    @api.model
    def counter_take(self, procedure_id, values, applicant, key):
        """Take the request; the same key again gives the same request.

        :param dict values: answers, brought, site, desk, quarter, lang, channel, insisted
        :param dict applicant: name, national_id, phone, email, address
        :param str key: made by the screen when the sheet was opened
        :return: id, number, code of the request and the action that prints the receipt
        """
        procedure = self._procedure(procedure_id)
        company, sheet = procedure.company_id, procedure.sheet_id
        if not isinstance(key, str) or not 16 <= len(key) <= 64:
            raise UserError(self.env._("Open the sheet again: this page was not complete."))
        values = values if isinstance(values, dict) else {}
        answers, brought = _ids(values.get("answers")), values.get("brought")
        Request = self.env["jamaa.procedure.request"]
        request = Request._take(
            company,
            procedure,
            {
                "answers": answers,
                "pieces": _list(brought),
                "site_id": values.get("site"),
                "desk": values.get("desk"),
                "quarter": values.get("quarter"),
                "lang": values.get("lang"),
                "channel": values.get("channel"),
                "insisted": bool(values.get("insisted")),
            },
            applicant if isinstance(applicant, dict) else {},
            key,
        )
        if request._just_taken(key):
            missing = request.piece_ids.filtered(lambda line: line.state == "missing").piece_id
            outcome = "insisted" if missing else "complete"
            self.env["jamaa.reception.precheck"]._note(company, sheet, request.site_id, missing, outcome, request.lang)
        receipt = self.env.ref("jamaa_reception.action_report_request_receipt")
        return {
            "id": request.id,
            "number": request.number,
            "code": request._public_code_shown(),
            "missing": request.missing_count,
            "print": receipt.report_action(request.sudo(False), config=False),
        }

    # ------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------

    @api.model
    def _find(self, company, text):
        """Procedures by what people say, as the public pages find them; else by code."""
        Procedure = self.env["jamaa.procedure"]
        found = Procedure._search_public(company, text, FOUND_LIMIT)
        # Who knows the codes types one; a search among words finds none of them.
        known = Domain("company_id", "=", company.id) & Domain("sheet_id", "!=", False)
        return found or Procedure.search(known & Domain("code", "ilike", text), limit=FOUND_LIMIT)

    @api.model
    def _asked_most(self, company):
        """Procedures that were looked at most lately, then the others in their order."""
        since = self.env["jamaa.procedure.request"]._commune_today() - timedelta(days=LATELY)
        # sudo: jamaa.reception.precheck - counts of procedures, no person in them
        looks = self.env["jamaa.reception.precheck"].sudo()
        rows = looks._read_group(
            [("company_id", "=", company.id), ("date", ">=", since)],
            ["procedure_id"],
            ["__count"],
            order="__count DESC",
            limit=FOUND_LIMIT,
        )
        published = [("company_id", "=", company.id), ("sheet_id", "!=", False)]
        most = self.env["jamaa.procedure"].browse([procedure.id for procedure, _count in rows])
        most = most.filtered_domain(published)
        return (most | most.search(published, limit=FOUND_LIMIT))[:FOUND_LIMIT]

    @api.model
    def _quarters(self, company):
        """Quarters people of the commune said lately, most often first; one spelling of each."""
        since = self.env["jamaa.procedure.request"]._commune_today() - timedelta(days=QUARTERS_LATELY)
        # sudo: jamaa.procedure.request - names of quarters said by two people at least, nobody's request
        requests = self.env["jamaa.procedure.request"].sudo()
        rows = requests._read_group(
            [("company_id", "=", company.id), ("received_on", ">=", since), ("quarter", "!=", False)],
            ["quarter"],
            having=[("__count", ">", 1)],
            order="__count DESC, quarter",
            limit=QUARTERS_LIMIT,
        )
        said = {}
        for (quarter,) in rows:
            said.setdefault(normalise(quarter), quarter)
        return list(said.values())

    @api.model
    def _found(self, procedures):
        return [{"id": one.id, "name": one.display_name, "service": one.department_id.name or ""} for one in procedures]

    @api.model
    def _missing(self, sheet, answers, brought):
        """Pieces this person needs and did not bring; what the commune holds itself is not missing."""
        walked = sheet._walk(answers)
        if walked.following:
            raise UserError(self.env._("One question of the sheet has no answer yet."))
        brought = set(_list(brought))
        return sheet._needed(sheet.piece_ids, walked)["yes"].filtered(
            lambda piece: not piece.held_by_us and piece.id not in brought
        )


def _ids(answers):
    """Question id -> answer id, from JSON, whose keys are text."""
    if not isinstance(answers, dict):
        return {}
    return {
        int(question): answer
        for question, answer in answers.items()
        if str(question).isdigit() and isinstance(answer, int)
    }


def _list(values):
    return [one for one in values if isinstance(one, int)] if isinstance(values, list) else []
