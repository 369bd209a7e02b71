"""The content of a published sheet, read at once: it is frozen, and public pages count their queries."""

from odoo import models
from odoo.tools import SQL

from ..tools.said import said

#: Lines of a sheet and the table of their conditions, if they have any: (table, column).
LINES = {
    "step": None,
    "legal": None,
    "access": None,
    "answer": None,
    "question": ("jamaa_procedure_question_condition_rel", "question_id"),
    "piece": ("jamaa_procedure_piece_condition_rel", "piece_id"),
    "fee": ("jamaa_procedure_fee_condition_rel", "fee_id"),
}


class JamaaProcedureSheet(models.Model):
    _inherit = "jamaa.procedure.sheet"

    def _content(self):
        """Return all lines of the sheet with their texts in all languages, in one query.

        :return: dict of ``step``, ``piece`` … to a list of dicts of stored values in their order;
            translated ones are dicts by language, ``when`` is the list of answers that call for it
        """
        self.ensure_one()
        parts = []
        for kind, relation in LINES.items():
            Line = self.env[f"jamaa.procedure.{kind}"]
            Line.flush_model()
            parts.append(
                SQL(
                    "SELECT %s, line.sequence, line.id, to_jsonb(line), %s FROM %s line WHERE line.sheet_id = %s",
                    kind,
                    self._conditions_of(relation),
                    SQL.identifier(Line._table),
                    self.id,
                )
            )
        rows = self.env.execute_query(SQL("%s ORDER BY 1, 2, 3", SQL(" UNION ALL ").join(parts)))
        content = {kind: [] for kind in LINES}
        for kind, _sequence, _key, values, when in rows:
            content[kind].append({**values, "when": when})
        return content

    def _conditions_of(self, relation):
        if not relation:
            return SQL("ARRAY[]::integer[]")
        table, column = relation
        return SQL(
            "ARRAY(SELECT answer_id FROM %s WHERE %s = line.id ORDER BY answer_id)",
            SQL.identifier(table),
            SQL.identifier(column),
        )

    def _own_texts(self):
        """Return the sheet's own texts in the environment's language, ``{name: Said}``."""
        self.ensure_one()
        names = ("summary", "silence_text", "authority", "appeal", "output_name", "output_validity")
        return self._said(*names)[self.id]

    def _line_said(self, line, name):
        """Return one text of a line of :meth:`_content` in the environment's language."""
        return said(line.get(name), self.env.lang)
