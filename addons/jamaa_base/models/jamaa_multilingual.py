"""Content a commune writes in its languages, read in the one that was asked for or the next best."""

from odoo import models

#: In which order a missing language is replaced. English is Odoo's place for the first writing,
#: whatever its language; it comes last.
CHAIN = ("ar_MA", "fr_MA", "en_US")
#: How files that communes exchange name the languages.
LANG_CODES = {"ar": "ar_MA", "fr": "fr_MA", "zgh": "zgh"}


class JamaaMultilingual(models.AbstractModel):
    """Mixin of content whose texts are translated by the commune.

    Odoo shows the English value where a language is missing, and what stands there is whatever
    was written first. A public page must know which language a text is in, to mark it and to
    say that the page is not complete.
    """

    _name = "jamaa.multilingual"
    _description = "Content in several languages"

    def _in_language(self, name, lang=None):
        """Return a translated field in a language, or in the next best one.

        :param str name: of a translated field
        :param str lang: a ``res.lang`` code; None for the environment's
        :return: the text (empty string when there is none at all) and the ``res.lang`` code of
            the language it really is in
        """
        self.ensure_one()
        lang = lang or self.env.lang or CHAIN[0]
        values = self._stored_texts(name)
        for code in dict.fromkeys((lang, *CHAIN)):
            if values.get(code):
                return values[code], code
        return "", lang

    def _stored_texts(self, name):
        """Return what is written in each language, ``{res.lang code: text}``, without stand-ins."""
        self.ensure_one()
        return self._fields[name]._get_stored_translations(self) or {}

    def _write_texts(self, values):
        """Write texts in several languages at once.

        :param dict values: field name -> ``{"ar": …, "fr": …, "zgh": …}``; the first of Arabic
            and French that is there stands in for the languages that are not
        """
        for record in self:
            for name, texts in values.items():
                first = next((texts[key] for key in LANG_CODES if texts.get(key)), False)
                record.with_context(lang="en_US")[name] = first
                if first:
                    translations = {LANG_CODES[key]: text for key, text in texts.items() if text and key in LANG_CODES}
                    record.update_field_translations(name, translations)

    def _export_texts(self, name):
        """Return a text in its languages, ``{"ar": …, "fr": …}``.

        A text that was written in English mode alone goes out as Arabic: the place of English
        holds whatever was written first.
        """
        stored = self._stored_texts(name)
        found = {lang: stored[code] for lang, code in LANG_CODES.items() if stored.get(code)}
        return found or ({"ar": stored["en_US"]} if stored.get("en_US") else {})
