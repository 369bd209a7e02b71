"""Spoken words, somebody else's voice, and letters at the counter."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.jamaa_base.tools.uploads import UploadProblem

from ..models.helpdesk_ticket_counter import CAPACITIES, CONFIRMED_HOW
from ..tools.filed_papers import clean_scan, clean_voice

#: Wiped as soon as the case is made: it identifies people, or is kept with the case.
WIPED = ("bringer_name", "bringer_phone", "voice_note", "voice_name", "letter_scan", "letter_scan_name")


class JamaaComplaintCounter(models.TransientModel):
    """What is told is typed, read back and approved; only then it is registered."""

    _inherit = "jamaa.complaint.counter"

    state = fields.Selection(
        selection_add=[("readback", "Read back"), ("done",)], ondelete={"readback": lambda rows: rows.unlink()}
    )
    # told
    is_oral = fields.Boolean(
        string="Told, not written", help="The clerk writes the words down and reads them back before registering."
    )
    oral_confirmed_how = fields.Selection(CONFIRMED_HOW, string="Read back and approved")
    oral_witness = fields.Char(string="Function of the witness", help="A function, not a name.")
    voice_note = fields.Binary(string="Voice note")
    voice_name = fields.Char(string="File of the voice note")
    # on behalf
    on_behalf = fields.Boolean(string="Brought for somebody else")
    behalf_capacity = fields.Selection(CAPACITIES, string="Who brings it")
    bringer_name = fields.Char(string="Name of who brings it")
    bringer_phone = fields.Char(string="Phone of who brings it")
    # by letter
    mail_numbering = fields.Selection(related="company_id.mail_numbering")
    mail_number = fields.Char(
        string="Number of incoming mail",
        help="As on the slip of the mail registry. Left empty, the letter is registered now.",
    )
    letter_scan = fields.Binary(string="Scan of the letter")
    letter_scan_name = fields.Char(string="File of the scan")

    @api.onchange("mail_number", "channel")
    def _onchange_mail_number(self):
        """The time limit runs from the day of the registry."""
        if self.channel == "other" and self.mail_number and self.company_id in self.env.companies:
            entry = self.env["jamaa.mail.entry"]._incoming_by_number(self.company_id, self.mail_number)
            self.legal_receipt_date = entry.date or self.legal_receipt_date

    def write(self, vals):
        """Words that changed after they were read back were not read back."""
        if "facts" in vals and "state" not in vals:
            read = self.filtered(lambda row: row.state == "readback" and row.facts != vals["facts"])
            super(JamaaComplaintCounter, read).write({"state": "entry", "oral_confirmed_how": False})
        return super().write(vals)

    def action_lodge(self):
        """Register; what was told is read back first."""
        self.ensure_one()
        self._check_clerk()
        if self.is_oral and self.state == "entry":
            self.write({"state": "readback", "oral_confirmed_how": False})
            return self._reopen()
        result = super().action_lodge()
        self.write(dict.fromkeys(WIPED, False))
        return result

    def action_back(self):
        """Button: the words are to be changed."""
        self.ensure_one()
        if self.state == "readback":
            self.state = "entry"
        return self._reopen()

    def action_print_oral(self):
        """Button: the words as read back, to be signed."""
        self.ensure_one()
        return self.case_id.action_print_oral_slip()

    def _case_values(self):
        """Add what was told, for whom, and the letter."""
        values = super()._case_values()
        if self.is_oral:
            if self.channel == "phone" and self.oral_confirmed_how == "signature":
                raise UserError(self.env._("By phone nobody signs: read it back before a witness."))
            values.update(is_oral=True, oral_confirmed_how=self.oral_confirmed_how, oral_witness=self.oral_witness)
            values["voice_note"] = self._clean_file(self.voice_note, clean_voice)
        if self.on_behalf:
            if not self.behalf_capacity:
                raise UserError(self.env._("Say in what capacity it is brought."))
            values["behalf_capacity"] = self.behalf_capacity
            values["bringer"] = {"name": self.bringer_name, "phone": self.bringer_phone}
            if not self.bringer_name:
                values.pop("bringer")
        if self.channel == "other":
            values.update(by_letter=True, **self._letter_values())
            values["paper_scan"] = self._clean_file(self.letter_scan, clean_scan)
        return values

    def _letter_values(self):
        """The registered letter, or the number under which it is registered now.

        :raise UserError: no such letter, or one that cannot open a case
        """
        typed = (self.mail_number or "").strip()
        entry = self.env["jamaa.mail.entry"]
        if typed:
            entry = entry._incoming_by_number(self.company_id, typed)
            if not entry and self.company_id.mail_numbering == "own":
                raise UserError(self.env._("The mail registry has no incoming letter %(number)s.", number=typed))
        if entry:
            entry._check_may_open_case(self.company_id)
        return {"mail_entry_in": entry, "mail_number": typed}

    def _clean_file(self, data, clean):
        if not data:
            return None
        try:
            return clean(base64.b64decode(data))
        except UploadProblem as problem:
            raise UserError(self._file_refused(problem.code)) from problem

    def _file_refused(self, code):
        """What to do with a file that is not taken."""
        if code == "not_a_sound":
            return self.env._("This is no voice note. Use a WebM, OGG, MP3, M4A or WAV file.")
        if code == "too_large":
            return self.env._("The file is larger than 10 MB.")
        return self.env._("The scan cannot be read. Use a PDF file, or a JPEG or PNG picture, of 10 MB at most.")
