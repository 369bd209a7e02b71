"""How a decision on proximity is carried out, and what came of it."""

from odoo import api, fields, models

from .jamaa_proximity_option import KINDS


class JamaaProximityItem(models.Model):
    """A step every roll-out takes: copied into the study once it is decided."""

    _name = "jamaa.proximity.item"
    _inherit = ["jamaa.catalogue.list"]
    _description = "Step of a roll-out"

    kind = fields.Selection(KINDS, "Only for", help="Empty: for every kind of option.")


class JamaaProximityTask(models.Model):
    """One step of one roll-out at one site."""

    _name = "jamaa.proximity.task"
    _description = "Roll-out step"
    _order = "study_id, sequence, id"
    _check_company_auto = True

    study_id = fields.Many2one("jamaa.proximity.study", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="study_id.company_id", string="Commune", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Step", required=True)
    item_id = fields.Many2one("jamaa.proximity.item", readonly=True, ondelete="set null")
    site_id = fields.Many2one("jamaa.site", check_company=True, ondelete="restrict")
    function_id = fields.Many2one("jamaa.function", "Answerable function", check_company=True, ondelete="restrict")
    due = fields.Date("To be done by")
    done_on = fields.Date()
    note = fields.Char()

    def action_done(self):
        """Button: done today."""
        self.done_on = fields.Date.context_today(self)


class JamaaProximityFigure(models.Model):
    """One figure before the decision and after it was carried out, each with its day."""

    _name = "jamaa.proximity.figure"
    _description = "Figure before and after"
    _order = "study_id, id"
    _check_company_auto = True

    study_id = fields.Many2one("jamaa.proximity.study", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="study_id.company_id", string="Commune", store=True, index=True)
    site_id = fields.Many2one("jamaa.site", check_company=True, ondelete="restrict")
    measure = fields.Selection(
        [
            ("people", "People a year"),
            ("minutes", "Minutes for each person, there, back and waiting"),
            ("visits", "Visits a month at the place"),
            ("satisfaction", "Answers “it helped” (%)"),
            ("cost", "Cost a year (MAD)"),
            ("other", "Another figure"),
        ],
        required=True,
        default="other",
    )
    note = fields.Char("What is counted")
    before = fields.Float(digits=(12, 1))
    before_on = fields.Date("Before, on")
    after = fields.Float(digits=(12, 1))
    after_on = fields.Date("After, on")
    change = fields.Float(compute="_compute_change", digits=(12, 1))

    @api.depends("before", "after", "after_on")
    def _compute_change(self):
        for row in self:
            row.change = row.after - row.before if row.after_on else 0
