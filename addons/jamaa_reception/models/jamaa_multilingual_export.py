"""Texts of many records in all their languages, with one query a model instead of one a text."""

from odoo import models
from odoo.tools import SQL


class JamaaMultilingual(models.AbstractModel):
    _inherit = "jamaa.multilingual"

    def _with_texts(self):
        """Return the records so that what is reached from them reads its texts in batches.

        For exports of whole catalogues: the texts are those of the moment they were first read.
        """
        return self.with_context(jamaa_texts={})

    def _stored_texts(self, name):
        """Look into what was read for the whole batch; see :meth:`_with_texts`."""
        self.ensure_one()
        read = self.env.context.get("jamaa_texts")
        if read is None or not self.id:
            return super()._stored_texts(name)
        if (self._name, self.id) not in read:
            read.update(self._read_texts())
        return read[self._name, self.id].get(name) or {}

    def _read_texts(self):
        """Read all translated texts of the records that are read together with this one.

        :return: dict of (model, id) to ``{field name: {res.lang code: text}}``
        """
        return read_texts(self)


def read_texts(record):
    """Read all stored translated texts of a record and of those it is read together with, in one query.

    :param record: of any model; the caller has checked that they may be read
    :return: dict of (model, id) to ``{field name: {res.lang code: text}}``
    """
    ids = list(dict.fromkeys((record.id, *(one for one in record._prefetch_ids if one))))
    names = [
        name for name, field in record._fields.items() if field.translate is True and field.store and field.column_type
    ]
    record.flush_model(names)
    rows = record.env.execute_query(
        SQL(
            "SELECT id, %s FROM %s WHERE id IN %s",
            SQL(", ").join(SQL.identifier(name) for name in names),
            SQL.identifier(record._table),
            tuple(ids),
        )
    )
    found = {(record._name, one): {} for one in ids}
    for row in rows:
        found[record._name, row[0]] = dict(zip(names, row[1:], strict=True))
    return found
