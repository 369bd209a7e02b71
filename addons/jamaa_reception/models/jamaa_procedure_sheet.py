"""One version of what people read about a procedure."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: A sheet is read again at least once a year; the commune may say sooner on the sheet.
REVIEW_MONTHS = 12
#: What the tool itself keeps about a sheet that is no longer written on.
NOT_CONTENT = {
    "state", "review_due", "published_by_id", "published_on", "superseded_on", "reviewed_by_id", "reviewed_on",
    "reviewed_alone", "values_checked_on", "values_checked_by_id",
}  # fmt: skip


class JamaaProcedureSheet(models.Model):
    """The content of a procedure at one time: pieces, fees, steps, time limit.

    It is written by one person, reviewed by another, then published; from then on nothing in it
    changes, since people were told to bring just that, and requests were taken on it. What
    changes later is a new version. In a commune of the small profile the same person may do
    both; the sheet then says that it was reviewed alone.
    """

    _name = "jamaa.procedure.sheet"
    _inherit = ["jamaa.multilingual", "mail.thread", "mail.activity.mixin"]
    _description = "Procedure Sheet"
    _order = "procedure_id, version desc, id desc"
    _rec_names_search = ["procedure_id.name", "procedure_id.code"]
    _check_company_auto = True

    procedure_id = fields.Many2one("jamaa.procedure", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="procedure_id.company_id", string="Commune", store=True, index=True)
    version = fields.Integer(default=1, readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("review", "To be reviewed"),
            ("published", "Published"),
            ("superseded", "Replaced"),
        ],
        string="Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )

    # What it is
    summary = fields.Text("In plain words", translate=True)
    step_ids = fields.One2many("jamaa.procedure.step", "sheet_id", "Steps", copy=True)
    question_ids = fields.One2many("jamaa.procedure.question", "sheet_id", "Questions", copy=False)
    piece_ids = fields.One2many("jamaa.procedure.piece", "sheet_id", "Pieces", copy=False)
    fee_ids = fields.One2many("jamaa.procedure.fee", "sheet_id", "Fees", copy=False)
    access_ids = fields.One2many("jamaa.procedure.access", "sheet_id", "Access for each", copy=True)

    # What the law says
    legal_ids = fields.One2many("jamaa.procedure.legal", "sheet_id", "Legal texts", copy=False)
    regime_id = fields.Many2one(
        "jamaa.legal.regime",
        "Time limit",
        ondelete="restrict",
        domain="[('company_id', 'in', [False, company_id])]",
        help="The rule; the version that holds on the day of a request is looked up by its code.",
    )
    silence_effect = fields.Selection(
        [
            ("unknown", "Not known: to be checked by the commune"),
            ("none", "None: the commune must answer"),
            ("agreement", "Silence means agreement"),
            ("refusal", "Silence means refusal"),
        ],
        "Effect of silence",
        required=True,
        default="unknown",
    )
    silence_text = fields.Text("About silence", translate=True)
    authority = fields.Char("Competent authority", translate=True)
    appeal = fields.Text("How to contest", translate=True)
    values_checked_on = fields.Date(
        "Legal values checked on", help="Empty: pages say that the commune still has to check them.", copy=False
    )
    values_checked_by_id = fields.Many2one("res.users", "Checked by", readonly=True, copy=False)

    # How, and what comes of it
    channel_ids = fields.Many2many("jamaa.procedure.channel", string="Ways to ask")
    online_link = fields.Char("Online service", help="Address of the State's or the commune's own service.")
    output_name = fields.Char("What one gets", translate=True)
    output_validity = fields.Char("Valid for", translate=True)
    form_ids = fields.Many2many(
        "ir.attachment", "jamaa_procedure_sheet_form_rel", "sheet_id", "attachment_id", "Forms to print"
    )

    # Who wrote, reviewed, published
    written_by_id = fields.Many2one(
        "res.users", "Written by", readonly=True, copy=False, default=lambda self: self.env.user
    )
    reviewed_by_id = fields.Many2one("res.users", "Reviewed by", readonly=True, copy=False)
    reviewed_on = fields.Date(readonly=True, copy=False)
    reviewed_alone = fields.Boolean(compute="_compute_reviewed_alone", store=True)
    published_by_id = fields.Many2one("res.users", "Published by", readonly=True, copy=False)
    published_on = fields.Date(readonly=True, copy=False)
    superseded_on = fields.Date("Replaced on", readonly=True, copy=False)
    review_due = fields.Date("Next review", copy=False)

    _version_uniq = models.Constraint("UNIQUE(procedure_id, version)", "This procedure already has this version.")
    _one_published = models.UniqueIndex("(procedure_id) WHERE state = 'published'", "Only one sheet is published.")
    _one_draft = models.UniqueIndex(
        "(procedure_id) WHERE state IN ('draft', 'review')", "A sheet of this procedure is already in preparation."
    )

    # ---------- computes ----------

    @api.depends("procedure_id.display_name", "version")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = self.env._(
                "%(procedure)s, version %(number)s",
                procedure=sheet.procedure_id.display_name or "",
                number=sheet.version,
            )

    @api.depends("written_by_id", "reviewed_by_id")
    def _compute_reviewed_alone(self):
        for sheet in self:
            sheet.reviewed_alone = bool(sheet.reviewed_by_id and sheet.reviewed_by_id == sheet.written_by_id)

    # ---------- CRUD ----------

    @api.model_create_multi
    def create(self, vals_list):
        last = dict(
            self._read_group(
                [("procedure_id", "in", [vals.get("procedure_id") for vals in vals_list])],
                ["procedure_id"],
                ["version:max"],
            )
        )
        versions = {procedure.id: version for procedure, version in last.items()}
        for vals in vals_list:
            procedure = vals.get("procedure_id")
            versions[procedure] = versions.get(procedure, 0) + 1
            vals.update(state="draft", version=versions[procedure])
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() - NOT_CONTENT - self._never_content():
            self._check_writable()
        if NOT_CONTENT & vals.keys() - {"review_due"} and not self.env.su:
            raise UserError(self.env._("A sheet is reviewed and published by its buttons."))
        return super().write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        self._check_writable()
        return super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)

    @api.model
    def _never_content(self):
        """Names of fields that belong to mail and activities: they go on after publication."""
        return {
            name
            for name, field in self._fields.items()
            if name.startswith(("message_", "activity_", "website_message"))
        }

    def _check_writable(self):
        """Refuse a change of what was published.

        :raise UserError: one of the sheets is no longer in preparation
        """
        if any(sheet.state in ("published", "superseded") for sheet in self):
            raise UserError(
                self.env._("This sheet was published and people go by it. Make a new version to change something.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if any(sheet.state in ("published", "superseded") for sheet in self):
            raise UserError(self.env._("A sheet that was published stays on record."))

    # ---------- steps ----------

    def action_submit(self):
        """Hand the sheet to somebody else for review."""
        for sheet in self:
            sheet._check_state("draft")
            sheet._check_complete()
        self.check_access("write")
        # sudo: jamaa.procedure.sheet - the state is the tool's to set, after the check above
        self.sudo().write({"state": "review"})

    def action_back(self):
        """Give the sheet back to whoever wrote it."""
        for sheet in self:
            sheet._check_state("review")
        self.check_access("write")
        # sudo: jamaa.procedure.sheet - the state is the tool's to set, after the check above
        self.sudo().write({"state": "draft", "reviewed_by_id": False, "reviewed_on": False})

    def action_publish(self):
        """Say that one has read the sheet as somebody else than its writer, and show it to citizens.

        :raise UserError: the sheet is not complete, or the reader is its writer
        """
        self.check_access("write")
        today = fields.Date.context_today(self)
        for sheet in self:
            sheet._check_state("review")
            sheet._check_complete()
            sheet._check_second_person()
            # sudo: jamaa.procedure.sheet - state and dates are the tool's to set, after the checks above
            running = sheet.sudo()
            former = running.procedure_id.sheet_id
            former.write({"state": "superseded", "superseded_on": today})
            former.flush_recordset(["state"])
            running.write(
                {
                    "state": "published",
                    "reviewed_by_id": self.env.user.id,
                    "reviewed_on": today,
                    "published_by_id": self.env.user.id,
                    "published_on": today,
                    "review_due": sheet.review_due or today + relativedelta(months=REVIEW_MONTHS),
                }
            )

    def action_withdraw(self):
        """Take the published sheet from the public pages, without a new one."""
        self.check_access("write")
        for sheet in self:
            sheet._check_state("published")
        # sudo: jamaa.procedure.sheet - the state is the tool's to set, after the check above
        self.sudo().write({"state": "superseded", "superseded_on": fields.Date.context_today(self)})

    def action_new_version(self):
        """Open a copy in preparation, in which what has changed is written."""
        self.ensure_one()
        return (self.procedure_id.draft_sheet_id or self._new_version())._get_records_action()

    def action_still_true(self):
        """Say that one has read the published sheet again and that nothing has changed."""
        self.check_access("write")
        today = fields.Date.context_today(self)
        for sheet in self:
            sheet._check_state("published")
            sheet.review_due = today + relativedelta(months=REVIEW_MONTHS)
            sheet.message_post(body=self.env._("Read again: still true."))

    def action_values_checked(self):
        """Say that the legal values of the sheet were compared with the texts."""
        self.check_access("write")
        # sudo: jamaa.procedure.sheet - a check is about the published content and changes none of it
        self.sudo().write(
            {"values_checked_on": fields.Date.context_today(self), "values_checked_by_id": self.env.user.id}
        )
        for sheet in self:
            sheet.message_post(body=self.env._("Legal values compared with the texts."))

    # ---------- what the steps look at ----------

    def _check_state(self, *states):
        self.ensure_one()
        if self.state not in states:
            raise UserError(self.env._("“%(sheet)s” has moved on meanwhile: open it again.", sheet=self.display_name))

    def _missing(self):
        """Return what a sheet lacks before anybody can go by it, as a list of sentences."""
        self.ensure_one()
        missing = []
        if not self._in_language("summary")[0]:
            missing.append(self.env._("Say in plain words what it is."))
        if not self.step_ids:
            missing.append(self.env._("Write at least one step: what does one do first?"))
        if not self.channel_ids:
            missing.append(self.env._("Say in which ways one can ask."))
        return missing

    def _check_complete(self):
        missing = self._missing()
        if missing:
            raise UserError("\n".join(missing))

    def _check_second_person(self):
        """Refuse a reader who wrote the sheet, but in a small commune."""
        self.ensure_one()
        # sudo: res.users - who wrote it may have left
        alone = self.sudo().written_by_id == self.env.user
        if alone and self.company_id.profile != "small" and not self.env.su:
            raise AccessError(self.env._("You wrote this sheet: somebody else reads it before it is published."))

    def _new_version(self):
        """Copy the sheet into a new one in preparation.

        Questions come first: pieces and fees hang on their answers.
        """
        self.ensure_one()
        new = self.copy({"written_by_id": self.env.user.id})
        answers = {}
        questions = {}
        for question in self.question_ids:
            questions[question] = question.copy({"sheet_id": new.id, "answer_ids": [], "condition_ids": []})
            for answer in question.answer_ids:
                answers[answer.id] = answer.copy({"question_id": questions[question].id}).id
        for question, copied in questions.items():
            copied.condition_ids = [fields.Command.set([answers[one.id] for one in question.condition_ids])]
        texts = {text.id: text.copy({"sheet_id": new.id}).id for text in self.legal_ids}
        for line in (*self.piece_ids, *self.fee_ids):
            vals = {
                "sheet_id": new.id,
                "condition_ids": [fields.Command.set([answers[one.id] for one in line.condition_ids])],
            }
            if line._name == "jamaa.procedure.fee":
                vals["legal_id"] = texts.get(line.legal_id.id, False)
            line.copy(vals)
        return new
