from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .jamaa_written_question import WORK


class JamaaWrittenAnswer(models.Model):
    """An answer to a written question; a later answer adds to it, it takes nothing back."""

    _name = "jamaa.written.answer"
    _inherit = ["jamaa.append.only"]
    _description = "Answer to a Written Question"
    _order = "question_id, id"

    question_id = fields.Many2one("jamaa.written.question", "Question", required=True, index=True, ondelete="restrict")
    question = fields.Text(related="question_id.text", string="What was asked")
    company_id = fields.Many2one(related="question_id.company_id", string="Commune", store=True, index=True)
    text = fields.Text("Answer", required=True)
    answered_on = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    user_id = fields.Many2one(
        "res.users", "Written by", required=True, readonly=True, default=lambda self: self.env.user
    )
    capacity = fields.Char("As", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Answer, once for each row; who asked is told.

        :raise AccessError: the user answers nothing in the name of the commune
        """
        if not self.env.su:
            vals_list = [{name: vals[name] for name in {"question_id", "text"} & vals.keys()} for vals in vals_list]
        for vals in vals_list:
            question = self.env["jamaa.written.question"].browse(vals["question_id"])
            question.check_access("read")
            capacity = question._capacity_to_answer()
            if not capacity and not self.env.su:
                raise AccessError(
                    self.env._("The president answers, or a vice-president inside the sector of a delegation.")
                )
            if not (vals.get("text") or "").strip():
                raise UserError(self.env._("Write the answer first."))
            vals["capacity"] = capacity
        answers = super().create(vals_list)
        for question in answers.question_id:
            # sudo: mail.activity - what waited is done, who asked is told
            question.sudo().activity_unlink([WORK])
            question.sudo().activity_schedule(
                WORK, summary=self.env._("Answered: %(name)s", name=question.name), user_id=question.user_id.id
            )
        return answers

    @api.model
    def _words_not_changed(self):
        return self.env._("An answer that was given is not changed. Add another one.")
