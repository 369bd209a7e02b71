"""A procedure as an object of the exchange format, the mirror of what is read."""

from odoo import fields, models

from ..tools.exchange_check import FORMAT


class JamaaProcedure(models.Model):
    _inherit = "jamaa.procedure"

    def _export_procedure(self, sheet=None):
        """Return a procedure in the exchange format, without anything that names a person.

        :param sheet: which version; by default the published one, else the one in preparation
        """
        self.ensure_one()
        sheet = sheet or self.sheet_id or self.draft_sheet_id
        places = {}
        for line in self.site_line_ids:
            kind = line.site_kind or line.site_id.kind
            if kind not in places.setdefault(line.what, []):
                places[line.what].append(kind)
        note = next((texts for texts in (line._export_texts("note") for line in self.site_line_ids) if texts), None)
        return {
            "format": FORMAT,
            "code": self.code,
            "variant": self.variant or "",
            "name": self._export_texts("name"),
            "life_events": self.life_event_ids.mapped("code"),
            "audiences": self.audience_ids.mapped("code"),
            "words": self.word_ids.mapped("name"),
            "related": self.related_ids.mapped("code"),
            "sites": {**places, **({"note": note} if note else {})},
            "sheet": sheet._export_sheet() if sheet else {},
        }


class JamaaProcedureSheet(models.Model):
    _inherit = "jamaa.procedure.sheet"

    def _export_sheet(self):
        """Return the content of a sheet in the exchange format."""
        self.ensure_one()
        return {
            "summary": self._export_texts("summary"),
            "steps": [{"text": one._export_texts("name"), "pictogram": one.pictogram or ""} for one in self.step_ids],
            "questions": [
                {
                    "key": one._exchange_key(),
                    "text": one._export_texts("name"),
                    "when": one._export_when(),
                    "answers": [
                        {"key": answer._exchange_key(), "text": answer._export_texts("name")}
                        for answer in one.answer_ids
                    ],
                }
                for one in self.question_ids
            ],
            "pieces": [one._export_piece() for one in self.piece_ids],
            "fees": [
                {
                    "label": one._export_texts("name"),
                    "amount": one.amount,
                    "known": one.amount_known,
                    "channel": one.channel_id.code or "",
                    "when": one._export_when(),
                    "legal": one.legal_id.reference or "",
                }
                for one in self.fee_ids
            ],
            "regime": self.regime_id.code or "",
            "silence": {"effect": self.silence_effect, "text": self._export_texts("silence_text")},
            "output": {
                "name": self._export_texts("output_name"),
                "validity": self._export_texts("output_validity"),
            },
            "authority": self._export_texts("authority"),
            "appeal": self._export_texts("appeal"),
            "channels": self.channel_ids.mapped("code"),
            "online_link": self.online_link or "",
            "legal": [
                {
                    "name": one._export_texts("name"),
                    "reference": one.reference or "",
                    "article": one.article or "",
                    "dated": fields.Date.to_string(one.dated) or "",
                    "url": one.url or "",
                }
                for one in self.legal_ids
            ],
            "access": [{"category": one.category_id.code, "how": one._export_texts("how")} for one in self.access_ids],
        }


class JamaaProcedurePiece(models.Model):
    _inherit = "jamaa.procedure.piece"

    def _export_piece(self):
        """Return a piece in the exchange format."""
        self.ensure_one()
        return {
            "key": self.code or "",
            "name": self._export_texts("name"),
            "form": self.form,
            "count": self.count,
            "delivered_by": self._export_texts("delivered_by"),
            "held_by_us": self.held_by_us,
            "note": self._export_texts("note"),
            "pictogram": self.pictogram or "",
            "when": self._export_when(),
        }


class JamaaProcedureCondition(models.AbstractModel):
    _inherit = "jamaa.procedure.condition"

    def _export_when(self):
        """Return the condition as the keys of its answers."""
        return [f"{one.question_id._exchange_key()}.{one._exchange_key()}" for one in self.condition_ids]


class JamaaProcedureQuestion(models.Model):
    _inherit = "jamaa.procedure.question"

    def _exchange_key(self):
        """A short name that is the same at each export."""
        self.ensure_one()
        return self.code or f"q{self.sheet_id.question_ids.ids.index(self.id) + 1}"


class JamaaProcedureAnswer(models.Model):
    _inherit = "jamaa.procedure.answer"

    def _exchange_key(self):
        """A short name that is the same at each export."""
        self.ensure_one()
        return self.code or f"a{self.question_id.answer_ids.ids.index(self.id) + 1}"
