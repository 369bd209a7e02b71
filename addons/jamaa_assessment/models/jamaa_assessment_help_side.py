"""What becomes of an offer and a request that met: each commune has its own side, and reads that alone."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("asked", "We are asked"),
    ("waiting", "The other side has not answered"),
    ("agreed", "Both accepted"),
    ("declined", "Declined"),
    ("withdrawn", "Withdrawn"),
]


class JamaaAssessmentHelpMatch(models.Model):
    """An offer and a request that met. Nobody reads it: it names two communes.

    Each commune has a row of its own (:class:`JamaaAssessmentHelpSide`), which holds nothing of the other. No author
    and no date of the last change are kept, since the row of one side is written by a user of the other.
    """

    _name = "jamaa.assessment.help.match"
    _description = "Offer and Request that met"
    _log_access = False

    ask_id = fields.Many2one("jamaa.assessment.help", required=True, index=True, readonly=True, ondelete="restrict")
    offer_id = fields.Many2one("jamaa.assessment.help", required=True, index=True, readonly=True, ondelete="restrict")
    agreed_on = fields.Datetime(readonly=True)
    ended = fields.Selection([("declined", "Declined"), ("withdrawn", "Withdrawn")], readonly=True)
    side_ids = fields.One2many("jamaa.assessment.help.side", "match_id")

    _pair_uniq = models.Constraint("UNIQUE(ask_id, offer_id)", "These two have met already.")

    @api.model
    def _open(self, ask, offers):
        """Bring a request to offers that have not seen it; return how many.

        :param ask: a request, checked by the caller
        :param offers: rows of other communes, as superuser
        """
        # sudo: jamaa.assessment.help.match - written for both sides; the caller checked the right of one
        matches = self.sudo()
        known = matches.search([("ask_id", "=", ask.id)]).offer_id
        for offer in offers - known:
            match = matches.create({"ask_id": ask.id, "offer_id": offer.id})
            for row, state, event in ((ask, "waiting", "requested"), (offer, "asked", "asked")):
                side = match.env["jamaa.assessment.help.side"].create(
                    {"match_id": match.id, "help_id": row.id, "company_id": row.company_id.id, "state": state}
                )
                row.with_env(self.env)._log(event, side, company=ask.company_id)
            self._nudge(offer, "asked")
        return len(offers - known)

    def _agree(self, company):
        """Both sides have said yes: from now on each reads the other's name."""
        for match in self:
            match.agreed_on = fields.Datetime.now()
            match._tell(company, "agreed")
            self._nudge(match.ask_id, "agreed")

    def _end(self, company, why):
        """End what was not agreed on; what was stays as it is."""
        for match in self.filtered(lambda match: not match.agreed_on and not match.ended):
            match.ended = why
            match._tell(company, why)

    @api.model
    def _nudge(self, row, event):
        """Put a task without any name before the facilitator of the round, written by the system and by nobody."""
        # sudo: jamaa.assessment.round - the other commune's round gets a task; its author would name who asks
        one = row.sudo().round_id.with_user(SUPERUSER_ID)
        user = one.facilitator_id
        if user and row.company_id in user.company_ids:
            one = one.with_context(lang=user.lang)
            words = {
                "asked": one.env._("A commune asks for your help: see “Contacts about help”."),
                "agreed": one.env._("A commune accepted your request for help: see “Contacts about help”."),
            }
            one.activity_schedule("mail.mail_activity_data_todo", summary=words[event], user_id=user.id)

    def _tell(self, company, state):
        for side in self.side_ids:
            side.state = state
            side.help_id._log(state, side, company=company)


class JamaaAssessmentHelpSide(models.Model):
    """One commune's side of a contact: its own item, where it stands, and the other's name once both accepted."""

    _name = "jamaa.assessment.help.side"
    _description = "Contact about Help"
    _order = "opened_on desc, id desc"
    _log_access = False
    _rec_name = "help_id"

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, readonly=True, index=True, ondelete="restrict"
    )
    help_id = fields.Many2one(
        "jamaa.assessment.help", "What we said", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(related="help_id.kind", store=True)
    match_id = fields.Many2one(
        "jamaa.assessment.help.match", required=True, readonly=True, index=True, groups=fields.NO_ACCESS
    )
    opened_on = fields.Date("Since", required=True, readonly=True, default=fields.Date.context_today)
    state = fields.Selection(STATES, "Status", required=True, readonly=True)
    other_name = fields.Char("The other commune", compute="_compute_other")
    other_contact = fields.Char("How to reach it", compute="_compute_other")
    other_note = fields.Text("What the other commune says", compute="_compute_other")
    followup_ids = fields.One2many("jamaa.assessment.help.followup", "side_id", "What followed")
    followup_count = fields.Integer("Exchanges", compute="_compute_followup_count")

    @api.depends("state")
    @api.depends_context("lang")
    def _compute_other(self):
        for side in self:
            side.other_name = side.other_contact = side.other_note = False
            # sudo: jamaa.assessment.help.match - the other side is named once both have accepted, and only then
            match = side.sudo().match_id
            if match.agreed_on and side.state == "agreed":
                other = match.side_ids - side.sudo()
                company = other.company_id
                side.other_name = company.display_name
                side.other_contact = " · ".join(word for word in (company.phone, company.email) if word) or False
                side.other_note = other.help_id.note

    @api.depends("followup_ids")
    def _compute_followup_count(self):
        counts = dict(
            self.env["jamaa.assessment.help.followup"]._read_group(
                [("side_id", "in", self.ids)], ["side_id"], ["__count"]
            )
        )
        for side in self:
            side.followup_count = counts.get(side._origin, 0)

    # ---------- buttons ----------

    def action_accept(self):
        """Button: say yes; both communes read each other's name from then on.

        :raise AccessError: the user does not speak for the commune
        """
        for side in self:
            side._check_answers("asked")
            # sudo: jamaa.assessment.help.match - both sides change; the right was checked above
            side.sudo().match_id._agree(side.company_id)

    def action_decline(self):
        """Button: say no; no name was or will be shown."""
        for side in self:
            side._check_answers("asked")
            # sudo: jamaa.assessment.help.match - as above
            side.sudo().match_id._end(side.company_id, "declined")

    def action_withdraw(self):
        """Button: take a request back before it is accepted."""
        for side in self:
            side._check_answers("waiting")
            # sudo: jamaa.assessment.help.match - as above
            side.sudo().match_id._end(side.company_id, "withdrawn")

    def _check_answers(self, state):
        """Only who speaks for the commune answers, while the contact is in this state."""
        self.ensure_one()
        self.check_access("read")
        self.env["jamaa.share"]._publisher(self.company_id)
        self.lock_for_update()
        if self.state != state:
            raise UserError(self.env._("This contact has moved on meanwhile: open it again."))


class JamaaAssessmentHelpStep(models.Model):
    """What happened to an offer, a request or a contact, as one commune knows it. Added, never changed."""

    _name = "jamaa.assessment.help.step"
    _inherit = ["jamaa.append.only"]
    _description = "Step of Help among Communes"
    _order = "id"
    _log_access = False

    help_id = fields.Many2one("jamaa.assessment.help", required=True, readonly=True, index=True, ondelete="restrict")
    side_id = fields.Many2one("jamaa.assessment.help.side", "Contact", readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", "Commune", required=True, readonly=True, index=True)
    event = fields.Selection(
        [
            ("declared", "Declared"),
            ("requested", "Sent to a commune that offers help"),
            ("asked", "A commune asks"),
            ("agreed", "Accepted"),
            ("declined", "Declined"),
            ("withdrawn", "Withdrawn"),
        ],
        "What happened",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", "By", readonly=True, help="Empty: the other side did it.")
    done_on = fields.Datetime("On", required=True, readonly=True, default=fields.Datetime.now)


class JamaaAssessmentHelpFollowup(models.Model):
    """A visit, a call or a session of two communes, and what came of it; both read it. Added, never changed."""

    _name = "jamaa.assessment.help.followup"
    _inherit = ["jamaa.append.only"]
    _description = "Exchange between two Communes"
    _order = "date desc, id desc"
    _log_access = False

    side_id = fields.Many2one(
        "jamaa.assessment.help.side", "Contact", required=True, index=True, ondelete="restrict",
        domain="[('state', '=', 'agreed')]",
    )  # fmt: skip
    company_id = fields.Many2one(related="side_id.company_id", string="Commune", store=True, index=True)
    kind = fields.Selection(
        [("visit", "Visit"), ("call", "Call"), ("session", "Working session")], required=True, default="call"
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    note = fields.Text("What it was about", required=True)
    outcome = fields.Text("What came of it", help="What changed, or what was agreed on next.")
    by_us = fields.Boolean("Written by us", readonly=True, default=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Write it down on both sides.

        :raise UserError: the two have not both accepted
        """
        sides = self.env["jamaa.assessment.help.side"].browse([vals.get("side_id") for vals in vals_list])
        sides.check_access("read")
        if any(side.state != "agreed" for side in sides):
            raise UserError(self.env._("An exchange is written down once both communes have accepted."))
        kept = [
            {name: vals[name] for name in ("side_id", "kind", "date", "note", "outcome") if name in vals}
            for vals in vals_list
        ]
        rows = super().create(kept)
        # sudo: jamaa.assessment.help.side - the other side is found to get the same lines, no names with them
        mirrored = [
            {**vals, "by_us": False, "side_id": (side.match_id.side_ids - side).id}
            for side, vals in zip(sides.sudo(), kept, strict=True)
        ]
        # sudo: jamaa.assessment.help.followup - as above
        super(JamaaAssessmentHelpFollowup, self.sudo()).create(mirrored)
        return rows
