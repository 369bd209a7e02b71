"""Somebody stands at the counter and tells."""

import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS
from odoo.addons.jamaa_base.tools.uploads import UploadProblem, clean_image

from ..models.helpdesk_ticket import CASE_KINDS
from ..models.helpdesk_ticket_learn import SEXES

IDENTITY = ("name", "national_id", "phone", "email", "address")


class JamaaComplaintCounter(models.TransientModel):
    """Entry for a citizen at the counter: few fields, one slip.

    What identifies the person goes to the vault and is wiped here at once.
    """

    _name = "jamaa.complaint.counter"
    _description = "Complaint at the counter"

    state = fields.Selection([("entry", "Entry"), ("done", "Done")], default="entry")
    company_id = fields.Many2one(
        "res.company",
        string="Commune",
        required=True,
        default=lambda self: self.env.company,
        domain="[('is_commune', '=', True), ('id', 'in', allowed_company_ids)]",
    )
    kind = fields.Selection(CASE_KINDS, required=True, default="complaint")
    facts = fields.Text(string="What happened, in the citizen's words", required=True)
    category_id = fields.Many2one(
        "helpdesk.ticket.category",
        string="About",
        domain="[('for_cases', '=', True), ('company_id', 'in', [False, company_id])]",
    )
    place_text = fields.Char(string="Where")
    site_id = fields.Many2one("jamaa.site", string="Received at", domain="[('company_id', '=', company_id)]")
    channel = fields.Selection(
        [("counter", "At the counter"), ("phone", "By phone"), ("other", "By letter")],
        string="Brought",
        default="counter",
        required=True,
    )
    legal_receipt_date = fields.Date(
        string="Received on", default=lambda self: self.env["helpdesk.ticket"]._commune_today()
    )
    photo_ids = fields.Many2many("ir.attachment", relation="jamaa_counter_photo_rel", string="Photos")
    lang = fields.Selection(
        [(lang.code, lang.name) for lang in PUBLIC_LANGS.values()],
        string="Language of the answer",
        default="ar_MA",
        required=True,
    )
    citizen_sex = fields.Selection(SEXES, string="Woman or man", help="For counting only; may stay empty.")
    # for the vault
    name = fields.Char(string="Name of the citizen")
    phone = fields.Char()
    email = fields.Char(string="E-mail")
    address = fields.Char()
    national_id = fields.Char(string="National id")
    # afterwards
    case_id = fields.Many2one("helpdesk.ticket", readonly=True)
    case_number = fields.Char(compute="_compute_case", string="Number")
    public_code = fields.Char(compute="_compute_case", string="Code")
    due_date = fields.Date(compute="_compute_case", string="Answer due")

    @api.depends("case_id")
    def _compute_case(self):
        for wizard in self:
            # Whoever uses the wizard could name any case here: nothing of one out of sight.
            case = wizard.case_id._filtered_access("read") or wizard._case_just_lodged()
            wizard.case_number = case.case_number
            wizard.public_code = case._public_code_shown() if case else False
            wizard.due_date = case.due_date

    @api.depends("case_number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Never the citizen's name: it would stay in the trail of pages."""
        for wizard in self:
            wizard.display_name = wizard.case_number or self.env._("At the counter")

    def action_lodge(self):
        """Register the case and show its number.

        :raise AccessError: neither at reception nor in the complaint unit, or
            another commune
        """
        self.ensure_one()
        self._check_clerk()
        case = self.env["helpdesk.ticket"]._lodge(
            self.company_id,
            self._case_values(),
            identity={name: self[name] for name in IDENTITY},
            photos=self._clean_photos(),
            channel=self.channel,
            lang=self.lang,
        )
        # sudo: ir.attachment - originals carry what cameras add; the case has its own.
        # Only what was uploaded here goes: the list may name any picture.
        self.photo_ids.sudo().filtered(
            lambda file: (
                file.create_uid == self.env.user and file.res_model in (False, self._name) and not file.res_field
            )
        ).unlink()
        self.write(
            {
                **dict.fromkeys(IDENTITY, False),
                "facts": "-",
                "place_text": False,
                "case_id": case.id,
                "state": "done",
            }
        )
        return self._reopen()

    def _case_values(self):
        """What `helpdesk.ticket._lodge` is given; rooms add theirs."""
        return {
            "kind": self.kind,
            "subject": self._subject(),
            "facts": self.facts,
            "place_text": self.place_text,
            "category_id": self.category_id.id,
            "site_id": self.site_id.id,
            "legal_receipt_date": self.legal_receipt_date,
            "citizen_sex": self.citizen_sex,
        }

    def _check_clerk(self):
        user = self.env.user
        if not (
            user.has_group("jamaa_base.group_reception_agent") or user.has_group("jamaa_base.group_complaint_officer")
        ):
            raise AccessError(self.env._("Complaints are entered at reception or by the unit."))
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("This is not your commune."))

    def _subject(self):
        """First words of the facts: asking for a title costs time at a counter."""
        line = " ".join((self.facts or "").split())
        return line if len(line) <= 60 else line[:60].rsplit(" ", 1)[0] + "…"

    def _clean_photos(self):
        photos = []
        for file in self.photo_ids:
            try:
                photos.append(clean_image(base64.b64decode(file.datas or b"")))
            except UploadProblem as problem:
                raise UserError(
                    self.env._(
                        "“%(name)s” cannot be taken as a photo. Use a JPEG or PNG picture of 10 MB at most.",
                        name=file.name,
                    )
                ) from problem
        return photos

    def action_print(self):
        """The slip with code and PIN, for the citizen to take away."""
        self.ensure_one()
        self.case_id._check_step("print")
        slip = self.env.ref("jamaa_complaints.action_report_counter_slip")
        return slip.report_action(self.case_id)

    def action_open_case(self):
        """Open what was just registered."""
        self.ensure_one()
        return self.case_id._case_form_action()

    def action_next(self):
        """Ready for the next person."""
        return self._counter_action()

    def _counter_action(self):
        # in place of the page before it: one person's entry is no way back to another's
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_counter_action")
        return {**action, "target": "main"}

    def _reopen(self):
        return {**self._counter_action(), "res_id": self.id}
