"""What changed between a round and the one before about the same subject."""

from odoo import api, fields, models

from .jamaa_assessment_panel import value_of


class JamaaAssessmentRound(models.Model):
    """Read beside the results: levels that moved, and a grid that moved under them, are two things."""

    _inherit = "jamaa.assessment.round"

    changes = fields.Html("Since the last round", compute="_compute_changes", sanitize=False)

    @api.depends("consensus_ids.answer", "consensus_ids.is_priority")
    @api.depends_context("lang", "uid")
    def _compute_changes(self):
        for one in self:
            found = one._changes()
            one.changes = found and self.env["ir.qweb"]._render("jamaa_assessment.round_changes", {"changes": found})

    def _changes(self):
        """Return what is different from the last round, as far as the reader may see both.

        :return: None without an earlier round; else a dict with ``before`` (name and date), ``version`` (words
            and note; None when it is the same), ``added``, ``off`` and ``reworded`` (names of
            items), ``moved`` (name, level then, level now), ``same`` (how many stayed), ``kept`` (priorities of
            last time that are priorities again) and ``done`` (priorities of last time: name, level then, now)
        """
        self.ensure_one()
        previous = self._previous()
        lines = self._lines_by_key()
        former = previous._lines_by_key() if previous else {}
        if not lines or not former:
            return None
        same = self.version_id._comparable_with(previous.version_id)
        moved, unmoved = [], 0
        for key, line in lines.items():
            if key not in same or key not in former or not line.answer or not former[key].answer:
                continue
            if line.answer == former[key].answer:
                unmoved += 1
            else:
                moved.append(self._move_of(line, former[key]))
        kept = [
            line.item_id.name for key, line in lines.items() if line.is_priority and self._was_priority(former, key)
        ]
        return {
            "before": {"name": previous.name, "date": previous.date},
            "version": self._version_change(previous),
            "added": [line.item_id.name for key, line in lines.items() if key not in former],
            "off": [line.item_id.name for key, line in former.items() if key not in lines],
            "reworded": [line.item_id.name for key, line in lines.items() if key in former and key not in same],
            "moved": sorted(moved, key=lambda move: -abs(move["steps"])),
            "same": unmoved,
            "kept": kept,
            "done": [
                self._move_of(lines[key], line) if key in lines and key in same else {"name": line.item_id.name}
                for key, line in former.items()
                if line.is_priority
            ],
        }

    def _lines_by_key(self):
        """Return what the reader may see of the agreed answers, ``{key of the item: line}``."""
        lines = self.env["jamaa.assessment.consensus"].search([("round_id", "=", self._origin.id)])
        return {line.item_id.key: line for line in lines.sorted(lambda line: line.item_id.sequence)}

    @api.model
    def _was_priority(self, former, key):
        return key in former and former[key].is_priority

    @api.model
    def _move_of(self, line, before):
        """Return one item then and now, in the words of the answers, and by how many levels it moved."""
        names = dict(line._fields["answer"]._description_selection(self.env))
        then, now = value_of(before.answer), value_of(line.answer)
        levels = all(isinstance(value, int) and not isinstance(value, bool) for value in (then, now))
        return {
            "name": line.item_id.name,
            "then": names.get(before.answer, ""),
            "now": names.get(line.answer, ""),
            "steps": now - then if levels else 0,
        }

    def _version_change(self, previous):
        """Return which wording took the place of which, None when both rounds used the same."""
        if self.version_id == previous.version_id:
            return None
        return {
            "words": self.env._(
                "The grid changed: “%(before)s” became “%(now)s”.",
                before=previous.version_id.display_name,
                now=self.version_id.display_name,
            ),
            "note": self.version_id.change_note or "",
        }
