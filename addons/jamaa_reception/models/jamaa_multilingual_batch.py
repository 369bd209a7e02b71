"""Texts of many records in their real language, with one query."""

from odoo import models
from odoo.tools import SQL

from ..tools.said import said


class JamaaMultilingual(models.AbstractModel):
    _inherit = "jamaa.multilingual"

    def _said(self, *names, lang=None):
        """Return translated fields of these records; see ``tools.said``.

        :param str names: of translated fields, constants of the program
        :param str lang: a ``res.lang`` code; None for the environment's
        :return: ``{record id: {name: Said}}``
        """
        lang = lang or self.env.lang
        return {
            key: {name: said(stored, lang) for name, stored in zip(names, texts, strict=True)}
            for key, *texts in self._stored_rows(names)
        }

    def _stored_rows(self, names):
        """Return ``(id, texts by language of each name …)`` of these records."""
        if not self.ids:
            return []
        self.flush_recordset(names)
        columns = SQL(", ").join(SQL.identifier(name) for name in names)
        return self.env.execute_query(
            SQL("SELECT id, %s FROM %s WHERE id IN %s", columns, SQL.identifier(self._table), tuple(self.ids))
        )
