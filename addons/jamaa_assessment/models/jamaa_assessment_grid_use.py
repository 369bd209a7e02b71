"""Who uses a shared grid: how many communes, and the names of those that chose to be named."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaAssessmentGridUse(models.Model):
    """That a commune shows that it uses a shared grid. Taken away, it is no longer named."""

    _name = "jamaa.assessment.grid.use"
    _description = "Commune named as User of a Grid"
    _log_access = False

    grid_id = fields.Many2one("jamaa.assessment.grid", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", "Commune", required=True, readonly=True, index=True)
    shown_on = fields.Date(required=True, readonly=True, default=fields.Date.context_today)

    _company_uniq = models.Constraint("UNIQUE(grid_id, company_id)", "Your commune is named already.")


class JamaaAssessmentGrid(models.Model):
    _inherit = "jamaa.assessment.grid"

    programme_id = fields.Many2one(
        "jamaa.programme",
        "Kept by the programme",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Its workshops write the next versions of this shared grid.",
    )
    use_count = fields.Integer(
        "Communes that use it",
        compute="_compute_use",
        help="With a validated round on it, or on a grid adopted from it.",
    )
    use_names = fields.Char("Of these, named", compute="_compute_use", help="Communes that chose to be named.")
    used_by_us = fields.Boolean(compute="_compute_use")
    shown_by_us = fields.Boolean(compute="_compute_use")

    @api.depends_context("company")
    @api.depends("company_id")
    def _compute_use(self):
        shared = self.filtered(lambda grid: not grid.company_id)
        users = {grid.id: set() for grid in shared}
        # sudo: jamaa.assessment.round - how many communes, not which
        groups = self.env["jamaa.assessment.round"].sudo()._read_group(
            ["&", ("state", "=", "validated"), "|", ("grid_id", "in", shared.ids), ("grid_id.model_id", "in", shared.ids)],
            ["grid_id", "company_id"],
        )  # fmt: skip
        for grid, company in groups:
            users[grid.id if grid.id in users else grid.model_id.id].add(company.id)
        # sudo: jamaa.assessment.grid.use - rows of communes that chose to be named
        rows = self.env["jamaa.assessment.grid.use"].sudo().search([("grid_id", "in", shared.ids)])
        named = {grid.id: companies.company_id for grid, companies in rows.grouped("grid_id").items()}
        nobody = self.env["res.company"].sudo()
        for grid in self:
            known = users.get(grid._origin.id, set())
            companies = named.get(grid._origin.id, nobody)
            grid.use_count = len(known)
            grid.use_names = ", ".join(sorted(company.display_name for company in companies)) or False
            grid.used_by_us = self.env.company.id in known
            grid.shown_by_us = self.env.company.id in companies.ids

    def action_show_use(self):
        """Button: let the commune be named as a user of this grid.

        :raise AccessError: the user does not speak for the commune
        :raise UserError: it does not use it
        """
        for grid in self:
            grid.check_access("read")
            self.env["jamaa.share"]._publisher(self.env.company)
            if not grid.used_by_us:
                raise UserError(self.env._("Your commune has no validated round on this grid yet."))
            if not grid.shown_by_us:
                # sudo: jamaa.assessment.grid.use - nobody has the right to write it; the right was checked above
                self.env["jamaa.assessment.grid.use"].sudo().create(
                    {"grid_id": grid.id, "company_id": self.env.company.id}
                )
        self.invalidate_recordset(["use_names", "shown_by_us"])

    def action_hide_use(self):
        """Button: no longer be named as a user of this grid."""
        for grid in self:
            grid.check_access("read")
            self.env["jamaa.share"]._publisher(self.env.company)
            # sudo: jamaa.assessment.grid.use - as above
            self.env["jamaa.assessment.grid.use"].sudo().search(
                [("grid_id", "=", grid.id), ("company_id", "=", self.env.company.id)]
            ).unlink()
        self.invalidate_recordset(["use_names", "shown_by_us"])
