"""Search of procedures that forgives spelling and knows everyday words."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.search_index import Entry, rank, without_tail
from ..tools.search_sql import candidates, search_key

#: Texts of the published sheet that are searched in, what says most first.
SHEET_TEXTS = ("summary", "output_name")


class JamaaProcedure(models.Model):
    _inherit = "jamaa.procedure"

    search_key = fields.Text(
        compute="_compute_search_key",
        store=True,
        compute_sudo=True,
        copy=False,
        prefetch=False,
        export_string_translation=False,
    )

    # No list of pending changes: a search costs the same before and after a change.
    _search_key_idx = models.Index(
        lambda registry: "USING gin (search_key gin_trgm_ops) WITH (fastupdate = off)" if registry.has_trigram else ""
    )

    @api.depends("name", "word_ids.name", "sheet_id.summary", "sheet_id.output_name")
    def _compute_search_key(self):
        entries = {entry.id: entry for entry in self._origin._search_entries()}
        for procedure in self:
            entry = entries.get(procedure._origin.id)
            names = (*entry.names, *entry.words) if entry else (procedure.name,)
            procedure.search_key = search_key(names, [entry.text] if entry else ())

    def _search_entries(self):
        """Return what these procedures are found by, in their order, with three queries for any number."""
        names = {key: tuple((name or {}).values()) for key, name in self._stored_rows(["name"])}
        words = dict(
            self.env["jamaa.procedure.word"]._read_group(
                [("procedure_id", "in", self.ids)], ["procedure_id"], ["name:array_agg"]
            )
        )
        words = {procedure.id: tuple(found) for procedure, found in words.items()}
        texts = {
            key: " ".join(text for stored in fields_ for text in dict.fromkeys((stored or {}).values()) if text)
            for key, *fields_ in self.sheet_id._stored_rows(SHEET_TEXTS)
        }
        return [
            Entry(one.id, tuple(dict.fromkeys(names.get(one.id, ()))), words.get(one.id, ()),
                  texts.get(one.sheet_id.id, ""))
            for one in self
        ]  # fmt: skip

    @api.model
    def _search_public(self, company, query, limit=10):
        """Return the published procedures of a commune that a query may mean, best first.

        :param company: the commune
        :param str query: what somebody typed, in any script; only its beginning counts
        :param int limit: most procedures, at most 50
        """
        self.flush_model(["search_key", "sheet_id", "company_id", "active"])
        chosen = candidates(
            query,
            self._table,
            where=SQL(
                "%s = %s AND %s IS NOT NULL AND %s",
                SQL.identifier(self._table, "company_id"),
                company.id,
                SQL.identifier(self._table, "sheet_id"),
                SQL.identifier(self._table, "active"),
            ),
        )
        if not chosen:
            return self.browse()
        found = self.browse(key for (key,) in self.env.execute_query(chosen))
        return self.browse(key for key, _score in without_tail(rank(query, found._search_entries(), limit)))
