"""One wording of a grid."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: What the tool itself keeps about a version that is no longer written on.
NOT_CONTENT = {"state", "published_by_id", "published_on", "replaced_on"}


class JamaaAssessmentVersion(models.Model):
    """The criteria and items of a grid at one time.

    Once published nothing in it changes, since people answered just that. What changes later is a new version;
    an item whose text and anchors were left alone keeps its key and its fingerprint, and its levels can be
    compared over time.
    """

    _name = "jamaa.assessment.version"
    _description = "Version of a Grid"
    _order = "grid_id, number desc, id desc"
    _rec_names_search = ["grid_id.name", "grid_id.code"]

    grid_id = fields.Many2one("jamaa.assessment.grid", "Grid", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="grid_id.company_id", string="Commune", store=True, index=True)
    subject_kind = fields.Selection(related="grid_id.subject_kind")
    number = fields.Integer("Version", default=1, readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "In preparation"), ("published", "Published"), ("replaced", "Replaced")],
        string="Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    change_note = fields.Text("What is new", copy=False, help="For whoever compares this version with the one before.")
    evidence_cap = fields.Integer(
        "Highest level without evidence",
        default=5,
        help="5: no limit. With 2, a higher level counts as 2 until a file, a link or a figure stands beside it.",
    )
    criterion_ids = fields.One2many("jamaa.assessment.criterion", "version_id", "Criteria", copy=True)
    item_ids = fields.One2many("jamaa.assessment.item", "version_id", "Items")
    published_by_id = fields.Many2one("res.users", "Published by", readonly=True, copy=False)
    published_on = fields.Date(readonly=True, copy=False)
    replaced_on = fields.Date(readonly=True, copy=False)

    _number_uniq = models.Constraint("UNIQUE(grid_id, number)", "This grid already has this version.")
    _one_published = models.UniqueIndex("(grid_id) WHERE state = 'published'", "Only one version is published.")
    _cap_range = models.Constraint("CHECK(evidence_cap BETWEEN 0 AND 5)", "A level lies between 0 and 5.")

    @api.depends("grid_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(grid)s (version %(number)s)", grid=version.grid_id.name or "", number=version.number
            )

    # ---------- CRUD ----------

    @api.model_create_multi
    def create(self, vals_list):
        last = dict(
            self._read_group(
                [("grid_id", "in", [vals.get("grid_id") for vals in vals_list])], ["grid_id"], ["number:max"]
            )
        )
        numbers = {grid.id: number for grid, number in last.items()}
        for vals in vals_list:
            grid = vals.get("grid_id")
            numbers[grid] = numbers.get(grid, 0) + 1
            vals.update(state="draft", number=numbers[grid])
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() - NOT_CONTENT:
            self._check_writable()
        if NOT_CONTENT & vals.keys() and not self.env.su:
            raise UserError(self.env._("A version is published by its button."))
        return super().write(vals)

    def _check_writable(self):
        """Refuse a change of what was published.

        :raise UserError: one of the versions is no longer in preparation
        """
        if any(version.state != "draft" for version in self):
            raise UserError(
                self.env._("This version was published and people answered it. Make a new version to change something.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if any(version.state != "draft" for version in self):
            raise UserError(self.env._("A version that was published stays on record."))

    # ---------- steps ----------

    def action_publish(self):
        """Let rounds use this wording from now on; the former one is replaced.

        :raise UserError: something is missing, or it was published already
        """
        self.check_access("write")
        for version in self:
            version._check_writable()
            version._check_complete()
            version._publish()

    def _publish(self):
        """Freeze the version, and the fingerprint of each item with it."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        # sudo: jamaa.assessment.version - state and dates are the tool's to set
        running = self.sudo()
        former = running.grid_id.version_id
        former.write({"state": "replaced", "replaced_on": today})
        former.flush_recordset(["state"])
        for item in running.with_context(active_test=False).item_ids:
            item.fingerprint = item._fingerprint_now()
        running.write({"state": "published", "published_by_id": self.env.user.id, "published_on": today})

    def action_new_version(self):
        """Open a copy in preparation, in which what has changed is written."""
        self.ensure_one()
        return self.grid_id._draft()._get_records_action()

    def _new_version(self):
        """Copy this version into one in preparation, items that were switched off included."""
        self.ensure_one()
        copied = self.with_context(active_test=False).copy({"grid_id": self.grid_id.id})
        return self.browse(copied.id)

    def _check_complete(self):
        """Refuse to publish a grid nobody could answer.

        :raise ValidationError: with one sentence for each gap, the first ten
        """
        self.ensure_one()
        gaps = [] if self.item_ids else [self.env._("Write at least one item.")]
        for item in self.item_ids:
            if item.kind == "level" and any(not item[f"anchor_{level}"] for level in range(6)):
                gaps.append(self.env._("“%(item)s” needs the words of all six levels.", item=item.name))
        if gaps:
            raise ValidationError("\n".join(gaps[:10]))

    # ---------- comparing ----------

    def _fingerprints(self):
        """Return what each item in use says, as ``{key: fingerprint}``."""
        self.ensure_one()
        return {item.key: item.fingerprint or item._fingerprint_now() for item in self.item_ids}

    def _comparable_with(self, other):
        """Return the keys of items that read the same in another version, of this grid or of another commune's.

        :param other: a version
        :rtype: set
        """
        theirs = other._fingerprints()
        return {key for key, fingerprint in self._fingerprints().items() if theirs.get(key) == fingerprint}
