"""Why a case is not treated: grounds as records, each with its legal basis and its letter."""

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: What a letter may name; anything else in braces is refused.
PLACEHOLDERS = ("commune", "number", "received", "about", "ground", "basis", "reason", "body", "contact", "remedies")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class JamaaComplaintGround(models.Model):
    """A ground on which a case is not treated (decree 2-17-265, law 03-01 on giving reasons).

    Rows without commune are shipped and shared; a commune that wants other words makes
    its own copy of a ground, which then takes the place of the shared one.
    """

    _name = "jamaa.complaint.ground"
    _description = "Ground of inadmissibility"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The same for a shared ground and a commune's own copy of it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="Commune", index="btree_not_null", help="Empty: offered to every commune."
    )
    legal_basis = fields.Text(required=True, translate=True, help="The text and the article, as the letter names them.")
    letter = fields.Text(
        string="Words of the letter",
        required=True,
        translate=True,
        help="May name {commune}, {number}, {received}, {about}, {ground}, {basis}, {reason}, {body}, {contact} "
        "and {remedies}. Legal basis, reasons and remedies are added where the words leave them out.",
    )
    needs_body = fields.Boolean(
        string="Sent on to the competent body", help="The case is referred to a named body, and the citizen is told."
    )
    counted_apart = fields.Selection(
        [("repeated", "Repeated"), ("unclear", "Unclear or incomplete")],
        string="Counted apart as",
        index="btree_not_null",
    )
    jurist_checked_on = fields.Date(string="Checked by a jurist on", copy=False)
    jurist_checked_by = fields.Char(string="Jurist", copy=False)
    is_confirmed = fields.Boolean(string="Confirmed by a jurist", compute="_compute_is_confirmed")

    _code_uniq = models.UniqueIndex(
        "(code, coalesce(company_id, 0)) WHERE active", "This ground is on the list already."
    )

    @api.depends("jurist_checked_on")
    def _compute_is_confirmed(self):
        for ground in self:
            ground.is_confirmed = bool(ground.jurist_checked_on)

    @api.constrains("jurist_checked_on", "jurist_checked_by")
    def _check_jurist(self):
        for ground in self:
            if bool(ground.jurist_checked_on) != bool(ground.jurist_checked_by):
                raise ValidationError(self.env._("A check by a jurist needs both the day and the name."))

    @api.constrains("letter")
    def _check_letter(self):
        for ground in self:
            unknown = sorted(set(_PLACEHOLDER.findall(ground.letter or "")) - set(PLACEHOLDERS))
            if unknown:
                raise ValidationError(
                    self.env._("The letter names something unknown in braces: %(names)s.", names=", ".join(unknown))
                )

    def write(self, vals):
        """Other words were checked by nobody: the check by a jurist falls."""
        if {"legal_basis", "letter", "name"} & vals.keys() and "jurist_checked_on" not in vals:
            vals = {**vals, "jurist_checked_on": False, "jurist_checked_by": False}
        return super().write(vals)

    @api.model
    def _for_commune(self, company):
        """Grounds a commune works with: its own copy takes the place of the shared one."""
        grounds = self.search([("company_id", "in", (False, company.id))])
        own = set(grounds.filtered("company_id").mapped("code"))
        return grounds.filtered(lambda ground: ground.company_id or ground.code not in own)

    def action_adapt(self):
        """Button: make the commune's own copy, to change its words."""
        self.ensure_one()
        self.check_access("read")
        company = self.env.company
        copy = self.search([("code", "=", self.code), ("company_id", "=", company.id)], limit=1)
        if not copy:
            copy = self.copy({"company_id": company.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": copy.id,
            "views": [(False, "form")],
        }

    def _letter_text(self, values):
        """Fill the letter, in the language of the context.

        Values are put in once and as text: what stands in braces inside a value stays as
        it is, nothing is evaluated. What the law asks for is added where it was left out.

        :param dict values: text by name, see `PLACEHOLDERS`
        """
        self.ensure_one()
        words = self.letter or ""
        asked = set(_PLACEHOLDER.findall(words))
        must = ["basis", "reason", *(["body", "contact"] if self.needs_body else []), "remedies"]
        missing = [f"{{{name}}}" for name in must if name not in asked]
        template = "\n\n".join([words.strip(), *missing])
        text = _PLACEHOLDER.sub(lambda match: values.get(match[1]) or "", template)
        return re.sub(r"\n{3,}", "\n\n", text).strip()
