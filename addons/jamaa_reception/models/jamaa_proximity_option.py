"""What a study compares: the demand, and ways to come nearer to it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

KINDS = [
    ("central", "Keep it at the headquarters"),
    ("permanence", "Permanence day"),
    ("annex", "Annexe open all the week"),
    ("mobile", "Mobile reception"),
]


class JamaaProximityPart(models.AbstractModel):
    """Mixin of the rows a decision is based on: once it is recorded they stay."""

    _name = "jamaa.proximity.part"
    _description = "Part of a proximity study"

    study_id = fields.Many2one("jamaa.proximity.study", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="study_id.company_id", string="Commune", store=True, index=True)

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.study_id._check_undecided()
        return rows

    def write(self, vals):
        """Refuse once the decision is recorded.

        :raise UserError: it is
        """
        self.study_id._check_undecided()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_undecided(self):
        self.study_id._check_undecided()


class JamaaProximityDemand(models.Model):
    """How many people a year come for one procedure from one quarter to one site, and what it takes them."""

    _name = "jamaa.proximity.demand"
    _inherit = ["jamaa.proximity.part"]
    _description = "Demand of a quarter"
    _order = "study_id, people desc, id"
    _check_company_auto = True

    quarter = fields.Char("Quarter or douar", translate=True, help="Empty: not known.")
    procedure_id = fields.Many2one("jamaa.procedure", required=True, check_company=True, ondelete="restrict")
    site_id = fields.Many2one(
        "jamaa.site", "Where they go today", required=True, check_company=True, ondelete="restrict"
    )
    people = fields.Integer("People a year", required=True)
    travel_minutes = fields.Integer("Minutes to get there", help="One way, as most people travel.")
    wait_minutes = fields.Integer("Minutes of waiting")
    minutes = fields.Integer("Minutes in all", compute="_compute_minutes", help="There, back, and the wait.")
    source = fields.Selection(
        [("typed", "Typed"), ("counted", "From what was counted")], required=True, default="typed", readonly=True
    )

    _not_negative = models.Constraint(
        "CHECK(people >= 0 AND travel_minutes >= 0 AND wait_minutes >= 0)", "A number is not negative."
    )

    @api.depends("travel_minutes", "wait_minutes")
    def _compute_minutes(self):
        for row in self:
            row.minutes = 2 * row.travel_minutes + row.wait_minutes

    @api.depends("quarter", "procedure_id", "people")
    def _compute_display_name(self):
        for row in self:
            row.display_name = " · ".join(
                part for part in (row.quarter, row.procedure_id.display_name, str(row.people)) if part
            )


class JamaaProximityOption(models.Model):
    """One way to serve this demand: what it reaches, saves, needs and costs, and whether it may be."""

    _name = "jamaa.proximity.option"
    _inherit = ["jamaa.proximity.part"]
    _description = "Option of proximity"
    _order = "study_id, sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default="permanence")
    site_id = fields.Many2one(
        "jamaa.site", "Where", check_company=True, ondelete="restrict", help="Empty: a place that is still to be found."
    )
    demand_ids = fields.Many2many(
        "jamaa.proximity.demand",
        "jamaa_proximity_option_demand_rel",
        "option_id",
        "demand_id",
        "Demand it reaches",
        domain="[('study_id', '=', study_id)]",
    )
    days_a_week = fields.Float("Days a week", default=1, digits=(3, 1))
    travel_minutes = fields.Integer("Minutes to get there")
    wait_minutes = fields.Integer("Minutes of waiting")
    staff_needed = fields.Integer("People needed")
    skill_ids = fields.Many2many(
        "hr.skill", "jamaa_proximity_option_skill_rel", "option_id", "skill_id", "Skills needed"
    )
    cost_once = fields.Float("Cost once (MAD)", digits=(12, 2))
    cost_a_year = fields.Float("Cost a year (MAD)", digits=(12, 2))
    note = fields.Char("Remark", translate=True)

    # Computed
    people_reached = fields.Integer(compute="_compute_effect")
    hours_saved = fields.Integer(
        "Hours saved a year",
        compute="_compute_effect",
        help="For the people reached: minutes there, back and waiting today, less the same with this option.",
    )
    staff_there = fields.Integer("People there", compute="_compute_staff")
    skill_gap_ids = fields.Many2many("hr.skill", compute="_compute_staff", string="Skills nobody there has")
    blocked_ids = fields.Many2many(
        "jamaa.procedure", compute="_compute_competence", string="Not to be done there, by competence"
    )
    unsure_ids = fields.Many2many(
        "jamaa.procedure", compute="_compute_competence", string="Competence still to be checked"
    )

    _not_negative = models.Constraint(
        "CHECK(travel_minutes >= 0 AND wait_minutes >= 0 AND staff_needed >= 0 AND cost_once >= 0 AND cost_a_year >= 0)",
        "A number is not negative.",
    )
    _days_range = models.Constraint("CHECK(days_a_week BETWEEN 0 AND 7)", "A week has seven days.")

    @api.depends("demand_ids.people", "demand_ids.minutes", "travel_minutes", "wait_minutes", "kind")
    def _compute_effect(self):
        for option in self:
            with_it = 2 * option.travel_minutes + option.wait_minutes
            option.people_reached = sum(option.demand_ids.mapped("people"))
            minutes = sum(row.people * (row.minutes - with_it) for row in option.demand_ids)
            option.hours_saved = round(minutes / 60)

    @api.depends("site_id", "skill_ids", "company_id")
    def _compute_staff(self):
        """Counts of people and skills at the place; where there is none yet, in the whole commune."""
        today = fields.Date.context_today(self)
        # sudo: hr.employee - how many, and whether somebody knows; never who
        people = self.env["hr.employee"].sudo()
        # sudo: hr.employee.skill - the same
        skills = self.env["hr.employee.skill"].sudo()
        for option in self:
            place = (
                Domain("site_id", "=", option.site_id.id)
                if option.site_id
                else Domain("company_id", "=", option.company_id.id)
            )
            there = people.search(place)
            held = skills.search(
                Domain("employee_id", "in", there.ids)
                & Domain("skill_id", "in", option.skill_ids.ids)
                & Domain("valid_from", "<=", today)
                & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", today))
            )
            option.staff_there = len(there) if option.site_id else 0
            option.skill_gap_ids = option.skill_ids.filtered(lambda skill, held=held: skill.id not in held.skill_id.ids)

    @api.depends("kind", "site_id", "study_id.procedure_ids")
    def _compute_competence(self):
        """What the catalogue says of the place: “not here” blocks, no word leaves the question open."""
        lines = self.env["jamaa.procedure.site"].search(
            [("procedure_id", "in", self.study_id.procedure_ids.ids), ("site_id", "in", self.site_id.ids)]
        )
        said = {(line.procedure_id.id, line.site_id.id): line.what for line in lines}
        for option in self:
            procedures = option.study_id.procedure_ids
            if option.kind == "central" and not option.site_id:
                option.blocked_ids = option.unsure_ids = False
                continue
            words = {procedure: said.get((procedure.id, option.site_id.id)) for procedure in procedures}
            option.blocked_ids = procedures.filtered(lambda one, words=words: words[one] == "not_here")
            option.unsure_ids = procedures.filtered(lambda one, words=words: not words[one])

    def _check_competence(self):
        """Refuse an option that would do a procedure where it may not be done.

        :raise UserError: one is
        """
        for option in self:
            if option.blocked_ids:
                raise UserError(
                    self.env._(
                        "“%(option)s” cannot be chosen: %(procedures)s may not be done there. "
                        "Correct the catalogue where it is wrong, or take the procedure out of the study.",
                        option=option.name,
                        procedures=", ".join(option.blocked_ids.mapped("display_name")),
                    )
                )
