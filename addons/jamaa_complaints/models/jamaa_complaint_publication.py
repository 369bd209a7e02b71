"""The text of a case for everybody: rewritten, with consent, released by name, withdrawn at once."""

import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

from ..tools.naming import reasons
from .helpdesk_ticket import CASE_KINDS, OUTCOMES

# Written by a moderator while it is a draft; frozen afterwards.
WORDS = ("title_ar", "text_ar", "title_fr", "text_fr", "quarter")
TYPED = {*WORDS, "case_id", "consent_on", "consent_how", "no_name_checked"}
#: Most shown on the page, the latest first.
SHOWN = 50


class JamaaComplaintPublication(models.Model):
    """By default a commune publishes counts alone. This is the exception, case by case.

    A moderator writes a new text; the citizen consented; no person or firm is named and no
    place finer than the quarter; a holder of the function that the president named releases it.
    It is withdrawn in one click, and that it was there stays on record.
    """

    _name = "jamaa.complaint.publication"
    _description = "Published case"
    _order = "id desc"
    _rec_name = "title_fr"
    _check_company_auto = True

    case_id = fields.Many2one(
        "helpdesk.ticket",
        string="Case",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('kind', '!=', False), ('confidentiality', '=', 'normal'), '|', ('answer_state', '=', 'sent'),"
        " ('stage_id.closed', '=', True)]",
    )
    company_id = fields.Many2one(
        related="case_id.company_id", string="Commune", store=True, index=True, precompute=True
    )
    state = fields.Selection(
        [("draft", "Being written"), ("released", "Released"), ("withdrawn", "Withdrawn")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    title_ar = fields.Char(string="Title in Arabic")
    text_ar = fields.Text(string="Text in Arabic")
    title_fr = fields.Char(string="Title in French")
    text_fr = fields.Text(string="Text in French")
    quarter = fields.Char(help="Quarter or douar; nothing finer than that.")
    month = fields.Char(string="Month of receipt", compute="_compute_facts", store=True)
    kind = fields.Selection(CASE_KINDS, compute="_compute_facts", store=True)
    outcome = fields.Selection(OUTCOMES, compute="_compute_facts", store=True)
    consent_on = fields.Date(string="The citizen consented on", copy=False)
    consent_how = fields.Char(string="How the citizen consented", copy=False)
    no_name_checked = fields.Boolean(
        string="No person and no firm is named or can be guessed", copy=False, help="Read by the moderator."
    )
    photo_ids = fields.Many2many(
        "ir.attachment",
        relation="jamaa_publication_photo_rel",
        string="Photos, blacked out",
        readonly=True,
        copy=False,
    )
    # how it went
    written_by_id = fields.Many2one("res.users", string="Rewritten by", readonly=True, copy=False)
    released_by_id = fields.Many2one("res.users", string="Released by", readonly=True, copy=False)
    released_as_id = fields.Many2one("jamaa.function", string="Released as", readonly=True, copy=False)
    released_on = fields.Datetime(string="Released", readonly=True, copy=False)
    withdrawn_by_id = fields.Many2one("res.users", string="Withdrawn by", readonly=True, copy=False)
    withdrawn_on = fields.Datetime(string="Withdrawn at", readonly=True, copy=False)
    withdraw_reason = fields.Char(string="Why it is withdrawn", copy=False)
    may_release = fields.Boolean(compute="_compute_may_release")
    has_photos = fields.Boolean(compute="_compute_has_photos")

    @api.depends("case_id.outcome", "case_id.kind", "case_id.legal_receipt_date")
    def _compute_facts(self):
        for row in self:
            if row.state == "draft":
                case = row.case_id
                row.kind, row.outcome = case.kind, case.outcome
                row.month = case.legal_receipt_date.strftime("%Y-%m") if case.legal_receipt_date else False
            else:
                row.kind, row.outcome, row.month = row.kind, row.outcome, row.month

    @api.depends("state", "company_id")
    @api.depends_context("uid")
    def _compute_may_release(self):
        for row in self:
            row.may_release = row.state == "draft" and bool(row._releasing_function())

    @api.depends("case_id")
    def _compute_has_photos(self):
        for row in self:
            # sudo: helpdesk.ticket - whether there is a photo, of a case the user may read
            row.has_photos = row.case_id.has_access("read") and bool(row.case_id.sudo().photo_ids)

    # ------------------------------------------------------------------
    # Written once
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        cases = self.env["helpdesk.ticket"].browse(vals.get("case_id") for vals in vals_list)
        # whoever may not read the case publishes nothing of it
        cases.check_access("read")
        rows = super().create([{key: vals[key] for key in vals.keys() & TYPED} for vals in vals_list])
        # sudo: jamaa.complaint.publication - who wrote it is not typed
        rows.sudo().write({"written_by_id": self.env.uid})
        return rows

    def write(self, vals):
        """A draft is written; what was released stays as it was.

        :raise UserError: anything else than the reason of withdrawal is changed afterwards
        """
        if not self.env.su:
            allowed = {"withdraw_reason"}
            if all(row.state == "draft" for row in self):
                allowed |= TYPED - {"case_id"}
            if set(vals) - allowed:
                raise UserError(self.env._("What was released is not changed: withdraw it and write it anew."))
            if set(vals) & set(WORDS):
                # sudo: jamaa.complaint.publication - who wrote it last is not typed
                self.sudo().write({"written_by_id": self.env.uid})
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        if any(row.state != "draft" for row in self):
            raise UserError(self.env._("What was published once stays on record."))

    # ------------------------------------------------------------------
    # Release
    # ------------------------------------------------------------------

    def _releasing_function(self):
        """The function under which the present user may release; empty: none."""
        self.ensure_one()
        # sudo: res.company - the function the president named
        function = self.company_id.sudo().publication_function_id
        held = self.env["jamaa.function"]._held_by(self.env.user, self.case_id._commune_today())
        return function & held

    def _check_releasable(self):
        """Refuse what names somebody, has no consent or is not for everybody.

        :raise UserError: with what is to be mended
        """
        self.ensure_one()
        _ = self.env._
        # sudo: helpdesk.ticket, jamaa.complainant - compared only, nothing of it is shown
        case = self.case_id.sudo()
        if case.confidentiality != "normal" or case.must_hear or case.names_person or case.contents_erased_on:
            raise UserError(_("This case is not for publication."))
        if not case.stage_id.closed and case.answer_state != "sent":
            raise UserError(_("A case is published after its answer."))
        for title, text in (("title_ar", "text_ar"), ("title_fr", "text_fr")):
            if bool(self[title]) != bool(self[text]):
                raise UserError(_("Each language has both a title and a text."))
        if not (self.text_ar or self.text_fr):
            raise UserError(_("Write a title and a text first."))
        if not (self.consent_on and (self.consent_how or "").strip()):
            raise UserError(_("Note when and how the citizen consented."))
        if not self.no_name_checked:
            raise UserError(_("Say that you read it for names of persons and firms."))
        person = case.complainant_id
        # sudo: res.users - names of the commune's people, compared only
        staff = self.env["res.users"].sudo().search([("company_ids", "in", case.company_id.id), ("share", "=", False)])
        found = reasons(
            "\n".join(self[name] or "" for name in WORDS),
            [person.name, *staff.mapped("name")] if person.name else staff.mapped("name"),
            [
                value
                for value in (
                    person.phone, person.email, person.national_id, person.address, case.case_number, case.public_code
                )
                if value
            ],
        )  # fmt: skip
        if found & {"name", "secret"}:
            raise UserError(_("The text names a person of this case or of the commune, or gives the case away."))
        if found:
            raise UserError(_("The text holds an address, a telephone number or another number: take it out."))
        same = {(self.text_ar or "").strip(), (self.text_fr or "").strip()} - {""}
        if (case.facts or "").strip() in same:
            raise UserError(_("The citizen's own words are not published: write them anew."))

    def action_release(self):
        """Button: let everybody read it, in the name of the function that may."""
        self.check_access("write")
        for row in self:
            function = row._releasing_function()
            if row.state != "draft" or not function:
                raise AccessError(
                    self.env._("Cases are released by the function that the president named on the commune's form.")
                )
            row.case_id.check_access("read")
            if row.written_by_id == self.env.user and row.company_id.profile != "small":
                raise UserError(self.env._("Another person than who wrote it releases it."))
            row._check_releasable()
            # sudo: jamaa.complaint.publication - checked just above
            row.sudo().write(
                {
                    "state": "released",
                    "released_by_id": self.env.uid,
                    "released_as_id": function.id,
                    "released_on": fields.Datetime.now(),
                }
            )
            row._enter("case_published")

    def action_withdraw(self):
        """Button: nobody else reads it from now on; that it was there stays on record."""
        self.check_access("write")
        for row in self:
            if row.state != "released":
                raise UserError(self.env._("It is not published."))
            # sudo: jamaa.complaint.publication - checked just above
            row.sudo().write(
                {"state": "withdrawn", "withdrawn_by_id": self.env.uid, "withdrawn_on": fields.Datetime.now()}
            )
            row._enter("case_unpublished")

    def _enter(self, kind):
        """One line in the register, without a link between number and text."""
        words = "\n".join(self[name] or "" for name in WORDS)
        facts = {"reference": self.id, "fingerprint": hashlib.sha256(words.encode()).hexdigest()}
        self.env["jamaa.register.entry"]._enter(self.company_id, kind, facts, self)

    # ------------------------------------------------------------------
    # What everybody reads
    # ------------------------------------------------------------------

    @api.model
    def _public_rows(self, company):
        """What is released now, in superuser mode: never of a case closed to many since."""
        # sudo: jamaa.complaint.publication - only what was released, as plain values
        return self.sudo().search(self._public_domain(company), limit=SHOWN)

    @api.model
    def _public_domain(self, company):
        """What everybody may read of a commune."""
        return [
            ("company_id", "=", company.id),
            ("state", "=", "released"),
            ("case_id.confidentiality", "not in", ("restricted", "sensitive")),
        ]

    def _public_values(self, lang, path):
        """Plain values of these rows for the page, in its language where there is a text.

        :param str lang: URL code
        :param str path: address of the page
        """
        code = PUBLIC_LANGS[lang].code
        rows = self.with_context(lang=code)
        kinds = dict(self._fields["kind"]._description_selection(rows.env))
        outcomes = dict(self._fields["outcome"]._description_selection(rows.env))
        values = []
        for row in rows:
            first, other = ("fr", "ar") if lang == "fr" else ("ar", "fr")
            told = first if row[f"text_{first}"] else other
            values.append(
                {
                    "title": row[f"title_{told}"],
                    "text": row[f"text_{told}"],
                    "lang": told,
                    "quarter": row.quarter or "",
                    "month": row.month or "",
                    "kind": kinds.get(row.kind, ""),
                    "outcome": outcomes.get(row.outcome, ""),
                    "photos": [f"{path}/{row.id}/photo/{rank}" for rank in range(1, len(row.photo_ids) + 1)],
                }
            )
        return values
