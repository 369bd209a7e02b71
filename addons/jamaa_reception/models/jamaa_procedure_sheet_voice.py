"""What can be read out of a sheet, who has read it out, and what a new version keeps of it."""

import hashlib
import json

from odoo import api, fields, models

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS, by_code

from ..tools.varieties import VARIETIES


class JamaaProcedureSheet(models.Model):
    _inherit = "jamaa.procedure.sheet"

    audio_ids = fields.One2many("jamaa.procedure.audio", "sheet_id", "Recordings")

    @api.model
    def _never_content(self):
        """A recording is a reading of the content: it may come after publication."""
        return super()._never_content() | {"audio_ids"}

    # ---------- versions ----------

    def action_publish(self):
        """Publish, and keep what was recorded for the former version meanwhile."""
        former = {sheet: sheet.procedure_id.sheet_id for sheet in self}
        result = super().action_publish()
        for sheet, before in former.items():
            sheet._take_over_audio(before)
        return result

    def _new_version(self):
        new = super()._new_version()
        new._take_over_audio(self)
        return new

    def _take_over_audio(self, former):
        """Copy the recordings of another version whose text is here word for word.

        A recording that is here already stays, but for one that is of no use any more, or a
        machine's where somebody has lent a voice meanwhile.

        :param former: the other version; may be empty
        """
        self.ensure_one()
        # sudo: jamaa.procedure.audio - a recording goes with its text, whoever makes the version
        here = {(one.part, one.step_id.id, one.variety): one for one in self.sudo().audio_ids}
        for audio in former.sudo().audio_ids:
            lang = VARIETIES[audio.variety].text
            # sudo: jamaa.procedure.step - compared with the recordings above
            steps = self.sudo().step_ids if audio.part == "step" else [self.env["jamaa.procedure.step"]]
            for step in steps:
                if self._voice_fingerprint(audio.part, step, lang) != audio.text_hash:
                    continue
                present = here.get((audio.part, step.id, audio.variety))
                if present and not present.stale and not (present.provisional and not audio.provisional):
                    continue
                if present:
                    present.unlink()
                copied = audio.copy({"sheet_id": self.id, "step_id": step.id})
                here[audio.part, step.id, audio.variety] = copied

    # ---------- the text that is read ----------

    def _voice_text(self, part, step, lang):
        """Return the lines to read out for a part of the sheet.

        :param str part: of `jamaa.procedure.audio`
        :param step: the step, for the part ``step``
        :param str lang: a ``res.lang`` code
        :return: list of lines, and the ``res.lang`` code they are really in
        """
        self.ensure_one()
        if part == "papers":
            pieces = self.with_context(lang=lang).piece_ids.filtered(lambda piece: not piece.held_by_us)
            return [piece._voice_line() for piece in pieces], pieces[:1]._in_language("name", lang)[
                1
            ] if pieces else lang
        text, real = step._in_language("name", lang) if part == "step" else self._in_language("summary", lang)
        return [line for line in text.splitlines() if line.strip()], real

    def _voice_fingerprint(self, part, step, lang):
        """Return a hash of what a recording of a part depends on; empty where there is nothing to read."""
        self.ensure_one()
        if part == "papers":
            facts = [
                [
                    *(piece._in_language(name, lang)[0] for name in ("name", "note", "delivered_by")),
                    piece.form,
                    piece.count,
                    [
                        [answer.question_id._in_language("name", lang)[0], answer._in_language("name", lang)[0]]
                        for answer in piece.condition_ids
                    ],
                ]
                for piece in self.piece_ids
                if not piece.held_by_us
            ]
        else:
            text = step._in_language("name", lang)[0] if part == "step" else self._in_language("summary", lang)[0]
            facts = text.split()
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest() if facts else ""

    def _voice_parts(self):
        """Return what of the sheet can be recorded, in the order in which it is read: (part, step)."""
        self.ensure_one()
        none = self.env["jamaa.procedure.step"]
        return [("summary", none), *(("step", step) for step in self.step_ids), ("papers", none)]

    # ---------- the recorder ----------

    def action_record(self):
        """Open the screen on which one text after the other is read and recorded."""
        self.ensure_one()
        self.check_access("write")
        self.env["jamaa.procedure.audio"].check_access("create")
        return {
            "type": "ir.actions.client",
            "tag": "jamaa_reception.voice_studio",
            "name": self.env._("Record voices"),
            "params": {"sheet_id": self.id},
        }

    @api.readonly
    def voice_script(self, variety):
        """Return what is to be read, in one way of speaking, for the recorder.

        :param str variety: code of a variety
        :return: dict: ``sheet``, ``variety``, ``varieties``, ``departments``, and ``lines`` with
            what was recorded of each
        """
        self.ensure_one()
        self.check_access("write")
        audio = self.env["jamaa.procedure.audio"]
        audio.check_access("create")
        variety = variety if variety in VARIETIES else next(iter(VARIETIES))
        lang = VARIETIES[variety].text
        there = {(one.part, one.step_id): one for one in self.audio_ids.filtered(lambda one: one.variety == variety)}
        names = audio._fields["variety"]._description_selection(self.env)
        lines = []
        for number, (part, step) in enumerate(self._voice_parts()):
            text, real = self._voice_text(part, step, lang)
            if text:
                public = by_code(real) if real != "en_US" else PUBLIC_LANGS["fr"]
                lines.append(
                    {
                        "part": part,
                        "step_id": step.id,
                        "title": self._voice_title(part, number),
                        "text": text,
                        "lang": public.html,
                        "dir": public.direction,
                        "audio": self._voice_there(there.get((part, step))),
                    }
                )
        departments = self.env["hr.department"].search([("company_id", "=", self.company_id.id)])
        return {
            "sheet": self.display_name,
            "variety": variety,
            "varieties": [{"code": code, "name": name} for code, name in names],
            "departments": [{"id": one.id, "name": one.name} for one in departments],
            "lines": lines,
        }

    def _voice_title(self, part, number):
        if part == "step":
            return self.env._("Step %(number)s", number=number)
        return dict(self.env["jamaa.procedure.audio"]._fields["part"]._description_selection(self.env))[part]

    @api.private
    def _voice_there(self, audio):
        if not audio:
            return False
        return {
            "id": audio.id,
            "digest": audio.digest,
            "provisional": audio.provisional,
            "stale": audio.stale,
            "department_id": audio.department_id.id,
        }


class JamaaProcedurePiece(models.Model):
    _inherit = "jamaa.procedure.piece"

    def _voice_line(self):
        """Return a paper as it is said, in the language of the environment."""
        self.ensure_one()
        lang = self.env.lang
        facts = {
            "paper": self._in_language("name", lang)[0],
            "form": dict(self._fields["form"]._description_selection(self.env))[self.form],
            "count": self.count,
            "when": self.condition_text,
        }
        if self.count > 1 and self.condition_ids:
            return self.env._("%(paper)s: %(form)s, %(count)s of them. Only when: %(when)s", **facts)
        if self.count > 1:
            return self.env._("%(paper)s: %(form)s, %(count)s of them.", **facts)
        if self.condition_ids:
            return self.env._("%(paper)s: %(form)s. Only when: %(when)s", **facts)
        return self.env._("%(paper)s: %(form)s.", **facts)
