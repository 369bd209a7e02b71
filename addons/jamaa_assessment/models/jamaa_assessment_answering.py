"""What the grid screen of the client asks and tells."""

from base64 import b64decode
from binascii import Error as Base64Error

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .jamaa_assessment_item import ANCHORS
from .jamaa_assessment_panel import ANSWERS

MAX_COMMENT = 2000
MAX_LINK = 500
MAX_NAME = 120
MAX_FILE = 10 * 1024 * 1024


class JamaaAssessmentRater(models.Model):
    _inherit = "jamaa.assessment.rater"

    def action_answer(self):
        """Open the grid screen of this seat."""
        self.ensure_one()
        self._check_mine()
        return {
            "type": "ir.actions.client",
            "tag": "jamaa_assessment.grid_screen",
            "name": self.round_id.name,
            "params": {"rater_id": self.id},
        }

    @api.readonly
    def answer_sheet(self):
        """Return the grid with the answers of this seat, and nobody else's.

        :return: dict with ``round``, ``subject``, ``seat``, ``paper``, ``open`` (whether answers are taken),
            ``finished`` and ``criteria``, each with its ``items``
        """
        self.ensure_one()
        self._check_mine()
        given = {
            score.item_id.id: score for score in self.env["jamaa.assessment.score"].search([("rater_id", "=", self.id)])
        }
        items = self.round_id.version_id.item_ids
        figures = self._figures(items)
        return {
            "round": self.round_id.name,
            "subject": self.subject_name,
            "seat": self.display_name,
            "paper": not self.user_id,
            "open": self.round_id.state == "individual",
            "finished": bool(self.finished_on),
            "criteria": [
                {
                    "id": criterion.id,
                    "name": criterion.name,
                    "items": [
                        self._item_of_sheet(item, given.get(item.id), figures)
                        for item in items
                        if item.criterion_id == criterion
                    ],
                }
                for criterion in items.criterion_id
            ],
        }

    def answer(self, item_id, answer=False, comment=False, link=False):
        """Keep the answer to one item.

        :param int item_id: of the grid of the round
        :param answer: a key of the answers, False to take it back
        :param comment: text or False
        :param link: address of something that shows it, or False
        :return: number of items answered
        """
        self.ensure_one()
        self._check_mine()
        if not isinstance(item_id, int) or (answer and answer not in [key for key, _words in ANSWERS]):
            raise UserError(self.env._("This answer is not understood."))
        link = _cut(link, MAX_LINK)
        if link and not link.lower().startswith(("http://", "https://")):
            raise UserError(self.env._("A link begins with https:// (copy it from the address bar)."))
        score = self._score_of(item_id)
        score.write({"answer": answer or False, "comment": _cut(comment, MAX_COMMENT), "evidence_link": link})
        return self.answered_count

    def attach_evidence(self, item_id, name, content):
        """Keep a file beside the answer to one item; an empty one takes it away.

        :param int item_id: of the grid of the round
        :param str name: of the file
        :param str content: base64, 10 MB at most
        :raise UserError: it is no file, or too large
        """
        self.ensure_one()
        self._check_mine()
        if not isinstance(item_id, int) or not isinstance(content or "", str):
            raise UserError(self.env._("This answer is not understood."))
        if content and len(content) > MAX_FILE * 4 // 3 + 4:
            raise UserError(self.env._("The file is too large: the limit is 10 MB. A link will do as well."))
        try:
            b64decode(content or "", validate=True)
        except Base64Error:
            raise UserError(self.env._("This file could not be read. Choose it again.")) from None
        self._score_of(item_id).write(
            {"evidence_file": content or False, "evidence_name": _cut(name, MAX_NAME) if content else False}
        )

    def action_finish(self):
        """Say that one has answered: from now on the meeting may use it.

        :raise UserError: an item is open
        """
        for rater in self:
            rater._check_mine()
            rater._check_answering()
            missing = rater.item_count - rater.answered_count
            if missing > 0:
                raise UserError(self.env._("%(count)s items are still open.", count=missing))
            # sudo: jamaa.assessment.rater - its own date, after the checks above
            rater.sudo().finished_on = fields.Datetime.now()

    def action_reopen(self):
        """Take the own answers up again, while the individual stage is open."""
        for rater in self:
            rater._check_mine()
            if rater.round_id.state != "individual":
                raise UserError(self.env._("The individual answers are closed."))
            # sudo: jamaa.assessment.rater - its own date, after the checks above
            rater.sudo().finished_on = False

    # ---------- what they look at ----------

    def _check_mine(self):
        """Let in who sits here, and the facilitator of the commune for a seat on paper.

        :raise AccessError: somebody else
        """
        self.ensure_one()
        self.check_access("read")
        if self.env.su or self.user_id == self.env.user:
            return
        if self.user_id or not self.env.user.has_group("jamaa_base.group_facilitator"):
            raise self._not_mine()
        if self.round_id.subject_key in self._my_open_subjects():
            raise AccessError(self.env._("Finish your own answers first: the paper forms would colour them."))

    def _not_mine(self):
        """Return the refusal of somebody else's seat."""
        return AccessError(self.env._("Only the person who sits here answers."))

    def _check_answering(self):
        """Answers are taken while the stage is open and the rater has not finished.

        :raise UserError: it is over
        """
        self.ensure_one()
        if self.round_id.state != "individual":
            raise UserError(self.env._("The individual answers are closed."))
        if self.finished_on:
            raise UserError(self.env._("These answers are finished. Take them up again to change one."))

    def _score_of(self, item_id):
        """Return the row of an item, made when there is none."""
        score = self.env["jamaa.assessment.score"].search([("rater_id", "=", self.id), ("item_id", "=", item_id)])
        return score or score.create({"rater_id": self.id, "item_id": item_id})

    def _item_of_sheet(self, item, score, figures):
        return {
            "id": item.id,
            "kind": item.kind,
            "text": item.name,
            "evidence": item.evidence or "",
            "legal": item.legal_reference or "",
            "may_not_apply": item.may_not_apply,
            "anchors": [item[name] for name in ANCHORS] if item.kind == "level" else [],
            "figure": figures.get(item.metric_code, False),
            "answer": (score and score.answer) or False,
            "comment": (score and score.comment) or "",
            "link": (score and score.evidence_link) or "",
            "file": (score and score.evidence_name) or "",
        }

    def _figures(self, items):
        """What the data say: the last value of each measure, of the site or of the commune.

        :return: dict of a measure's code to its name and value in words; measures that are not installed are absent
        """
        codes = [code for code in set(items.mapped("metric_code")) if code]
        # sudo: jamaa.metric, jamaa.metric.value - figures of the own commune, about nobody
        metrics = self.env["jamaa.metric"].sudo().search([("code", "in", codes)])
        figures = {}
        for metric in metrics:
            row = metric.env["jamaa.metric.value"].search(
                [
                    ("metric_id", "=", metric.id),
                    ("company_id", "=", self.company_id.id),
                    ("site_id", "in", [self.round_id.site_id.id, False]),
                    ("grain", "=", "month"),
                ],
                order="period_start desc, site_id",
                limit=1,
            )
            if row:
                figures[metric.code] = {"name": row.display_name, "value": metric._in_words(row)}
        return figures


def _cut(value, length):
    """Return a typed text, cut of blanks and to its length; False for nothing or for what is no text."""
    return (value.replace("\x00", "").strip()[:length] or False) if isinstance(value, str) else False
