"""A seat answers by its link: what the pages show, keep and hand in."""

from odoo import fields, models
from odoo.exceptions import UserError


class JamaaAssessmentRater(models.Model):
    """The link is the right to answer; all of this runs for whoever holds it, in superuser mode.

    While one answers, the choices stand in a ``survey.user_input`` of the seat. Done, they are copied into
    `jamaa.assessment.score`, which alone counts. Where a seat answered in the client as well, the newer answer
    to an item stands.
    """

    _inherit = "jamaa.assessment.rater"

    began_on = fields.Datetime("Began by the link", readonly=True, copy=False)

    def _page_state(self):
        """Return what a link opens: ``draft``, ``open``, ``finished``, ``late`` or ``closed``."""
        self.ensure_one()
        if self.round_id.state == "draft":
            return "draft"
        if self.round_id.state != "individual":
            return "closed"
        if self.finished_on:
            return "finished"
        return "late" if self._is_late() else "open"

    def _survey(self):
        """Return the survey of the wording this seat answers (sudo)."""
        return self.env["survey.survey"]._assessment_of(self.round_id.version_id)

    def _notes(self):
        """Return the seat's choices so far (sudo), empty before the first page was kept."""
        self.ensure_one()
        # sudo: survey.user_input - the seat's own, nobody else's to read
        return self.env["survey.user_input"].sudo().search([("assessment_rater_id", "=", self.id)], limit=1)

    def _given(self):
        """Return the answers of this seat, ``{item id: (answer or False, comment or False)}``; the newer one stands."""
        self.ensure_one()
        given = self._notes()._assessment_given()
        # sudo: jamaa.assessment.score - of this seat alone
        scores = self.env["jamaa.assessment.score"].sudo().search_fetch(
            [("rater_id", "=", self.id)], ["item_id", "answer", "comment", "write_date"]
        )  # fmt: skip
        for score in scores:
            item = score.item_id.id
            if item not in given or given[item][2] < score.write_date:
                given[item] = (score.answer, score.comment, score.write_date)
        return {item: (answer, comment) for item, (answer, comment, _when) in given.items()}

    def _sheet(self):
        """Return the pages of the grid with the answers of this seat, as plain values.

        :return: list of dicts with ``title``, ``questions`` and ``answered``; a question has ``id``, ``title``,
            ``evidence``, ``choices`` (id, key, words), ``chosen`` (id or None) and ``comment``
        """
        self.ensure_one()
        given = self._given()
        pages = []
        for question in self._survey().question_and_page_ids.sorted(lambda one: (one.sequence, one.id)):
            if question.is_page:
                pages.append({"title": question.title, "questions": [], "answered": 0})
                continue
            item = question.assessment_item_id
            answer, comment = given.get(item.id, (False, False))
            pages[-1]["answered"] += bool(answer)
            pages[-1]["questions"].append(
                {
                    "id": question.id,
                    "title": question.title,
                    "kind": item.kind,
                    "evidence": item.evidence or "",
                    "legal": item.legal_reference or "",
                    "choices": [
                        {
                            "id": choice.id,
                            "key": choice.assessment_answer,
                            "words": choice.value,
                            "chosen": choice.assessment_answer == answer,
                        }
                        for choice in question.suggested_answer_ids
                    ],
                    "comment": comment or "",
                }
            )
        return pages

    def _keep(self, typed):
        """Keep what was chosen on one page; what is as it was stays untouched.

        :param dict typed: ``{question id: (choice id or None, comment)}``, as posted and checked for its form alone
        :raise UserError: answers are closed, or a choice is not one of its question
        """
        self.ensure_one()
        self._check_answering()
        notes = self._notes() or self._begin()
        given = self._given()
        changes = {}
        for question in notes.survey_id.question_and_page_ids.filtered(lambda one: one.id in typed):
            choice_id, comment = typed[question.id]
            choice = question.suggested_answer_ids.filtered(lambda one, wanted=choice_id: one.id == wanted)
            if choice_id is not None and not choice:
                raise UserError(self.env._("This answer is not understood."))
            before, said = given.get(question.assessment_item_id.id, (False, False))
            if not choice and before:
                choice = question.suggested_answer_ids.filtered(
                    lambda one, before=before: one.assessment_answer == before
                )
            if (choice.assessment_answer or False, comment or False) != (before, said):
                changes[question] = (choice, comment)
        if changes:
            notes._assessment_save(changes)

    def _begin(self):
        """Make the row that keeps this seat's choices.

        From now on the seat is nobody's to type in: what its holder chose stays with them.
        """
        self.ensure_one()
        # Two first pages at the same moment: the database lets one write, the server runs the other again.
        self.began_on = fields.Datetime.now()
        if self.channel == "paper":
            self.channel = "link"
        self.flush_recordset(["began_on"])
        # sudo: survey.user_input - made by the tool; names neither person nor address
        notes = self.env["survey.user_input"].sudo()
        return notes.with_context(mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True).create(
            {
                "survey_id": self._survey().id,
                "assessment_rater_id": self.id,
                "state": "in_progress",
                "start_datetime": self.began_on,
                "predefined_question_ids": [(5,)],
            }
        )

    def _finish_by_link(self):
        """Copy the choices of this seat to where they count, and say that it has answered.

        :raise UserError: answers are closed, or an item is open
        """
        self.ensure_one()
        self._check_answering()
        given = self._given()
        items = self.round_id.version_id.item_ids
        missing = len(items.filtered(lambda item: not given.get(item.id, (False, False))[0]))
        if missing:
            raise UserError(self.env._("%(count)s items are still open.", count=missing))
        # sudo: jamaa.assessment.score - of this seat alone
        scores = self.env["jamaa.assessment.score"].sudo()
        known = {score.item_id.id: score for score in scores.search([("rater_id", "=", self.id)])}
        fresh = []
        for item in items:
            answer, comment = given[item.id]
            vals = {"answer": answer, "comment": comment}
            if item.id not in known:
                fresh.append({"rater_id": self.id, "item_id": item.id, **vals})
            elif (known[item.id].answer, known[item.id].comment) != (answer, comment):
                known[item.id].write(vals)
        scores.create(fresh)
        now = fields.Datetime.now()
        self.finished_on = now
        # Not by survey's own way, which would tell people, count scores and give badges.
        self._notes().write({"state": "done", "end_datetime": now})

    def _reopen_by_link(self):
        """Take the answers up again, while the individual stage is open.

        :raise UserError: it is over
        """
        self.ensure_one()
        if self.round_id.state != "individual" or self._is_late():
            raise UserError(self.env._("The individual answers are closed."))
        self.finished_on = False
        self._notes().write({"state": "in_progress", "end_datetime": False})
