from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .jamaa_skill_requirement import HORIZON_DAYS


class HrEmployee(models.Model):
    """Where a person receives citizens, for the coverage of a site."""

    _inherit = "hr.employee"

    site_id = fields.Many2one(
        "jamaa.site", "Reception site", check_company=True, index="btree_not_null", groups="hr.group_hr_user"
    )


class HrEmployeePublic(models.Model):
    """Colleagues see each other's names; skills are shown to those who may read them.

    Upstream's related fields read with all rights, which would hand out every skill.
    """

    _inherit = "hr.employee.public"

    current_employee_skill_ids = fields.One2many(related=None, compute="_compute_visible_skills", readonly=True)
    certification_ids = fields.One2many(related=None, compute="_compute_visible_skills", readonly=True)

    @api.depends_context("uid")
    def _compute_visible_skills(self):
        skills = self.env["hr.employee.skill"].search([("employee_id", "in", self.ids)])
        current = skills.get_current_skills_by_employee()
        for person in self:
            person.current_employee_skill_ids = current[person.id]
            person.certification_ids = skills.filtered(
                lambda skill, person=person: skill.is_certification and skill.employee_id.id == person.id
            )


class HrEmployeeSkill(models.Model):
    """A skill somebody holds: until when, and what proves it."""

    _inherit = "hr.employee.skill"

    proof = fields.Binary("Certificate", attachment=True)
    proof_name = fields.Char()
    validity = fields.Selection(
        [("valid", "Valid"), ("soon", "Ends within three months"), ("expired", "Expired"), ("future", "Not yet valid")],
        compute="_compute_validity",
        search="_search_validity",
    )

    def _get_passive_fields(self):
        return [*super()._get_passive_fields(), "proof", "proof_name"]

    @api.depends("valid_from", "valid_to")
    def _compute_validity(self):
        today = fields.Date.context_today(self)
        soon = today + timedelta(days=HORIZON_DAYS)
        for skill in self:
            if skill.valid_from and skill.valid_from > today:
                skill.validity = "future"
            elif not skill.valid_to or skill.valid_to > soon:
                skill.validity = "valid"
            else:
                skill.validity = "expired" if skill.valid_to < today else "soon"

    def _search_validity(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        soon = today + timedelta(days=HORIZON_DAYS)
        begun = Domain("valid_from", "<=", today) | Domain("valid_from", "=", False)
        parts = {
            "future": Domain("valid_from", ">", today),
            "expired": begun & Domain("valid_to", "<", today),
            "soon": begun & Domain("valid_to", ">=", today) & Domain("valid_to", "<=", soon),
            "valid": begun & (Domain("valid_to", "=", False) | Domain("valid_to", ">", soon)),
        }
        return Domain.OR(parts[code] for code in value if code in parts)


class JamaaSite(models.Model):
    _inherit = "jamaa.site"

    employee_ids = fields.One2many("hr.employee", "site_id", "People here", groups="hr.group_hr_user")
    skill_requirement_ids = fields.One2many("jamaa.skill.requirement", "site_id", "Required skills")

    def action_open_skills(self):
        """Open what this site needs to know, against what its people know."""
        return self.env["jamaa.skill.requirement"]._action_for(self, "site_id")


class JamaaFunction(models.Model):
    _inherit = "jamaa.function"

    def action_open_skills(self):
        """Open what this function needs to know, against what its holders know."""
        return self.env["jamaa.skill.requirement"]._action_for(self, "function_id")
