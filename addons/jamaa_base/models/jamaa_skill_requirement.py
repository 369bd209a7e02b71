"""What a function, a site or a service needs to know, against what its people know."""

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# How far ahead a shortage is announced: long enough to plan a training.
HORIZON_DAYS = 90


class JamaaSkillRequirement(models.Model):
    """One skill that one requirer needs, and how many people have it.

    A requirer is a function, a site or a service. Another room adds its own by
    inheriting: a Many2one, its name in ``_requirer_fields`` and, where its people
    are fewer than the whole commune, a branch in ``_people_of``.

    Figures are counts per skill; who is behind them is read on ``hr.employee.skill``,
    by those who may.
    """

    _name = "jamaa.skill.requirement"
    _inherit = ["mail.thread", "mail.activity.mixin", "jamaa.period.mixin"]
    _description = "Required Skill"
    _order = "company_id, function_id, site_id, department_id, id"
    _check_company_auto = True

    # Who needs it
    name = fields.Char("Needed by", compute="_compute_name")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    function_id = fields.Many2one("jamaa.function", check_company=True, index="btree_not_null", ondelete="cascade")
    site_id = fields.Many2one("jamaa.site", check_company=True, index="btree_not_null", ondelete="cascade")
    department_id = fields.Many2one(
        "hr.department", "Service", check_company=True, index="btree_not_null", ondelete="cascade"
    )

    # What is needed
    skill_id = fields.Many2one("hr.skill", required=True, index=True, ondelete="restrict")
    skill_type_id = fields.Many2one(related="skill_id.skill_type_id", store=True, string="Family of skills")
    level_id = fields.Many2one(
        "hr.skill.level",
        "Lowest level",
        domain="[('skill_type_id', '=', skill_type_id)]",
        ondelete="restrict",
        help="Left empty, any level will do.",
    )
    people_needed = fields.Integer(
        "People needed", required=True, default=1, help="Two, so that work goes on when one person is away."
    )
    importance = fields.Selection(
        [("useful", "Useful"), ("needed", "Needed"), ("critical", "Critical")], required=True, default="needed"
    )
    note = fields.Char()

    # What there is
    held_count = fields.Integer("People today", compute="_compute_held")
    below_count = fields.Integer("Below the level", compute="_compute_held")
    expired_count = fields.Integer("Expired", compute="_compute_held")
    later_count = fields.Integer(
        "People in three months",
        compute="_compute_held",
        help="Without those whose certificate or mandate ends before.",
    )
    missing_count = fields.Integer("Missing", compute="_compute_held")
    state = fields.Selection(
        [("gap", "Missing"), ("single", "One person only"), ("soon", "Short within three months"), ("met", "Covered")],
        string="Status",
        compute="_compute_held",
        search="_search_state",
    )
    to_do = fields.Char("What to do", compute="_compute_to_do")

    _people_positive = models.Constraint("CHECK(people_needed > 0)", "At least one person is needed.")

    # ---------- the requirer ----------

    @api.model
    def _requirer_fields(self):
        """Names of the links of which one row fills exactly one; another room adds its own."""
        return ["function_id", "site_id", "department_id"]

    def _requirer(self):
        """The link that is filled and what it points to.

        :rtype: tuple(str, recordset)
        """
        self.ensure_one()
        return next(((name, self[name]) for name in self._requirer_fields() if self[name]), (None, None))

    @api.depends(lambda self: self._requirer_fields())
    def _compute_name(self):
        for row in self:
            _name, requirer = row._requirer()
            row.name = requirer.display_name if requirer else False

    @api.depends("name", "skill_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.name or ''} · {row.skill_id.name or ''}"

    @api.constrains(lambda self: [*self._requirer_fields(), "skill_id"])
    def _check_one_requirer(self):
        for row in self:
            if sum(bool(row[name]) for name in self._requirer_fields()) != 1:
                raise ValidationError(
                    self.env._(
                        "Say who needs “%(skill)s”: one function, one site or one service.", skill=row.skill_id.name
                    )
                )

    @api.constrains("skill_id", "level_id")
    def _check_level(self):
        for row in self:
            if row.level_id and row.level_id.skill_type_id != row.skill_id.skill_type_id:
                raise ValidationError(
                    self.env._(
                        "“%(level)s” is no level of “%(skill)s”.", level=row.level_id.name, skill=row.skill_id.name
                    )
                )

    @api.onchange("skill_id")
    def _onchange_skill_id(self):
        if self.level_id.skill_type_id != self.skill_id.skill_type_id:
            self.level_id = False

    # ---------- required against held ----------

    @api.model
    def _people_of(self, name, requirers, date):
        """Employees who work for requirers on a day.

        :param str name: one of ``_requirer_fields``
        :param requirers: records the link points to
        :param date: a date
        :return: dict of requirer id to a set of employee ids
        """
        people = defaultdict(set)
        # sudo: hr.employee - only counts leave this method's callers, never a person
        Employee = self.env["hr.employee"].sudo()
        if name == "function_id":
            # sudo: jamaa.function.holder - the employee behind a holder is for staff files only
            Holder = self.env["jamaa.function.holder"].sudo()
            domain = Domain("function_id", "in", requirers.ids) & Domain("employee_id.active", "=", True)
            for function, employees in Holder._read_group(
                domain & Holder._domain_on(date), ["function_id"], ["employee_id:recordset"]
            ):
                people[function.id].update(employees.ids)
        elif name in ("site_id", "department_id"):
            for requirer, employees in Employee._read_group([(name, "in", requirers.ids)], [name], ["id:recordset"]):
                people[requirer.id].update(employees.ids)
        return people

    def _people(self, date):
        """Employees who work for the requirer of each row on a day, as dict of row to set of ids."""
        people = {}
        for name in self._requirer_fields():
            rows = self.filtered(name)
            if rows:
                found = self._people_of(name, rows[name], date)
                people.update({row: found.get(row[name].id, set()) for row in rows})
        return people

    @api.depends("skill_id", "level_id", "people_needed", "importance", "date_from", "date_to")
    @api.depends(lambda self: self._requirer_fields())
    def _compute_held(self):
        today = fields.Date.context_today(self)
        later = today + timedelta(days=HORIZON_DAYS)
        rows = self.filtered("skill_id")
        now_people, later_people = rows._people(today), rows._people(later)
        everybody = set().union(*now_people.values(), *later_people.values())
        held = defaultdict(list)
        # sudo: hr.employee.skill - counts per skill, no person is shown
        for skill in (
            self.env["hr.employee.skill"]
            .sudo()
            .search_fetch(
                [("employee_id", "in", list(everybody)), ("skill_id", "in", rows.skill_id.ids)],
                ["employee_id", "skill_id", "level_progress", "valid_from", "valid_to"],
            )
        ):
            held[skill.skill_id.id].append(
                (skill.employee_id.id, skill.level_progress, skill.valid_from, skill.valid_to)
            )
        for row in self:
            mine, lowest = held[row.skill_id.id], row.level_id.level_progress or 0
            people, people_later = now_people.get(row, set()), later_people.get(row, set())
            known, able = self._holders(mine, people, today, 0), self._holders(mine, people, today, lowest)
            ever = {person for person, _level, start, _end in mine if person in people and start <= today}
            row.held_count = len(able)
            row.below_count = len(known - able)
            row.expired_count = len(ever - known)
            row.later_count = len(self._holders(mine, people_later, later, lowest))
            row.missing_count = max(row.people_needed - row.held_count, 0)
            row.state = row._state()

    @api.model
    def _holders(self, skills, people, date, lowest):
        """Of these people, those who hold a skill on a day at a level or above."""
        return {
            person
            for person, level, start, end in skills
            if person in people and level >= lowest and start <= date and (not end or end >= date)
        }

    def _state(self):
        """Covered or not; in a small commune one person for two is a mark, not a gap."""
        self.ensure_one()
        alone = self.held_count == 1 and (self.people_needed > 1 or self.importance == "critical")
        if alone and (self.people_needed == 1 or self.company_id.profile == "small"):
            return "single"
        if self.missing_count:
            return "gap"
        return "soon" if self.later_count < self.people_needed else "met"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        rows = self.search([("company_id", "in", self.env.companies.ids)])
        return Domain("id", "in", rows.filtered(lambda row: row.state in value).ids)

    @api.depends("state", "below_count", "expired_count")
    def _compute_to_do(self):
        for row in self:
            row.to_do = row._advice()

    def _advice(self):
        """What to do next, in words."""
        self.ensure_one()
        if self.state in (False, "met"):
            return False
        if self.state == "single":
            return self.env._("Train a second person, or name one in another service.")
        if self.state == "soon":
            return self.env._("Renew the certificate or prepare the successor in time.")
        if self.expired_count:
            return self.env._("Renew what expired.")
        if self.below_count:
            return self.env._("Train those who have begun up to the level needed.")
        return self.env._("Train somebody, or ask another service or commune for help.")

    @api.model
    def _action_for(self, requirer, name):
        """Open the rows of one requirer; a new row belongs to it."""
        requirer.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_base.jamaa_skill_requirement_action")
        context = {f"default_{name}": requirer.id, "default_company_id": requirer.company_id.id}
        return {**action, "domain": [(name, "=", requirer.id)], "context": context}

    # ---------- reminders ----------

    @api.model
    def _cron_remind(self):
        """Each week: what falls short soon becomes an activity of the director of services."""
        today = fields.Date.context_today(self)
        rows = self.search(self._domain_on(today) & Domain("activity_ids", "=", False))
        for company, mine in rows.grouped("company_id").items():
            planner = company._function("director").current_holder_id.user_id
            due = mine.filtered(lambda row: row.state == "soon") if planner else self.browse()
            for row in due.with_context(lang=planner.lang):
                row.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=planner.id, summary=row._advice(), date_deadline=today
                )
            self.env["ir.cron"]._commit_progress(len(mine))
