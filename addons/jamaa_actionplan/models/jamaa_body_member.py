from odoo import api, fields, models
from odoo.exceptions import ValidationError


class JamaaBodyMember(models.Model):
    """A function in a body, with the function that comes in its place; people change, the seat stays."""

    _name = "jamaa.body.member"
    _inherit = ["jamaa.period.mixin"]
    _description = "Member of a Body"
    _order = "body_id, role, id"
    _rec_name = "function_id"
    _check_company_auto = True

    body_id = fields.Many2one("jamaa.body", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="body_id.company_id", string="Commune", store=True, index=True)
    function_id = fields.Many2one(
        "jamaa.function", "Function", required=True, index=True, ondelete="restrict", check_company=True
    )
    alternate_id = fields.Many2one(
        "jamaa.function", "Alternate", index="btree_not_null", ondelete="restrict", check_company=True
    )
    role = fields.Selection(
        [("chair", "Chair"), ("secretary", "Secretary"), ("member", "Member")],
        required=True,
        default="member",
    )
    person_id = fields.Many2one(related="function_id.current_person_id", string="Person today")
    task = fields.Char("Task in the body")

    _once = models.Constraint("UNIQUE(body_id, function_id, date_from)", "This function is a member already.")

    @api.constrains("function_id", "alternate_id")
    def _check_alternate(self):
        if any(row.alternate_id and row.alternate_id == row.function_id for row in self):
            raise ValidationError(self.env._("A function is not its own alternate."))

    @api.constrains("body_id", "role", "function_id", "date_from", "date_to")
    def _check_seats(self):
        """One chair at a time, and a function once at a time."""
        for body in self.body_id:
            rows = body.member_ids
            for row in rows:
                others = (rows - row).filtered(row._period_overlaps)
                if row.role == "chair" and "chair" in others.mapped("role"):
                    raise ValidationError(self.env._("A body has one chair at a time."))
                if row.function_id in others.function_id:
                    raise ValidationError(
                        self.env._(
                            "“%(function)s” would be a member twice at the same time.", function=row.function_id.name
                        )
                    )
