from odoo import api, fields, models
from odoo.exceptions import ValidationError

STATE_KINDS = ("arrondissement", "administrative_annex")


class JamaaSite(models.Model):
    """A place where citizens are received.

    Hours are dated periods because Ramadan and summer change them: see
    ``jamaa.site.opening``. An administrative annexe belongs to the Interior; the
    commune may still have a desk there, so owner and role are told apart.
    """

    _name = "jamaa.site"
    _inherit = ["mail.thread"]
    _description = "Reception Site"
    _order = "company_id, sequence, id"
    _parent_name = "parent_id"
    _check_company_auto = True

    # Identity
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [
            ("headquarters", "Headquarters"),
            ("annex", "Communal annexe"),
            ("centre", "Service centre"),
            ("arrondissement", "Arrondissement"),
            ("administrative_annex", "Administrative annexe"),
            ("mobile", "Mobile reception"),
        ],
        required=True,
        default="annex",
        tracking=True,
    )
    owner = fields.Selection(
        [("commune", "Commune"), ("state", "State")],
        compute="_compute_owner",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
    )
    commune_role = fields.Text("What the commune does here", translate=True)
    parent_id = fields.Many2one("jamaa.site", "Depends on", check_company=True, index="btree_not_null")
    child_ids = fields.One2many("jamaa.site", "parent_id", "Depending sites")
    function_id = fields.Many2one(
        "jamaa.function", "Answerable function", check_company=True, tracking=True, index="btree_not_null"
    )
    theme_ids = fields.Many2many("jamaa.theme", string="Competent for")

    # Place
    street = fields.Char("Address", translate=True)
    quarter = fields.Char("Quarter or douar", translate=True)
    phone = fields.Char()
    latitude = fields.Float(digits=(10, 6))
    longitude = fields.Float(digits=(10, 6))

    # Access for everybody
    step_free = fields.Boolean("Step-free entrance")
    seating = fields.Boolean("Seats in the waiting room")
    toilet = fields.Boolean("Toilet for visitors")
    adapted_toilet = fields.Boolean("Toilet for wheelchairs")
    priority_desk = fields.Boolean("Priority desk", help="For older, pregnant or disabled visitors.")
    accessibility_note = fields.Text("About access", translate=True)

    # Hours
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Usual hours",
        check_company=True,
        help="Left empty, the hours of the commune.",
    )
    opening_ids = fields.One2many("jamaa.site.opening", "site_id", "Dated hours")
    opening_count = fields.Integer(compute="_compute_opening_count")

    _latitude_range = models.Constraint("CHECK(latitude BETWEEN -90 AND 90)", "A latitude lies between -90 and 90.")
    _longitude_range = models.Constraint(
        "CHECK(longitude BETWEEN -180 AND 180)", "A longitude lies between -180 and 180."
    )
    _headquarters_uniq = models.UniqueIndex(
        "(company_id) WHERE kind = 'headquarters' AND active", "A commune has one headquarters."
    )

    @api.depends("kind")
    def _compute_owner(self):
        for site in self:
            site.owner = "state" if site.kind in STATE_KINDS else "commune"

    @api.depends("opening_ids")
    def _compute_opening_count(self):
        counts = dict(
            self.env["jamaa.site.opening"]._read_group([("site_id", "in", self.ids)], ["site_id"], ["__count"])
        )
        for site in self:
            site.opening_count = counts.get(site._origin, 0)

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A site cannot depend on itself."))

    def _opening_on(self, date):
        """The dated hours that hold on a day, empty when the usual hours do."""
        self.ensure_one()
        return self.opening_ids._filtered_on(date)[:1]

    def _calendar_on(self, date):
        """The calendar that holds on a day.

        :param date: a date
        :return: a ``resource.calendar``; empty when the site is closed on that day's period
        """
        self.ensure_one()
        opening = self._opening_on(date)
        if opening:
            return self.env["resource.calendar"] if opening.closed else opening.calendar_id
        return self.calendar_id or self.company_id.resource_calendar_id

    def _hours_on(self, date):
        """Open hours of a day, as ``[(8.5, 12.0), (12.5, 16.5)]``; empty when closed.

        Holidays are not looked at: the caller asks the holidays of the commune.
        """
        attendances = self._calendar_on(date).attendance_ids.filtered(
            lambda line: line.dayofweek == str(date.weekday()) and line.day_period != "lunch" and not line.display_type
        )
        return sorted((line.hour_from, line.hour_to) for line in attendances)

    def action_open_openings(self):
        """Open the dated hours of this site."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_base.jamaa_site_opening_action")
        return {**action, "domain": [("site_id", "=", self.id)], "context": {"default_site_id": self.id}}
