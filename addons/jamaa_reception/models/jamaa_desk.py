"""The desks of a site: what each serves, when, and who can stand behind it."""

from odoo import api, fields, models


class JamaaDeskKind(models.Model):
    """What a desk is for: reception, civil status, urban planning. The same list in every commune."""

    _name = "jamaa.desk.kind"
    _inherit = ["jamaa.catalogue.list"]
    _description = "Kind of Desk"


class JamaaDesk(models.Model):
    """One place of a site where a visitor is served.

    Figures attach to the desk, its kind and its site, never to who sits there: the people of a
    desk are named so that skills and hours can be compared with what is needed, nothing else.
    """

    _name = "jamaa.desk"
    _description = "Desk"
    _order = "company_id, site_id, sequence, id"
    _check_company_auto = True

    # Identity
    name = fields.Char(required=True, translate=True, help="As written above it: “Desk 3”.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    site_id = fields.Many2one("jamaa.site", required=True, check_company=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    kind_id = fields.Many2one("jamaa.desk.kind", "Kind", required=True, index=True, ondelete="restrict")
    department_id = fields.Many2one("hr.department", "Service", check_company=True, index="btree_not_null")

    # What it does
    procedure_ids = fields.Many2many(
        "jamaa.procedure",
        "jamaa_desk_procedure_rel",
        "desk_id",
        "procedure_id",
        "Procedures served",
        check_company=True,
        domain="[('company_id', '=', company_id)]",
    )
    calendar_id = fields.Many2one(
        "resource.calendar", "Hours", check_company=True, help="Left empty, the hours of the site."
    )

    # Who can stand there
    employee_ids = fields.Many2many(
        "hr.employee",
        "jamaa_desk_employee_rel",
        "desk_id",
        "employee_id",
        "People",
        check_company=True,
        groups="hr.group_hr_user,jamaa_base.group_director,jamaa_base.group_site_supervisor",
        help="Left empty, the people of the site. Nothing is counted by person.",
    )
    visit_count = fields.Integer("Visits this year", compute="_compute_visit_count")

    _name_uniq = models.UniqueIndex("(site_id, name) WHERE active", "This site already has a desk of this name.")

    @api.depends("name", "site_id")
    def _compute_display_name(self):
        for desk in self:
            desk.display_name = (
                f"{desk.name} · {desk.site_id.name}"
                if desk.site_id and not self.env.context.get("inside_site")
                else desk.name or ""
            )

    def _compute_visit_count(self):
        year = fields.Date.context_today(self).replace(month=1, day=1)
        counts = dict(
            self.env["jamaa.reception.visit"]._read_group(
                [("desk_id", "in", self.ids), ("date", ">=", year)], ["desk_id"], ["quantity:sum"]
            )
        )
        for desk in self:
            desk.visit_count = counts.get(desk._origin, 0)

    @api.onchange("site_id")
    def _onchange_site_id(self):
        if self.site_id:
            self.company_id = self.site_id.company_id

    def _hours_on(self, date):
        """Open hours of a day, as ``[(8.5, 12.0)]``; a desk without hours of its own keeps the site's.

        Never longer than the site's: a desk is not open in a closed house.
        """
        self.ensure_one()
        of_site = self.site_id._hours_on(date)
        if not self.calendar_id:
            return of_site
        mine = [
            (line.hour_from, line.hour_to)
            for line in self.calendar_id.attendance_ids
            if line.dayofweek == str(date.weekday()) and line.day_period != "lunch" and not line.display_type
        ]
        both = ((max(a, c), min(b, d)) for a, b in of_site for c, d in mine)
        return sorted((start, end) for start, end in both if start < end)

    def action_open_visits(self):
        """Open what was counted at this desk."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_reception.jamaa_reception_visit_action")
        return {**action, "domain": [("desk_id", "=", self.id)], "context": {"search_default_this_year": 1}}

    def action_open_satisfaction(self):
        """Open where people are asked at the site of this desk."""
        self.ensure_one()
        return self.site_id.action_open_satisfaction()

    def action_open_skills(self):
        """Open what this desk needs to know, against what its people know."""
        return self.env["jamaa.skill.requirement"]._action_for(self, "desk_id")
