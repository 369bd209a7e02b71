from odoo import api, fields, models
from odoo.exceptions import ValidationError


class JamaaProgramme(models.Model):
    """A programme that accompanies communes.

    It belongs to a company of its own. Its team reads what member communes
    published, and never a live record of theirs.
    """

    _name = "jamaa.programme"
    _inherit = ["mail.thread"]
    _description = "Programme"
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Programme's own company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        domain="[('is_programme', '=', True)]",
    )
    objective = fields.Text(translate=True)
    partners = fields.Text("Partner institutions", translate=True, help="One each line.")
    theme_ids = fields.Many2many("jamaa.theme", string="Axes")
    date_from = fields.Date("Began on")
    date_to = fields.Date("Ended on")
    member_ids = fields.One2many("jamaa.programme.member", "programme_id", "Communes")
    milestone_ids = fields.One2many("jamaa.programme.milestone", "programme_id", "Milestones")
    member_count = fields.Integer("Number of communes", compute="_compute_counts")
    milestone_count = fields.Integer("Number of milestones", compute="_compute_counts")

    _dates = models.Constraint(
        "CHECK(date_to IS NULL OR date_from IS NULL OR date_to >= date_from)", "A programme ends after it began."
    )

    @api.depends("member_ids", "milestone_ids")
    def _compute_counts(self):
        for model, name in (
            ("jamaa.programme.member", "member_count"),
            ("jamaa.programme.milestone", "milestone_count"),
        ):
            counts = dict(
                self.env[model]._read_group([("programme_id", "in", self.ids)], ["programme_id"], ["__count"])
            )
            for programme in self:
                programme[name] = counts.get(programme._origin, 0)

    @api.constrains("company_id")
    def _check_own_company(self):
        for programme in self:
            if not programme.company_id.is_programme:
                raise ValidationError(self.env._("A programme has a company of its own, which is no commune."))

    def action_open_members(self):
        """Open the communes of this programme."""
        return self._action_of("jamaa_base.jamaa_programme_member_action")

    def action_open_milestones(self):
        """Open the milestones of this programme."""
        return self._action_of("jamaa_base.jamaa_programme_milestone_action")

    def _action_of(self, xmlid):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {**action, "domain": [("programme_id", "=", self.id)], "context": {"default_programme_id": self.id}}
