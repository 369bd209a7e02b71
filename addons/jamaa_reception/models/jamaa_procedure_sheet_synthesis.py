"""Provisional recordings of published sheets, made by a machine until somebody lends a voice."""

import base64

from odoo import api, models
from odoo.exceptions import UserError

from ..tools import synthesiser
from ..tools.varieties import VARIETIES


class JamaaProcedureSheet(models.Model):
    _inherit = "jamaa.procedure.sheet"

    @api.private
    def _make_provisional(self, varieties, installed):
        """Let the machine read what nobody has read yet, or what has changed since it read it.

        A person's voice is never replaced, even when its text has changed: people decide that.

        :param varieties: codes, of which those without a voice are left out
        :param set installed: names of the synthesiser's voices
        :return: counts: dict of ``made``, ``kept`` and ``failed``
        """
        counts = {"made": 0, "kept": 0, "failed": 0}
        for sheet in self:
            there = {(one.part, one.step_id, one.variety): one for one in sheet.audio_ids}
            for variety in varieties:
                voice = VARIETIES[variety].synthesiser
                if not voice or voice not in installed:
                    continue
                for part, step in sheet._voice_parts():
                    present = there.get((part, step, variety), self.env["jamaa.procedure.audio"])
                    text, real = sheet._voice_text(part, step, VARIETIES[variety].text)
                    if not text or real != VARIETIES[variety].text:
                        continue
                    if present and (not present.provisional or not present.stale):
                        counts["kept"] += 1
                        continue
                    counts["made" if sheet._say_provisional(part, step, variety, text, present) else "failed"] += 1
        return counts

    def _say_provisional(self, part, step, variety, text, present):
        try:
            sound = base64.b64encode(synthesiser.say("\n".join(text), VARIETIES[variety].synthesiser))
            with self.env.cr.savepoint():
                values = {"sound": sound, "provisional": True, "consent": False}
                if present:
                    present.write(values)
                else:
                    present.create(
                        {**values, "sheet_id": self.id, "part": part, "step_id": step.id, "variety": variety}
                    )
        except (synthesiser.NoVoice, UserError):
            return False
        return True
