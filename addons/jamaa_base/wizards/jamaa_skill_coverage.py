"""Which required skills are present at a site, half-hour by half-hour of one week."""

from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from ..models.res_company_setup import COMMUNE_TZ
from ..tools.skill_coverage import coverage, move_zone, subtract


class JamaaSkillCoverage(models.TransientModel):
    """Choose a site and a week; see and print where a skill is not there.

    Hours are the site's dated ones and the people's working hours, less absences and
    holidays. Cells hold counts, never a name.
    """

    _name = "jamaa.skill.coverage"
    _description = "Skills by Half-hour"
    _rec_name = "site_id"

    company_id = fields.Many2one("res.company", "Commune", required=True, default=lambda self: self.env.company)
    site_id = fields.Many2one(
        "jamaa.site",
        "Site",
        required=True,
        domain="[('company_id', '=', company_id)]",
        default=lambda self: self.env["jamaa.site"].search([("company_id", "=", self.env.company.id)], limit=1),
    )
    date = fields.Date("Week of", required=True, default=fields.Date.context_today)
    grid = fields.Html("Half-hours", compute="_compute_grid", sanitize=False)

    @api.depends("site_id", "date")
    def _compute_grid(self):
        for choice in self:
            choice.grid = (
                self.env["ir.qweb"]._render("jamaa_base.skill_coverage_grid", choice._grid())
                if choice.site_id and choice.date
                else False
            )

    def _grid(self):
        """What the table shows.

        :return: dict with ``days``, ``rows`` (label, cells), ``required`` rows, ``short`` (number of half-hours
            per required row where people are short) and ``total`` half-hours
        """
        self.ensure_one()
        self.site_id.check_access("read")
        monday = self.date - timedelta(days=self.date.weekday())
        days = [monday + timedelta(days=rank) for rank in range(7)]
        needs = self._needs(monday, days[-1])
        required = {row.id: row.people_needed for row in needs}
        people = self._people(needs)
        away = self._absences([person for person, _held in people], days)
        cells, short = {}, dict.fromkeys(needs, 0)
        for day in days:
            opened = self._opened(day)
            present = [
                ({0: subtract(self._hours(person, day), away.get((person, day), []))}, held(day))
                for person, held in people
            ]
            for slot in coverage({0: opened}, present):
                missing = slot.missing(required)
                cells[day, slot.start] = {
                    "people": slot.people,
                    "missing": needs.filtered(lambda row, missing=missing: row.id in missing).skill_id,
                }
                for row in needs:
                    short[row] += row.id in missing
        # What is never there is said once, above the table: repeated in each cell it would hide the rest.
        never = needs.filtered(lambda row: short[row] == len(cells)).skill_id
        for cell in cells.values():
            cell["missing"] -= never
        shown = [day for day in days if any(when == day for when, _start in cells)]
        starts = sorted({start for _day, start in cells})
        return {
            "days": shown,
            "rows": [(self._clock(start), [cells.get((day, start)) for day in shown]) for start in starts],
            "required": needs,
            "short": short,
            "total": len(cells),
        }

    @api.model
    def _clock(self, hour):
        return f"{int(hour):02d}:{int(hour % 1 * 60):02d}"

    def _needs(self, first, last):
        """What the site needs during the week."""
        # sudo: jamaa.skill.requirement - who may open this screen reads the needs of the site
        return (
            self.env["jamaa.skill.requirement"]
            .sudo()
            .search(
                Domain("site_id", "=", self.site_id.id)
                & Domain("date_from", "<=", last)
                & (Domain("date_to", "=", False) | Domain("date_to", ">=", first))
            )
        )

    def _people(self, needs):
        """People of the site, each with a function from a day to the needs they meet on it."""
        # sudo: hr.employee - the grid shows counts, never a person
        persons = self.env["hr.employee"].sudo().search([("site_id", "=", self.site_id.id)])
        # sudo: hr.employee.skill - the same
        skills = (
            self.env["hr.employee.skill"]
            .sudo()
            .search([("employee_id", "in", persons.ids), ("skill_id", "in", needs.skill_id.ids)])
        )
        mine = skills.grouped("employee_id")

        def held(person):
            return lambda day: {
                row.id
                for row in needs
                for skill in mine.get(person, skills.browse())
                if skill.skill_id == row.skill_id
                and skill.level_progress >= (row.level_id.level_progress or 0)
                and skill.valid_from <= day
                and (not skill.valid_to or skill.valid_to >= day)
            }

        return [(person, held(person)) for person in persons]

    def _opened(self, day):
        """Open hours of a day; none on a holiday of the commune."""
        if self.env["jamaa.holiday"]._names_between(self.site_id.company_id, day, day):
            return []
        return self.site_id._hours_on(day)

    def _hours(self, person, day):
        """Working hours of somebody on a day, on Moroccan clocks.

        Who keeps the usual hours of the site keeps its dated ones too, such as Ramadan's.
        """
        calendar = person.resource_calendar_id
        usual = self.site_id.calendar_id or self.site_id.company_id.resource_calendar_id
        if calendar == usual:
            return self.site_id._hours_on(day)
        week = str(self.env["resource.calendar.attendance"].get_week_type(day))
        spans = [
            (line.hour_from, line.hour_to)
            for line in calendar.attendance_ids
            if line.dayofweek == str(day.weekday())
            and line.day_period != "lunch"
            and not line.display_type
            and (not calendar.two_weeks_calendar or line.week_type == week)
        ]
        return move_zone(day, spans, calendar.tz or COMMUNE_TZ, COMMUNE_TZ)

    def _absences(self, persons, days):
        """Hours of absence as dict of (person, day) to spans, on Moroccan clocks."""
        zone = pytz.timezone(COMMUNE_TZ)
        begin, end = (
            zone.localize(datetime.combine(day, time(0))).astimezone(pytz.utc).replace(tzinfo=None)
            for day in (days[0], days[-1] + timedelta(days=1))
        )
        by_resource = {person.resource_id.id: person for person in persons}
        # sudo: resource.calendar.leaves - only whether somebody is there is used
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search([("resource_id", "in", list(by_resource)), ("date_from", "<", end), ("date_to", ">", begin)])
        )
        away = {}
        for leave in leaves:
            gone, back = (
                pytz.utc.localize(moment).astimezone(zone).replace(tzinfo=None)
                for moment in (leave.date_from, leave.date_to)
            )
            for day in days:
                midnight = datetime.combine(day, time(0))
                span = tuple((moment - midnight) / timedelta(hours=1) for moment in (gone, back))
                if span[0] < 24 and span[1] > 0:
                    away.setdefault((by_resource[leave.resource_id.id], day), []).append(span)
        return away

    def action_open_people(self):
        """Open the skills of the people of this site; rules show those one may see."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_base.jamaa_skill_held_action")
        # sudo: hr.employee - ids only; what opens is read with the user's own rights
        people = self.env["hr.employee"].sudo().search([("site_id", "=", self.site_id.id)])
        return {**action, "domain": [("employee_id", "in", people.ids)], "context": {"search_default_current": 1}}

    def action_print(self):
        """Print the table."""
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("jamaa_base.report_skill_coverage").report_action(self, config=False)
