"""What the tests of recordings share."""

import base64

from odoo.addons.jamaa_base.tests import sound_samples

from .common import SAMPLE, ReceptionCase

SPOKEN = sound_samples.ogg(2)
#: Two steps, so that one can change and the other not.
TWO_STEPS = {
    **SAMPLE["sheet"],
    "steps": [
        {"text": {"ar": "اذهب إلى المكتب.", "fr": "Allez au bureau."}},
        {"text": {"ar": "خذ الوثيقة.", "fr": "Prenez le papier."}},
    ],
}


class VoiceCase(ReceptionCase):
    """A published sheet with two steps, recorded by an editor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls._published(sheet=TWO_STEPS)
        cls.sheet = cls.procedure.sheet_id

    def _record(self, part="summary", step=None, variety="ar", user=None, sheet=None, **vals):
        values = {
            "sheet_id": (sheet or self.sheet).id,
            "part": part,
            "step_id": step.id if step else False,
            "variety": variety,
            "sound": base64.b64encode(SPOKEN),
            "consent": True,
        }
        audio = self.env["jamaa.procedure.audio"].with_user(user or self.editor)
        return audio.create({**values, **vals}).with_env(self.env)

    def _provisional(self, **vals):
        return self._record(user=self.env.ref("base.user_root"), provisional=True, consent=False, **vals)
