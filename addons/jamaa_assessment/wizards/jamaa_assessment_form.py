"""Bringing a filled answer form back: looked through first, kept only when every cell is right."""

from base64 import b64decode

from odoo import fields, models
from odoo.exceptions import UserError

#: So many wrong cells are named at once.
MOST_SHOWN = 40


class JamaaAssessmentForm(models.TransientModel):
    """A filled form of one seat, for who holds the seat (or types its paper form in)."""

    _name = "jamaa.assessment.form"
    _description = "Filled answer form"

    rater_id = fields.Many2one("jamaa.assessment.rater", "Seat", required=True, readonly=True, ondelete="cascade")
    file = fields.Binary("Filled form (XLSX)")
    file_name = fields.Char()
    state = fields.Selection([("choose", "Choose"), ("wrong", "To correct"), ("right", "Right")], default="choose")
    problems = fields.Text("Cells to correct", readonly=True)
    answer_count = fields.Integer("Answers in the form", readonly=True)
    open_count = fields.Integer("Items still open after it", readonly=True)

    def action_look(self):
        """Look the form through; nothing is kept."""
        self.ensure_one()
        form = self._read()
        rater = self.rater_id
        answered = set(rater.score_ids.filtered("answer").item_id.ids)
        answered |= {row["item"].id for row in form.answers if row["answer"]}
        shown = form.problems[:MOST_SHOWN]
        if len(form.problems) > MOST_SHOWN:
            shown.append(self.env._("And %(count)s more.", count=len(form.problems) - MOST_SHOWN))
        self.write(
            {
                "state": "wrong" if form.problems else "right",
                "problems": "\n".join(shown),
                "answer_count": sum(bool(row["answer"]) for row in form.answers),
                "open_count": rater.item_count - len(answered),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "name": self.env._("Bring the form back"),
        }

    def action_take(self):
        """Keep the answers; the file is read anew, so that what was looked at is what is kept.

        :raise UserError: a cell is wrong
        """
        self.ensure_one()
        form = self._read()
        if form.problems:
            raise UserError("\n".join(form.problems[:MOST_SHOWN]))
        if not form.answers:
            raise UserError(self.env._("The form is empty."))
        self.rater_id._take_form(form)
        self.file = False  # it holds answers, which are nobody else's
        return {"type": "ir.actions.act_window_close"}

    def _read(self):
        """Read the file, for who may answer for the seat."""
        self.rater_id._check_mine()
        self.rater_id._check_answering()
        content = self.with_context(bin_size=False).file
        if not content:
            raise UserError(self.env._("Choose the filled form first."))
        return self.rater_id._read_form(b64decode(content))
