"""Hard words of offices, each with a plain one beside it."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import plain_language


class JamaaPlainWord(models.Model):
    """A word or a few that many readers do not know, and what to write instead.

    Those without commune come with the addon; a commune adds its own.
    """

    _name = "jamaa.plain.word"
    _description = "Plain Word"
    _order = "lang, word, id"
    _rec_name = "word"

    lang = fields.Selection([("ar", "Arabic"), ("fr", "French")], "Language", required=True, default="ar")
    word = fields.Char("Hard word", required=True)
    instead = fields.Char("Plain word", required=True)
    company_id = fields.Many2one(
        "res.company", "Commune", index=True, default=lambda self: self.env.company, help="Empty: for every commune."
    )
    active = fields.Boolean(default=True)

    _word_uniq = models.UniqueIndex(
        "(coalesce(company_id, 0), lang, word)", "This word is there already: change its plain word instead."
    )

    @api.constrains("word")
    def _check_word(self):
        for one in self:
            if not plain_language.words(one.word or ""):
                raise ValidationError(self.env._("Write the hard word in letters."))

    @api.model
    def _looked_for(self, company):
        """Return the hard words of each language, those of the commune before the shared ones.

        :return: dict of language to what :func:`~..tools.plain_language.check` takes
        """
        rows = self.search_fetch(
            [("company_id", "in", [False, company.id])], ["lang", "word", "instead", "company_id"]
        ).sorted(lambda one: bool(one.company_id))
        found = {"ar": {}, "fr": {}}
        for row in rows:
            found[row.lang][row.word] = row.instead
        return {lang: plain_language.compiled(words, lang) for lang, words in found.items()}
