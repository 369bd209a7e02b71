"""A part of a sheet that can be heard, for people who do not read."""

import base64
import binascii
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.jamaa_base.tools.sounds import clean_sound
from odoo.addons.jamaa_base.tools.uploads import UploadProblem

from ..tools.varieties import VARIETIES

#: Ten minutes of speech as browsers record it: more is more than anybody listens to on a phone.
SOUND_BYTES = 3 * 1024 * 1024
#: What a recording is of: it never becomes the recording of something else.
PLACE = {"sheet_id", "part", "step_id", "variety"}
EXTENSIONS = {"audio/ogg": "ogg", "audio/mpeg": "mp3", "audio/wav": "wav", "audio/webm": "webm"}
#: What is found out from the recording and its text.
OWN = {"text_hash", "mimetype", "seconds", "digest"}
PARTS = [("summary", "In plain words"), ("step", "A step"), ("papers", "Papers to bring")]
VARIETY_NAMES = [
    ("ar", "Arabic"),
    ("ary", "Darija"),
    ("fr", "French"),
    ("shi", "Tachelhit"),
    ("tzm", "Tamazight"),
    ("rif", "Tarifit"),
    ("zgh", "Standard Amazigh"),
]


class JamaaProcedureAudio(models.Model):
    """One recording: a part of a sheet, in one way of speaking.

    It is no content of the sheet but a reading of it, so it may come after publication. It
    remembers the text it was made from; once that text is another, it is no longer heard and
    waits to be recorded again. A voice is personal data (law 09-08): who lends it agrees to its
    publication, and may take it back at any time by having it deleted. The recording says of
    which service it comes and names nobody.
    """

    _name = "jamaa.procedure.audio"
    _description = "Recording of a Procedure Sheet"
    _order = "sheet_id, part, step_id, variety, id"
    _check_company_auto = True

    # What is heard
    sheet_id = fields.Many2one("jamaa.procedure.sheet", required=True, index=True, ondelete="cascade")
    procedure_id = fields.Many2one(related="sheet_id.procedure_id", store=True, index=True)
    company_id = fields.Many2one(related="sheet_id.company_id", string="Commune", store=True, index=True)
    part = fields.Selection(PARTS, required=True, default="summary")
    step_id = fields.Many2one(
        "jamaa.procedure.step",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('sheet_id', '=', sheet_id)]",
    )
    variety = fields.Selection(VARIETY_NAMES, "Spoken in", required=True, default="ar")
    text_hash = fields.Char(readonly=True, copy=False)
    stale = fields.Boolean(
        "To be recorded again",
        compute="_compute_stale",
        store=True,
        help="The text has changed since: it is not heard on the pages.",
    )

    # The recording
    sound = fields.Binary("Recording", attachment=True, required=True)
    mimetype = fields.Char("Format", readonly=True)
    seconds = fields.Float("Seconds", readonly=True, digits=(8, 1))
    digest = fields.Char(readonly=True, index=True)
    provisional = fields.Boolean(
        "Made by a machine", readonly=True, help="Provisional: it stands until somebody of the commune lends a voice."
    )
    department_id = fields.Many2one("hr.department", "Recorded by the service", check_company=True)
    recorded_on = fields.Date(default=fields.Date.context_today)
    consent = fields.Boolean(
        "Agreed to publication",
        help="Whoever lends the voice agreed that it is published. It is deleted as soon as they take that back.",
    )

    _one_of_each = models.UniqueIndex(
        "(sheet_id, part, coalesce(step_id, 0), variety)", "This part has a recording in this way of speaking."
    )
    _step_of_step = models.Constraint(
        "CHECK((part = 'step') = (step_id IS NOT NULL))", "Name the step that is read, and only there."
    )
    _with_consent = models.Constraint(
        "CHECK(coalesce(provisional, FALSE) OR coalesce(consent, FALSE))",
        "A voice is published only when whoever lends it has agreed.",
    )

    # ---------- computes ----------

    @api.depends("part", "step_id.name", "variety")
    def _compute_display_name(self):
        varieties = dict(self._fields["variety"]._description_selection(self.env))
        parts = dict(self._fields["part"]._description_selection(self.env))
        for audio in self:
            audio.display_name = self.env._(
                "%(part)s, in %(variety)s",
                part=audio.step_id.name or parts.get(audio.part, ""),
                variety=varieties.get(audio.variety, ""),
            )

    @api.depends(
        "text_hash",
        "sheet_id.summary",
        "step_id.name",
        "sheet_id.piece_ids.name",
        "sheet_id.piece_ids.form",
        "sheet_id.piece_ids.count",
        "sheet_id.piece_ids.held_by_us",
        "sheet_id.piece_ids.note",
        "sheet_id.piece_ids.delivered_by",
        "sheet_id.piece_ids.condition_ids.name",
        "sheet_id.piece_ids.condition_ids.question_id.name",
    )
    def _compute_stale(self):
        for audio in self:
            audio.stale = audio.text_hash != audio._text_fingerprint()

    # ---------- constrains ----------

    @api.constrains("step_id", "sheet_id")
    def _check_step(self):
        for audio in self:
            if audio.step_id and audio.step_id.sheet_id != audio.sheet_id:
                raise ValidationError(self.env._("The step is one of the same sheet."))

    # ---------- CRUD ----------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_own(vals)
            vals.update(self._sound_vals(vals.get("sound")))
        audios = super().create(vals_list)
        audios._check_open()
        audios._keep_text()
        return audios

    def write(self, vals):
        self._check_open()
        self._check_own(vals)
        if PLACE & vals.keys():
            raise UserError(self.env._("A recording stays where it is: delete it and record the other part."))
        if "sound" in vals:
            vals = {
                "provisional": False,
                "recorded_on": fields.Date.context_today(self),
                **vals,
                **self._sound_vals(vals["sound"]),
            }
        result = super().write(vals)
        if "sound" in vals:
            self._keep_text()
        return result

    def _keep_text(self):
        """Remember the text that was read.

        :raise UserError: there is nothing to read
        """
        for audio in self:
            fingerprint = audio._text_fingerprint()
            if not fingerprint:
                raise UserError(self.env._("There is no text to read out here yet."))
            # sudo: jamaa.procedure.audio - which text was read is the tool's to note
            audio.sudo().write({"text_hash": fingerprint})

    def _check_open(self):
        if any(audio.sheet_id.state == "superseded" for audio in self):
            raise UserError(self.env._("This sheet was replaced: record the one that holds now."))

    @api.private
    def _check_own(self, vals):
        """Keep people's voices from passing as a machine's, which needs no consent, and old ones as new."""
        if not self.env.su and (vals.get("provisional") or OWN & vals.keys()):
            raise AccessError(self.env._("What the recording is made of is found out by the tool itself."))

    @api.model
    def _sound_vals(self, sound):
        """Look into a recording.

        :param sound: in base64
        :return: values of the recording
        :raise UserError: it is none
        """
        try:
            found = clean_sound(base64.b64decode(sound or b""), SOUND_BYTES)
        except binascii.Error:
            raise UserError(self._sound_problem("not_a_sound")) from None
        except UploadProblem as problem:
            raise UserError(self._sound_problem(problem.code)) from problem
        return {
            "sound": base64.b64encode(found.data),
            "mimetype": found.mimetype,
            "seconds": found.seconds,
            "digest": hashlib.sha256(found.data).hexdigest(),
        }

    @api.model
    def _sound_problem(self, code):
        """Return the sentence for a code of `UploadProblem`."""
        return {
            "empty": self.env._("Record or choose a file first."),
            "too_large": self.env._("The recording is larger than 3 MB: read less in one go, or save it smaller."),
            "damaged": self.env._("The recording is damaged or not whole: record it again."),
        }.get(code) or self.env._("This file is no recording: take an Ogg, MP3, WAV or WebM file with sound alone.")

    # ---------- actions ----------

    def action_withdraw(self):
        """Delete a voice everywhere: whoever lent it takes the consent back."""
        self.check_access("unlink")
        copies = self.search([("procedure_id", "in", self.procedure_id.ids), ("digest", "in", self.mapped("digest"))])
        (self | copies).unlink()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    # ---------- what the pages and the sheet look at ----------

    def _text_fingerprint(self):
        self.ensure_one()
        return self.sheet_id._voice_fingerprint(self.part, self.step_id, VARIETIES[self.variety].text)

    def _extension(self):
        """Return how a file of this format is called."""
        self.ensure_one()
        return EXTENSIONS.get(self.mimetype, "bin")

    def _is_heard(self):
        """Whether citizens may hear it now."""
        self.ensure_one()
        sheet = self.sheet_id
        return bool(
            sheet.state == "published"
            and sheet.procedure_id.active
            and not self.stale
            and (self.provisional or self.consent)
        )

    @api.model
    def _heard(self, company, code, number):
        """Return the recording that an address of the public pages names.

        :param company: the commune
        :param str code: of the procedure
        :param int number: of the recording
        :return: the recording in superuser mode; empty for unknown, another commune's and
            unpublished ones alike
        """
        # sudo: jamaa.procedure.audio - public pages have no rights; the checks are below
        audio = self.sudo().search([("id", "=", number), ("company_id", "=", company.id)])
        if audio and audio.procedure_id.code == code and audio._is_heard():
            return audio
        return self.browse()
