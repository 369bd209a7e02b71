"""A grid of self-assessment: what stays the same while its wording is written anew."""

from odoo import api, fields, models

SUBJECTS = [
    ("commune", "The commune"),
    ("site", "A reception site"),
    ("service", "A service"),
    ("cooperation", "The cooperation with the programme"),
]


class JamaaAssessmentGrid(models.Model):
    """A set of questions a commune puts to itself, with a stable code.

    A grid without commune is shared: every commune reads it and may adopt it, as a draft of its own that it
    shapes. What it leaves alone stays comparable (`jamaa.assessment.version._comparable_with`).
    """

    _name = "jamaa.assessment.grid"
    _inherit = ["jamaa.multilingual", "mail.thread"]
    _description = "Self-assessment Grid"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]

    # Identity
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, index=True, help="Stable, the same in every commune: “reception-site”.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Commune", index=True, default=lambda self: self.env.company, help="Empty: a shared grid."
    )
    model_id = fields.Many2one(
        "jamaa.assessment.grid", "Adopted from", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )

    # What it is for
    subject_kind = fields.Selection(SUBJECTS, "What is assessed", required=True, default="commune")
    purpose = fields.Text("What it is for", translate=True)
    sources = fields.Text("What it draws on", translate=True)

    # Its wording
    version_ids = fields.One2many("jamaa.assessment.version", "grid_id", "Versions")
    version_id = fields.Many2one(
        "jamaa.assessment.version", "Published version", compute="_compute_version_id", store=True, copy=False
    )
    draft_version_id = fields.Many2one(
        "jamaa.assessment.version", "Version in preparation", compute="_compute_draft_version_id"
    )
    item_count = fields.Integer("Items", compute="_compute_item_count")

    _code_uniq = models.UniqueIndex("(coalesce(company_id, 0), code)", "This commune already has this grid.")
    _code_form = models.Constraint(
        "CHECK(code ~ '^[a-z0-9]+(-[a-z0-9]+)*$')", "A code has small Latin letters, figures and hyphens only."
    )

    @api.depends("version_ids.state")
    def _compute_version_id(self):
        published = self.env["jamaa.assessment.version"].search_fetch(
            [("grid_id", "in", self.ids), ("state", "=", "published")], ["grid_id"]
        )
        by_grid = {version.grid_id.id: version for version in published}
        for grid in self:
            grid.version_id = by_grid.get(grid._origin.id, False)

    @api.depends("version_ids.state")
    def _compute_draft_version_id(self):
        drafts = self.env["jamaa.assessment.version"].search_fetch(
            [("grid_id", "in", self.ids), ("state", "=", "draft")], ["grid_id"], order="id"
        )
        by_grid = {version.grid_id.id: version for version in drafts}
        for grid in self:
            grid.draft_version_id = by_grid.get(grid._origin.id, False)

    @api.depends("version_id", "draft_version_id")
    def _compute_item_count(self):
        shown = {grid: grid.version_id or grid.draft_version_id for grid in self}
        versions = self.env["jamaa.assessment.version"].union(*shown.values())
        counts = dict(
            self.env["jamaa.assessment.item"]._read_group(
                [("version_id", "in", versions.ids)], ["version_id"], ["__count"]
            )
        )
        for grid, version in shown.items():
            grid.item_count = counts.get(version, 0)

    # ---------- actions ----------

    def action_open_published(self):
        """Open the wording that rounds use."""
        self.ensure_one()
        return self.version_id._get_records_action()

    def action_open_draft(self):
        """Open the wording in preparation; make one when there is none."""
        self.ensure_one()
        return self._draft()._get_records_action()

    def action_adopt(self):
        """Take shared grids into the own commune, each as a draft to be shaped.

        :raise UserError: the commune has them all already
        """
        return self._adopt(self.env.company)

    def _draft(self):
        """Return the version in preparation: the running one, a copy of the published one, or a first one."""
        self.ensure_one()
        if self.draft_version_id:
            return self.draft_version_id
        if self.version_id:
            return self.version_id._new_version()
        return self.env["jamaa.assessment.version"].create({"grid_id": self.id})
