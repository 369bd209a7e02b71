"""The law table: how long, counted how, since when, said by which text, confirmed by whom."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.legal_clock import MAX_DAYS, compute_due
from .legal_due import LegalDue

#: What a confirmation confirms: changed afterwards, it would confirm something nobody read.
FROZEN = {
    "code", "version", "nature", "days", "unit", "extension_days", "start_event", "roll",
    "valid_from", "source_text", "company_id",
}  # fmt: skip

#: What a count needs, fetched with the search: public pages count their queries.
COUNT_FIELDS = (
    "company_id", "days", "unit", "extension_days", "roll", "nature", "jurist_checked_on",
)  # fmt: skip


class JamaaLegalRegime(models.Model):
    """One version of one rule about time.

    A later law is a new row with its own dates of validity, never a change of this one: what
    was promised under the old rule keeps its proof. A row without commune holds for all; a row
    of a commune comes before it.

    A date computed from a regime is called *legal* only when its nature is legal **and** a named
    holder of the commune confirmed that version (``jamaa.legal.confirmation``). Until then
    screens and papers say what the commune undertakes.
    """

    _name = "jamaa.legal.regime"
    _description = "Time limit set by a rule"
    _order = "code, valid_from desc, id desc"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, index=True, help="Name the program uses, the same for all versions.")
    version = fields.Char(required=True, default="1")
    nature = fields.Selection(
        [("legal", "Set by law"), ("internal", "Set by the commune")],
        required=True,
        default="internal",
    )
    subject = fields.Char(translate=True, help="What has to be done in this time.")
    company_id = fields.Many2one("res.company", string="Commune", index=True, help="Empty: every commune.")
    # the count
    days = fields.Integer(required=True)
    unit = fields.Selection(
        [("calendar", "Calendar days"), ("working", "Working days")],
        string="Counted in",
        required=True,
        default="calendar",
    )
    extension_days = fields.Integer(
        string="Possible extension", required=True, default=0, help="Days a reasoned decision may add; 0: none."
    )
    start_event = fields.Selection(
        [
            ("receipt", "Day the commune received it"),
            ("complete", "Day the file was complete"),
            ("entry", "Day it was entered"),
            ("decision", "Day of the decision"),
            ("notice", "Day of the notice"),
        ],
        string="Starts with",
        required=True,
        default="receipt",
    )
    roll = fields.Selection(
        [("next_working", "Next working day"), ("none", "Stays")],
        string="Last day on a closed day",
        required=True,
        default="next_working",
    )
    alert_days = fields.Integer(string="Warn before (days)", default=7)
    # validity
    valid_from = fields.Date(required=True)
    valid_to = fields.Date()
    # where it comes from
    source_text = fields.Text(required=True, translate=True, string="Source")
    jurist_checked_on = fields.Date(string="Checked by a jurist on")
    jurist_checked_by = fields.Char(string="Jurist")
    # who confirmed it
    confirmation_ids = fields.One2many("jamaa.legal.confirmation", "regime_id")
    confirmed = fields.Boolean(
        string="Confirmed by this commune",
        compute="_compute_confirmed",
        help="A named holder of the commune read the text and confirmed this version.",
    )

    _days_range = models.Constraint(
        f"CHECK (days >= 0 AND extension_days >= 0 AND days + extension_days <= {MAX_DAYS})",
        "The number of days must lie between 0 and 3660, extension included.",
    )
    _validity_order = models.Constraint(
        "CHECK (valid_to IS NULL OR valid_to >= valid_from)",
        "A rule cannot end before it starts.",
    )
    # Ranges of one number stand for equality, which spares an extension of PostgreSQL.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist ("
        "int8range(hashtext(code), hashtext(code), '[]') WITH &&, "
        "int8range(COALESCE(company_id, 0), COALESCE(company_id, 0), '[]') WITH &&, "
        "daterange(valid_from, valid_to, '[]') WITH &&)",
        "Two versions of the same rule cannot hold on the same day: give the older one an end date first.",
    )

    @api.depends_context("company")
    @api.depends("confirmation_ids.withdrawn_on", "confirmation_ids.company_id")
    def _compute_confirmed(self):
        confirmed = self._confirmed_by(self.env.company)
        for regime in self:
            regime.confirmed = regime._origin in confirmed

    @api.constrains("jurist_checked_on", "jurist_checked_by")
    def _check_jurist(self):
        for regime in self:
            if bool(regime.jurist_checked_on) != bool(regime.jurist_checked_by):
                raise ValidationError(self.env._("A check by a jurist needs both the day and the name."))

    def write(self, vals):
        """Refuse to change the rule itself once somebody confirmed it."""
        # sudo: jamaa.legal.confirmation - any commune's counts
        if vals.keys() & FROZEN and self.sudo().confirmation_ids:
            raise UserError(
                self.env._(
                    "This version was confirmed by a commune and can no longer be changed. "
                    "End it on a date and make a new version."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if self.confirmation_ids:
            raise UserError(self.env._("A confirmed rule stays on record. Give it an end date instead."))

    def action_new_version(self):
        """End this version yesterday and open a copy that starts today.

        From a rule shared by all communes, somebody of one commune gets a rule of this commune;
        the shared one goes on for the others.
        """
        self.ensure_one()
        self.check_access("read")
        today = fields.Date.context_today(self)
        company = self.company_id
        if not company and not self.env.user.has_group("base.group_system"):
            company = self.env.company
        elif self.valid_from >= today:
            raise UserError(self.env._("This version has not started yet: change it directly."))
        else:
            self.valid_to = today - timedelta(days=1)
            # The two versions may not overlap in the database for a moment either.
            self.flush_recordset(["valid_to"])
        new = self.copy(
            {
                "company_id": company.id,
                "valid_from": today,
                "valid_to": False,
                "version": self.env._("%(version)s, new", version=self.version),
                "jurist_checked_on": False,
                "jurist_checked_by": False,
            }
        )
        return new._get_records_action()

    # ---- what other rooms use ---------------------------------------------------------------

    @api.model
    def _applicable(self, code, company, on_date):
        """Return the version of a rule that holds in a commune on a day.

        :param str code: code of the rule
        :param company: the commune; its own row comes before the shared one
        :param on_date: the day the clock starts
        :return: the regime, empty when there is none
        """
        # sudo: jamaa.legal.regime - the law is public, citizens' pages compute with it
        found = self.sudo().search_fetch(
            [
                ("code", "=", code),
                ("company_id", "in", [False, company.id]),
                ("valid_from", "<=", on_date),
                "|",
                ("valid_to", "=", False),
                ("valid_to", ">=", on_date),
            ],
            COUNT_FIELDS,
            limit=2,
        )
        return found.filtered("company_id")[:1] or found[:1]

    def _confirmed_by(self, company):
        """Return those of these regimes that the commune has confirmed."""
        # sudo: jamaa.legal.confirmation - whether a date is legal shows on citizens' pages
        confirmations = self.env["jamaa.legal.confirmation"].sudo()
        found = confirmations.search_fetch(
            [
                ("regime_id", "in", self.ids),
                ("company_id", "=", company.id),
                ("withdrawn_on", "=", False),
            ],
            ["regime_id"],
        )
        return self.browse(found.regime_id.ids)

    def _due(self, start_date, company, extended=False):
        """Compute when something is due under this regime, with its proof.

        :param start_date: local date of the event that starts the clock
        :param company: the commune, for its own holidays and its confirmation
        :param extended: whether the possible extension was decided
        :return: the date, the steps and how to call it
        :rtype: LegalDue
        """
        self.ensure_one()
        # Twice the length holds every weekend and holiday a working-day count can meet.
        horizon = start_date + timedelta(days=2 * (self.days + self.extension_days) + 60)
        holidays = self.env["jamaa.holiday"]._names_between(company, start_date, horizon)
        due = compute_due(
            start_date,
            self.days,
            self.unit,
            _by_identity(holidays),
            extension_days=self.extension_days if extended else 0,
            roll=self.roll,
        )
        return LegalDue.from_clock(self, company, due, holidays)


def _by_identity(holidays):
    """The clock only hands values back; their date is enough to find the names again."""
    return {day: day for day in holidays}
