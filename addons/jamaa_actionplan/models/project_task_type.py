from odoo import fields, models


class ProjectTaskType(models.Model):
    """The stages of an action are the same in every plan, so that all actions of a commune stand in one board."""

    _inherit = "project.task.type"

    action_stage = fields.Selection(
        [("planned", "Planned"), ("running", "Under way"), ("done", "Done"), ("dropped", "Given up")],
        "Stage of an action",
        index="btree_not_null",
        help="Only the stages of plans have one; stages of other projects leave it empty.",
    )

    _action_stage_uniq = models.UniqueIndex(
        "(action_stage) WHERE action_stage IS NOT NULL AND active", "There is such a stage already."
    )
