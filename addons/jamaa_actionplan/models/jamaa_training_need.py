from odoo import api, fields, models


class JamaaTrainingNeed(models.Model):
    """A skill to be learned, by how many people, for what; never by whom."""

    _name = "jamaa.training.need"
    _description = "Need of Training"
    _order = "training_plan_id, id"
    _check_company_auto = True

    training_plan_id = fields.Many2one(
        "jamaa.training.plan", "Training plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="training_plan_id.company_id", string="Commune", store=True, index=True)
    requirement_id = fields.Many2one(
        "jamaa.skill.requirement", "Required skill", check_company=True, index="btree_not_null", ondelete="set null"
    )
    skill_id = fields.Many2one("hr.skill", required=True, index=True, ondelete="restrict")
    skill_type_id = fields.Many2one(related="skill_id.skill_type_id", string="Family of skills")
    level_id = fields.Many2one(
        "hr.skill.level", "Level to reach", domain="[('skill_type_id', '=', skill_type_id)]", ondelete="restrict"
    )
    people_count = fields.Integer("People to train", default=1, required=True)
    needed_by = fields.Char("Needed by")
    session_ids = fields.Many2many("jamaa.training.session", "jamaa_training_need_session_rel", string="Sessions")
    state = fields.Selection(
        [("open", "No session yet"), ("planned", "Session planned"), ("held", "Session held")],
        "Status",
        compute="_compute_state",
        store=True,
    )

    _people_positive = models.Constraint("CHECK(people_count > 0)", "At least one person is to be trained.")

    @api.depends("skill_id", "needed_by")
    def _compute_display_name(self):
        for need in self:
            need.display_name = f"{need.skill_id.name or ''} · {need.needed_by or ''}"

    @api.depends("session_ids.state")
    def _compute_state(self):
        for need in self:
            states = set(need.session_ids.mapped("state"))
            need.state = "held" if "held" in states else "planned" if "planned" in states else "open"
