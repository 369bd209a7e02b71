"""The communal action programme: six years, from axes to programmes to projects."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: How many years a programme covers (organic law 113-14, art. 78).
YEARS = 6
#: What only the buttons change.
MOVED = {"state"}
#: What the council's deliberation fixed.
ADOPTED = {"year_from", "year_to", "deliberation_number", "deliberation_date"}


class JamaaPac(models.Model):
    """برنامج عمل الجماعة: what a council set itself for its mandate (organic law 113-14, arts 78 to 82; decree 2.16.301).

    In preparation → adopted by the council → closed. Its lines change only in preparation; an update reopens it.
    """

    _name = "jamaa.pac"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Communal Action Programme"
    _order = "year_from desc, id desc"
    _check_company_auto = True

    name = fields.Char("Title", required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, readonly=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    year_from = fields.Integer("First year", required=True, default=lambda self: fields.Date.context_today(self).year)
    year_to = fields.Integer("Last year", compute="_compute_year_to", store=True, readonly=False, precompute=True)
    vision = fields.Text(translate=True, help="Where the commune wants to be at the end.")
    state = fields.Selection(
        [("draft", "In preparation"), ("adopted", "Adopted"), ("closed", "Closed")],
        "Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    deliberation_number = fields.Char(
        "Deliberation", copy=False, tracking=True, help="Number of the council's decision."
    )
    deliberation_date = fields.Date("Adopted on", copy=False, tracking=True)
    line_ids = fields.One2many("jamaa.pac.line", "pac_id", "Lines")
    report_ids = fields.One2many("jamaa.pac.report", "pac_id", "Evaluation reports")
    project_count = fields.Integer("Projects", compute="_compute_coverage")
    unserved_count = fields.Integer("Served by no action", compute="_compute_coverage")
    unsaid_action_count = fields.Integer("Actions that do not say", compute="_compute_coverage")
    cost_total = fields.Monetary("Cost", compute="_compute_coverage")

    _years_in_order = models.Constraint(
        "CHECK(year_from BETWEEN 2000 AND 2100 AND year_to >= year_from)", "Give the first and the last year."
    )

    @api.depends("year_from")
    def _compute_year_to(self):
        for pac in self:
            pac.year_to = pac.year_from + YEARS - 1

    @api.depends("name", "year_from", "year_to")
    def _compute_display_name(self):
        for pac in self:
            pac.display_name = f"{pac.name or ''} {pac.year_from}–{pac.year_to}"

    @api.depends("line_ids.link_ids", "line_ids.cost_amount")
    def _compute_coverage(self):
        lines = self.env["jamaa.pac.line"]
        projects = [("pac_id", "in", self.ids), ("kind", "=", "project")]
        costs = {
            pac.id: (count, cost)
            for pac, count, cost in lines._read_group(projects, ["pac_id"], ["__count", "cost_amount:sum"])
        }
        unserved = dict(lines._read_group([*projects, ("is_served", "=", False)], ["pac_id"], ["__count"]))
        unsaid = dict(
            self.env["project.task"]._read_group(
                [
                    ("is_action", "=", True),
                    ("company_id", "in", self.company_id.ids),
                    ("pac_status", "=", "unsaid"),
                    ("state", "!=", "1_canceled"),
                ],
                ["company_id"],
                ["__count"],
            )
        )
        for pac in self:
            pac.project_count, pac.cost_total = costs.get(pac._origin.id, (0, 0.0))
            pac.unserved_count = unserved.get(pac._origin, 0)
            pac.unsaid_action_count = unsaid.get(pac.company_id, 0)

    @api.constrains("company_id", "year_from", "year_to", "state")
    def _check_pac(self):
        for pac in self:
            if not pac.company_id.is_commune:
                raise ValidationError(
                    self.env._(
                        "“%(company)s” is no commune: action programmes belong to communes.",
                        company=pac.company_id.display_name,
                    )
                )
            if pac.state == "adopted" and self.search_count(
                [
                    ("id", "!=", pac.id),
                    ("company_id", "=", pac.company_id.id),
                    ("state", "=", "adopted"),
                    ("year_from", "<=", pac.year_to),
                    ("year_to", ">=", pac.year_from),
                ]
            ):
                raise ValidationError(self.env._("Another adopted programme covers these years. Close it first."))

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{key: value for key, value in vals.items() if key not in MOVED} for vals in vals_list])

    def write(self, vals):
        if MOVED & vals.keys() and not self.env.su:
            raise UserError(self.env._("A programme is adopted and closed by its buttons."))
        if ADOPTED & vals.keys() and any(pac.state != "draft" for pac in self):
            raise UserError(self.env._("This programme is adopted. Begin an update to change it."))
        if "company_id" in vals and any(pac.company_id.id != vals["company_id"] for pac in self):
            raise UserError(self.env._("A programme stays with its commune."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_adopted(self):
        if any(pac.state != "draft" or pac.deliberation_number for pac in self):
            raise UserError(self.env._("An adopted programme stays on record. Close it instead."))

    def _move(self, come_from, state, words):
        self.check_access("write")
        if any(pac.state != come_from for pac in self):
            raise UserError(words)
        # sudo: jamaa.pac - the status moves by its buttons alone; the right to write was checked
        self.sudo().state = state

    def action_adopt(self):
        """Button: record that the council adopted the programme.

        :raise UserError: the deliberation is not named, or there is no project
        """
        for pac in self:
            if not (pac.deliberation_number and pac.deliberation_date):
                raise UserError(self.env._("Give the number and the day of the council's deliberation first."))
            if not pac.line_ids.filtered(lambda line: line.kind == "project"):
                raise UserError(self.env._("This programme has no project yet."))
        self._move("draft", "adopted", self.env._("Only a programme in preparation is adopted."))

    def action_update(self):
        """Button: prepare an update; it needs a deliberation of its own again."""
        self._move("adopted", "draft", self.env._("Only an adopted programme is updated."))
        for pac in self:
            pac.message_post(
                body=self.env._(
                    "Update in preparation. Adopted so far by deliberation %(number)s.", number=pac.deliberation_number
                )
            )
        self.write({"deliberation_number": False, "deliberation_date": False})

    def action_close(self):
        """Button: the years of the programme are over."""
        self._move("adopted", "closed", self.env._("Only an adopted programme is closed."))

    def action_open_lines(self):
        """Button: the lines of this programme."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_pac_line_action")
        return {**action, "domain": [("pac_id", "=", self.id)], "context": {"default_pac_id": self.id}}

    def action_open_unserved(self):
        """Button: projects that no action serves."""
        return {
            **self.action_open_lines(),
            "domain": [("pac_id", "=", self.id), ("kind", "=", "project"), ("is_served", "=", False)],
        }

    def action_open_unsaid(self):
        """Button: actions that do not say how they serve the programme."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.project_task_action_pac")
        return {**action, "context": {"search_default_pac_unsaid": 1}}
