"""“What do I need?”: the few questions, for a page."""

from odoo import models

from ..tools.case import short


class JamaaProcedureSheet(models.Model):
    _inherit = "jamaa.procedure.sheet"

    def _case_page(self, case):
        """Return the question that comes next, and what was answered so far, for a page.

        :param Case case: where the person stands
        :return: dict: ``question`` (Said or None), ``answers`` (text, address), ``skip`` (address),
            ``number``, ``so_far`` (question, answer, address that puts it again)
        """
        self.ensure_one()
        questions = {one["id"]: one for one in case.content["question"]}
        names = {one["id"]: self._line_said(one, "name") for one in case.content["answer"]}
        so_far = [
            {
                "question": self._line_said(questions[question], "name"),
                "answer": names[case.given[question]] if question in case.given else None,
                "again": case.address(without=question),
            }
            for question in case.walked.asked
            if question in case.given or question in case.skipped
        ]
        page = {"so_far": so_far, "question": None, "number": len(so_far) + 1, "answers": [], "skip": ""}
        if case.following:
            page["question"] = self._line_said(questions[case.following], "name")
            page["answers"] = [
                {"text": names[one["id"]], "address": case.address(more=short(one["id"]))}
                for one in case.content["answer"]
                if one["question_id"] == case.following
            ]
            page["skip"] = case.address(more=f"x{short(case.following)}")
        return page
