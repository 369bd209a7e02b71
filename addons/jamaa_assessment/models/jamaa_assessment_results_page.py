"""What the page of results of the client shows: one call, plain values."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ..tools import pictures, scores
from .jamaa_assessment_panel import value_of

#: From this level on, something is done: one asks what shows it.
LEVEL_TO_SHOW = 3
#: Keeps a sign before its number where the text runs from right to left.
LEFT_TO_RIGHT = "\u200e"
LINE_FIELDS = [
    "round_id", "item_id", "criterion_id", "answer", "evidence", "evidence_record_model", "evidence_record_key",
    "evidence_record_name", "company_id",
]  # fmt: skip
PRIORITY_FIELDS = [
    "round_id", "item_id", "answer", "wanted_level", "due_date", "function_id", "state", "reason", "rank",
]  # fmt: skip


class JamaaAssessmentRound(models.Model):
    _inherit = "jamaa.assessment.round"

    @api.readonly
    def results_page(self):
        """Return the results of a validated round, as far as the reader may see them.

        :raise UserError: the round is not validated yet
        :return: dict with ``round``, ``hidden`` (the reader still answers about the subject, and gets nothing else),
            ``radar``, ``criteria``, ``whole``, ``roles``, ``duties``, ``shown`` (declared against demonstrated),
            ``moved``, ``priorities`` and ``former`` (priorities of the last round)
        """
        self.ensure_one()
        self.check_access("read")
        if self.state != "validated":
            raise UserError(self.env._("Results appear when the round is validated."))
        with self._open_subjects_kept():
            return self._results_page()

    def _results_page(self):
        head = {"round": self._page_head()}
        picture = self._picture()
        if picture is None:
            return {**head, "hidden": True}
        # Both rounds at once, with all that is read of them: each search asks anew who may read what.
        both = self | self._previous()
        lines = self.env["jamaa.assessment.consensus"].search_fetch([("round_id", "in", both.ids)], LINE_FIELDS)
        priorities = self.env["jamaa.assessment.priority"].search_fetch([("round_id", "in", both.ids)], PRIORITY_FIELDS)
        former = {line.item_id.key: line for line in lines if line.round_id != self}
        lines = lines.filtered(lambda line: line.round_id == self)
        ordered = lines.sorted(lambda line: (line.criterion_id.sequence, line.criterion_id.id, line.item_id.sequence))
        return {
            **head,
            "hidden": False,
            "radar": picture["radar"],
            "before": picture["before"],
            "criteria": [self._page_row(row["result"], row["number"], row["bar"]) for row in picture["rows"]],
            "whole": self._page_row(picture["whole"], False, False),
            "roles": self._page_roles(picture["rows"]),
            "duties": self._page_duties(ordered),
            "shown": self._page_shown(ordered),
            "moved": self._page_moved(ordered, former),
            "priorities": self._page_priorities(priorities.filtered(lambda row: row.round_id == self)),
            "former": self._page_priorities(priorities.filtered(lambda row: row.round_id != self)),
        }

    def _page_head(self):
        return {
            "id": self.id,
            "name": self.name,
            "grid": self.version_id.display_name,
            "subject": self.subject_name,
            "date": format_date(self.env, self.date) if self.date else "",
            "answered": self.finished_count,
            "demo": self.company_id.is_demo,
        }

    def _page_row(self, result, number, bar):
        return {
            "id": result.id,
            "number": number,
            "name": result.display_name,
            "score": round(result.score) if result.shown else False,
            "bar": bar,
            "answered": result.answered,
            "not_applicable": result.not_applicable,
            "compared": result.compared,
            "progress": f"{LEFT_TO_RIGHT}{result.progress:+.1f}" if result.compared else "",
            "raised": result.raised,
        }

    def _page_roles(self, rows):
        """Return what each role sees of each criterion, where enough of it answered.

        :return: dict with ``names`` of the roles and ``rows``, each with ``number``, ``name`` and a value per role
        """
        given = self.env["jamaa.assessment.consensus"]._answers_of(self)
        names = dict(self.env["jamaa.assessment.rater"]._fields["role"]._description_selection(self.env))
        right_to_left = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").direction == "rtl"
        found = []
        for row in rows:
            criterion = row["result"].criterion_id
            levels = criterion.item_ids.filtered(lambda item: item.kind == "level")
            found.append((row, scores.role_profile((item.weight, given[item.id]) for item in levels)))
        roles = [role for role in names if any(role in profile for _row, profile in found)]
        return {
            "names": [names[role] for role in roles],
            "rows": [
                {
                    "number": row["number"],
                    "name": row["name"],
                    "values": [
                        {
                            "score": round(profile[role]) if role in profile else False,
                            "bar": self._drawing(pictures.bar(profile.get(role), right_to_left)),
                        }
                        for role in roles
                    ],
                }
                for row, profile in found
                if profile
            ],
        }

    def _page_duties(self, lines):
        return [
            {
                "id": line.id,
                "name": line.item_id.name,
                "answer": line.answer,
                "words": line.counted or "",
                "legal": line.item_id.legal_reference or "",
                "before": line.previous_answer or "",
                "raised": line.bar_raised,
            }
            for line in lines
            if line.kind == "gate"
        ]

    def _page_shown(self, lines):
        """Return the level of each item beside what shows it, with the question the meeting may ask itself.

        Nothing is corrected here: a figure that tells another story is a reason to talk.
        """
        figures = self._figures(lines.item_id)
        rows = []
        for line in lines:
            level = value_of(line.answer)
            if not scores.is_level(level):
                continue
            figure = figures.get(line.item_id.metric_code, False)
            named = [name for name in (line.evidence, line.evidence_record_name) if name]
            record = line.evidence_record
            rows.append(
                {
                    "id": line.id,
                    "name": line.item_id.name,
                    "criterion": line.criterion_id.name,
                    "level": line.answer,
                    "counted": line.counted if line.capped else "",
                    "figure": figure,
                    "evidence": named,
                    "record": {"model": record._name, "id": record.id} if record else False,
                    "pieces": line.evidence_count,
                    "question": self._page_question(line, level, figure, bool(named or line.evidence_count)),
                }
            )
        return rows

    def _page_question(self, line, level, figure, shown):
        if line.capped:
            return self.env._(
                "The group said %(level)s; without evidence %(counted)s counts. What could be shown?",
                level=level,
                counted=line.counted,
            )
        if figure:
            return self.env._(
                "The group said %(level)s; the figure says %(value)s. Do both tell the same story?",
                level=level,
                value=figure["value"],
            )
        if level >= LEVEL_TO_SHOW and not shown:
            return self.env._("The group said %(level)s. What would we show to somebody who asks?", level=level)
        return ""

    def _page_moved(self, lines, former):
        """Return the items that moved since the last round, those worded anew apart.

        :param lines: of this round
        :param dict former: key of an item to its line in the last round
        :return: dict with ``up``, ``down``, ``raised`` (each a list of items) and ``same``, a count
        """
        moved = {"up": [], "down": [], "raised": [], "same": 0}
        for line in lines:
            row = {"id": line.id, "name": line.item_id.name, "now": line.counted or ""}
            if line.bar_raised:
                moved["raised"].append(row)
                continue
            if not line.previous_answer:
                continue
            change = scores.moved(former[line.item_id.key]._value(), line._value())
            if change:
                before = former[line.item_id.key].counted
                moved["up" if change > 0 else "down"].append({**row, "before": before})
            else:
                moved["same"] += change == 0
        return moved

    def _page_priorities(self, priorities):
        states = dict(priorities._fields["state"]._description_selection(self.env))
        levels = dict(priorities._fields["answer"]._description_selection(self.env))
        return [
            {
                "id": row.id,
                "name": row.item_id.name,
                "level": levels.get(row.answer, ""),
                "wanted": row.wanted_level or "",
                "due": format_date(self.env, row.due_date) if row.due_date else "",
                "late": row.late,
                # sudo: jamaa.function - the name of a function of the own commune
                "function": row.function_id.sudo().name or "",
                "state": states[row.state],
                "reason": row.reason if row.state == "dropped" else "",
                "now": row.next_answer or "",
            }
            for row in priorities
        ]
