from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Of those who count for the quorum, when the body counts who is represented.
THERE = ("present", "represented")


class JamaaBodyAttendance(models.Model):
    """A member at a meeting: there, excused, represented by the alternate, or absent."""

    _name = "jamaa.body.attendance"
    _inherit = ["jamaa.body.line"]
    _description = "Attendance"
    _order = "meeting_id, id"
    _check_company_auto = True

    member_id = fields.Many2one(
        "jamaa.body.member", "Member", required=True, index=True, ondelete="restrict", check_company=True
    )
    function_id = fields.Many2one(related="member_id.function_id", string="Function")
    alternate_id = fields.Many2one(related="member_id.alternate_id", string="Alternate")
    state = fields.Selection(
        [("present", "Present"), ("represented", "Represented"), ("excused", "Excused"), ("absent", "Absent")],
        "Attendance",
    )
    person = fields.Char("Who came", help="The name, when somebody else than the holder of the function came.")

    _once = models.Constraint("UNIQUE(meeting_id, member_id)", "This member stands on the list already.")

    @api.constrains("state", "member_id", "meeting_id")
    def _check_member(self):
        for row in self:
            if row.member_id.body_id != row.meeting_id.body_id:
                raise ValidationError(self.env._("This is a member of another body."))
            if row.state == "represented" and not (row.alternate_id or row.person):
                raise ValidationError(self.env._("Say who came in the place of this member."))

    def _who_came(self):
        """Who sat there, as the minutes say it; nothing for who did not come."""
        if self.state == "represented":
            return self.person or self.alternate_id.name
        return (self.person or self.member_id.person_id.name or "") if self.state == "present" else ""
