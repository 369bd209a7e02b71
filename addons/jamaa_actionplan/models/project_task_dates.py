"""An action begins and is due on days; upstream keeps moments."""

from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.jamaa_base.models.res_company_setup import COMMUNE_TZ

MORNING, EVENING = time(8, 30), time(16, 30)


def _moment(day, hour):
    """Return the naive UTC moment of an hour of a day in Morocco, or False."""
    local = pytz.timezone(COMMUNE_TZ)
    return local.localize(datetime.combine(day, hour)).astimezone(pytz.utc).replace(tzinfo=None) if day else False


def _day(moment):
    """Return the day in Morocco of a naive UTC moment, or False."""
    return pytz.utc.localize(moment).astimezone(pytz.timezone(COMMUNE_TZ)).date() if moment else False


class ProjectTask(models.Model):
    _inherit = "project.task"

    start_on = fields.Date("Begins on", compute="_compute_start_on", inverse="_inverse_start_on", store=True)
    due_on = fields.Date("Due on", compute="_compute_due_on", inverse="_inverse_due_on", store=True, index=True)
    # upstream's precompute looks for a collaborator before the task has one: shared projects fail to make tasks
    planned_date_start = fields.Datetime(precompute=False)
    planned_date_end = fields.Datetime(precompute=False)
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_is_late")

    def _compute_planned_date_start(self):
        """The day an action was given to somebody is not the day it begins."""
        return super(ProjectTask, self.filtered(lambda task: not task.project_id.is_plan))._compute_planned_date_start()

    @api.depends("planned_date_start")
    def _compute_start_on(self):
        for task in self:
            task.start_on = _day(task.planned_date_start)

    def _inverse_start_on(self):
        for task in self:
            task.planned_date_start = _moment(task.start_on, MORNING)

    @api.depends("date_deadline")
    def _compute_due_on(self):
        for task in self:
            task.due_on = _day(task.date_deadline)

    def _inverse_due_on(self):
        for task in self:
            task.date_deadline = _moment(task.due_on, EVENING)

    @api.depends("due_on", "state")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for task in self:
            task.is_late = bool(task.due_on and task.due_on < today and not task.is_closed)

    @api.model
    def _domain_late(self):
        """What is due before today and not closed.

        :rtype: Domain
        """
        return Domain("due_on", "<", fields.Date.context_today(self)) & Domain("is_closed", "=", False)

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._domain_late() if True in value else ~self._domain_late()

    @api.constrains("start_on", "due_on")
    def _check_action_dates(self):
        for action in self.filtered("is_action"):
            if action.start_on and action.due_on and action.due_on < action.start_on:
                raise ValidationError(
                    self.env._("“%(action)s” is due before it begins. Put the dates right.", action=action.name)
                )
