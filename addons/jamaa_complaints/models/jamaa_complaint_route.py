"""Which service answers for what, and where."""

from odoo import api, fields, models


class JamaaComplaintRoute(models.Model):
    """A line of the routing table of a commune: category × site → service.

    An empty category or site means "any"; the most precise line wins.
    """

    _name = "jamaa.complaint.route"
    _description = "Routing of cases to services"
    _order = "company_id, sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Commune",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    category_id = fields.Many2one(
        "helpdesk.ticket.category",
        string="Category",
        domain="[('for_cases', '=', True)]",
        check_company=True,
        ondelete="cascade",
    )
    site_id = fields.Many2one("jamaa.site", string="Site", check_company=True, ondelete="cascade")
    service_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Service",
        required=True,
        domain="[('case_role', '=', 'service'), ('company_id', '=', company_id)]",
        check_company=True,
        ondelete="restrict",
    )

    _unique_route = models.UniqueIndex(
        "(company_id, COALESCE(category_id, 0), COALESCE(site_id, 0)) WHERE active",
        "This category and site already have a service.",
    )

    @api.depends("category_id", "site_id", "service_id")
    def _compute_display_name(self):
        for route in self:
            origin = " / ".join(name for name in (route.category_id.name, route.site_id.name) if name)
            route.display_name = f"{origin or '*'} → {route.service_id.name or ''}"

    @api.model
    def _services_for(self, cases):
        """The service each case should go to.

        :param cases: recordset of `helpdesk.ticket`
        :return: dict case id → `helpdesk.ticket.team` (maybe empty)
        """
        return {case_id: line.service_id.sudo(False) for case_id, line in self._lines_for(cases).items()}

    @api.model
    def _lines_for(self, cases):
        """The line of the table that holds for each case.

        :param cases: recordset of `helpdesk.ticket`
        :return: dict case id → line (maybe empty, as superuser); one search whatever the
            number of cases
        """
        # sudo: jamaa.complaint.route - the table is read for the user, not shown
        routes = self.sudo().search_fetch(
            [("company_id", "in", cases.company_id.ids)], ["company_id", "category_id", "site_id", "service_id"]
        )
        table = {(r.company_id.id, r.category_id.id, r.site_id.id): r for r in routes}
        none = routes.browse()
        result = {}
        for case in cases:
            company, site = case.company_id.id, case.site_id.id
            path = case.category_id.parent_path or ""
            # nearest category first, "any category" last
            categories = [int(x) for x in reversed(path.strip("/").split("/")) if x]
            result[case.id] = next(
                (
                    table[key]
                    for category in [*categories, False]
                    for key in ((company, category, site), (company, category, False))
                    if key in table
                ),
                none,
            )
        return result
