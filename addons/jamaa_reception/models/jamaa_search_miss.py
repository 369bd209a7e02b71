"""Searched and not found: words the catalogue does not know yet."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.search_text import normalise
from .jamaa_procedure_clarity import LANGS

PER_HOUR = 20
SAME_WORDS = 3600
TEXT_LIMIT = 100
KEEP = timedelta(days=400)
#: Signs in a row that may be the number of a card or a telephone: such a word is not kept.
_FIGURES = 3


def without_numbers(query):
    """Return what was typed as it is compared, without words that hold numbers of persons."""
    words = normalise(query).split()
    words = [word for word in words if sum(sign.isdigit() for sign in word) < _FIGURES]
    return " ".join(words)[:TEXT_LIMIT].strip()


class JamaaSearchMiss(models.Model):
    """One time somebody said that a search had not found what was sought: words, language, day. No person.

    Each time is a row of its own, so that no two visitors wait for the same one.
    """

    _name = "jamaa.search.miss"
    _description = "Searched and Not Found"
    _order = "id desc"
    _rec_name = "text"
    _log_access = False
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Commune", required=True, index=True, readonly=True, ondelete="cascade")
    text = fields.Char("Searched", required=True, index=True, readonly=True)
    lang = fields.Selection(LANGS, "Language", required=True, readonly=True)
    day = fields.Date(required=True, readonly=True, default=fields.Date.context_today, index=True)
    count = fields.Integer("Times", default=1, readonly=True)
    procedure_id = fields.Many2one(
        "jamaa.procedure",
        "Made a word of",
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
        domain="[('company_id', '=', company_id)]",
        help="Choose the procedure that was meant: from then on the search finds it by these words.",
    )

    @api.model
    def _take(self, company, query, lang, address):
        """Count one search that found nothing fit, unless it says nothing or is one too many.

        :param company: the commune
        :param str query: what was typed
        :param str lang: ``res.lang`` code of the page
        :param str address: whose taps are limited; not kept
        :return: whether it was counted
        """
        text = without_numbers(query)
        throttle = self.env["jamaa.throttle"]
        if not text or throttle._count("search.miss.same", f"{company.id}:{text}:{address}", SAME_WORDS):
            return False
        if not throttle._allow("search.miss", address, PER_HOUR, 3600):
            return False
        throttle._note("search.miss.same", f"{company.id}:{text}:{address}")
        # sudo: jamaa.search.miss - citizens have no rights on it; what comes in was checked
        self.sudo().create({"company_id": company.id, "text": text, "lang": lang})
        return True

    def write(self, vals):
        """Only what the words were made of is chosen; it becomes a word of the procedure."""
        if vals.keys() - {"procedure_id"} and not self.env.su:
            raise UserError(self.env._("What was searched is only counted. Choose the procedure that was meant."))
        if not vals.get("procedure_id"):
            return super().write(vals)
        # The same words searched at other times are settled with them.
        same = self.search([("company_id", "in", self.company_id.ids), ("text", "in", self.mapped("text"))])
        result = super(JamaaSearchMiss, self | same.filtered(lambda row: not row.procedure_id)).write(vals)
        self._make_words()
        return result

    def _make_words(self):
        """Give the procedures their new words."""
        Word = self.env["jamaa.procedure.word"]
        for procedure, misses in self.grouped("procedure_id").items():
            known = set(procedure.word_ids.mapped("name"))
            Word.create([{"procedure_id": procedure.id, "name": one} for one in {*misses.mapped("text")} - known])

    @api.autovacuum
    def _gc_old(self):
        """Sweep what is older than a year: words that still matter come again."""
        self.env.cr.execute("DELETE FROM jamaa_search_miss WHERE day < %s", [fields.Date.today() - KEEP])
