"""What the counter adds to a case: spoken words, somebody else's voice, a paper with its number."""

import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS
from odoo.addons.jamaa_base.tools.text import clean_text

WITNESS_LIMIT = 120
CONFIRMED_HOW = [
    ("signature", "Signed on the printed slip"),
    ("witness", "Before a witness"),
]
CAPACITIES = [
    ("relative", "Relative"),
    ("neighbour", "Neighbour"),
    ("association", "Association"),
    ("other", "Other person"),
]
FACTS_OF_COUNTER = {
    "is_oral",
    "oral_confirmed_on",
    "oral_confirmed_how",
    "oral_witness",
    "behalf_capacity",
    "bringer_id",
    "voice_note_id",
    "paper_scan_id",
    "mail_entry_in_id",
}


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    # told, not written
    is_oral = fields.Boolean(string="Told orally", readonly=True, copy=False)
    oral_confirmed_on = fields.Datetime(string="Read back and approved on", readonly=True, copy=False)
    oral_confirmed_how = fields.Selection(CONFIRMED_HOW, string="Approved how", readonly=True, copy=False)
    oral_witness = fields.Char(
        string="Witness, by function",
        readonly=True,
        copy=False,
        help="The function of the witness, not a name.",
    )
    voice_note_id = fields.Many2one(
        "ir.attachment", string="Voice note", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )

    # brought by somebody else
    behalf_capacity = fields.Selection(
        CAPACITIES,
        string="Brought on behalf, by",
        readonly=True,
        copy=False,
        help="In what capacity; who it was is in the vault.",
    )
    bringer_id = fields.Many2one(
        "jamaa.complainant",
        string="Who brought it, in the vault",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="jamaa_base.group_data_protection",
    )

    # on paper
    paper_scan_id = fields.Many2one(
        "ir.attachment",
        string="Scan of the letter",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    mail_entry_in_id = fields.Many2one(
        "jamaa.mail.entry",
        string="In the book of incoming mail",
        readonly=True,
        copy=False,
        ondelete="restrict",
        # a link tells the subject of a letter to whoever sees it: the others see its number
        groups="jamaa_base.group_registry_clerk,jamaa_base.group_director,jamaa_base.group_auditor",
    )
    mail_in_number = fields.Char(string="Number of incoming mail", compute="_compute_mail_in_number", compute_sudo=True)

    may_read_out = fields.Boolean(compute="_compute_may")
    may_read_out_answer = fields.Boolean(compute="_compute_may")
    may_recode = fields.Boolean(compute="_compute_may")
    may_mandate = fields.Boolean(compute="_compute_may")

    _mail_entry_in_unique = models.UniqueIndex(
        "(mail_entry_in_id) WHERE mail_entry_in_id IS NOT NULL", "This letter opened another case already."
    )
    _oral_is_read_back = models.Constraint(
        "CHECK (is_oral IS NOT TRUE OR (oral_confirmed_on IS NOT NULL AND oral_confirmed_how IS NOT NULL))",
        "What was told is read back and approved before it is registered.",
    )

    @api.depends("mail_entry_in_id")
    def _compute_mail_in_number(self):
        for case in self:
            case.mail_in_number = case.mail_entry_in_id.number_display

    # ------------------------------------------------------------------
    # Lodging
    # ------------------------------------------------------------------

    @api.model
    def _frozen_fields(self):
        return super()._frozen_fields() | FACTS_OF_COUNTER

    @api.model
    def _lodge(self, company, vals, identity=None, photos=(), channel="web", lang=None):
        """Take what the counter adds; see the first definition.

        ``vals`` may hold ``is_oral`` with ``oral_confirmed_how`` and ``oral_witness``;
        ``behalf_capacity`` and ``bringer`` (dict for the vault); ``voice_note`` and
        ``paper_scan`` (`tools.filed_papers.Paper`); ``by_letter`` with
        ``mail_entry_in`` (the registered entry) or ``mail_number`` (typed in the State's registry).
        """
        if vals.get("by_letter"):
            channel = "letter"
        case = super()._lodge(company, vals, identity, photos, channel, lang)
        # sudo: ir.attachment - they were filed before the case had a number
        (case.voice_note_id | case.paper_scan_id).sudo().write({"res_id": case.id})
        if case.is_oral:
            case._add_milestone("read_back", note=case.oral_witness)
        if vals.get("bringer"):
            case.bringer_id = case._further_identity(vals["bringer"], lang)
        if vals.get("by_letter"):
            case._link_letter(vals.get("mail_entry_in"), vals.get("mail_number"))
        return case

    @api.model
    def _lodge_vals(self, company, vals, identity):
        """Check and keep what the counter adds."""
        values = super()._lodge_vals(company, vals, identity)
        if vals.get("is_oral"):
            values.update(self._oral_vals(vals))
        capacity = vals.get("behalf_capacity")
        if capacity:
            if capacity not in dict(CAPACITIES):
                raise ValidationError(self.env._("Say in what capacity it is brought."))
            values["behalf_capacity"] = capacity
        for name, word in (("voice_note", "voice"), ("paper_scan", "letter")):
            if vals.get(name):
                values[f"{name}_id"] = self._file_paper(company, vals[name], word).id
        entry = vals.get("mail_entry_in")
        if entry:
            # The limit runs from the day any desk of the commune had it in hand.
            values["legal_receipt_date"] = min(values["legal_receipt_date"], entry.date)
        return values

    def _oral_vals(self, vals):
        """Values of words that were told, after they were read back.

        :raise ValidationError: nobody approved them, or the witness is not named by function
        """
        how = vals.get("oral_confirmed_how")
        witness = clean_text(vals.get("oral_witness"), WITNESS_LIMIT, False)
        if how not in dict(CONFIRMED_HOW):
            raise ValidationError(self.env._("Read the words back to the citizen, and say how they were approved."))
        if how == "witness" and not witness:
            raise ValidationError(self.env._("Name the function of the witness."))
        return {
            "is_oral": True,
            "oral_confirmed_on": fields.Datetime.now(),
            "oral_confirmed_how": how,
            "oral_witness": witness if how == "witness" else False,
        }

    @api.model
    def _file_paper(self, company, paper, word):
        """File a voice note or a scan under a plain name; names given by people tell of people."""
        # sudo: ir.attachment - filed for the citizen, read by who reads the case
        files = self.env["ir.attachment"].sudo()
        return files.create(
            {
                "name": f"{word}.{paper.extension}",
                "raw": paper.data,
                "mimetype": paper.mimetype,
                "res_model": self._name,
                "company_id": company.id,
            }
        )

    def _photo_digests(self):
        """The fingerprint of what was filed covers the voice note and the scanned paper too."""
        # sudo: ir.attachment - fingerprints of what the citizen filed
        case = self.sudo()
        files = case.voice_note_id | case.paper_scan_id
        return [*super()._photo_digests(), *(hashlib.sha256(file.raw).hexdigest() for file in files)]

    def _further_identity(self, identity, lang=None):
        """Put a further person of this case into the vault.

        :param identity: dict: name, phone, email, address
        :return: the row, as superuser
        """
        self.ensure_one()
        known = {name: identity[name] for name in ("name", "phone", "email", "address") if identity.get(name)}
        # sudo: jamaa.complainant - only code writes to the vault
        vault = self.env["jamaa.complainant"].sudo()
        return vault.create(
            {
                **known,
                "company_id": self.company_id.id,
                "lang": lang or self.public_lang or False,
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    @api.model
    def _case_channel(self, channel):
        if channel == "letter":
            return self.env.ref("jamaa_complaints.channel_letter")
        return super()._case_channel(channel)

    # ------------------------------------------------------------------
    # The letter in the book of incoming mail
    # ------------------------------------------------------------------

    def _link_letter(self, entry, typed_number=None):
        """Bind the case to its letter, which is registered now where it was not yet.

        The book names the case and not the citizen.

        :raise UserError: the letter opened another case
        """
        self.ensure_one()
        # sudo: jamaa.mail.entry - registering needs nobody's permission; the caller checked the letter
        letters = self.env["jamaa.mail.entry"].sudo()
        if not entry:
            here = self.with_context(lang=self.company_id._installed_lang())
            entry = letters._register_incoming(
                self.company_id,
                {
                    "correspondent": here.env._("The person who filed %(number)s", number=self.case_number),
                    "subject": here.env._("Letter that opened %(number)s", number=self.case_number),
                    "typed_number": typed_number or False,
                },
            )
        entry = letters.browse(entry.id)
        entry._check_may_open_case(self.company_id)
        entry.write({"res_model": self._name, "res_id": self.id})
        self.mail_entry_in_id = entry

    # ------------------------------------------------------------------
    # End of life
    # ------------------------------------------------------------------

    def _erase_identity(self, values):
        """A voice and a handwritten letter tell who it was: they go with the identity."""
        # sudo: ir.attachment - erasure is a duty, not a role's right
        for case in self.sudo():
            (case.voice_note_id | case.paper_scan_id).unlink()
        return super()._erase_identity(values)

    def _start_retention(self):
        """Further persons of a case are kept as long as the citizen."""
        super()._start_retention()
        # sudo: jamaa.complainant - retention is a duty, not a right of a role
        rows = self.env["jamaa.complainant"].sudo()
        further = rows.search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        (further - self.sudo().complainant_id)._keep_for(self._commune_today())  # sudo: helpdesk.ticket - as above

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def _open_file(self, file):
        self.ensure_one()
        self.check_access("read")
        if not file:
            raise UserError(self.env._("There is no such file."))
        return {"type": "ir.actions.act_url", "url": f"/web/content/{file.id}?download=true", "target": "self"}

    def action_open_voice_note(self):
        """Button: fetch the voice note, for whoever reads the case."""
        self.check_access("read")
        return self._open_file(self.voice_note_id)

    def action_open_paper_scan(self):
        """Button: fetch the scanned letter, for whoever reads the case."""
        self.check_access("read")
        return self._open_file(self.paper_scan_id)

    def action_open_letter(self):
        """Button: the letter in the book of incoming mail, for who reads the book."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "jamaa.mail.entry",
            "res_id": self.mail_entry_in_id.id,
            "views": [(False, "form")],
        }

    def action_print_oral_slip(self):
        """Button: the words as they were read back, for the signature."""
        self._check_step("print")
        return self.env.ref("jamaa_complaints.action_report_oral_slip").report_action(self)

    def _oral_paper(self):
        """Values of the slip to be signed, in the language of the context."""
        if not self.env.su:
            self._check_step("print")
        self.ensure_one()
        day = self._day(self._commune_day(self.oral_confirmed_on or self.create_date))
        return {
            "number": self.case_number,
            "kind": self._kind_words(),
            "received": self._day(self.legal_receipt_date),
            "approval": self.env._("These words were read back to me on %(day)s, and I approve them.", day=day),
            "facts": self.facts,
        }

    def action_reveal_bringer(self):
        """Button: ask who brought it, with a reason that is put on record."""
        self._check_step("reveal")
        self.ensure_one()
        # sudo: helpdesk.ticket - the link alone; values come out of the reveal log
        bringer = self.sudo().bringer_id
        if not bringer:
            raise UserError(self.env._("The citizen came in person."))
        return bringer.sudo(False).action_ask_reveal()

    @api.model
    def _case_steps(self):
        return (*super()._case_steps(), "read_out", "read_out_answer", "recode", "mandate")

    def _may(self, step):
        """At the counter: reading out, a new code, a mandate."""
        if step not in ("read_out", "read_out_answer", "recode", "mandate"):
            return super()._may(step)
        user = self.env.user
        if not (
            user.has_group("jamaa_base.group_reception_agent") or user.has_group("jamaa_base.group_complaint_officer")
        ):
            return False
        if step == "read_out_answer":
            return self.answer_state == "sent"
        return True

    def action_read_out(self):
        """Button: where the case stands was read out to the citizen today."""
        self._check_step("read_out")
        self._add_milestone("read_out")

    def action_read_out_answer(self):
        """Button: the answer was read out to the citizen today."""
        self._check_step("read_out_answer")
        self._add_milestone("answer_read_out")

    # ------------------------------------------------------------------
    # The citizen's page
    # ------------------------------------------------------------------

    def _milestone_words(self):
        return {
            **super()._milestone_words(),
            "read_back": self.env._("Your words were read back to you, and you approved them"),
            "read_out": self.env._("Where it stands was read out to you"),
            "answer_read_out": self.env._("The answer was read out to you"),
            "code_replaced": self.env._("The code was replaced at the counter"),
            "mandate_given": self.env._("Somebody follows it with your consent"),
            "mandate_withdrawn": self.env._("Your consent to follow it was withdrawn"),
        }

    def _case_page(self, lang):
        """Add the day it was entered, where it is another than the day of receipt."""
        page = super()._case_page(lang)
        # sudo: helpdesk.ticket - the citizen holds the token; only these values leave
        case = self.sudo().with_context(lang=PUBLIC_LANGS[lang].code)
        entered = case._commune_day(case.create_date)
        page["entered"] = case._day(entered) if entered != case.legal_receipt_date else ""
        page["mail_number"] = case.mail_in_number or ""
        page["behalf"] = bool(case.behalf_capacity)
        return page
