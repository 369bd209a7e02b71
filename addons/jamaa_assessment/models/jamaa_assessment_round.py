"""A round of self-assessment: one grid, one subject, one panel, at one time."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .jamaa_assessment_grid import SUBJECTS

#: What a running round no longer changes: answers were given to just that.
FIXED = {"company_id", "version_id", "site_id", "department_id", "member_id"}


class JamaaAssessmentRound(models.Model):
    """A group looks at its own work: each alone first, then together.

    draft → individual → consensus → validated. While individual answers are open nobody sees anybody else's,
    nor what an earlier round agreed on. The group then goes through the items on which it stands apart, and the
    director or the president validates what was agreed; from then on nothing of it changes.
    """

    _name = "jamaa.assessment.round"
    _inherit = ["jamaa.assessment.panel", "mail.thread", "mail.activity.mixin"]
    _description = "Round of Self-assessment"
    _order = "date desc, id desc"
    _check_company_auto = True

    # What
    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    version_id = fields.Many2one(
        "jamaa.assessment.version",
        "Grid",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'published'), ('company_id', 'in', [False, company_id])]",
    )
    grid_id = fields.Many2one(related="version_id.grid_id", string="Grid, all versions", store=True, index=True)
    subject_kind = fields.Selection(SUBJECTS, compute="_compute_subject_kind", string="What is assessed")
    site_id = fields.Many2one("jamaa.site", "Site", check_company=True, index="btree_not_null")
    department_id = fields.Many2one("hr.department", "Service", check_company=True, index="btree_not_null")
    member_id = fields.Many2one(
        "jamaa.programme.member",
        "Programme",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('company_id', '=', company_id)]",
        help="The programme whose cooperation with the commune is assessed.",
    )
    subject_name = fields.Char("What it is about", compute="_compute_subject_name")
    subject_key = fields.Char(
        compute="_compute_subject_key", store=True, index=True, help="The same for all rounds that may be compared."
    )
    date = fields.Date("Day of the meeting", default=fields.Date.context_today)
    purpose = fields.Text("Why this round", help="What the commune wants to learn from it.")

    # Who
    facilitator_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, domain="[('company_ids', 'in', company_id)]"
    )
    rater_ids = fields.One2many("jamaa.assessment.rater", "round_id", "Panel")
    rater_count = fields.Integer("Raters", compute="_compute_rater_count")
    finished_count = fields.Integer("Finished", compute="_compute_rater_count")

    # Where it stands
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("individual", "Each answers alone"),
            ("consensus", "The group agrees"),
            ("validated", "Validated"),
        ],
        string="Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    step_ids = fields.One2many("jamaa.assessment.step", "round_id", "Steps")
    consensus_ids = fields.One2many("jamaa.assessment.consensus", "round_id", "What was agreed")
    result_ids = fields.One2many("jamaa.assessment.result", "round_id", "Results")
    priority_ids = fields.One2many("jamaa.assessment.priority", "round_id", "Priorities")
    previous_id = fields.Many2one("jamaa.assessment.round", "Last round", compute="_compute_previous_id")
    open_count = fields.Integer("Items to agree on", compute="_compute_open_count")

    _date_idx = models.Index("(company_id, date DESC, id DESC)")

    # ---------- computes ----------

    @api.depends("version_id")
    def _compute_subject_kind(self):
        for one in self:
            one.subject_kind = one.version_id.subject_kind

    @api.depends("subject_kind", "site_id", "department_id", "member_id", "company_id")
    @api.depends_context("lang")
    def _compute_subject_name(self):
        for one in self:
            kind = one.subject_kind
            # sudo: jamaa.programme.member - its programme's name, as below
            programme = one.member_id.sudo().programme_id
            places = {"site": one.site_id, "service": one.department_id, "cooperation": programme}
            subject = places.get(kind) or one.company_id
            # sudo: jamaa.site, hr.department, jamaa.programme - whoever may read the round reads what it is about
            one.subject_name = subject.sudo().display_name or ""

    @api.depends("grid_id.code", "company_id", "site_id", "department_id", "member_id")
    def _compute_subject_key(self):
        for one in self:
            place = f"site{one.site_id.id}" if one.site_id else f"service{one.department_id.id or 0}"
            if one.member_id:
                place = f"programme{one.member_id.id}"
            one.subject_key = f"{one.company_id.id}/{one.grid_id.code}/{place}"

    @api.depends("rater_ids.finished_on")
    def _compute_rater_count(self):
        # sudo: jamaa.assessment.rater - how many, not who
        groups = self.env["jamaa.assessment.rater"].sudo()._read_group(
            [("round_id", "in", self.ids)], ["round_id"], ["__count", "finished_on:count"]
        )  # fmt: skip
        counts = {one.id: (count, finished) for one, count, finished in groups}
        for one in self:
            one.rater_count, one.finished_count = counts.get(one.id, (0, 0))

    @api.depends("consensus_ids.answer")
    def _compute_open_count(self):
        counts = dict(
            self.env["jamaa.assessment.consensus"]._read_group(
                [("round_id", "in", self.ids), ("answer", "=", False)], ["round_id"], ["__count"]
            )
        )
        for one in self:
            one.open_count = counts.get(one, 0)

    # ---------- who sees it ----------

    @api.model
    def _domain_open_to_me(self):
        return Domain.TRUE if self._leads() else self._mine()

    # ---------- constrains and CRUD ----------

    @api.constrains("version_id", "company_id")
    def _check_version(self):
        for one in self:
            if one.version_id.state != "published" and one.state == "draft":
                raise ValidationError(self.env._("A round uses a published version of a grid."))
            if one.version_id.company_id not in (one.company_id, self.env["res.company"]):
                raise ValidationError(self.env._("This grid belongs to another commune."))

    @api.constrains("member_id", "company_id")
    def _check_member(self):
        for one in self:
            if one.member_id and one.member_id.company_id != one.company_id:
                raise ValidationError(self.env._("Choose a programme in which this commune is."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["state"] = "draft"
        self.env["jamaa.assessment.rater"]._forget_menus()
        return super().create(vals_list)

    def write(self, vals):
        if "state" in vals and not self.env.su:
            raise UserError(self.env._("A round moves on by its buttons."))
        if FIXED & vals.keys() and any(one.state != "draft" for one in self):
            raise UserError(self.env._("This round has begun: its grid and its subject stay as they are."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(one.state != "draft" for one in self):
            raise UserError(self.env._("A round that has begun stays on record."))

    def _previous(self):
        """Return the last validated round about the same subject, or an empty one."""
        self.ensure_one()
        return self.previous_id

    @api.depends("subject_key")
    @api.depends_context("uid")
    def _compute_previous_id(self):
        validated = self.search_fetch(
            [("subject_key", "in", list(set(self.mapped("subject_key")))), ("state", "=", "validated")],
            ["subject_key"],
            order="id desc",
        )
        for one in self:
            earlier = (
                other
                for other in validated
                if other.subject_key == one.subject_key and other.id < (one._origin.id or 0)
            )
            one.previous_id = next(earlier, False)
