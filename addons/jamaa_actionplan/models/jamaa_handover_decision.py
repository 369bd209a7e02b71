"""Decisions that a post leaves open."""

from odoo import models
from odoo.fields import Domain

#: Functions that are a level of their own.
LEVEL_CODES = ("president", "vice_president")


class JamaaHandover(models.Model):
    _inherit = "jamaa.handover"

    def _open_decisions(self):
        """What waits for the post to decide, and what its outgoing holder asked for."""
        asked = Domain("asked_by_id", "=", self.outgoing_user_id.id) if self.outgoing_user_id else Domain.FALSE
        decided_here = Domain("level", "=", self.function_id.code) if self.function_id.code in LEVEL_CODES else asked
        waiting = self.env["jamaa.decision"].search(
            Domain("company_id", "=", self.company_id.id) & Domain("state", "=", "waiting") & (asked | decided_here),
            order="wanted_by, id",
        )
        return [
            *super()._open_decisions(),
            *(
                {"kind": "decision", "name": one.name, "detail": one.plan_id.name or "", "due_on": one.wanted_by}
                for one in waiting
            ),
        ]
