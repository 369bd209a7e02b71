"""The mail registry (مكتب الضبط): what came in and what went out, each under its number."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

DIRECTIONS = [("incoming", "Incoming"), ("outgoing", "Outgoing")]
# What the letter itself says. It is changed by a correction with its reason, never over-written.
ON_RECORD = {
    "direction", "company_id", "date", "year", "number", "typed_number", "subject", "correspondent",
    "correspondent_kind", "letter_date", "letter_reference", "medium", "page_count", "annex_count",
    "is_confidential",
}  # fmt: skip
# Whoever keeps the registry or answers for the whole administration reads all of it.
READERS = ("registry_clerk", "director", "president", "auditor")


class JamaaMailEntry(models.Model):
    """One letter in the registry of a commune.

    Registering gives the number at once and needs nobody's permission. An outgoing letter is
    registered when it is signed (``_number_outgoing``). What was registered stays: a mistake
    is corrected with a reason, and the old words are kept (``jamaa.mail.correction``); an
    entry made by error is cancelled and keeps its number.

    Clerks of the registry, the director, the president and the auditor read all entries of
    their commune; others those that are annotated to a function they hold.
    """

    _name = "jamaa.mail.entry"
    _inherit = ["mail.thread", "mail.activity.mixin", "jamaa.open.mixin"]
    _description = "Mail registry entry"
    _order = "date desc, id desc"
    _rec_names_search = ["typed_number", "subject", "correspondent"]
    _check_company_auto = True

    # The number
    company_id = fields.Many2one("res.company", "Commune", required=True, default=lambda self: self.env.company)
    direction = fields.Selection(DIRECTIONS, required=True, default="incoming")
    date = fields.Date("Registered on", required=True, default=lambda self: self._today(), copy=False)
    year = fields.Integer(compute="_compute_year", store=True, precompute=True)
    number = fields.Integer(
        "Own number", readonly=True, copy=False, help="Given by the registry, without holes in a year."
    )
    typed_number = fields.Char(
        "National number",
        copy=False,
        index="trigram",
        help="Number in the State's electronic registry, as shown there.",
    )
    number_display = fields.Char("Number", compute="_compute_number_display", search="_search_number_display")
    numbering = fields.Selection(related="company_id.mail_numbering")

    # The letter
    correspondent = fields.Char("From or to", required=True, index="trigram")
    correspondent_kind = fields.Selection(
        [
            ("citizen", "Citizen"),
            ("association", "Association"),
            ("company", "Firm"),
            ("governor", "Governor, province or prefecture"),
            ("state", "State service"),
            ("court", "Court"),
            ("commune", "Other commune or body"),
            ("inside", "Inside the commune"),
            ("other", "Other"),
        ],
        "Kind of correspondent",
        required=True,
        default="citizen",
    )
    subject = fields.Char(required=True, index="trigram")
    letter_date = fields.Date("Date on the letter")
    letter_reference = fields.Char("Reference on the letter", index="trigram")
    medium = fields.Selection(
        [("hand", "By hand"), ("post", "By post"), ("fax", "Fax"), ("email", "E-mail"), ("portal", "Portal")],
        "How it came or went",
        required=True,
        default="hand",
    )
    page_count = fields.Integer("Pages")
    annex_count = fields.Integer("Annexes")
    is_confidential = fields.Boolean(
        "Sealed envelope", help="Confidential: registered as it is, not opened and not scanned."
    )
    scan = fields.Binary(attachment=True, copy=False)
    scan_name = fields.Char(copy=False)

    # What it hangs together with
    function_id = fields.Many2one(
        "jamaa.function", "For or from the function", check_company=True, index="btree_not_null", ondelete="restrict"
    )
    reply_to_id = fields.Many2one(
        "jamaa.mail.entry", "In answer to", check_company=True, index="btree_not_null", ondelete="restrict"
    )
    reply_ids = fields.One2many("jamaa.mail.entry", "reply_to_id", "Answered by")
    res_model = fields.Char("Kind of record", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)

    # What becomes of it
    state = fields.Selection(
        [("registered", "Registered"), ("annotated", "Passed on"), ("done", "Dealt with"), ("cancelled", "Cancelled")],
        "Status",
        default="registered",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    cancel_reason = fields.Char(readonly=True, copy=False)
    annotation_ids = fields.One2many("jamaa.mail.annotation", "entry_id", "Annotations")
    correction_ids = fields.One2many("jamaa.mail.correction", "entry_id", "Corrections")
    next_due = fields.Date("Due", compute="_compute_next_due", store=True)
    register_digest = fields.Char("Fingerprint", readonly=True, copy=False, help="As written into the register.")

    _number_uniq = models.UniqueIndex(
        "(company_id, direction, year, number) WHERE number > 0", "This number is already in the registry."
    )
    _typed_number_uniq = models.UniqueIndex(
        "(company_id, direction, year, typed_number) WHERE typed_number IS NOT NULL",
        "This national number is already in the registry.",
    )
    _company_date_idx = models.Index("(company_id, direction, date DESC, id DESC)")
    _due_idx = models.Index("(company_id, next_due) WHERE next_due IS NOT NULL")
    _record_idx = models.Index("(res_model, res_id)")
    _counts_not_negative = models.Constraint(
        "CHECK (page_count >= 0 AND annex_count >= 0)", "Pages and annexes are counted from zero."
    )

    # ---------- computes ----------

    @api.model
    def _today(self):
        return fields.Date.context_today(self.with_context(tz="Africa/Casablanca"))

    @api.depends("date")
    def _compute_year(self):
        for entry in self:
            entry.year = entry.date.year if entry.date else 0

    @api.depends("number", "typed_number", "year")
    def _compute_number_display(self):
        for entry in self:
            entry.number_display = f"{entry.number}/{entry.year}" if entry.number else entry.typed_number or ""

    def _search_number_display(self, operator, value):
        """Find « 123/2026 », « 123 » or a national number."""
        if operator not in ("=", "ilike", "=ilike") or not isinstance(value, str):
            return NotImplemented
        left, _slash, right = value.strip().partition("/")
        domain = Domain("typed_number", "ilike", value.strip())
        if left.isdigit() and len(left) < 9:
            own = Domain("number", "=", int(left))
            if right.isdigit() and len(right) == 4:
                own &= Domain("year", "=", int(right))
            domain |= own
        return domain

    @api.depends("number_display", "subject")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = f"{entry.number_display} – {entry.subject or ''}"

    @api.depends("annotation_ids.due_date", "annotation_ids.state")
    def _compute_next_due(self):
        for entry in self:
            dates = entry.annotation_ids.filtered(lambda row: row.state == "open" and row.due_date).mapped("due_date")
            entry.next_due = min(dates, default=False)

    @api.model
    def _domain_open_to_me(self):
        """Entries the user may read inside the own communes, looked up when asked."""
        user = self.env["res.users"].browse(self.env.uid)
        if any(user.has_group(f"jamaa_base.group_{role}") for role in READERS):
            return Domain.TRUE
        Holder = self.env["jamaa.function.holder"]
        # sudo: jamaa.function.holder - which functions the user holds today
        functions = Holder.sudo()._search(Domain("user_id", "=", self.env.uid) & Holder._domain_on(self._today()))
        return Domain("annotation_ids.function_id.holder_ids", "in", functions)

    # ---------- rules ----------

    @api.constrains("company_id")
    def _check_commune(self):
        if any(not entry.company_id.is_commune for entry in self):
            raise ValidationError(self.env._("A mail registry belongs to a commune."))

    @api.constrains("date", "letter_date")
    def _check_dates(self):
        today = self._today()
        for entry in self:
            if entry.date > today or (entry.letter_date and entry.letter_date > today):
                raise ValidationError(self.env._("A letter is registered on the day it comes or goes, not ahead."))

    @api.constrains("is_confidential", "scan")
    def _check_sealed(self):
        if any(entry.is_confidential and entry.scan for entry in self):
            raise ValidationError(self.env._("A sealed envelope is not opened, so there is nothing to scan."))

    @api.constrains("typed_number", "company_id")
    def _check_typed_number(self):
        for entry in self:
            if entry.company_id.mail_numbering == "national" and not (entry.typed_number or "").strip():
                raise ValidationError(
                    self.env._("This commune numbers by the national registry: type the number that it shows.")
                )

    # ---------- registering ----------

    @api.model_create_multi
    def create(self, vals_list):
        """Register letters: each gets its number now, whatever number the caller sent."""
        if not self.env.su:
            for vals in vals_list:
                for name in ("number", "state", "cancel_reason", "res_model", "res_id", "register_digest", "date"):
                    vals.pop(name, None)
        for vals in vals_list:
            if vals.get("is_confidential"):
                # What is not opened has no subject; the clerk cannot know it, and nobody is to read it.
                company = self.env["res.company"].browse(vals.get("company_id")) or self.env.company
                vals["subject"] = company._in_own_language().env._("Sealed envelope, not opened")
            vals["typed_number"] = " ".join((vals.get("typed_number") or "").split()) or False
        entries = super().create(vals_list)
        freed = self.env["jamaa.mail.freed"]
        for entry in entries:
            if entry.company_id.mail_numbering == "own" and not entry.number:
                number = freed._take(entry.company_id, entry.direction, entry.year)
                entry._write_past_guard({"number": number})
            entry._enter_in_register("mail_registered")
        return entries

    def write(self, vals):
        """What is on record is not over-written.

        :raise UserError: a correction is the way
        """
        touched = ON_RECORD & vals.keys()
        if touched:
            for entry in self:
                for name in touched:
                    field = entry._fields[name]
                    if entry[name] != field.convert_to_record(field.convert_to_cache(vals[name], entry), entry):
                        raise UserError(
                            self.env._(
                                "Number %(number)s is on record: use “Correct”, which keeps the old words and the reason.",
                                number=entry.number_display,
                            )
                        )
        if "scan" in vals and not self.env.su and any(entry.scan for entry in self):
            raise UserError(self.env._("The scan is on record: it is not replaced."))
        if not self.env.su and {"state", "cancel_reason", "res_model", "res_id", "register_digest"} & vals.keys():
            raise UserError(self.env._("The status follows the buttons."))
        return super().write(vals)

    def _write_past_guard(self, values):
        """Write what `write` refuses: the number at birth, the fingerprint, a correction that keeps the old words."""
        return super().write(values)  # pylint: disable=super-method-mismatch

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An entry of the mail registry is cancelled, never deleted: its number stays."))

    def copy_data(self, default=None):
        """A registered letter is not copied: each has its own number.

        :raise UserError: always
        """
        raise UserError(self.env._("An entry of the mail registry is not copied: each letter has its own number."))

    def _enter_in_register(self, kind, **more):
        self.ensure_one()
        facts = {"direction": self.direction, "number": self.number_display, **more}
        if kind == "mail_registered":
            private = {name: self[name] or "" for name in ("subject", "correspondent", "letter_reference")}
            entry = self.env["jamaa.register.entry"]._enter(self.company_id, kind, facts, self, private)
            # sudo: jamaa.mail.entry - the fingerprint comes from the register
            self.sudo()._write_past_guard({"register_digest": entry.digest})
        else:
            self.env["jamaa.register.entry"]._enter(self.company_id, kind, facts, self)

    @api.model
    def _number_outgoing(self, company, vals):
        """Register a letter that leaves, at the moment it is signed.

        :param company: the commune
        :param dict vals: ``subject`` and ``correspondent`` (required); ``correspondent_kind``,
            ``function_id``, ``reply_to_id``, ``medium``, ``letter_date``, ``scan``, ``scan_name``,
            ``typed_number`` (where numbers are the national registry's); ``res_model`` and
            ``res_id`` of the record it belongs to
        :return: the entry, as superuser; its number is final
        """
        return self._register_letter("outgoing", company, vals)

    @api.model
    def _register_incoming(self, company, vals):
        """Register a letter that another room received; arguments as in `_number_outgoing`."""
        return self._register_letter("incoming", company, vals)

    @api.model
    def _register_letter(self, direction, company, vals):
        # sudo: jamaa.mail.entry - registering needs nobody's permission
        return self.sudo().create({**vals, "direction": direction, "company_id": company.id})

    # ---------- buttons ----------

    def _check_keeper(self):
        """Refuse whoever does not keep this registry.

        :raise AccessError: by right or by rule
        """
        self.check_access("write")

    def action_annotate(self):
        """Button: pass the letter on, to one function or several: the registry, the director or the president."""
        self.check_access("read")
        self.env["jamaa.mail.annotation"].check_access("create")
        return self._wizard("jamaa_base.jamaa_mail_annotate_action", default_entry_ids=self.ids)

    def action_correct(self):
        """Button: correct what is on record, with a reason."""
        self._check_keeper()
        return self._wizard("jamaa_base.jamaa_mail_correct_action", default_entry_id=self.id)

    def action_cancel(self):
        """Button: cancel an entry made by error; its number stays in the book."""
        self._check_keeper()
        return self._wizard("jamaa_base.jamaa_mail_correct_action", default_entry_id=self.id, default_what="cancel")

    def _wizard(self, xmlid, **context):
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {**action, "context": context}

    def action_done(self):
        """Button: nothing more is to be done about this letter."""
        self._check_keeper()
        for entry in self.filtered(lambda row: row.state in ("registered", "annotated")):
            entry.annotation_ids.filtered(lambda row: row.state == "open")._close(self.env._("Closed by the registry"))
            # sudo: jamaa.mail.entry - checked just above
            entry.sudo().state = "done"

    def action_print_receipt(self):
        """Button: the slip for whoever brought the letter."""
        self.check_access("read")
        return self.env.ref("jamaa_base.report_mail_receipt").report_action(self)

    def _cancel(self, reason):
        """Cancel an entry; its number is not used again."""
        self.ensure_one()
        if self.state == "cancelled":
            raise UserError(self.env._("This entry is cancelled already."))
        self.annotation_ids.filtered(lambda row: row.state == "open")._close(reason)
        # sudo: jamaa.mail.entry - the wizard checked the right
        self.sudo().write({"state": "cancelled", "cancel_reason": reason})
        self._enter_in_register("mail_cancelled")

    def _follow_annotations(self):
        """The status follows what was passed on."""
        for entry in self.filtered(lambda row: row.state in ("registered", "annotated", "done")):
            rows = entry.annotation_ids
            if rows:
                # sudo: jamaa.mail.entry - the status follows the annotations, whoever closes one
                entry.sudo().state = "annotated" if "open" in rows.mapped("state") else "done"
