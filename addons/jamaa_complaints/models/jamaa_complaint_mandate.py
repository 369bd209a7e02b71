"""Somebody follows a case for the citizen: with consent, for a time, by an own code."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS, by_code

MANDATE_KINDS = [
    ("trusted", "Trusted person"),
    ("association", "Association"),
    ("lawyer", "Lawyer"),
]
CONSENT_HOW = [
    ("paper", "By a signed paper"),
    ("spoken", "Said at the counter"),
]
#: Those who act for others by profession show a paper.
PAPER_NEEDED = ("association", "lawyer")
#: What the page of a case shows to whoever follows it for the citizen: no link of the citizen's own, no way to act.
SHOWN = ("number", "kind_words", "state", "due", "steps", "facts", "place", "received", "answer", "answered_on")


class JamaaComplaintMandate(models.Model):
    """One consent of a citizen that somebody follows the case.

    Who it is stands in the vault alone. The mandate has a code, PIN and link of its own,
    that read and do nothing else; they are worthless the moment the consent is withdrawn.
    """

    _name = "jamaa.complaint.mandate"
    _inherit = ["jamaa.public.reference"]
    _description = "Mandate to follow a case"
    _order = "case_id, id desc"
    _rec_name = "kind"
    _public_page = "mandate"

    case_id = fields.Many2one("helpdesk.ticket", string="Case", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", string="Commune", related="case_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(MANDATE_KINDS, string="Who follows", required=True)
    complainant_id = fields.Many2one(
        "jamaa.complainant",
        string="Identity in the vault",
        required=True,
        index=True,
        ondelete="restrict",
        groups="jamaa_base.group_data_protection",
    )
    consent_on = fields.Date(string="Consent given on", required=True)
    consent_how = fields.Selection(CONSENT_HOW, string="Consent given", required=True)
    scan_id = fields.Many2one("ir.attachment", string="Mandate on paper", index="btree_not_null", ondelete="set null")
    until = fields.Date(string="Until", help="Last day, included. Empty as long as the case is followed.")
    withdrawn_on = fields.Date(string="Consent withdrawn on")
    is_open = fields.Boolean(string="In force", compute="_compute_is_open")

    _ends_after_consent = models.Constraint(
        "CHECK (until IS NULL OR until >= consent_on)", "A mandate does not end before it is given."
    )

    @api.depends("until", "withdrawn_on")
    def _compute_is_open(self):
        today = self.env["helpdesk.ticket"]._commune_today()
        for mandate in self:
            mandate.is_open = not mandate.withdrawn_on and (not mandate.until or mandate.until >= today)

    # ---- giving and taking back ----

    @api.model
    def _give(self, case, vals, identity, scan=None):
        """Record the consent; the caller checked who may.

        :param case: the case
        :param dict vals: kind, consent_on, consent_how, until
        :param dict identity: name, phone and email of who follows, for the vault
        :param scan: a `tools.filed_papers.Paper`, required of associations and lawyers
        :return: the mandate, as superuser
        :raise ValidationError: a paper, a name or a sensible date is missing
        """
        _ = self.env._
        today = case._commune_today()
        if not (identity.get("name") or "").strip():
            raise ValidationError(_("Say who follows: the name goes to the vault."))
        if vals["kind"] in PAPER_NEEDED and not scan:
            raise ValidationError(_("An association or a lawyer shows a mandate on paper: add its scan."))
        if vals["consent_on"] > today or (vals.get("until") and vals["until"] < today):
            raise ValidationError(_("The consent is given today or before, and ends today or later."))
        # sudo: helpdesk.ticket, jamaa.complaint.mandate - nobody writes consents but this method
        case, mandates = case.sudo(), self.sudo()
        person = case._further_identity(identity)
        file = case._file_paper(case.company_id, scan, "mandate") if scan else None
        if file:
            file.res_id = case.id
        mandate = mandates.create(
            {**vals, "case_id": case.id, "complainant_id": person.id, "scan_id": file.id if file else False}
        )
        case._add_milestone("mandate_given", note=mandate._kind_word())
        mandate._enter_in_register("case_mandate_given")
        return mandate

    def action_withdraw(self):
        """Button: the citizen took the consent back; the other's code and link open nothing from now on."""
        self.check_access("read")
        self.case_id._check_step("mandate")
        for mandate in self:
            if mandate.withdrawn_on:
                raise UserError(self.env._("This consent was withdrawn already."))
            # sudo: jamaa.complaint.mandate - checked just above
            mandate.sudo().write(
                {"withdrawn_on": mandate.case_id._commune_today(), **mandate.sudo()._new_public_reference()}
            )
            mandate.case_id._add_milestone("mandate_withdrawn", note=mandate._kind_word())
            mandate._enter_in_register("case_mandate_withdrawn")

    def _enter_in_register(self, kind):
        self.ensure_one()
        self.env["jamaa.register.entry"]._enter(
            self.company_id, kind, {"number": self.case_id.case_number, "role": self.kind}, self.case_id
        )

    def _kind_word(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def write(self, vals):
        """What was consented to is not changed: it is withdrawn, and given anew.

        :raise UserError: anything but the withdrawal
        """
        allowed = {"withdrawn_on", "public_code", "access_token", "pin_version", "scan_id"}
        if set(vals) - allowed:
            raise UserError(self.env._("A consent is not changed: withdraw it and record a new one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A consent is not deleted: it is withdrawn."))

    def copy_data(self, default=None):
        """A consent is not copied.

        :raise UserError: always
        """
        raise UserError(self.env._("A consent is not changed: withdraw it and record a new one."))

    # ---- papers ----

    def action_print(self):
        """Button: the slip for whoever follows."""
        self._check_slip()
        return self.env.ref("jamaa_complaints.action_report_mandate_slip").report_action(self)

    def _check_slip(self):
        """The slip opens the case: it is printed by who stands before the citizen, while the consent holds."""
        self.check_access("read")
        self.case_id._check_step("mandate")
        if any(not mandate.is_open for mandate in self):
            raise UserError(self.env._("This consent no longer holds."))

    def _public_pin(self):
        """The PIN of who follows, on the slip alone."""
        if not self.env.su:
            self._check_slip()
        return super()._public_pin()

    def _document_lang(self):
        """Language of the slip: the citizen's."""
        self.ensure_one()
        # sudo: helpdesk.ticket - the language of the paper
        return self.sudo().case_id._document_lang()

    def _mandate_paper(self):
        """Values of the slip, in the language of the context."""
        self.ensure_one()
        pin = self._public_pin()
        lang = by_code(self.env.lang).url
        # sudo: helpdesk.ticket - the number alone
        case = self.sudo().case_id
        return {
            "code": self._public_code_shown(),
            "pin": pin,
            "qr": self._public_qr(lang),
            "number": case.case_number,
            "kind": self._kind_word(),
            "since": case._day(self.consent_on),
            "until": case._day(self.until),
        }

    def action_reveal(self):
        """Button: ask who follows, with a reason that is put on record."""
        self.ensure_one()
        self.check_access("read")
        self.case_id._check_step("reveal")
        # sudo: jamaa.complaint.mandate - the link alone; values come out of the reveal log
        return self.sudo().complainant_id.sudo(False).action_ask_reveal()

    # ---- the page ----

    @api.model
    def _find_by_token(self, token):
        """A consent that ended opens nothing."""
        mandate = super()._find_by_token(token)
        return mandate if mandate and mandate.is_open else mandate.browse()

    def _mandate_page(self, lang):
        """What whoever follows reads: plain values, none of which leads to the citizen's own page.

        :param str lang: URL code of a public language
        """
        self.ensure_one()
        code = PUBLIC_LANGS[lang].code
        # sudo: jamaa.complaint.mandate - who follows holds the token; only these values leave
        mandate = self.sudo().with_context(lang=code)
        page = mandate.case_id._case_page(lang)
        return {
            **{name: page[name] for name in SHOWN},
            "code": mandate._public_code_shown(),
            "consent": mandate._consent_words(),
        }

    def _consent_words(self):
        """Since when, and until when, as said to whoever follows."""
        since, until = self.case_id._day(self.consent_on), self.case_id._day(self.until)
        if until:
            return self.env._(
                "You read this because the citizen agreed, from %(since)s to %(until)s.", since=since, until=until
            )
        return self.env._("You read this because the citizen agreed, since %(since)s.", since=since)
