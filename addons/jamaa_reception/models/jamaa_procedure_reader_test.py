"""A reader's test: people read the sheet and say what they would do. Only one that was held is ever claimed."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: More than that is a survey, not a reading.
MAX_READERS = 200


class JamaaProcedureReaderTest(models.Model):
    """A few people of the commune read a sheet; what they understood is counted, never who they are.

    Prepared, it is a script on paper: questions with the answers the sheet should lead to. Held,
    its figures stay as they are.
    """

    _name = "jamaa.procedure.reader.test"
    _description = "Reader's Test of a Sheet"
    _order = "date desc, id desc"
    _check_company_auto = True

    sheet_id = fields.Many2one("jamaa.procedure.sheet", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="sheet_id.company_id", string="Commune", store=True, index=True)
    lang = fields.Selection(
        [("ar_MA", "Arabic"), ("fr_MA", "French")], "Language of the test", required=True, default="ar_MA"
    )
    state = fields.Selection(
        [("prepared", "Prepared"), ("held", "Test held")],
        "Status",
        required=True,
        default="prepared",
        readonly=True,
        copy=False,
    )
    date = fields.Date("Day of the test", copy=False)
    site_id = fields.Many2one("jamaa.site", "Held at", check_company=True, index="btree_not_null")
    group_ids = fields.One2many("jamaa.procedure.reader.group", "test_id", "Readers", copy=True)
    task_ids = fields.One2many("jamaa.procedure.reader.task", "test_id", "Questions", copy=True)
    not_understood = fields.Text("What was not understood", help="In the readers' words, without anybody's name.")
    to_change = fields.Text("What the sheet has to say otherwise")
    reader_count = fields.Integer("How many readers", compute="_compute_result", store=True)
    right_count = fields.Integer("Answers that were right", compute="_compute_result", store=True)
    asked_count = fields.Integer("Answers asked", compute="_compute_result", store=True)
    share = fields.Float("Understood (%)", compute="_compute_result", store=True, aggregator=None)
    result_text = fields.Char("Result", compute="_compute_result_text")

    _held_has_date = models.Constraint(
        "CHECK(state <> 'held' OR (date IS NOT NULL AND reader_count > 0 AND asked_count > 0))",
        "A test that was held has a date, readers and answers.",
    )

    @api.depends("group_ids.readers", "task_ids.asked", "task_ids.understood")
    def _compute_result(self):
        for test in self:
            test.reader_count = sum(test.group_ids.mapped("readers"))
            test.asked_count = sum(test.task_ids.mapped("asked"))
            test.right_count = sum(test.task_ids.mapped("understood"))
            test.share = 100 * test.right_count / test.asked_count if test.asked_count else 0

    @api.depends("state", "date", "reader_count", "right_count", "asked_count")
    @api.depends_context("lang")
    def _compute_result_text(self):
        for test in self:
            test.result_text = test.state == "held" and self.env._(
                "Read by %(readers)s people on %(date)s: %(right)s of %(asked)s answers were right (%(share)s %%).",
                readers=test.reader_count,
                date=test.date and test.date.strftime("%d/%m/%Y"),
                right=test.right_count,
                asked=test.asked_count,
                share=round(test.share),
            )

    @api.depends("sheet_id.display_name", "date")
    def _compute_display_name(self):
        for test in self:
            test.display_name = self.env._("Reader's test: %(sheet)s", sheet=test.sheet_id.display_name or "")

    @api.constrains("date")
    def _check_date(self):
        for test in self:
            if test.date and test.date > fields.Date.context_today(self):
                raise ValidationError(self.env._("A test that is still to come was not held."))

    # ---------- CRUD ----------

    @api.model_create_multi
    def create(self, vals_list):
        tests = super().create([{**vals, "state": "prepared"} for vals in vals_list])
        for test in tests.filtered(lambda one: not one.task_ids):
            test.task_ids = [fields.Command.create(vals) for vals in test._script()]
        return tests

    def write(self, vals):
        if "state" in vals and not self.env.su:
            raise UserError(self.env._("A test counts as held by its button."))
        self._check_open()
        return super().write(vals)

    def _check_open(self):
        """Refuse a change of a test that was held.

        :raise UserError: one of these was
        """
        if any(test.state == "held" for test in self):
            raise UserError(self.env._("This test was held: its result stays as it is."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        self._check_open()

    # ---------- steps ----------

    def action_held(self):
        """Button: say that the test was held; from then on the sheet shows its result.

        :raise UserError: something of the result is missing or cannot be
        """
        self.check_access("write")
        for test in self:
            test._check_open()
            if not test.date:
                raise UserError(self.env._("Say on which day the test was held."))
            if not 0 < test.reader_count <= MAX_READERS:
                raise UserError(self.env._("Say how many people read the sheet."))
            if not test.asked_count:
                raise UserError(self.env._("Write beside each question how many were asked and how many were right."))
            if any(task.asked > test.reader_count for task in test.task_ids):
                raise UserError(self.env._("A question was put to more people than there were readers."))
            # sudo: jamaa.procedure.reader.test - the state is the tool's to set, after the checks above
            test.sudo().state = "held"

    def action_print(self):
        """Button: the script on paper."""
        self.check_access("read")
        return self.env.ref("jamaa_reception.action_report_reader_test").report_action(self)

    def _document_lang(self):
        return self.lang

    def _categories(self):
        """Return the kinds of readers the paper offers to tick."""
        # More would not fit on the paper.
        return self.env["jamaa.access.category"].search([], limit=30)

    # ---------- the script ----------

    def _script(self):
        """Return the questions of a test, made of what the sheet says, in the language of the test."""
        self.ensure_one()
        sheet = self.sheet_id.with_context(lang=self.lang)
        _ = sheet.env._
        always = sheet.piece_ids.filtered(lambda piece: not piece.condition_ids and not piece.held_by_us)
        places = sheet.procedure_id.site_line_ids.filtered(lambda line: line.what in ("done", "deposit"))
        found = [
            (_("In your own words: what is this for?"), sheet.summary),
            (_("What do you do first?"), sheet.step_ids[:1].name),
            (_("Which papers do you bring in any case?"), self._lines(always.mapped("name"))),
        ]
        found += [
            (_("When do you also need this paper: %(paper)s?", paper=piece.name), piece.condition_text)
            for piece in sheet.piece_ids.filtered("condition_ids")[:2]
        ]
        fees = [
            _("%(name)s: %(amount)s dirhams", name=fee.name, amount=f"{fee.amount:g}")
            for fee in sheet.fee_ids
            if fee.amount_known
        ]
        found += [
            (_("How much do you pay?"), self._lines(fees)),
            (_("Where do you go?"), self._lines(places.site_id.mapped("name"))),
            (_("What do you get in the end?"), sheet.output_name),
            (_("What can you do when you do not agree?"), sheet.appeal),
        ]
        return [
            {"sequence": rank, "name": question, "expected": expected}
            for rank, (question, expected) in enumerate(found, start=1)
            if expected
        ]

    def _lines(self, texts):
        return "\n".join(texts)


class JamaaProcedureReaderPart(models.AbstractModel):
    """Mixin of what a test is made of: it stays as it is once the test was held."""

    _name = "jamaa.procedure.reader.part"
    _description = "Part of a Reader's Test"

    test_id = fields.Many2one("jamaa.procedure.reader.test", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="test_id.company_id", string="Commune", store=True, index=True)

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.test_id._check_open()
        return parts

    def write(self, vals):
        self.test_id._check_open()
        result = super().write(vals)
        # Moved into another test, it is that one's too.
        self.test_id._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        self.test_id._check_open()


class JamaaProcedureReaderGroup(models.Model):
    """How many readers of one kind took part; no names."""

    _name = "jamaa.procedure.reader.group"
    _inherit = ["jamaa.procedure.reader.part"]
    _description = "Readers of a Test"
    _order = "test_id, id"

    category_id = fields.Many2one(
        "jamaa.access.category", "Category", help="Empty: no special category.", ondelete="restrict"
    )
    readers = fields.Integer("How many", required=True, default=1)

    _readers_range = models.Constraint(f"CHECK(readers BETWEEN 1 AND {MAX_READERS})", "At least one reader.")


class JamaaProcedureReaderTask(models.Model):
    """One question of a test, with what the sheet should lead to and how many got there."""

    _name = "jamaa.procedure.reader.task"
    _inherit = ["jamaa.procedure.reader.part"]
    _description = "Question of a Reader's Test"
    _order = "test_id, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Text("Question", required=True)
    expected = fields.Text("What the sheet says")
    asked = fields.Integer("People asked")
    understood = fields.Integer("Answered right")

    _understood_range = models.Constraint(
        "CHECK(asked >= 0 AND understood >= 0 AND understood <= asked)", "No more can be right than were asked."
    )


class JamaaProcedureSheet(models.Model):
    _inherit = "jamaa.procedure.sheet"

    reader_test_ids = fields.One2many("jamaa.procedure.reader.test", "sheet_id", "Reader's tests")
    reader_test_text = fields.Char("Reader's test", compute="_compute_reader_test_text")

    @api.model
    def _never_content(self):
        return super()._never_content() | {"reader_test_ids"}

    @api.depends("reader_test_ids.state")
    @api.depends_context("lang")
    def _compute_reader_test_text(self):
        """The result of the last test that was held; nothing where none was."""
        for sheet in self:
            held = sheet.reader_test_ids.filtered(lambda test: test.state == "held")
            sheet.reader_test_text = held[:1].result_text

    def action_new_reader_test(self):
        """Button: prepare a test of this sheet, its questions made of what the sheet says."""
        self.ensure_one()
        test = self.env["jamaa.procedure.reader.test"].create(
            {"sheet_id": self.id, "lang": self.env.lang if self.env.lang in ("ar_MA", "fr_MA") else "ar_MA"}
        )
        return test._get_records_action()
