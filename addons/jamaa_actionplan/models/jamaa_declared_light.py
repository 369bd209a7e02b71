"""What people declare beside what is computed; a difference asks for one sentence."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .jamaa_indicator import DECLARED, LIGHTS

#: The fields through which a status is declared.
DECLARING = {"declared_light", "declared_reason"}


class JamaaDeclaredLight(models.AbstractModel):
    """Mixin of plans and actions: a computed light, a declared one, and the sentence that explains the difference.

    A model that uses it gives ``computed_light`` a compute of its own.
    """

    _name = "jamaa.declared.light"
    _description = "Declared beside computed status"

    computed_light = fields.Selection(LIGHTS, "Computed status", compute="_compute_computed_light")
    declared_light = fields.Selection(DECLARED, "Declared status", copy=False, tracking=True)
    declared_reason = fields.Char(
        "Why it differs",
        copy=False,
        tracking=True,
        help="One sentence, when what you declare differs from what is computed.",
    )
    declared_on = fields.Date(readonly=True, copy=False)
    lights_differ = fields.Boolean("Declared and computed differ", compute="_compute_lights_differ")

    def _compute_computed_light(self):
        self.computed_light = "none"

    @api.depends("declared_light", "computed_light")
    def _compute_lights_differ(self):
        for record in self:
            record.lights_differ = record._declares_otherwise()

    def _declares_otherwise(self):
        """Return whether what is declared differs from a computed status that says something."""
        self.ensure_one()
        known = dict(DECLARED)
        return bool(self.declared_light and self.computed_light in known and self.declared_light != self.computed_light)

    @api.constrains("declared_light", "declared_reason")
    def _check_declared_reason(self):
        names = dict(self._fields["computed_light"]._description_selection(self.env))
        for record in self:
            if record._declares_otherwise() and len((record.declared_reason or "").split()) < 2:
                raise ValidationError(
                    self.env._(
                        "The figures say “%(computed)s”, you declare “%(declared)s”: say why in one sentence.",
                        computed=names[record.computed_light],
                        declared=names[record.declared_light],
                    )
                )

    def write(self, vals):
        """A new declaration is dated, and does not keep the reason of the one before."""
        if "declared_light" in vals:
            vals = {
                "declared_reason": False,
                **vals,
                "declared_on": vals["declared_light"] and fields.Date.context_today(self),
            }
        return super().write(vals)
