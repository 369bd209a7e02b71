"""Cases from a file: an old paper register, or what the national portal exports."""

import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import register_file
from .helpdesk_ticket_files import QUIET

#: Rows imported in one go by the job, before it commits.
BATCH = 50
IDENTITY = ("name", "phone", "email", "address")
#: What the user sets; all else follows from the steps.
TYPED = {"source", "file", "file_name"}


class JamaaComplaintImport(models.Model):
    """One file, checked first and imported only then.

    The dry run lists every bad row with what to do; nothing of a bad row is taken, and no
    row twice: each is known by its national number, or by the fingerprint of its words. The
    file holds names, so it is wiped once it was imported. No citizen is written to.
    """

    _name = "jamaa.complaint.import"
    _description = "Import of cases from a file"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company",
        string="Commune",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    source = fields.Selection(
        [("register", "Old register of the commune"), ("portal", "Export of the national portal")],
        required=True,
        default="register",
    )
    file = fields.Binary("File (CSV or XLSX)", attachment=True, copy=False)
    file_name = fields.Char("Name of the file", copy=False)
    state = fields.Selection(
        [("draft", "To check"), ("checked", "Checked"), ("running", "Being imported"), ("done", "Imported")],
        string="Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    line_ids = fields.One2many("jamaa.complaint.import.line", "import_id", string="Rows", readonly=True)
    row_count = fields.Integer("Rows read", compute="_compute_counts")
    bad_count = fields.Integer("Rows to mend", compute="_compute_counts")
    new_count = fields.Integer("New cases", compute="_compute_counts")
    known_count = fields.Integer("Known already", compute="_compute_counts")
    done_count = fields.Integer("Rows imported", compute="_compute_counts")

    @api.depends("line_ids.state")
    def _compute_counts(self):
        lines = self.env["jamaa.complaint.import.line"]
        found = {}
        for record, state, count in lines._read_group(
            [("import_id", "in", self.ids)], ["import_id", "state"], ["__count"]
        ):
            found[record.id, state] = count
        for record in self:
            counts = {state: found.get((record.id, state), 0) for state, _label in lines._fields["state"].selection}
            record.row_count = sum(counts.values())
            record.bad_count = counts["bad"]
            record.new_count = counts["new"]
            record.known_count = counts["known"] + counts["differs"]
            record.done_count = counts["done"]

    @api.depends("file_name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = record.file_name or self.env._("New import")

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_typed({name for vals in vals_list for name in vals} - {"company_id"})
        return super().create(vals_list)

    def _check_typed(self, names):
        """States come from steps, never from a caller.

        :raise AccessError: something else than the file is written
        """
        if names - TYPED:
            raise AccessError(self.env._("Only the file and its source are typed; the rest follows from the steps."))

    def write(self, vals):
        if not self.env.su:
            self._check_typed(set(vals))
        if {"file", "source"} & set(vals) and not self.env.su:
            if self.filtered(lambda record: record.state in ("running", "done")):
                raise UserError(self.env._("This file was imported: start another import for another file."))
            # what was checked is what is imported
            # sudo: jamaa.complaint.import.line - rows are written by code alone
            self.line_ids.sudo().unlink()
            super().write(vals)
            # sudo: jamaa.complaint.import - back to the first step
            return self.sudo().write({"state": "draft"})
        return super().write(vals)

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _check_officer(self):
        """Refuse whoever does not run the complaint unit of this commune.

        :raise AccessError: another role, or another commune
        """
        self.check_access("write")
        for record in self:
            if record.company_id not in self.env.companies or not self.env.user.has_group(
                "jamaa_base.group_complaint_officer"
            ):
                raise AccessError(self.env._("Registers are imported by the complaint unit."))

    def _rows(self):
        """Read the file anew: what is judged is what is there.

        :raise UserError: the file as a whole cannot be read
        """
        self.ensure_one()
        words = {
            "too_large": self.env._("The file is too large: 10 MB at most. Part it into several files."),
            "not_a_table": self.env._(
                "This file cannot be read as a table. Save it as CSV or XLSX and choose it again."
            ),
            "no_headings": self.env._(
                "The first row has to name the columns; at least kind, received on and facts are needed. Take the model file."
            ),
            "too_many_rows": self.env._("The file has more than 20,000 rows. Part it into several files."),
        }
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        categories = self.env["helpdesk.ticket.category"].with_context(active_test=False)
        names = {}
        for code, _label in self.env["res.lang"].get_installed():
            for row in categories.with_context(lang=code).search([("for_cases", "=", True)]):
                if row.company_id in (self.company_id, self.env["res.company"]):
                    names[row.name] = row.id
        needs = ("national_number",) if self.source == "portal" else ()
        try:
            yield from register_file.read(
                base64.b64decode(self.with_context(bin_size=False).file),
                self.env["helpdesk.ticket"]._commune_today(),
                names,
                needs,
            )
        except register_file.FileProblem as problem:
            raise UserError(words[problem.code]) from problem

    def _key(self, row):
        """What a row is known by, so that no file is taken twice: number, or fingerprint."""
        values = row.values
        if values.get("national_number"):
            return f"national:{values['national_number']}"
        words = "\x1f".join((str(values.get("received")), values.get("kind") or "", values.get("facts") or ""))
        return f"words:{hashlib.sha256(words.encode()).hexdigest()}"

    def action_check(self):
        """Button: the dry run. Nothing is imported."""
        self._check_officer()
        for record in self:
            if record.state not in ("draft", "checked"):
                raise UserError(self.env._("This file was imported: start another import for another file."))
            rows = list(record._rows())
            if not rows:
                raise UserError(self.env._("There is no row below the headings."))
            # sudo: jamaa.complaint.import, .line - checked just above; rows are written by code alone
            sudo = record.sudo()
            sudo.line_ids.unlink()
            sudo.line_ids.create(record._lines_of(rows))
            sudo.state = "checked"

    def _lines_of(self, rows):
        """Values of the rows of the dry run: numbers, states and problems, nothing of the person."""
        self.ensure_one()
        cases = self._known_cases([row.values.get("national_number") for row in rows])
        keys = [self._key(row) for row in rows]
        # sudo: jamaa.complaint.import.line - rows of earlier files of this commune
        earlier = dict(
            self.env["jamaa.complaint.import.line"]
            .sudo()
            ._read_group(
                [("company_id", "=", self.company_id.id), ("key", "in", keys), ("state", "=", "done")],
                ["key"],
                ["case_id:recordset"],
            )
        )
        seen, lines = set(), []
        for row, key in zip(rows, keys, strict=True):
            case = cases.get(row.values.get("national_number")) or earlier.get(key, cases[None])[:1]
            problems = self._words_of(row.problems)
            state = "new"
            if row.problems:
                state = "bad"
            elif key in seen:
                state, problems = "known", self.env._("The same row stands above in this file.")
            elif case:
                problems = self._differences(case, row)
                state = "differs" if problems else "known"
            seen.add(key)
            lines.append(
                {
                    "import_id": self.id,
                    "row": row.number,
                    "key": key,
                    "state": state,
                    "problems": problems or False,
                    "national_number": row.values.get("national_number") or False,
                    "case_id": case.id if state in ("known", "differs") and case else False,
                }
            )
        return lines

    def _known_cases(self, numbers):
        """Cases of the commune by national number; None gives an empty record."""
        # sudo: helpdesk.ticket - a number is one case, whoever may read it
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        found = tickets.search(
            [("company_id", "=", self.company_id.id), ("national_number", "in", [n for n in numbers if n])]
        )
        return {None: tickets.browse(), **{case.national_number: case for case in found}}

    def _differences(self, case, row):
        """In words, where the file and the case do not say the same; empty where they do."""
        values, said = row.values, []
        if values["kind"] != case.kind:
            said.append(self.env._("The kind is another one here."))
        if values["received"] != case.legal_receipt_date:
            said.append(
                self.env._(
                    "Received on %(there)s there, on %(here)s here.",
                    there=values["received"],
                    here=case.legal_receipt_date,
                )
            )
        if bool(values.get("answered")) != bool(case.answered_on):
            said.append(
                self.env._("Answered there, not here.")
                if values.get("answered")
                else self.env._("Answered here, not there: copy the answer back.")
            )
        return "\n".join(said)

    def _words_of(self, problems):
        """What to do about each problem of a row, one a line."""
        words = {
            "required": self.env._("fill this in"),
            "unknown": self.env._("this word is not known"),
            "bad_date": self.env._("not a date: write 31/12/2025"),
            "future": self.env._("this day has not come yet"),
            "too_long": self.env._("too long"),
            "bad_phone": self.env._("not a phone number"),
            "answer_incomplete": self.env._("an answer needs its words and its day"),
            "before_receipt": self.env._("before the day of receipt"),
        }
        return "\n".join(
            self.env._("%(column)s: %(what)s", column=register_file.heading(column, self.env.lang), what=words[code])
            for column, code in problems
        )

    def action_import(self):
        """Button: import the good rows, in the background. Bad ones stay listed."""
        self._check_officer()
        for record in self:
            if record.state != "checked":
                raise UserError(self.env._("Check the file first."))
            if not record.new_count:
                raise UserError(self.env._("There is no new row to import."))
            # sudo: jamaa.complaint.import - checked just above
            record.sudo().state = "running"
        # sudo: ir.cron - the job does what was checked
        self.env.ref("jamaa_complaints.cron_import").sudo()._trigger()

    @api.model
    def _cron_import(self):
        """Import rows batch by batch; what was done is never done again."""
        for record in self.search([("state", "=", "running")]):
            todo = {line.row: line for line in record.line_ids.filtered(lambda line: line.state == "new")}
            remaining = len(todo)
            batch = []
            for row in record._rows():
                line = todo.get(row.number)
                # the file cannot have changed since the check, and yet nothing else is taken
                if line and not row.problems and record._key(row) == line.key:
                    batch.append((line, row))
                if len(batch) == BATCH:
                    record._import_rows(batch)
                    remaining -= len(batch)
                    batch = []
                    if not self.env["ir.cron"]._commit_progress(BATCH, remaining=remaining):
                        return
            record._import_rows(batch)
            record.write({"state": "done", "file": False})
            self.env["ir.cron"]._commit_progress(len(batch), remaining=0)

    def _import_rows(self, batch):
        for line, row in batch:
            try:
                with self.env.cr.savepoint():
                    case = self._import_row(row)
                    line.write({"state": "done", "case_id": case.id})
            except (UserError, ValueError) as error:
                line.write({"state": "bad", "problems": str(error)})

    def _import_row(self, row):
        """Lodge one row, and file its answer where it had one."""
        values = row.values
        tickets = self.env["helpdesk.ticket"].with_context(jamaa_quiet=QUIET)
        facts = values["facts"]
        case = tickets._lodge(
            self.company_id,
            {
                "kind": values["kind"],
                "subject": values.get("subject") or " ".join(facts.split())[:60],
                "facts": facts,
                "place_text": values.get("place"),
                "category_id": values.get("category"),
                "legal_receipt_date": values["received"],
            },
            identity={name: values[name] for name in IDENTITY if values.get(name)},
            channel="portal" if self.source == "portal" else "other",
            lang=values.get("lang") or "ar_MA",
        )
        case._mark_imported(self.source, values.get("national_number"))
        if values.get("answer"):
            case._file_old_answer(values["answer"], values["answered"], values.get("outcome"))
        return case


class JamaaComplaintImportLine(models.Model):
    """What the dry run says of one row; holds nothing of the person."""

    _name = "jamaa.complaint.import.line"
    _description = "Row of an import of cases"
    _order = "import_id, row"
    _rec_name = "row"

    import_id = fields.Many2one("jamaa.complaint.import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", string="Commune", related="import_id.company_id", store=True, index=True, precompute=True
    )
    row = fields.Integer("Row of the file", required=True)
    key = fields.Char(required=True, index=True, export_string_translation=False)
    state = fields.Selection(
        [
            ("new", "New case"),
            ("bad", "To mend"),
            ("known", "Known already"),
            ("differs", "Known, but differs"),
            ("done", "Imported"),
        ],
        string="What becomes of it",
        required=True,
    )
    national_number = fields.Char("National number")
    problems = fields.Text("What to do")
    case_id = fields.Many2one("helpdesk.ticket", string="Case", index="btree_not_null", ondelete="cascade")
