"""What hangs on a case is seen by those who see the case."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CaseSatellite(models.AbstractModel):
    """Mixin of mail models that point at any record by model and id.

    Core lets authors, recipients, assignees and (for followers) every employee read
    them whatever happened to the record. A record rule on `case_visible` closes that
    for cases, so that a lock or a new service takes effect on them at once.
    """

    _name = "jamaa.case.satellite"
    _description = "Attached to a case"

    # name of the field that holds the model; the id is in `res_id` everywhere
    _case_model_field = "res_model"

    case_visible = fields.Boolean(
        string="Not of a hidden case",
        compute="_compute_case_visible",
        search="_search_case_visible",
    )

    @api.model
    def _visible_tickets(self):
        # rules are evaluated as superuser: come back to who is asking
        return self.env["helpdesk.ticket"].with_user(self.env.uid).with_context(active_test=False)

    @api.depends_context("uid")
    def _compute_case_visible(self):
        name = self._case_model_field
        linked = self.filtered(lambda row: row[name] == "helpdesk.ticket" and row.res_id)
        (self - linked).case_visible = True
        ids = set(linked.mapped("res_id"))
        tickets = self._visible_tickets()
        # sudo: helpdesk.ticket - only whether it is a case at all
        cases = set(tickets.sudo().search([("id", "in", ids), ("kind", "!=", False)])._ids)
        hidden = cases - set(tickets.search([("id", "in", list(cases))])._ids)
        for row in linked:
            row.case_visible = row.res_id not in hidden

    def _search_case_visible(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        tickets = self._visible_tickets()
        if not tickets.has_access("read"):
            # no right on tickets at all (the public): no case is visible
            return Domain(self._case_model_field, "!=", "helpdesk.ticket")
        # sudo: helpdesk.ticket - plain tickets keep upstream's own rules
        plain = tickets.sudo()._search([("kind", "=", False)])
        seen = tickets._search([("kind", "!=", False)])
        return (
            Domain(self._case_model_field, "!=", "helpdesk.ticket")
            | Domain(self._case_model_field, "=", False)
            | Domain("res_id", "in", plain)
            | Domain("res_id", "in", seen)
        )


class MailMessage(models.Model):
    _name = "mail.message"
    _inherit = ["mail.message", "jamaa.case.satellite"]
    _case_model_field = "model"


class MailActivity(models.Model):
    _name = "mail.activity"
    _inherit = ["mail.activity", "jamaa.case.satellite"]

    @api.constrains("user_id", "res_model", "res_id")
    def _check_case_assignee(self):
        """Core tells the assignee by mail, with the subject of the case in it."""
        linked = self.filtered(lambda a: a.res_model == "helpdesk.ticket" and a.user_id)
        # sudo: helpdesk.ticket - the check is about the assignee's right
        tickets = self.env["helpdesk.ticket"].sudo()
        for user, activities in linked.grouped("user_id").items():
            cases = tickets.browse(activities.mapped("res_id")).filtered("kind")
            # one query for each user, however many cases
            if refused := cases - cases._read_by(user):
                raise UserError(
                    self.env._(
                        "%(user)s does not handle case %(number)s.",
                        user=user.name,
                        number=refused[:1].case_number,
                    )
                )


class MailFollowers(models.Model):
    _name = "mail.followers"
    _inherit = ["mail.followers", "jamaa.case.satellite"]
