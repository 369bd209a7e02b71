from odoo import fields, models


class JamaaPlanDiagnosis(models.Model):
    """A look at how things stand before a plan is made: who met, when, how, and what was found."""

    _name = "jamaa.plan.diagnosis"
    _inherit = ["mail.thread"]
    _description = "Diagnosis before a Plan"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char("Subject", required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    theme_id = fields.Many2one("jamaa.theme", index=True, ondelete="restrict")
    date = fields.Date("Day of the meeting", required=True, default=fields.Date.context_today)
    place = fields.Char()
    method = fields.Selection(
        [
            ("workshop", "Workshop of staff"),
            ("mixed", "Workshop of staff, elected members and citizens"),
            ("assessment", "Self-assessment"),
            ("survey", "Survey"),
            ("visit", "Visit or observation"),
            ("records", "Study of records"),
        ],
        required=True,
        default="workshop",
    )
    leader_id = fields.Many2one("res.users", "Led by", default=lambda self: self.env.user, check_company=True)
    department_ids = fields.Many2many("hr.department", string="Services present", check_company=True)
    participants = fields.Text(help="Functions and bodies that took part.")
    round_id = fields.Many2one(
        "jamaa.assessment.round", "Self-assessment used", check_company=True, index="btree_not_null"
    )
    finding_ids = fields.One2many("jamaa.plan.finding", "diagnosis_id", "Findings")
    plan_ids = fields.One2many("project.project", "diagnosis_id", "Plans made of it")

    _date_idx = models.Index("(company_id, date DESC, id DESC)")
