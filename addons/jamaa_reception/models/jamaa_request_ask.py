"""One single request for what is missing; only what the sheet lists can be asked."""

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

#: Longest time the citizen may be given to bring what is missing, in days.
LONGEST_ASK = 90


class JamaaProcedureRequest(models.Model):
    """Law 55-19: the administration asks once, and only for pieces of the published list."""

    _inherit = "jamaa.procedure.request"

    ask_on = fields.Date("Missing pieces asked on", readonly=True, copy=False)
    ask_until = fields.Date("Pieces expected by", readonly=True, copy=False)

    def _ask_is_over(self):
        """Whether the time given to bring what is missing has passed."""
        self.ensure_one()
        return bool(self.ask_until and self.ask_until < self._commune_today())

    def _ask(self, until):
        """Ask for all that is missing, once; the citizen sees it on the page, by mail or on paper.

        :param until: the day it is expected by
        :raise UserError: asked before, nothing missing, or a day that cannot be
        """
        self.ensure_one()
        _ = self.env._
        if self.ask_on:
            raise UserError(
                _(
                    "The missing pieces were asked on %(day)s. They are asked once: what was not asked then cannot "
                    "be asked any more (law 55-19).",
                    day=self._day(self.ask_on),
                )
            )
        self._check_step("ask")
        self._lock()
        asked = self.piece_ids.filtered(lambda line: line.state == "missing")
        if not asked:
            raise UserError(_("Only pieces of the sheet that are missing can be asked."))
        today = self._commune_today()
        if not until or not today < until <= today + timedelta(days=LONGEST_ASK):
            raise UserError(_("Give a day after today, within %(days)s days.", days=LONGEST_ASK))
        # sudo: jamaa.procedure.request - checked just above
        request = self.sudo()
        asked.sudo().write({"asked": True})  # sudo: jamaa.procedure.request.piece - as above
        request.write({"ask_on": today, "ask_until": until})
        request._add_milestone("asked", note=", ".join(asked.piece_id.mapped("name")))
        request._to_register("request_asked", pieces=len(asked), until=fields.Date.to_string(until))
        request._tell("asked")
