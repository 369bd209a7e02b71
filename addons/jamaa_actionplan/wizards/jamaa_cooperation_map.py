from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain


class JamaaCooperationMap(models.TransientModel):
    """Who works with whom: services and outside partners against the actions of a plan or of all plans.

    Shown on the screen and printed; read anew each time, nothing is kept. It names services, never people.
    """

    _name = "jamaa.cooperation.map"
    _description = "Cooperation Map"
    _rec_name = "company_id"

    company_id = fields.Many2one("res.company", "Commune", required=True, default=lambda self: self.env.company)
    plan_id = fields.Many2one(
        "project.project",
        "Plan",
        domain="[('is_plan', '=', True), ('company_id', '=', company_id)]",
        help="Left empty: all plans that are not closed.",
    )
    grid = fields.Html("Map", compute="_compute_grid", sanitize=False)

    @api.depends("company_id", "plan_id")
    def _compute_grid(self):
        for choice in self:
            choice.grid = self.env["ir.qweb"]._render("jamaa_actionplan.cooperation_grid", choice._grid())

    def _actions(self):
        """The actions shown, as the present user reads them."""
        self.ensure_one()
        domain = Domain("is_action", "=", True) & Domain("state", "!=", "1_canceled")
        if self.plan_id:
            domain &= Domain("project_id", "=", self.plan_id.id)
        else:
            domain &= Domain("project_id.company_id", "=", self.company_id.id) & Domain(
                "project_id.plan_state", "!=", "closed"
            )
        return self.env["project.task"].search(domain, order="project_id, sequence, id")

    def _grid(self):
        """What the map shows.

        :return: dict with ``services`` (columns), ``partners`` (columns), ``rows`` (an action, its services in charge
            and involved, its partners), ``pairs`` (two services and how many actions they share), ``apart`` (services
            that no action names) and ``alone`` (actions in which one service works alone)
        """
        self.ensure_one()
        actions = self._actions()
        rows, pairs = [], defaultdict(int)
        for action in actions:
            lead = action.owner_function_id.department_id
            services = lead | action.department_ids
            rows.append(
                {"action": action, "lead": lead, "services": services, "partners": action.outside_ids.partner_id}
            )
            ordered = services.sorted("id")
            for rank, one in enumerate(ordered):
                for other in ordered[rank + 1 :]:
                    pairs[one, other] += 1
        every = self.env["hr.department"].search([("company_id", "=", self.company_id.id)])
        named = every.browse().union(*(row["services"] for row in rows))
        return {
            "services": named.sorted("name"),
            "partners": actions.outside_ids.partner_id.sorted("name"),
            "rows": rows,
            "pairs": sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0][0].name, pair[0][1].name)),
            "apart": (every - named).sorted("name"),
            "alone": [row["action"] for row in rows if len(row["services"]) + len(row["partners"]) < 2],
        }

    def action_print(self):
        """Print the map."""
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("jamaa_actionplan.report_cooperation").report_action(self, config=False)
