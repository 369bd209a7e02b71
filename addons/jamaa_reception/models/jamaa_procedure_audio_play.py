"""How often sheets are listened to, and in which way of speaking."""

from odoo import api, fields, models

from .jamaa_procedure_audio import PARTS, VARIETY_NAMES

#: Plays counted for one address in an hour: a whole town hall may stand behind one.
PLAYS_PER_HOUR = 240


class JamaaProcedureAudioPlay(models.Model):
    """Somebody pressed "listen": what, in which variety, on which day.

    Nothing of who listened is kept, not even the hour. A play is a row that is added, so that
    people who listen at the same moment do not wait for each other.
    """

    _name = "jamaa.procedure.audio.play"
    _description = "Recording listened to"
    _log_access = False
    _order = "day desc, id desc"

    company_id = fields.Many2one("res.company", "Commune", required=True, readonly=True, ondelete="cascade")
    procedure_id = fields.Many2one("jamaa.procedure", required=True, readonly=True, index=True, ondelete="cascade")
    part = fields.Selection(PARTS, required=True, readonly=True)
    variety = fields.Selection(VARIETY_NAMES, "Spoken in", required=True, readonly=True)
    provisional = fields.Boolean("Made by a machine", readonly=True)
    day = fields.Date(required=True, readonly=True)

    _company_day_idx = models.Index("(company_id, day)")

    @api.model
    def _note(self, audio, address):
        """Count a play, unless its address sends too many.

        :param audio: the recording, in superuser mode
        :param str address: of the visitor, for the limit alone
        """
        if not self.env["jamaa.throttle"]._allow("audio.play", address, PLAYS_PER_HOUR, 3600):
            return
        # sudo: jamaa.procedure.audio.play - nobody has rights to add plays
        self.sudo().create(
            {
                "company_id": audio.company_id.id,
                "procedure_id": audio.procedure_id.id,
                "part": audio.part,
                "variety": audio.variety,
                "provisional": audio.provisional,
                "day": fields.Date.context_today(self.with_context(tz="Africa/Casablanca")),
            }
        )
