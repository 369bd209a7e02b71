"""Passing letters on, closing what was passed on, correcting the registry."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaMailAnnotate(models.TransientModel):
    """Pass one letter or several on to functions, all with the same words."""

    _name = "jamaa.mail.annotate"
    _description = "Pass letters on"

    entry_ids = fields.Many2many("jamaa.mail.entry", relation="jamaa_mail_annotate_entry_rel", string="Letters")
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    function_ids = fields.Many2many(
        "jamaa.function",
        relation="jamaa_mail_annotate_function_rel",
        string="To the functions",
        required=True,
        domain="[('company_id', '=', company_id)]",
    )
    purpose = fields.Selection(
        lambda self: self.env["jamaa.mail.annotation"]._fields["purpose"]._description_selection(self.env),
        "For what",
        required=True,
        default="act",
    )
    instructions = fields.Char()
    due_date = fields.Date("By when")

    def action_apply(self):
        """Pass them on."""
        self.entry_ids.check_access("read")
        self.env["jamaa.mail.annotation"].create(
            [
                {
                    "entry_id": entry.id,
                    "function_id": function.id,
                    "purpose": self.purpose,
                    "instructions": self.instructions,
                    "due_date": self.due_date,
                }
                for entry in self.entry_ids
                for function in self.function_ids
            ]
        )
        return {"type": "ir.actions.act_window_close"}


class JamaaMailClose(models.TransientModel):
    """Say what was done about a letter that was passed on."""

    _name = "jamaa.mail.close"
    _description = "Close what was passed on"

    annotation_ids = fields.Many2many("jamaa.mail.annotation", relation="jamaa_mail_close_annotation_rel")
    note = fields.Char("What was done", required=True)

    def action_apply(self):
        """Close them."""
        self.annotation_ids.check_access("read")
        self.annotation_ids._check_may_close()
        self.annotation_ids._close(self.note)
        return {"type": "ir.actions.act_window_close"}


class JamaaMailCorrect(models.TransientModel):
    """Correct what is on record, or cancel an entry made by error."""

    _name = "jamaa.mail.correct"
    _description = "Correct the mail registry"

    entry_id = fields.Many2one("jamaa.mail.entry", "Letter", required=True, ondelete="cascade")
    what = fields.Selection(
        [("correct", "Correct details"), ("cancel", "Cancel the entry, its number stays")],
        "What",
        default="correct",
        required=True,
    )
    reason = fields.Char(required=True)
    subject = fields.Char(compute="_compute_values", store=True, readonly=False, precompute=True)
    correspondent = fields.Char(compute="_compute_values", store=True, readonly=False, precompute=True)
    letter_date = fields.Date(
        "Date on the letter", compute="_compute_values", store=True, readonly=False, precompute=True
    )
    letter_reference = fields.Char(
        "Reference on the letter", compute="_compute_values", store=True, readonly=False, precompute=True
    )
    typed_number = fields.Char(
        "National number", compute="_compute_values", store=True, readonly=False, precompute=True
    )
    is_confidential = fields.Boolean(
        "Sealed envelope", compute="_compute_values", store=True, readonly=False, precompute=True
    )

    correspondent_kind = fields.Selection(
        lambda self: self.env["jamaa.mail.entry"]._fields["correspondent_kind"]._description_selection(self.env),
        "Kind of correspondent",
        compute="_compute_values",
        store=True,
        readonly=False,
        precompute=True,
    )
    medium = fields.Selection(
        lambda self: self.env["jamaa.mail.entry"]._fields["medium"]._description_selection(self.env),
        "How it came or went",
        compute="_compute_values",
        store=True,
        readonly=False,
        precompute=True,
    )
    page_count = fields.Integer("Pages", compute="_compute_values", store=True, readonly=False, precompute=True)
    annex_count = fields.Integer("Annexes", compute="_compute_values", store=True, readonly=False, precompute=True)

    _NAMES = (
        "subject",
        "correspondent",
        "correspondent_kind",
        "letter_date",
        "letter_reference",
        "typed_number",
        "medium",
        "page_count",
        "annex_count",
        "is_confidential",
    )

    @api.depends("entry_id")
    def _compute_values(self):
        for wizard in self:
            for name in self._NAMES:
                wizard[name] = wizard.entry_id[name]

    def action_apply(self):
        """Correct or cancel."""
        self.entry_id.check_access("write")
        reason = " ".join((self.reason or "").split())
        if len(reason) < 5:
            raise UserError(self.env._("Say why in a few words: they stand in the book."))
        if self.what == "cancel":
            self.entry_id._cancel(reason)
        else:
            values = {name: self[name] for name in self._NAMES}
            self.env["jamaa.mail.correction"]._correct(self.entry_id, values, reason)
        return {"type": "ir.actions.act_window_close"}
