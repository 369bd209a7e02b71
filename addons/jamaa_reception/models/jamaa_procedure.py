"""A procedure of a commune: what stays the same while its sheet is written anew."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class JamaaProcedure(models.Model):
    """Something a person can ask of the commune (CPSV-AP: PublicService).

    The code is stable and shared: two communes that write the sheet of the same thing use the
    same code, a local variant has its own ``variant`` beside it. What people read is the
    published sheet; the procedure holds what does not change with it.

    A procedure without commune belongs to the shared catalogue: a model, read by every commune
    and adopted as a draft of its own, never shown to citizens.
    """

    _name = "jamaa.procedure"
    _inherit = ["jamaa.multilingual", "mail.thread", "mail.activity.mixin"]
    _description = "Procedure"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]
    _check_company_auto = True

    # Identity
    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(required=True, index=True, help="Stable, the same in every commune: “civil-birth-extract”.")
    variant = fields.Char(help="Where this commune does it in several ways, each has a sheet of its own.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", "Commune", index=True, default=lambda self: self.env.company, help="Empty: a shared model."
    )
    model_id = fields.Many2one(
        "jamaa.procedure", "Adopted from", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )

    # For whom and when
    life_event_ids = fields.Many2many("jamaa.life.event", string="Life events")
    audience_ids = fields.Many2many("jamaa.audience", string="For whom")
    related_ids = fields.Many2many(
        "jamaa.procedure",
        "jamaa_procedure_related_rel",
        "procedure_id",
        "related_id",
        "Related procedures",
        check_company=True,
    )
    word_ids = fields.One2many("jamaa.procedure.word", "procedure_id", "Everyday words", copy=True)

    # Who and where
    department_id = fields.Many2one("hr.department", "Service", check_company=True, index="btree_not_null")
    function_id = fields.Many2one(
        "jamaa.function", "Answerable function", check_company=True, tracking=True, index="btree_not_null"
    )
    site_line_ids = fields.One2many("jamaa.procedure.site", "procedure_id", "Where", copy=True)

    # What people read
    sheet_ids = fields.One2many("jamaa.procedure.sheet", "procedure_id", "Sheets")
    sheet_id = fields.Many2one(
        "jamaa.procedure.sheet",
        "Published sheet",
        compute="_compute_sheet_id",
        store=True,
        copy=False,
        index="btree_not_null",
    )
    draft_sheet_id = fields.Many2one("jamaa.procedure.sheet", "Sheet in preparation", compute="_compute_draft_sheet_id")
    state = fields.Selection(
        [("none", "No sheet"), ("draft", "In preparation"), ("published", "Published"), ("revised", "Being revised")],
        compute="_compute_state",
        search="_search_state",
    )
    review_due = fields.Date(related="sheet_id.review_due", store=True, string="Next review")
    review_late = fields.Boolean("Review is late", compute="_compute_review_late", search="_search_review_late")

    _code_uniq = models.UniqueIndex(
        "(coalesce(company_id, 0), code, coalesce(variant, ''))", "This commune already has this procedure."
    )
    _code_form = models.Constraint(
        "CHECK(code ~ '^[a-z0-9]+(-[a-z0-9]+)*$')", "A code has small Latin letters, figures and hyphens only."
    )

    # ---------- computes ----------

    @api.depends("sheet_ids.state")
    def _compute_sheet_id(self):
        published = self.env["jamaa.procedure.sheet"].search_fetch(
            [("procedure_id", "in", self.ids), ("state", "=", "published")], ["procedure_id"]
        )
        by_procedure = {sheet.procedure_id.id: sheet for sheet in published}
        for procedure in self:
            procedure.sheet_id = by_procedure.get(procedure._origin.id, False)

    @api.depends("sheet_ids.state")
    def _compute_draft_sheet_id(self):
        drafts = self.env["jamaa.procedure.sheet"].search_fetch(
            [("procedure_id", "in", self.ids), ("state", "in", ("draft", "review"))], ["procedure_id"], order="id"
        )
        by_procedure = {sheet.procedure_id.id: sheet for sheet in drafts}
        for procedure in self:
            procedure.draft_sheet_id = by_procedure.get(procedure._origin.id, False)

    @api.depends("sheet_id", "draft_sheet_id")
    def _compute_state(self):
        for procedure in self:
            if procedure.sheet_id:
                procedure.state = "revised" if procedure.draft_sheet_id else "published"
            else:
                procedure.state = "draft" if procedure.draft_sheet_id else "none"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        drafts = ("sheet_ids", "any", [("state", "in", ("draft", "review"))])
        no_drafts = ("sheet_ids", "not any", [("state", "in", ("draft", "review"))])
        domains = {
            "none": fields.Domain("sheet_id", "=", False) & fields.Domain([no_drafts]),
            "draft": fields.Domain("sheet_id", "=", False) & fields.Domain([drafts]),
            "published": fields.Domain("sheet_id", "!=", False) & fields.Domain([no_drafts]),
            "revised": fields.Domain("sheet_id", "!=", False) & fields.Domain([drafts]),
        }
        return fields.Domain.OR(domains[one] for one in value if one in domains)

    @api.depends("review_due")
    def _compute_review_late(self):
        today = fields.Date.context_today(self)
        for procedure in self:
            procedure.review_late = bool(procedure.review_due and procedure.review_due < today)

    def _search_review_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = fields.Domain("review_due", "<", fields.Date.context_today(self))
        return fields.Domain.OR(late if one else ~late for one in set(value))

    @api.depends("name", "variant")
    def _compute_display_name(self):
        for procedure in self:
            procedure.display_name = (
                f"{procedure.name} ({procedure.variant})" if procedure.variant else procedure.name or ""
            )

    # ---------- constrains ----------

    @api.constrains("related_ids")
    def _check_related(self):
        for procedure in self:
            if procedure in procedure.related_ids:
                raise ValidationError(self.env._("A procedure is not related to itself."))

    # ---------- actions ----------

    def action_open_draft(self):
        """Open the sheet in preparation; make one when there is none."""
        self.ensure_one()
        draft = self.draft_sheet_id or self._new_draft()
        return draft._get_records_action()

    def action_open_published(self):
        """Open the sheet citizens read."""
        self.ensure_one()
        return self.sheet_id._get_records_action()

    def _new_draft(self):
        """Make a sheet in preparation, as a copy of the published one where there is one."""
        self.ensure_one()
        if self.sheet_id:
            return self.sheet_id._new_version()
        return self.env["jamaa.procedure.sheet"].create({"procedure_id": self.id})
