from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

KINDS = [("axis", "Axis"), ("programme", "Programme"), ("project", "Project")]
#: What each kind of line stands below.
ABOVE = {"axis": False, "programme": "axis", "project": "programme"}
#: What an adopted programme fixes.
ADOPTED = {"name", "code", "kind", "parent_id", "pac_id", "cost_amount", "funding", "year_from", "year_to"}


class JamaaPacLine(models.Model):
    """A line of the communal action programme: an axis, a programme below it, or a project below that.

    Projects carry the costs; axes and programmes show the sum. Actions of plans serve programmes and projects.
    """

    _name = "jamaa.pac.line"
    _description = "Line of the Communal Action Programme"
    _order = "pac_id, parent_path, sequence, id"
    _parent_store = True
    _check_company_auto = True

    name = fields.Char("Title", required=True, translate=True)
    code = fields.Char(help="As the programme numbers it, such as 2.1.3.")
    sequence = fields.Integer(default=10)
    pac_id = fields.Many2one("jamaa.pac", "Programme of the commune", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="pac_id.company_id", string="Commune", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, "Kind", required=True, default="axis", index=True)
    parent_id = fields.Many2one(
        "jamaa.pac.line", "Below", index="btree_not_null", ondelete="restrict", domain="[('pac_id', '=', pac_id)]"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("jamaa.pac.line", "parent_id", "Lines below")
    cost_amount = fields.Monetary("Cost of the project", help="Over all years. Only projects have costs of their own.")
    cost_total = fields.Monetary("Cost", compute="_compute_cost_total", recursive=True)
    funding = fields.Char("Paid from", translate=True, help="Own means, State, partners.")
    year_from = fields.Integer("From (year)")
    year_to = fields.Integer("Until (year)")
    indicator_ids = fields.One2many("jamaa.indicator", "pac_line_id", "Indicators")
    link_ids = fields.One2many("jamaa.pac.link", "line_id", "Actions that serve it")
    is_served = fields.Boolean("Served", compute="_compute_is_served", store=True, recursive=True, index=True)
    action_count = fields.Integer("Actions", compute="_compute_action_count")

    _cost_positive = models.Constraint("CHECK(cost_amount >= 0)", "A cost is not negative.")
    _cost_on_projects = models.Constraint(
        "CHECK(kind = 'project' OR coalesce(cost_amount, 0) = 0)", "Only projects have costs of their own."
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = " ".join(filter(None, (line.code, line.name)))

    @api.depends("cost_amount", "child_ids.cost_total")
    def _compute_cost_total(self):
        for line in self:
            line.cost_total = line.cost_amount + sum(line.child_ids.mapped("cost_total"))

    @api.depends("link_ids", "child_ids.is_served")
    def _compute_is_served(self):
        for line in self:
            line.is_served = bool(line.link_ids) or any(line.child_ids.mapped("is_served"))

    @api.depends("link_ids")
    def _compute_action_count(self):
        counts = dict(self.env["jamaa.pac.link"]._read_group([("line_id", "in", self.ids)], ["line_id"], ["__count"]))
        for line in self:
            line.action_count = counts.get(line._origin, 0)

    @api.constrains("kind", "parent_id", "pac_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A line cannot stand below itself."))
        for line in self:
            above = line.parent_id
            if (above.kind or False) != ABOVE[line.kind] or (above and above.pac_id != line.pac_id):
                raise ValidationError(
                    self.env._(
                        "“%(line)s”: an axis stands on top, a programme below an axis, a project below a programme.",
                        line=line.name,
                    )
                )
            if any(ABOVE[child.kind] != line.kind for child in line.child_ids):
                raise ValidationError(
                    self.env._("“%(line)s” has lines below it that would not fit any more.", line=line.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_in_preparation()
        return lines

    def write(self, vals):
        if ADOPTED & vals.keys():
            self._check_in_preparation()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_in_preparation(self):
        self._check_in_preparation()

    def _check_in_preparation(self):
        if any(line.pac_id.state != "draft" for line in self):
            raise UserError(self.env._("This programme is adopted. Begin an update to change its lines."))
