from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _headed_by(self, user):
        """The people of this set for whom a user answers: head of their service, director, keeper of staff files.

        :param user: a ``res.users``
        :return: a part of this recordset
        """
        # sudo: hr.employee - who heads whom is compared, nothing of the person is shown
        people = self.sudo().filtered(lambda person: person.company_id in user.company_ids)
        if user.has_group("jamaa_base.group_director") or user.has_group("hr.group_hr_user"):
            return self.browse(people.ids)
        heads = user.has_group("jamaa_base.group_service_head")
        own = (
            user.employee_ids.sudo().department_id if heads else self.env["hr.department"]
        )  # sudo: hr.employee - as above
        return self.browse(
            people.filtered(
                lambda person: person.department_id in own or person.department_id.manager_id.user_id == user
            ).ids
        )
