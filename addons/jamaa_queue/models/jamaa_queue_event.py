"""What happened to tickets: rows that are added, from which everything else is computed."""

from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("issued", "Given out"),
    ("called", "Called"),
    ("recalled", "Called again"),
    ("missed", "Did not answer: called again later"),
    ("serving", "At the desk"),
    ("served", "One thing done, the next begins"),
    ("parked", "Gone for a paper"),
    ("back", "Back with the paper"),
    ("transferred", "Sent to another desk"),
    ("no_show", "Did not come"),
    ("rejoined", "Came after all"),
    ("done", "Served"),
    ("left", "Left"),
]
DOUBTS = [
    ("forgotten", "Closed by itself: “finish” was forgotten"),
    ("too_long", "Longer than this queue expects"),
    ("no_start", "The start was not noted"),
    ("closing", "Still waiting when the day ended"),
]


class JamaaQueueEvent(models.Model):
    """One fact: which ticket, what, when, where. Nothing says by whose hand.

    A fact whose time cannot be trusted says why (``doubt``); such times are left out of figures.
    """

    _name = "jamaa.queue.event"
    _inherit = ["jamaa.append.only"]
    _description = "Queue Event"
    _order = "id desc"
    _rec_name = "kind"
    _log_access = False
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Commune", required=True, index=True)
    site_id = fields.Many2one("jamaa.site", required=True, check_company=True, ondelete="restrict")
    # Queue and procedure are those of the ticket, whose commune was looked at.
    queue_id = fields.Many2one("jamaa.queue", required=True, ondelete="restrict")
    ticket_id = fields.Many2one(
        "jamaa.queue.ticket", required=True, check_company=True, index=True, ondelete="restrict"
    )
    desk_id = fields.Many2one("jamaa.desk", check_company=True, index="btree_not_null", ondelete="restrict")
    procedure_id = fields.Many2one("jamaa.procedure", index="btree_not_null", ondelete="restrict")
    kind = fields.Selection(KINDS, "What", required=True)
    at = fields.Datetime("When", required=True)
    overtook = fields.Integer(
        "Called before others", help="How many who had come earlier waited on when this ticket was called."
    )
    doubt = fields.Selection(DOUBTS, "Doubtful because")

    _facts_idx = models.Index("(company_id, site_id, at)")
    _calls_idx = models.Index("(site_id, id DESC) WHERE kind IN ('called', 'recalled')")
    _doubt_idx = models.Index("(ticket_id) WHERE doubt IS NOT NULL")

    @api.depends("kind", "ticket_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for event in self:
            event.display_name = f"{event.ticket_id.code} · {kinds.get(event.kind, '')}"

    def copy_data(self, default=None):
        """A fact is not copied.

        :raise UserError: always
        """
        raise UserError(self._words_not_changed())
