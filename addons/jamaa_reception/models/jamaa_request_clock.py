"""When a request is due: by the rule of its sheet, with the proof, extended once at most."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.jamaa_base.models.legal_due import LegalDue

from .jamaa_request import OWED

#: A reason is a sentence, not a dot.
MIN_REASON = 15


class JamaaProcedureRequest(models.Model):
    """The version of the rule is the one that holds on the day the clock starts.

    The rule says whether that is the day of receipt (missing pieces then stop nothing) or the day
    the file is complete (until then there is no due date, and screen and paper say so).
    """

    _inherit = "jamaa.procedure.request"

    due_regime_id = fields.Many2one("jamaa.legal.regime", "Rule of the time", readonly=True, copy=False)
    due_date = fields.Date("Due on", readonly=True, copy=False)
    due_values = fields.Json("Steps of the count", copy=False)
    due_is_legal = fields.Boolean(
        "Set by law", readonly=True, copy=False, help="The rule is law, and the commune confirmed it."
    )
    due_proof = fields.Text("How it was computed", compute="_compute_due_proof")
    due_label = fields.Char("Called", compute="_compute_due_proof")
    due_caution = fields.Char("Caution", compute="_compute_due_proof")
    extended_on = fields.Date("Extended on", readonly=True, copy=False)
    extension_reason = fields.Text("Reason of the extension", readonly=True, copy=False)
    silence_passed_on = fields.Date("Date passed on", readonly=True, copy=False)
    clock_state = fields.Selection(
        [
            ("none", "No time set"),
            ("waiting", "Starts when complete"),
            ("on_time", "On time"),
            ("soon", "Due soon"),
            ("late", "Late"),
            ("kept", "Decided in time"),
            ("missed", "Decided late"),
            ("ended", "Ended"),
        ],
        "Time limit",
        compute="_compute_clock",
        search="_search_clock_state",
    )
    clock_text = fields.Char("Time limit, in words", compute="_compute_clock")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("due_values")
    @api.depends_context("lang")
    def _compute_due_proof(self):
        lang = self.env.lang or "en_US"
        for request in self:
            due = request._due()
            request.due_proof = due and "\n".join(due.proof_lines(lang))
            request.due_label = due and due.label(lang)
            request.due_caution = due and due.caution(lang)

    @api.depends("due_date", "stage", "decided_on", "due_regime_id.alert_days")
    @api.depends_context("lang")
    def _compute_clock(self):
        today = self._commune_today()
        _ = self.env._
        for request in self:
            due, done = request.due_date, request.decided_on
            if done and due:
                kept = done <= due
                request.clock_state = "kept" if kept else "missed"
                request.clock_text = _("Decided in time") if kept else _("Decided late")
            elif request.stage not in OWED:
                request.clock_state, request.clock_text = "ended", False
            elif not due:
                waits = request.due_regime_id and not request.complete_on
                request.clock_state = "waiting" if waits else "none"
                request.clock_text = _("The time starts when the file is complete") if waits else False
            elif due < today:
                request.clock_state = "late"
                request.clock_text = _("Late: %(days)s days", days=(today - due).days)
            else:
                soon = due <= today + timedelta(days=request.due_regime_id.alert_days)
                request.clock_state = "soon" if soon else "on_time"
                request.clock_text = _("Days left: %(days)s", days=(due - today).days)

    def _search_clock_state(self, operator, value):
        """Late and not late are asked of the database; the finer states are for the eye."""
        if operator != "in" or set(value) != {"late"}:
            return NotImplemented
        return Domain("stage", "in", OWED) & Domain("due_date", "<", self._commune_today())

    # ------------------------------------------------------------
    # The date
    # ------------------------------------------------------------

    def _due(self):
        """The due date with its proof, or None.

        :rtype: LegalDue
        """
        self.ensure_one()
        return LegalDue.from_values(self.env, self.due_values) if self.due_values else None

    def _clock_start(self, regime):
        """The day the clock of a rule starts for this request; False when it has not started."""
        self.ensure_one()
        return self.complete_on if regime.start_event == "complete" else self.received_on

    def _set_clock(self, extended=False):
        """Compute the due date from the rule of the sheet; the caller is superuser.

        :param bool extended: the possible extension was decided
        """
        for request in self:
            rule = request.sheet_id.regime_id
            if not rule:
                continue
            regimes = self.env["jamaa.legal.regime"]
            found = regimes._applicable(rule.code, request.company_id, request.received_on)
            start = found and request._clock_start(found)
            if start and start != request.received_on:
                # The version is that of the day the clock starts, which may be a later one.
                found = regimes._applicable(rule.code, request.company_id, start) or found
            due = start and found._due(start, request.company_id, extended=extended)
            request.write(
                {
                    "due_regime_id": found.id,
                    "due_date": due.date if due else False,
                    "due_values": due.values if due else False,
                    "due_is_legal": bool(due and due.is_legal),
                }
            )

    # ------------------------------------------------------------
    # Extension
    # ------------------------------------------------------------

    def _may_be_extended(self):
        """Whether the time may still be extended: once, before its end, where the rule knows it."""
        self.ensure_one()
        return bool(
            self.stage in OWED
            and self.due_date
            and not self.extended_on
            and self.due_regime_id.extension_days
            and self._commune_today() <= self.due_date
        )

    def _extend(self, reason):
        """Extend the time, once and with a reason that the citizen reads.

        :raise UserError: no reason, or the rule does not allow it (any more)
        """
        self.ensure_one()
        self._check_step("extend")
        self._lock()
        _ = self.env._
        if self.extended_on:
            raise UserError(_("The time was extended already: that is done once."))
        if not self.due_regime_id.extension_days:
            raise UserError(_("The rule of this procedure knows no extension."))
        if not self._may_be_extended():
            raise UserError(_("The time can be extended before it ends, while no decision was taken."))
        if len("".join((reason or "").split())) < MIN_REASON:
            raise UserError(_("Say in a sentence why more time is needed: the citizen reads it."))
        # sudo: jamaa.procedure.request - checked just above
        request = self.sudo()
        before = request.due_date
        request.write({"extended_on": self._commune_today(), "extension_reason": reason})
        request._set_clock(extended=True)
        request._add_milestone("extended", note=reason)
        request._to_register("request_extended", until=fields.Date.to_string(request.due_date))
        if request.due_date <= before:
            raise UserError(_("The extension does not move the date."))
        request._tell("extended")

    # ------------------------------------------------------------
    # Silence
    # ------------------------------------------------------------

    def _silence_words(self):
        """What silence means here, in the language of the context; empty when it is not known."""
        self.ensure_one()
        _ = self.env._
        own = self.sheet_id._in_language("silence_text")[0]
        words = {
            "agreement": _("If the date passes without an answer, silence means agreement."),
            "refusal": _("If the date passes without an answer, silence means refusal: you may contest it."),
            "none": _("The commune must answer. Silence means neither agreement nor refusal."),
        }.get(self.silence_effect, _("What silence means here is still to be checked by the commune."))
        return [words, own] if own else [words]

    def _on_due_passed(self):
        """The date passed without a decision: a fact, told to the citizen; no decision is made up."""
        today = self._commune_today()
        for request in self:
            effect = request.silence_effect
            code = f"silence_{effect}" if effect in ("agreement", "refusal") else "due_passed"
            request.silence_passed_on = today
            request._add_milestone(code)
            request._to_register("request_due_passed", until=fields.Date.to_string(request.due_date), effect=effect)
            request._tell("late")
