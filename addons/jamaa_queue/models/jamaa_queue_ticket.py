"""A number in a queue: no name, and nothing that leads to one."""

from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.jamaa_base.models.res_company_setup import COMMUNE_TZ
from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

from ..tools.visit_times import times_of

#: Where a ticket stands; the last three are the end of a visit, two of which can be taken up again.
STATES = [
    ("waiting", "Waiting"),
    ("called", "Called"),
    ("serving", "At the desk"),
    ("parked", "Gone for a paper"),
    ("no_show", "Did not come"),
    ("left", "Left"),
    ("done", "Served"),
]
AT_DESK = ("called", "serving")


class JamaaQueueTicket(models.Model):
    """One visitor's number of one day.

    What happened is in ``jamaa.queue.event``, rows that are only added; times and figures come from
    there. The ticket itself holds where it stands now, so that two desks cannot call the same person.
    Nothing says who gave it out or who called (no ``create_uid``): figures attach to desks.
    """

    _name = "jamaa.queue.ticket"
    _description = "Queue Ticket"
    _order = "day desc, id desc"
    _rec_name = "code"
    _log_access = False
    _check_company_auto = True

    # What is printed
    code = fields.Char("Number", required=True, readonly=True, help="As it is called: “A012”.")
    prefix = fields.Char(readonly=True, export_string_translation=False)
    number = fields.Integer("Rank of the day", required=True, readonly=True, aggregator=None)
    day = fields.Date(required=True, readonly=True)
    issued_at = fields.Datetime("Given out at", required=True, readonly=True)
    channel = fields.Selection(
        [
            ("reception", "Reception"),
            ("kiosk", "Kiosk"),
            ("qr", "Own telephone"),
            ("roll", "Paper roll"),
            ("desk", "At the desk"),
            ("appointment", "Appointment"),
        ],
        required=True,
        readonly=True,
    )
    lang = fields.Selection(
        lambda self: [(lang.code, lang.name) for lang in PUBLIC_LANGS.values()],
        "Language of the ticket",
        required=True,
        readonly=True,
        default="ar_MA",
    )
    language_id = fields.Many2one(
        "hr.skill",
        "Language wanted",
        readonly=True,
        ondelete="restrict",
        domain=lambda self: self.env["jamaa.reception.visit"]._domain_languages(),
        help="Called by a desk where it is spoken, as long as such a desk is open.",
    )

    # Where
    company_id = fields.Many2one("res.company", "Commune", required=True, index=True, readonly=True)
    site_id = fields.Many2one("jamaa.site", required=True, check_company=True, readonly=True, ondelete="restrict")
    queue_id = fields.Many2one("jamaa.queue", required=True, check_company=True, readonly=True, ondelete="restrict")
    # One of the queue's procedures, whose commune was looked at there.
    procedure_id = fields.Many2one("jamaa.procedure", "Procedure now", readonly=True, ondelete="restrict")
    service_ids = fields.One2many("jamaa.queue.ticket.service", "ticket_id", "What the visit is for", readonly=True)
    desk_id = fields.Many2one("jamaa.desk", check_company=True, readonly=True, ondelete="restrict")
    wanted_desk_id = fields.Many2one(
        "jamaa.desk", "For this desk", check_company=True, readonly=True, ondelete="restrict"
    )

    # Where it stands
    state = fields.Selection(STATES, required=True, readonly=True, default="waiting")
    state_at = fields.Datetime("Since", required=True, readonly=True)
    credit_minutes = fields.Integer("Credit (minutes)", readonly=True, help="Called as if come so much earlier.")
    effective_at = fields.Datetime("Place in the order", required=True, readonly=True)
    call_count = fields.Integer("Calls", readonly=True)
    event_ids = fields.One2many("jamaa.queue.event", "ticket_id", "What happened", readonly=True)

    # Keys
    token = fields.Char(readonly=True, copy=False, groups="base.group_system", default=lambda self: uuid4().hex)
    tap_key = fields.Char(readonly=True, copy=False, groups="base.group_system")

    # Computed from what happened
    wait_minutes = fields.Float("Waited (minutes)", compute="_compute_times", digits=(8, 1))
    service_minutes = fields.Float("Served (minutes)", compute="_compute_times", digits=(8, 1))
    is_doubtful = fields.Boolean("Doubtful times", compute="_compute_times", search="_search_is_doubtful")

    _number_uniq = models.UniqueIndex(
        "(site_id, day, COALESCE(prefix, ''), number)", "This number was already given out today."
    )
    _one_at_desk = models.UniqueIndex(
        "(desk_id) WHERE state IN ('called', 'serving')", "This desk has already called somebody."
    )
    _token_uniq = models.UniqueIndex("(token) WHERE token IS NOT NULL")
    _tap_once = models.UniqueIndex("(tap_key) WHERE tap_key IS NOT NULL")
    _call_idx = models.Index("(queue_id, effective_at, id) WHERE state = 'waiting'")
    _alive_idx = models.Index("(site_id, state) WHERE state IN ('waiting', 'called', 'serving', 'parked', 'no_show')")
    _day_idx = models.Index("(day DESC, id DESC)")
    _queue_day_idx = models.Index("(queue_id, day)")

    @api.model
    def _today(self):
        """The day on Moroccan clocks, wherever the login says it is."""
        return fields.Date.context_today(self.with_context(tz=COMMUNE_TZ))

    @api.depends("event_ids.kind", "event_ids.at", "event_ids.doubt")
    def _compute_times(self):
        """Times by the facts, in one query for all tickets."""
        # sudo: jamaa.queue.event - times of the ticket for who may read the ticket
        events = self.env["jamaa.queue.event"].sudo().search_fetch(
            [("ticket_id", "in", self.ids)], ["ticket_id", "kind", "at", "doubt"], order="ticket_id, id"
        )  # fmt: skip
        grouped = {}
        for event in events:
            grouped.setdefault(event.ticket_id.id, []).append((event.kind, event.at, event.doubt))
        for ticket in self:
            times = times_of(grouped.get(ticket._origin.id, []))
            ticket.wait_minutes = (times.wait or 0) / 60
            ticket.service_minutes = (times.service or 0) / 60
            ticket.is_doubtful = times.doubtful

    def _search_is_doubtful(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: jamaa.queue.event - as in `_compute_times`
        rows = self.env["jamaa.queue.event"].sudo()._search([("doubt", "!=", False)])
        doubtful = Domain("event_ids", "any!", Domain("id", "in", rows))
        return doubtful if True in value else ~doubtful

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A number that was given out is not deleted."))

    def copy_data(self, default=None):
        """A number is given out once.

        :raise UserError: always
        """
        raise UserError(self.env._("A number is given out, not copied."))

    # ---------- moving ----------

    def _move(self, kind, values=None, **facts):
        """Add a fact, and let the ticket stand where it leads.

        The only way a ticket changes. Rights were looked at by the caller.

        :param str kind: of the event
        :param dict values: of the ticket, ``state`` among them when it changes
        :param facts: further values of the event: ``doubt``, ``overtook``, ``desk``, ``at``
        """
        now = facts.pop("at", None) or fields.Datetime.now()
        desk = facts.pop("desk", None)
        # sudo: jamaa.queue.event - facts are added by the queue itself alone
        self.env["jamaa.queue.event"].sudo().create(
            [
                {
                    "company_id": ticket.company_id.id,
                    "site_id": ticket.site_id.id,
                    "queue_id": ticket.queue_id.id,
                    "procedure_id": ticket.procedure_id.id,
                    "desk_id": (desk or ticket.desk_id).id,
                    "ticket_id": ticket.id,
                    "kind": kind,
                    "at": now,
                    **facts,
                }
                for ticket in self
            ]
        )
        if values:
            # sudo: jamaa.queue.ticket - nobody writes on tickets but the queue itself
            self.sudo().write({**values, "state_at": now} if "state" in values else values)
