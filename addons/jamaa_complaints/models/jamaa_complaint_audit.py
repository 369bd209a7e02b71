"""The auditor's room: a sample nobody chose, what citizens say of it, findings and replies."""

import csv
import io
import random
import secrets

import xlsxwriter
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import format_date

from odoo.addons.jamaa_base.controllers.export_guard import as_text

from ..tools.naming import reasons
from .helpdesk_ticket import CASE_KINDS, OUTCOMES

COLUMNS = (
    "number",
    "kind",
    "category_id",
    "service_id",
    "received_on",
    "due_on",
    "answered_on",
    "outcome",
    "call_result",
    "called_on",
    "call_note",
)


class JamaaComplaintAudit(models.Model):
    """A sample of the closed cases of a period, drawn by a stored seed: whoever draws again gets the same."""

    _name = "jamaa.complaint.audit"
    _description = "Audit of complaints"
    _order = "date_to desc, id desc"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", string="Commune", required=True, index=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(
        string="Answered from",
        required=True,
        default=lambda self: fields.Date.context_today(self) - relativedelta(months=3),
    )
    date_to = fields.Date(string="Answered until", required=True, default=fields.Date.context_today)
    size = fields.Integer(string="Cases to draw", required=True, default=20)
    seed = fields.Char(readonly=True, copy=False, help="Drawn by chance when the sample is drawn, and kept.")
    population = fields.Integer(string="Cases to draw from", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "To draw"), ("drawn", "Drawn")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    item_ids = fields.One2many("jamaa.complaint.audit.item", "audit_id", string="Sample", readonly=True)
    finding_ids = fields.One2many("jamaa.complaint.audit.finding", "audit_id", string="Findings")

    _size_positive = models.Constraint("CHECK(size > 0 AND size <= 1000)", "Draw between 1 and 1000 cases.")
    _period_order = models.Constraint("CHECK(date_from <= date_to)", "The period ends after it begins.")

    @api.depends("date_from", "date_to")
    @api.depends_context("lang")
    def _compute_name(self):
        for audit in self:
            audit.name = self.env._(
                "Audit %(first)s – %(last)s",
                first=format_date(self.env, audit.date_from) or "…",
                last=format_date(self.env, audit.date_to) or "…",
            )

    @api.model_create_multi
    def create(self, vals_list):
        typed = {"company_id", "date_from", "date_to", "size", "finding_ids"}
        return super().create([{key: vals[key] for key in vals.keys() & typed} for vals in vals_list])

    def write(self, vals):
        """A sample that is drawn is not drawn otherwise.

        :raise UserError: period, size or seed of a drawn sample would change
        """
        drawn = any(audit.state != "draft" for audit in self)
        allowed = {"finding_ids"} if drawn else {"finding_ids", "date_from", "date_to", "size"}
        if not self.env.su and set(vals) - allowed:
            raise UserError(self.env._("A sample that is drawn stays as it is: begin another audit."))
        return super().write(vals)

    def _candidates(self):
        """Answered cases of the period, in the order of their numbers; never sensitive ones."""
        self.ensure_one()
        # sudo: helpdesk.ticket - the auditor sees no case; only the columns of the sample are kept
        return (
            self.env["helpdesk.ticket"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("kind", "!=", False),
                    ("company_id", "=", self.company_id.id),
                    ("confidentiality", "!=", "sensitive"),
                    ("answer_state", "=", "sent"),
                    ("answered_on", ">=", self.date_from),
                    ("answered_on", "<=", self.date_to),
                ],
                order="case_number, id",
            )
        )

    @api.model
    def _sample(self, numbers, size, seed):
        """The sample that a seed gives: the same for the same numbers, whoever draws.

        :param numbers: case numbers in their order
        :rtype: list
        """
        return sorted(random.Random(seed).sample(list(numbers), min(size, len(numbers))))

    def action_draw(self):
        """Button: draw the sample by chance; the seed is kept.

        :raise AccessError: not the auditor
        """
        self.check_access("write")
        if not self.env.user.has_group("jamaa_base.group_auditor"):
            raise AccessError(self.env._("The auditor draws the sample."))
        for audit in self:
            audit._draw(secrets.token_hex(8))

    def _draw(self, seed):
        """Draw the sample that a seed gives, once, and keep the seed; the caller checked who draws.

        :param str seed: any text
        """
        for audit in self:
            if audit.state != "draft":
                raise UserError(self.env._("A sample that is drawn stays as it is: begin another audit."))
            cases = audit._candidates()
            if not cases:
                raise UserError(self.env._("No case was answered in this period."))
            chosen = set(self._sample(cases.mapped("case_number"), audit.size, seed))
            # sudo: jamaa.complaint.audit - rows of the sample are made here alone
            audit.sudo().write(
                {
                    "seed": seed,
                    "population": len(cases),
                    "state": "drawn",
                    "item_ids": [
                        fields.Command.create(audit._item_values(case))
                        for case in cases.filtered(lambda case, chosen=chosen: case.case_number in chosen)
                    ],
                }
            )
            self.env["jamaa.register.entry"]._enter(
                audit.company_id, "audit_drawn", {"seed": seed, "count": len(chosen)}, audit
            )

    def _item_values(self, case):
        """What of a case the sample holds: no words of it, nobody's name."""
        return {
            "case_id": case.id,
            "number": case.case_number,
            "kind": case.kind,
            "category_id": case.category_id.id,
            "service_id": case.service_id.id,
            "received_on": case.legal_receipt_date,
            "due_on": case.due_date,
            "answered_on": case.answered_on,
            "outcome": case.outcome,
        }

    # ------------------------------------------------------------------
    # Files
    # ------------------------------------------------------------------

    def _file_rows(self):
        """Head and rows of the sample as text, for a file: no identity is in it."""
        items = self.env["jamaa.complaint.audit.item"]
        labels = items.fields_get(COLUMNS)
        rows = [[labels[name]["string"] for name in COLUMNS]]
        for item in self.item_ids:
            row = []
            for name in COLUMNS:
                value = item[name]
                if labels[name]["type"] == "selection":
                    value = dict(labels[name]["selection"]).get(value)
                elif labels[name]["type"] == "many2one":
                    # sudo: helpdesk.ticket.team - the name alone, as the screen shows it
                    value = value.sudo().display_name
                row.append(str(value) if value else "")
            rows.append(row)
        rows += [[], [self.env._("Findings")]]
        rows += [
            [str(row.date), row.item_id.number or "", row.text, row.reply or "", str(row.replied_on or "")]
            for row in self.finding_ids
        ]
        return rows

    def action_export_xlsx(self):
        """Button: sample and findings as a table; every text stays a text."""
        self.ensure_one()
        self.check_access("read")
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output, {"in_memory": True})
        sheet = book.add_worksheet()
        if self.env["res.lang"]._get_data(code=self.env.lang).direction == "rtl":
            sheet.right_to_left()
        for rank, row in enumerate(self._file_rows()):
            for column, text in enumerate(row):
                sheet.write_string(rank, column, text)
        book.close()
        return self._file("xlsx", output.getvalue())

    def action_export_csv(self):
        """Button: the same as CSV."""
        self.ensure_one()
        self.check_access("read")
        output = io.StringIO()
        csv.writer(output).writerows([as_text(text) for text in row] for row in self._file_rows())
        # The sign tells spreadsheets that it is UTF-8.
        return self._file("csv", f"\ufeff{output.getvalue()}".encode())

    def _file(self, extension, content):
        """Hand it over to whoever asked; filed with the audit, it would show all rows to its other readers."""
        # sudo: ir.attachment - made from what the user just read
        file = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"audit-{self.date_from}-{self.date_to}.{extension}",
                    "raw": content,
                }
            )
        )
        return {"type": "ir.actions.act_url", "url": f"/web/content/{file.id}?download=1", "target": "download"}


class JamaaComplaintAuditItem(models.Model):
    """One case of the sample, and what its citizen says of it when called."""

    _name = "jamaa.complaint.audit.item"
    _description = "Case of an audit"
    _order = "number, id"
    _rec_name = "number"

    audit_id = fields.Many2one("jamaa.complaint.audit", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="audit_id.company_id", string="Commune", store=True, index=True, precompute=True
    )
    case_id = fields.Many2one(
        "helpdesk.ticket",
        string="Case",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
        groups="jamaa_base.group_complaint_officer,jamaa_base.group_director,jamaa_base.group_president",
    )
    number = fields.Char(required=True, readonly=True)
    kind = fields.Selection(CASE_KINDS, readonly=True)
    # as they were when the sample was drawn; their names are read in the reader's language
    category_id = fields.Many2one("helpdesk.ticket.category", string="Category", readonly=True, ondelete="restrict")
    service_id = fields.Many2one("helpdesk.ticket.team", string="Service", readonly=True, ondelete="restrict")
    received_on = fields.Date(readonly=True)
    due_on = fields.Date(string="Answer due", readonly=True)
    answered_on = fields.Date(readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    # the call
    call_result = fields.Selection(
        [
            ("solved", "Reached: solved, the citizen says"),
            ("not_solved", "Reached: not solved, the citizen says"),
            ("silent", "Reached: does not want to say"),
            ("not_reached", "Not reached"),
        ],
        string="Result of the call",
    )
    call_note = fields.Char(string="Said in the call", help="Without names and numbers.")
    called_by_id = fields.Many2one("res.users", string="Called by", readonly=True)
    called_on = fields.Datetime(readonly=True)

    def write(self, vals):
        """Only the call is noted; who and when follow by themselves.

        :raise UserError: something of the sample would change
        """
        if self.env.su:
            return super().write(vals)
        if set(vals) - {"call_result", "call_note"}:
            raise UserError(self.env._("The sample stays as it was drawn; note the call only."))
        if any(item.called_on and item.call_result not in (False, "not_reached") for item in self):
            raise UserError(self.env._("The result of this call is on record already."))
        result = super().write(vals)
        # sudo: jamaa.complaint.audit.item - who called and when are not typed
        self.sudo().write({"called_by_id": self.env.uid, "called_on": fields.Datetime.now()})
        return result

    def action_open_case(self):
        """Button: open the case, where the telephone number is revealed with a reason."""
        self.ensure_one()
        # the field is closed to the auditor, who reads no case
        case = self.case_id
        case.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.helpdesk_ticket_action_cases")
        form = self.env.ref("jamaa_complaints.helpdesk_ticket_view_form_case")
        return {**action, "view_mode": "form", "views": [(form.id, "form")], "res_id": case.id}

    @api.constrains("call_note")
    def _check_call_note(self):
        # sudo: helpdesk.ticket, jamaa.complainant - compared only
        for item in self.sudo():
            person = item.case_id.complainant_id
            names = [person.name] if person.name else []
            values = [value for value in (person.phone, person.email, person.national_id, person.address) if value]
            if item.call_note and reasons(item.call_note, names, values):
                raise ValidationError(self.env._("Leave names, addresses and numbers out of what was said."))


class JamaaComplaintAuditFinding(models.Model):
    """What the auditor found, and what the commune replies, each with its date."""

    _name = "jamaa.complaint.audit.finding"
    _description = "Finding of an audit"
    _order = "date, id"
    _rec_name = "text"

    audit_id = fields.Many2one("jamaa.complaint.audit", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(
        related="audit_id.company_id", string="Commune", store=True, index=True, precompute=True
    )
    item_id = fields.Many2one(
        "jamaa.complaint.audit.item",
        string="About case",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('audit_id', '=', audit_id)]",
    )
    text = fields.Text(string="Finding", required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    user_id = fields.Many2one("res.users", string="Found by", readonly=True, default=lambda self: self.env.user)
    reply = fields.Text(string="Reply of the commune")
    replied_on = fields.Date(readonly=True)
    replied_by_id = fields.Many2one("res.users", string="Replied by", readonly=True)
    may_find = fields.Boolean(compute="_compute_may")
    may_reply = fields.Boolean(compute="_compute_may")

    @api.depends("reply")
    @api.depends_context("uid")
    def _compute_may(self):
        auditor = self.env.user.has_group("jamaa_base.group_auditor")
        for row in self:
            is_open = not row._origin.reply
            row.may_find = auditor and is_open
            row.may_reply = not auditor and is_open and bool(row._origin)

    @api.constrains("item_id", "audit_id")
    def _check_item(self):
        if any(row.item_id and row.item_id.audit_id != row.audit_id for row in self):
            raise ValidationError(self.env._("A finding is about a case of the own sample."))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and not self.env.user.has_group("jamaa_base.group_auditor"):
            raise AccessError(self.env._("Findings are the auditor's."))
        typed = {"audit_id", "item_id", "text", "date"}
        return super().create([{key: vals[key] for key in vals.keys() & typed} for vals in vals_list])

    def write(self, vals):
        """The auditor writes the finding until it is replied to, the commune the reply.

        :raise AccessError: the one would write what is the other's
        """
        if self.env.su:
            return super().write(vals)
        auditor = self.env.user.has_group("jamaa_base.group_auditor")
        if set(vals) - ({"item_id", "text", "date"} if auditor else {"reply"}):
            raise AccessError(self.env._("Findings are the auditor's, replies are the commune's."))
        if any(row.reply for row in self):
            raise UserError(self.env._("What was replied to stays as it is."))
        result = super().write(vals)
        if vals.get("reply"):
            # sudo: jamaa.complaint.audit.finding - who replied and when are not typed
            self.sudo().write({"replied_by_id": self.env.uid, "replied_on": fields.Date.context_today(self)})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A finding stays on record."))
