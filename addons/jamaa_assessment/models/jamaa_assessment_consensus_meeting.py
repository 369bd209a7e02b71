"""What the meeting shows of an item, and that it is done with it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import scores
from .jamaa_assessment_consensus import _answer_of

WEB = ("http://", "https://")


class JamaaAssessmentConsensus(models.Model):
    _inherit = "jamaa.assessment.consensus"

    settled_on = fields.Datetime("Settled in the meeting on", readonly=True, copy=False)

    def write(self, vals):
        # A level that is taken away is open again.
        if "answer" in vals and not vals["answer"]:
            vals = {**vals, "settled_on": False}
        return super().write(vals)

    def _settle(self):
        """Say that the meeting is done with the item.

        :raise UserError: it has no level, or no reason where people were split
        """
        for line in self:
            if not line.answer:
                raise UserError(self.env._("This item has no agreed level yet."))
            if line.verdict == "split" and not line.reason:
                raise UserError(self.env._("People were split here: write why the group chose this level."))
            line.settled_on = fields.Datetime.now()

    # ---------- answers in words, as far as they may be shown ----------

    def _spread_of(self, answers):
        """Say how far answers to this item lie apart, without anybody's name and within the thresholds.

        :param list answers: ``(role, value)``, the role None where it is not known
        :return: dict with ``verdict``, ``lowest``, ``highest``, ``middle`` (numbers or None), ``range``, ``median``,
            ``roles`` and ``gap`` (words or False)
        """
        self.ensure_one()
        values = [value for _role, value in answers]
        found = scores.agreement(values)
        gate = self.kind == "gate"
        # One level among many who say that it does not apply would be an answer with a name.
        show = scores.may_show(found.count)
        medians, gap = scores.by_role((role, value) for role, value in answers if role)
        several = show and len(medians) > 1
        roles = dict(self.env["jamaa.assessment.rater"]._fields["role"]._description_selection(self.env))
        return {
            "verdict": scores.gate_agreement(values) if gate else found.verdict,
            "lowest": found.lowest if show else None,
            "highest": found.highest if show else None,
            "middle": found.middle if show else None,
            "range": f"{found.lowest} – {found.highest}" if show else False,
            "median": f"{found.middle:g}" if show else self._most_of(values) if gate else False,
            "roles": " · ".join(f"{roles[role]}: {level:g}" for role, level in medians.items()) if several else False,
            "gap": f"{gap:g}" if several else False,
        }

    def _most_of(self, values):
        """Return what more than half say to a yes-or-no item, in words; False where too few said anything."""
        given = [value for value in values if isinstance(value, bool)]
        if not scores.may_show(len(given)) or given.count(True) * 2 == len(given):
            return False
        names = dict(self._fields["answer"]._description_selection(self.env))
        return names["yes" if given.count(True) * 2 > len(given) else "no"]

    @api.model
    def _agreed_of(self, item, values):
        """Return the answer to an item on which these values agree, False when they do not."""
        if item.kind == "gate":
            return _answer_of(values[0]) if scores.gate_agreement(values) == "agreed" else False
        found = scores.agreement(values)
        if found.verdict != "agreed":
            return False
        return _answer_of(scores.NOT_APPLICABLE if found.middle is None else found.middle)

    def _links(self):
        """Return the links to evidence that were given for the item, in alphabetical order, without who gave them."""
        self.ensure_one()
        # sudo: jamaa.assessment.score - links leave without their authors
        rows = self.env["jamaa.assessment.score"].sudo().search(
            [
                ("round_id", "=", self.round_id.id),
                ("item_id", "=", self.item_id.id),
                ("rater_id.finished_on", "!=", False),
                ("evidence_link", "!=", False),
            ]
        )  # fmt: skip
        # The screen makes them links to press: nothing but an address of a page.
        return sorted({link for link in rows.mapped("evidence_link") if link.lower().startswith(WEB)})
