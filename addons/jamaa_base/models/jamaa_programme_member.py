from odoo import api, fields, models
from odoo.exceptions import ValidationError


class JamaaProgrammeMember(models.Model):
    """A commune in a programme: since when, in which cohort."""

    _name = "jamaa.programme.member"
    _description = "Commune in a Programme"
    _order = "programme_id, cohort, id"

    programme_id = fields.Many2one("jamaa.programme", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, ondelete="restrict", domain="[('is_commune', '=', True)]"
    )
    cohort = fields.Char(help="The group of communes that joined together.")
    date_from = fields.Date("Joined on")
    date_to = fields.Date("Left on")
    note = fields.Text(translate=True)

    _member_uniq = models.Constraint("UNIQUE(programme_id, company_id)", "This commune is already in the programme.")
    _dates = models.Constraint(
        "CHECK(date_to IS NULL OR date_from IS NULL OR date_to >= date_from)", "A commune leaves after it joined."
    )

    @api.depends("company_id", "programme_id")
    @api.depends_context("member_as_programme")
    def _compute_display_name(self):
        # Seen from the programme a row is a commune; seen from a commune (the context says so) it is a programme.
        name = "programme_id" if self.env.context.get("member_as_programme") else "company_id"
        for row in self:
            row.display_name = row[name].display_name

    @api.constrains("company_id")
    def _check_commune(self):
        for row in self:
            if not row.company_id.is_commune:
                raise ValidationError(self.env._("Only communes are members of a programme."))
