"""What a version of a grid asks: criteria, and the items below them."""

import hashlib
import json

from odoo import api, fields, models

LEVELS = range(6)
ANCHORS = tuple(f"anchor_{level}" for level in LEVELS)
#: Languages whose words make what an item says; a further translation changes nothing.
SAID_IN = ("ar", "fr")


class JamaaAssessmentCriterion(models.Model):
    """A group of items that are read as one figure: an axis of the radar."""

    _name = "jamaa.assessment.criterion"
    _inherit = ["jamaa.assessment.part"]
    _description = "Criterion of a Grid"
    _order = "version_id, sequence, id"

    version_id = fields.Many2one("jamaa.assessment.version", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="version_id.company_id", string="Commune", store=True, index=True)
    sequence = fields.Integer(default=10)
    key = fields.Char(required=True, help="Stable from version to version: “access”.")
    name = fields.Char("Criterion", required=True, translate=True)
    short_name = fields.Char("On the drawing", translate=True, help="One or two words, written beside the axis.")
    weight = fields.Integer(default=1)
    item_ids = fields.One2many("jamaa.assessment.item", "criterion_id", "Items", copy=True)

    _key_uniq = models.Constraint("UNIQUE(version_id, key)", "Two criteria of a version have the same key.")
    _weight_positive = models.Constraint("CHECK(weight BETWEEN 1 AND 5)", "A weight lies between 1 and 5.")


class JamaaAssessmentItem(models.Model):
    """One statement, with the words of each level from 0 to 5; or a duty of the law, met or not.

    The levels follow the cycle: 0 nothing, 1 planned, 2 done, 3 checked, 4 adjusted, 5 the full cycle, shared
    with or learned from another commune. A duty of the law is a gate: it is counted and never averaged.
    """

    _name = "jamaa.assessment.item"
    _inherit = ["jamaa.assessment.part"]
    _description = "Item of a Grid"
    _order = "version_id, criterion_sequence, criterion_id, sequence, id"

    criterion_id = fields.Many2one("jamaa.assessment.criterion", required=True, index=True, ondelete="cascade")
    criterion_sequence = fields.Integer("Place of the criterion", related="criterion_id.sequence", store=True)
    version_id = fields.Many2one(related="criterion_id.version_id", store=True, index=True)
    company_id = fields.Many2one(related="criterion_id.company_id", string="Commune", store=True, index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean("In use", default=True, help="Switched off, it is not asked; its key and words are kept.")
    key = fields.Char(required=True, help="Stable from version to version: “access-signs”.")
    kind = fields.Selection(
        [("level", "Level from 0 to 5"), ("gate", "Duty of the law: yes or no")], required=True, default="level"
    )
    name = fields.Text("Statement", required=True, translate=True)
    evidence = fields.Text("What would show it", translate=True)
    legal_reference = fields.Char("Legal text", translate=True, help="To be checked by the commune.")
    metric_code = fields.Char("Measure", help="Code of a measure whose figure is shown beside the item.")
    weight = fields.Integer(default=1)
    may_not_apply = fields.Boolean("May not apply")
    anchor_0 = fields.Text("0: nothing is done", translate=True)
    anchor_1 = fields.Text("1: planned", translate=True)
    anchor_2 = fields.Text("2: done", translate=True)
    anchor_3 = fields.Text("3: checked", translate=True)
    anchor_4 = fields.Text("4: adjusted", translate=True)
    anchor_5 = fields.Text("5: full cycle, shared", translate=True)
    fingerprint = fields.Char(readonly=True, copy=False, help="Of its words, fixed when the version was published.")

    _key_uniq = models.Constraint("UNIQUE(version_id, key)", "Two items of a version have the same key.")
    _weight_range = models.Constraint("CHECK(weight BETWEEN 1 AND 5)", "A weight lies between 1 and 5.")

    @api.depends("name")
    def _compute_display_name(self):
        for item in self:
            item.display_name = item.name or ""

    def _fingerprint_now(self):
        """Return a hash of what a rater reads and answers: statement, kind, anchors, in Arabic and French.

        Weight, evidence and place are not part of it: they change no answer's meaning.
        """
        self.ensure_one()
        said = {"kind": self.kind}
        for name in ("name", *ANCHORS):
            texts = self._export_texts(name)
            said[name] = {lang: " ".join(texts[lang].split()) for lang in SAID_IN if texts.get(lang)}
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]
