"""What a commune proposes for a grid that communes write together."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .jamaa_assessment_item import ANCHORS

#: What a proposal may word anew: field of the item -> the proposal's fields by language.
WORDED = {name: {lang: f"{name}_{lang}" for lang in ("ar", "fr")} for name in ("name", *ANCHORS)}
TEXTS = [field for by_lang in WORDED.values() for field in by_lang.values()]
#: What the author writes.
OWN = {"kind", "item_id", "criterion_id", "item_kind", "reason", *TEXTS}


class JamaaAssessmentProposal(models.Model):
    """A new wording of an item, a new item, a new criterion, or an item to leave out.

    Signed by the commune. Its words stay as they are once another commune has commented on them or supported them:
    who has second thoughts withdraws it and proposes anew. No author and no date of the last change are kept, so
    that no employee is named to another commune.
    """

    _name = "jamaa.assessment.proposal"
    _description = "Proposal for a Grid"
    _order = "state, id desc"
    _log_access = False

    workshop_id = fields.Many2one(
        "jamaa.assessment.workshop", "Workshop", required=True, index=True, ondelete="cascade"
    )
    workshop_state = fields.Selection(related="workshop_id.state", string="Status of the workshop")
    version_id = fields.Many2one(related="workshop_id.version_id")
    i_lead = fields.Boolean(related="workshop_id.i_lead")
    company_id = fields.Many2one("res.company", "Proposed by", required=True, readonly=True, index=True)
    is_ours = fields.Boolean(compute="_compute_is_ours")
    proposed_on = fields.Date("Proposed on", required=True, readonly=True, default=fields.Date.context_today)
    kind = fields.Selection(
        [
            ("reword", "Word an item anew"),
            ("item", "A new item"),
            ("criterion", "A new criterion"),
            ("leave_out", "Leave an item out"),
        ],
        "What is proposed",
        required=True,
        default="reword",
    )
    item_id = fields.Many2one(
        "jamaa.assessment.item", "Item", domain="[('version_id', '=', version_id)]", ondelete="restrict", index=True
    )
    criterion_id = fields.Many2one(
        "jamaa.assessment.criterion",
        "Criterion",
        domain="[('version_id', '=', version_id)]",
        ondelete="restrict",
        index="btree_not_null",
    )
    item_kind = fields.Selection(
        [("level", "Level from 0 to 5"), ("gate", "Duty of the law: yes or no")], "Kind of item", default="level"
    )
    reason = fields.Text("Why", required=True)

    # The words; what is left empty stays as it is
    name_ar = fields.Text("Statement in Arabic")
    name_fr = fields.Text("Statement in French")
    anchor_0_ar = fields.Text("Level 0 in Arabic")
    anchor_0_fr = fields.Text("Level 0 in French")
    anchor_1_ar = fields.Text("Level 1 in Arabic")
    anchor_1_fr = fields.Text("Level 1 in French")
    anchor_2_ar = fields.Text("Level 2 in Arabic")
    anchor_2_fr = fields.Text("Level 2 in French")
    anchor_3_ar = fields.Text("Level 3 in Arabic")
    anchor_3_fr = fields.Text("Level 3 in French")
    anchor_4_ar = fields.Text("Level 4 in Arabic")
    anchor_4_fr = fields.Text("Level 4 in French")
    anchor_5_ar = fields.Text("Level 5 in Arabic")
    anchor_5_fr = fields.Text("Level 5 in French")
    comparison = fields.Html("Side by side", compute="_compute_comparison", sanitize=False)
    before = fields.Text(readonly=True, export_string_translation=False, help="The words it was to replace.")

    # What came of it
    state = fields.Selection(
        [("proposed", "Proposed"), ("adopted", "Adopted"), ("declined", "Declined"), ("withdrawn", "Withdrawn")],
        "Status",
        required=True,
        readonly=True,
        default="proposed",
        index=True,
    )
    answer = fields.Text("Answer of the lead", readonly=True)
    decided_on = fields.Date("Decided on", readonly=True)
    remark_ids = fields.One2many("jamaa.assessment.remark", "proposal_id", "Remarks")
    support_count = fields.Integer("Communes for it", compute="_compute_support")
    supporters = fields.Char("Supported by", compute="_compute_support")
    supported_by_us = fields.Boolean(compute="_compute_support")

    # ---------- computes ----------

    @api.depends("kind", "item_id", "name_ar", "name_fr")
    @api.depends_context("lang")
    def _compute_display_name(self):
        arabic = (self.env.lang or "").startswith("ar")
        for row in self:
            words = (row.name_ar or row.name_fr) if arabic else (row.name_fr or row.name_ar)
            row.display_name = row.item_id.name or words or ""

    @api.depends_context("allowed_company_ids")
    @api.depends("company_id")
    def _compute_is_ours(self):
        for row in self:
            row.is_ours = row.company_id in self.env.companies

    @api.depends("remark_ids.kind")
    @api.depends_context("company")
    def _compute_support(self):
        for row in self:
            standing = {}
            for remark in row.remark_ids.sorted("id"):
                if remark.kind in ("support", "no_support"):
                    standing[remark.company_id] = remark.kind == "support"
            companies = [company for company, given in standing.items() if given]
            row.support_count = len(companies)
            row.supporters = ", ".join(sorted(company.display_name for company in companies)) or False
            row.supported_by_us = self.env.company in companies

    @api.depends("item_id", "state", *TEXTS)
    def _compute_comparison(self):
        labels = {
            name: self.env["jamaa.assessment.item"]._fields[name]._description_string(self.env) for name in WORDED
        }
        for row in self:
            now = row._words_now()
            lines = []
            for name, by_lang in WORDED.items():
                cells = [(now.get(name, {}).get(lang, ""), row[field] or "") for lang, field in by_lang.items()]
                if any(current or proposed for current, proposed in cells):
                    lines.append({"label": labels[name], "cells": cells})
            row.comparison = self.env["ir.qweb"]._render(
                "jamaa_assessment.proposal_comparison", {"lines": lines, "leave_out": row.kind == "leave_out"}
            )

    def _words_now(self):
        """The words the proposal is about: today's while it waits, those it replaced afterwards."""
        self.ensure_one()
        if self.before:
            return json.loads(self.before)
        return {name: self.item_id._export_texts(name) for name in WORDED} if self.item_id else {}

    @api.onchange("item_id")
    def _onchange_item_id(self):
        """Begin from the words of today, which are then changed."""
        if self.kind == "reword" and self.item_id:
            for name, by_lang in WORDED.items():
                texts = self.item_id._origin._export_texts(name)
                for lang, field in by_lang.items():
                    self[field] = texts.get(lang, False)

    # ---------- constrains and CRUD ----------

    @api.constrains("kind", "item_id", "criterion_id", *TEXTS)
    def _check_complete(self):
        for row in self:
            version = row.workshop_id.version_id
            if row.kind in ("reword", "leave_out") and (not row.item_id or row.item_id.version_id != version):
                raise ValidationError(self.env._("Say which item of the version in preparation it is about."))
            if row.kind == "item" and row.criterion_id.version_id != version:
                raise ValidationError(self.env._("Say under which criterion the new item stands."))
            if row.kind in ("item", "criterion") and not (row.name_ar and row.name_fr):
                raise ValidationError(self.env._("Write the statement in Arabic and in French."))
            if row.kind == "item" and row.item_kind == "level" and not all(row[name] for name in TEXTS):
                raise ValidationError(self.env._("Write all six levels in Arabic and in French."))
            if row.kind == "reword" and not row._changes():
                raise ValidationError(self.env._("Nothing is worded otherwise than today."))

    def _changes(self):
        """Return what the proposal words anew, ``{field of the item: {language: text}}``."""
        self.ensure_one()
        now = self._words_now()
        changes = {}
        for name, by_lang in WORDED.items():
            for lang, field in by_lang.items():
                text = (self[field] or "").strip()
                if text and text != now.get(name, {}).get(lang, "").strip():
                    changes.setdefault(name, {})[lang] = text
        return changes

    @api.model_create_multi
    def create(self, vals_list):
        """Propose, in the name of the commune at work.

        :raise UserError: the workshop is not open
        :raise AccessError: the commune takes no part
        """
        kept = []
        for vals in vals_list:
            workshop = self.env["jamaa.assessment.workshop"].browse(vals.get("workshop_id"))
            company = workshop._takes_part()
            workshop._check_open()
            mine = {name: value for name, value in vals.items() if name in OWN}
            kept.append({**mine, "workshop_id": workshop.id, "company_id": company.id})
        rows = super().create(kept)
        for row in rows:
            row._remark("proposed")
        return rows

    def write(self, vals):
        """The author changes the words as long as nobody else has said anything about them.

        :raise UserError: somebody has, or it is decided
        """
        if not self.env.su:
            if vals.keys() - OWN:
                raise UserError(self.env._("A proposal moves on by its buttons."))
            for row in self:
                row.workshop_id._check_open()
                if row.state != "proposed" or row.remark_ids.company_id - row.company_id:
                    raise UserError(
                        self.env._("Others have spoken about these words: withdraw the proposal and make a new one.")
                    )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A proposal is withdrawn, never deleted."))

    def copy_data(self, default=None):
        """A proposal is not copied.

        :raise UserError: always
        """
        raise UserError(self.env._("Make a new proposal instead of copying one."))

    # ---------- buttons ----------

    def action_comment(self):
        """Button: write a comment, signed by the commune at work."""
        self.ensure_one()
        self.workshop_id._takes_part()
        self._check_waiting()
        return self.env["jamaa.assessment.remark"]._get_records_action(
            name=self.env._("Comment"), target="new", context={"default_proposal_id": self.id}
        )

    def action_support(self):
        """Button: the commune at work is for it."""
        for row in self:
            company = row.workshop_id._takes_part()
            row._check_waiting()
            if company == row.company_id:
                raise UserError(self.env._("It is your commune's own proposal."))
            if not row.supported_by_us:
                row._remark("support")

    def action_unsupport(self):
        """Button: the commune at work is no longer for it."""
        for row in self:
            row.workshop_id._takes_part()
            row._check_waiting()
            if row.supported_by_us:
                row._remark("no_support")

    def action_withdraw(self):
        """Button: the commune that proposed it takes it back."""
        for row in self:
            if row.workshop_id._takes_part() != row.company_id:
                raise UserError(self.env._("The commune that proposed it takes it back."))
            row._check_waiting()
            # sudo: jamaa.assessment.proposal - the state is the tool's to set
            row.sudo().state = "withdrawn"
            row._remark("withdrawn")

    def action_adopt(self):
        """Button of the lead: write it into the version in preparation."""
        for row in self:
            row.workshop_id._check_lead()
            row._check_waiting()
            row._decide("adopted")
            # sudo: jamaa.assessment.item, criterion - a shared grid is nobody's to write; the lead was checked above
            row.sudo()._apply()

    def action_decline(self):
        """Button of the lead: say why it is not taken up."""
        self.ensure_one()
        self.workshop_id._check_lead()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_assessment.jamaa_assessment_decline_action")
        return {**action, "context": {"default_proposal_id": self.id}}

    def _decline(self, reason):
        """Decline with a reason that all who take part read.

        :raise UserError: no reason
        """
        for row in self:
            row.workshop_id._check_lead()
            row._check_waiting()
            if not (reason or "").strip():
                raise UserError(self.env._("Say why it is declined: the communes read it."))
            row._decide("declined", reason.strip())

    # ---------- what they do ----------

    def _check_waiting(self):
        self.ensure_one()
        self.workshop_id._check_open()
        if self.state != "proposed":
            raise UserError(self.env._("This proposal was decided meanwhile: open it again."))

    def _decide(self, state, answer=False):
        self.ensure_one()
        vals = {"state": state, "answer": answer, "decided_on": fields.Date.context_today(self)}
        vals["before"] = json.dumps(self._words_now(), ensure_ascii=False)
        # sudo: jamaa.assessment.proposal - another commune's row; the lead was checked by the caller
        self.sudo().write(vals)
        self._remark(state, answer)

    def _remark(self, kind, text=False):
        """Add a line to the history, signed by the company at work; a decision is signed by who leads."""
        for row in self:
            led = kind in ("adopted", "declined")
            company = row.workshop_id.company_id if led else self.env.company
            # sudo: jamaa.assessment.remark - the history is the tool's to write
            self.env["jamaa.assessment.remark"].sudo().create(
                {"proposal_id": row.id, "company_id": company.id, "kind": kind, "text": text}
            )

    def _apply(self):
        """Write the proposal into the version in preparation, as superuser."""
        self.ensure_one()
        version = self.workshop_id.version_id
        if self.kind == "leave_out":
            self.item_id.active = False
        elif self.kind == "reword":
            self.item_id._write_texts(
                {name: {**self.item_id._export_texts(name), **texts} for name, texts in self._changes().items()}
            )
        elif self.kind == "criterion":
            self.criterion_id = self.env["jamaa.assessment.criterion"].create(
                {
                    "version_id": version.id,
                    "name": self.name_ar,
                    "key": self._fresh_key(version.criterion_ids, "criterion"),
                    "sequence": max(version.criterion_ids.mapped("sequence"), default=0) + 1,
                }
            )
            self.criterion_id._write_texts({"name": {"ar": self.name_ar, "fr": self.name_fr}})
        else:
            items = version.with_context(active_test=False).item_ids
            self.item_id = self.env["jamaa.assessment.item"].create(
                {
                    "criterion_id": self.criterion_id.id,
                    "kind": self.item_kind,
                    "name": self.name_ar,
                    "key": self._fresh_key(items, self.criterion_id.key),
                    "sequence": max(self.criterion_id.item_ids.mapped("sequence"), default=0) + 1,
                }
            )
            names = WORDED if self.item_kind == "level" else ("name",)
            self.item_id._write_texts(
                {name: {lang: self[field] for lang, field in WORDED[name].items()} for name in names}
            )

    @api.model
    def _fresh_key(self, parts, stem):
        """Return a key that no part of the version has."""
        taken = set(parts.mapped("key"))
        return next(key for number in range(1, len(taken) + 2) if (key := f"{stem}-{number}") not in taken)
