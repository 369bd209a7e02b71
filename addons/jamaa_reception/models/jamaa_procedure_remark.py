"""Remarks on the writing of a sheet: help for whoever writes, never a block."""

from odoo import api, fields, models

from ..tools import plain_language

#: Fields of a sheet that people read, with the name of their place.
SHEET_TEXTS = ("summary", "silence_text", "output_name", "output_validity", "authority", "appeal")
#: Lines of a sheet that people read: place, field of the sheet, its texts.
LINE_TEXTS = (
    ("step", "step_ids", ("name",)),
    ("question", "question_ids", ("name",)),
    ("answer", "answer_line_ids", ("name",)),
    ("piece", "piece_ids", ("name", "note")),
    ("fee", "fee_ids", ("name",)),
    ("access", "access_ids", ("how",)),
)


class JamaaProcedureRemark(models.Model):
    """Something in a sheet that a reader may stumble over, and what to write instead."""

    _name = "jamaa.procedure.remark"
    _description = "Remark on the Writing of a Sheet"
    _order = "sheet_id, lang, id"
    _rec_name = "found"

    sheet_id = fields.Many2one("jamaa.procedure.sheet", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="sheet_id.company_id", string="Commune", store=True, index=True)
    lang = fields.Selection([("ar", "Arabic"), ("fr", "French")], "Language", required=True)
    place = fields.Selection(
        [
            ("summary", "In plain words"),
            ("silence_text", "About silence"),
            ("output_name", "What one gets"),
            ("output_validity", "Valid for"),
            ("authority", "Competent authority"),
            ("appeal", "How to contest"),
            ("step", "Step"),
            ("question", "Question"),
            ("answer", "Answer"),
            ("piece", "Paper"),
            ("fee", "Fee"),
            ("access", "Access"),
        ],
        "Where",
        required=True,
    )
    rank = fields.Integer("No.")
    kind = fields.Selection(
        [
            ("missing", "Not written in this language"),
            ("long_sentence", "Long sentence"),
            ("long_word", "Long word"),
            ("hard_word", "Hard word"),
            ("passive", "Office formula"),
            ("long_step", "Several things in one step"),
        ],
        "What",
        required=True,
    )
    found = fields.Char("In the text")
    instead = fields.Char("Plain word")
    number = fields.Integer()
    place_text = fields.Char("Where in the sheet", compute="_compute_texts")
    advice = fields.Char("What to do", compute="_compute_texts")

    @api.depends("place", "rank", "kind", "instead", "number", "lang")
    @api.depends_context("lang")
    def _compute_texts(self):
        places = dict(self._fields["place"]._description_selection(self.env))
        for remark in self:
            place = places[remark.place]
            remark.place_text = (
                self.env._("%(place)s %(number)s", place=place, number=remark.rank) if remark.rank else place
            )
            remark.advice = remark._advice()

    def _advice(self):
        """Say what to write instead."""
        self.ensure_one()
        return {
            "missing": self.env._("Write it in this language too, or say that you cannot yet."),
            "long_sentence": self.env._("%(count)s words: make two sentences of it.", count=self.number),
            "long_word": self.env._("%(count)s letters: is there a shorter word?", count=self.number),
            "hard_word": self.env._("Write: %(plain)s", plain=self.instead or ""),
            "passive": self.env._("Say who does what: “you bring”, “the commune checks”."),
            "long_step": self.env._("%(count)s sentences: make a step of each thing to do.", count=self.number),
        }[self.kind]


class JamaaProcedureSheet(models.Model):
    _inherit = "jamaa.procedure.sheet"

    answer_line_ids = fields.One2many("jamaa.procedure.answer", "sheet_id", "All answers", readonly=True)
    remark_ids = fields.One2many("jamaa.procedure.remark", "sheet_id", "Remarks on the writing", readonly=True)
    remark_count = fields.Integer("Remarks", readonly=True, copy=False)
    remarks_on = fields.Datetime("Writing looked at", readonly=True, copy=False)

    @api.model
    def _never_content(self):
        return super()._never_content() | {"remark_ids", "remark_count", "remarks_on"}

    def action_check_writing(self):
        """Button: look at the writing of these sheets; what was found before is replaced."""
        self.check_access("write")
        self._check_writing()

    def action_submit(self):
        """Handed in, the sheet has its remarks: whoever reviews it sees them. None of them stops it."""
        result = super().action_submit()
        self._check_writing()
        return result

    def _check_writing(self):
        """Write down the remarks on these sheets."""
        # sudo: jamaa.procedure.remark, jamaa.procedure.sheet - remarks are the tool's, and are no content
        sheets = self.sudo()._with_texts()
        sheets.remark_ids.unlink()
        now = fields.Datetime.now()
        looked_for = {}
        for sheet in sheets:
            company = sheet.company_id
            if company not in looked_for:
                # sudo: jamaa.plain.word - the commune's own words and the shared ones, whoever writes the sheet
                looked_for[company] = self.env["jamaa.plain.word"].sudo()._looked_for(company)
            rows = sheet._remarks(looked_for[company])
            sheet.remark_ids.create(rows)
            sheet.write({"remark_count": len(rows), "remarks_on": now})

    def _remarks(self, looked_for):
        """Return the remarks on one sheet, as values."""
        self.ensure_one()
        rows = []

        def look(record, name, place, rank=0):
            texts = record._export_texts(name)
            for lang in ("ar", "fr") if texts else ():
                text = texts.get(lang)
                base = {"sheet_id": self.id, "lang": lang, "place": place, "rank": rank}
                if not text:
                    rows.append({**base, "kind": "missing"})
                    continue
                rows.extend(
                    {**base, **remark._asdict()}
                    for remark in plain_language.check(text, lang, looked_for[lang], step=place == "step")
                )

        for name in SHEET_TEXTS:
            look(self, name, name)
        for place, lines, names in LINE_TEXTS:
            for rank, line in enumerate(self[lines], start=1):
                for name in names:
                    look(line, name, place, rank)
        return rows
