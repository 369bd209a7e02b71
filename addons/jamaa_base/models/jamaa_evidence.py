"""A record of the suite as evidence: named for good at the moment of choice, opened by who may read it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: What the tool writes at the moment of choice.
KEPT = {"evidence_record_model", "evidence_record_key", "evidence_record_name"}


class JamaaEvidence(models.AbstractModel):
    """Mixin of what may point at a record as evidence: an answer, an agreed level, an action.

    Which records may be pointed at, and in which state, each addon says in `_evidence_models`. The name of the
    record is copied when it is chosen: it goes on being read after the record was deleted, and by who may not
    open it. The record itself opens with the reader's own rights.
    """

    _name = "jamaa.evidence"
    _description = "With a record as evidence"

    evidence_record = fields.Reference(
        "_selection_evidence_models",
        "Evidence in the suite",
        compute="_compute_evidence_record",
        inverse="_inverse_evidence_record",
        help="A document, an act or another record that shows it. It opens for who may read it.",
    )
    evidence_record_model = fields.Char("Kind of evidence", readonly=True, copy=False)
    evidence_record_key = fields.Integer("Number of the evidence", readonly=True, copy=False, aggregator=None)
    evidence_record_name = fields.Char(
        "Name of the evidence",
        readonly=True,
        copy=False,
        help="As it was called when it was chosen; it stays when the record goes.",
    )

    @api.model
    def _evidence_models(self):
        """Say which records may be evidence; other addons add theirs.

        :return: dict of a model's name to the domain its records fulfil
        """
        return {
            "jamaa.document.version": [("state", "=", "sent")],
            "jamaa.dissemination": [("state", "!=", "draft")],
            "jamaa.act": [("state", "in", ("signed", "filed"))],
            "jamaa.register.check": [],
        }

    @api.model
    def _selection_evidence_models(self):
        # sudo: ir.model - what kinds of records are called, for anybody who chooses one
        kinds = self.env["ir.model"].sudo()
        return [(name, kinds._get(name).name) for name in self._evidence_models()]

    @api.model
    def _evidence_choices(self, company):
        """Say among what the present user may choose, for a screen.

        :param company: the commune
        :return: list of dicts with ``model``, ``name`` and ``domain``; kinds the user reads nothing of are left out
        """
        return [
            {"model": name, "name": label, "domain": self._evidence_domain(name, company)}
            for name, label in self._selection_evidence_models()
            if self.env[name].has_access("read")
        ]

    @api.model
    def _evidence_domain(self, name, company):
        """Records of a model that may be evidence in a commune."""
        return [*self._evidence_models()[name], ("company_id", "in", [False, company.id])]

    @api.depends("evidence_record_model", "evidence_record_key")
    @api.depends_context("uid")
    def _compute_evidence_record(self):
        self.evidence_record = False
        chosen = self.filtered("evidence_record_model")
        for name, rows in chosen.grouped("evidence_record_model").items():
            if name not in self._evidence_models() or not self.env[name].has_access("read"):
                continue
            # Read with the reader's rights: what is gone or closed to them has a name and no link.
            found = self.env[name].search([("id", "in", rows.mapped("evidence_record_key"))])
            for row in rows:
                record = found.filtered(lambda one, row=row: one.id == row.evidence_record_key)
                row.evidence_record = record or False

    def _inverse_evidence_record(self):
        for row in self:
            record = row.evidence_record
            if record:
                row._check_evidence(record)
            row._keep_evidence(record)

    def _keep_evidence(self, record):
        """Keep which record it is, and what it is called now."""
        self.ensure_one()
        self.with_context(evidence_kept=KEPT_HERE).write(
            {
                "evidence_record_model": record._name if record else False,
                "evidence_record_key": record.id if record else 0,
                "evidence_record_name": record.display_name if record else False,
            }
        )

    def _check_evidence(self, record):
        """Refuse a record that is no evidence here, or that who chooses does not read.

        :raise UserError: it is of another kind, another commune or not ready
        :raise AccessError: the user may not read it
        """
        self.ensure_one()
        if record._name not in self._evidence_models():
            raise UserError(self.env._("Records of this kind are not taken as evidence."))
        chosen = record.with_env(self.env)
        try:
            chosen.check_access("read")
        except AccessError:
            raise AccessError(self.env._("Choose a record that you may read yourself.")) from None
        if not chosen.filtered_domain(self._evidence_domain(record._name, self.company_id)):
            raise UserError(self.env._("Choose a record of this commune that is finished: published, sent or signed."))

    @api.model_create_multi
    def create(self, vals_list):
        if any(KEPT & vals.keys() for vals in vals_list):
            self._refuse_kept()
        return super().create(vals_list)

    def write(self, vals):
        if KEPT & vals.keys() and self.env.context.get("evidence_kept") is not KEPT_HERE:
            self._refuse_kept()
        return super().write(vals)

    @api.model
    def _refuse_kept(self):
        raise UserError(self.env._("Choose the record itself: its name is kept by the tool."))


#: Known inside this file alone: no call from outside can put it into a context.
KEPT_HERE = object()
