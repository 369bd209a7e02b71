"""What a citizen said, in one tap, about how he or she was served."""

from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import mute_logger

#: From worst to best; the words beside the faces are those of the pages.
VALUES = (1, 2, 3)
#: A commune sees no figure made of fewer answers than this.
SMALLEST_COUNT = 10
#: How long the same link lets somebody correct the answer.
CORRECTION_DAYS = 30
#: Answers one link may leave behind, corrections and words included.
MOST_ROWS = 10
COMMENT_LIMIT = 1000


class JamaaSatisfaction(models.Model):
    """One tap by somebody who was served, and words where they were added.

    Facts are added, never edited. The same link with the same face changes
    nothing; with another face, or with words, it adds a row that *replaces* the
    one before, for :data:`CORRECTION_DAYS` days after the first tap. Figures
    count the rows nobody replaced. An answer belongs to a subject (a case, a
    visit), a site and a kind of service, never to an official, and nobody has
    rights on single rows: officers read ``jamaa.satisfaction.summary``, and the
    words beside a case they may read.
    """

    _name = "jamaa.satisfaction"
    _inherit = ["jamaa.append.only"]
    _description = "Satisfaction answer"
    _order = "id desc"
    _rec_name = "topic"
    _log_access = True

    company_id = fields.Many2one("res.company", string="Commune", required=True, index=True)
    topic = fields.Selection(
        [("complaint", "Complaints"), ("reception", "Reception")],
        required=True,
    )
    res_model = fields.Char(string="Subject model", required=True)
    res_id = fields.Many2oneReference(string="Subject", model_field="res_model", required=True)
    site_id = fields.Many2one("jamaa.site", index="btree_not_null")
    kind_code = fields.Char(string="Kind", help="Kind of what was brought, such as a complaint or a remark.")
    point_id = fields.Many2one(
        "jamaa.satisfaction.point", string="Asked at", index="btree_not_null", ondelete="restrict", readonly=True
    )
    is_doubtful = fields.Boolean(
        string="Doubtful",
        help="Came too fast after others from the same place to be several people: kept, not counted.",
    )
    value = fields.Integer(required=True, help="1: did not help, 2: in part, 3: helped.")
    comment = fields.Text(string="Words")
    replaces_id = fields.Many2one(
        "jamaa.satisfaction", string="Replaces", index="btree_not_null", ondelete="restrict", readonly=True
    )
    replaced_by_ids = fields.One2many("jamaa.satisfaction", "replaces_id")

    _value_known = models.Constraint("CHECK (value IN (1, 2, 3))", "A satisfaction answer is 1, 2 or 3.")
    # At an exit many people answer about one place; each is an answer of its own.
    _one_first_answer = models.UniqueIndex("(res_model, res_id) WHERE replaces_id IS NULL AND point_id IS NULL")
    _one_replacement = models.UniqueIndex("(replaces_id) WHERE replaces_id IS NOT NULL")
    _subject_index = models.Index("(res_model, res_id, id)")

    # ------------------------------------------------------------------
    # Append-only
    # ------------------------------------------------------------------

    @api.model
    def _words_not_changed(self):
        return self.env._("A satisfaction answer cannot be changed.")

    @api.model
    def _words_not_deleted(self):
        return self.env._("A satisfaction answer cannot be deleted.")

    # ------------------------------------------------------------------
    # Taking an answer
    # ------------------------------------------------------------------

    @api.model
    def _current(self, subject):
        """Return the answer that counts for ``subject`` (sudo), or nothing.

        :param subject: one record of any model
        """
        # sudo: jamaa.satisfaction - nobody has rights on single answers; the
        # callers are pages reached by the subject's token, or `_words_about`
        return self.sudo().search(
            [
                ("res_model", "=", subject._name),
                ("res_id", "=", subject.id),
                ("replaced_by_ids", "=", False),
            ],
            limit=1,
        )

    @api.model
    def _record(self, subject, values, value=None, comment=None):
        """Take a tap, or words said after it.

        :param subject: the record the answer is about; whoever calls has
            checked that the citizen holds its token
        :param dict values: company_id, topic, site_id … of the subject
        :param int value: 1 to 3, or None to keep the face chosen before
        :param str comment: cleaned text, or None to keep the words said before
        :return: ``thanks`` (first answer), ``corrected``, ``unchanged``,
            ``closed`` (too late, or too often), ``no_value`` (words without a
            face, or a face that does not exist)
        :rtype: str
        """
        before = self._current(subject)
        if value is not None and value not in VALUES:
            return "no_value"
        if not before and value is None:
            return "no_value"
        new_value = before.value if value is None else value
        new_comment = before.comment if comment is None else comment[:COMMENT_LIMIT]
        if before and (new_value, new_comment or "") == (before.value, before.comment or ""):
            return "unchanged"
        if before and not self._may_correct(before):
            return "closed"
        row = {
            **values,
            "res_model": subject._name,
            "res_id": subject.id,
            "value": new_value,
            "comment": new_comment or False,
            "replaces_id": before.id or False,
        }
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                before.create(row)
        except UniqueViolation:
            # Two taps at once: the other one is there, and says the same.
            return "unchanged"
        return "corrected" if before else "thanks"

    @api.model
    def _may_correct(self, answer):
        """Whether the link still lets the citizen change ``answer``."""
        rows = answer.search_fetch(
            [("res_model", "=", answer.res_model), ("res_id", "=", answer.res_id)],
            ["create_date"],
            order="id",
            limit=MOST_ROWS,
        )
        until = rows[0].create_date + timedelta(days=CORRECTION_DAYS)
        return len(rows) < MOST_ROWS and fields.Datetime.now() <= until

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.model
    def _words_about(self, subject):
        """Return ``(value, words)`` of one subject to who may read the subject.

        :return: (False, False) where nothing was said or it may not be read
        """
        try:
            subject.check_access("read")
        except AccessError:
            return False, False
        answer = self._current(subject)
        return answer.value or False, answer.comment or False

    @api.model
    def _erase_words(self, subject):
        """Drop the words said about ``subject``: the faces stay as figures.

        The one exception to append-only: words may name a person, whose data
        the law lets be erased (law 09-08).
        """
        self.env.cr.execute(
            "UPDATE jamaa_satisfaction SET comment = NULL WHERE res_model = %s AND res_id = %s",
            (subject._name, subject.id),
        )
        self.invalidate_model(["comment"])
