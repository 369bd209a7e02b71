"""Two clocks of a case, each with its own state, its own proof and its own hold."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.jamaa_base.models.legal_due import LegalDue
from odoo.addons.jamaa_base.tools.legal_clock import WEEKEND

from .helpdesk_ticket import SOON_DAYS

# A month after the day: the second threshold of public trackers of answers (a first delay can
# be a slow week, a month cannot). A constant, so that the list filters by plain SQL.
VERY_LATE_DAYS = 30


class HelpdeskTicket(models.Model):
    """The legal clock runs from the day of receipt and nothing stops it unless its rule says so.

    The internal clock is a second rule of the commune; it stands still while the commune waits
    for somebody else. Remarks, proposals and reports have the internal clock alone.
    """

    _inherit = "helpdesk.ticket"

    clock_state = fields.Selection(selection_add=[("late",), ("very_late", "Very late"), ("held", "On hold")])
    # the internal clock
    internal_due_values = fields.Json(string="Steps of the internal target", copy=False)
    internal_done_on = fields.Date(
        string="Answer handed in on", copy=False, help="Day the answer was handed to whoever signs it."
    )
    held_since = fields.Date(string="On hold since", copy=False, help="The internal target stands still.")
    hold_ids = fields.One2many("jamaa.complaint.hold", "case_id", string="Holds", readonly=True)
    internal_state = fields.Selection(
        [
            ("none", "No internal target"),
            ("on_time", "Before the target"),
            ("soon", "Target near"),
            ("held", "On hold"),
            ("passed", "Target passed"),
            ("met", "Handed in before the target"),
            ("missed", "Handed in after the target"),
        ],
        string="State of the internal target",
        compute="_compute_internal_clock",
    )
    internal_text = fields.Char(string="Inside the commune", compute="_compute_internal_clock")
    internal_due_proof = fields.Text(string="How the internal target was computed", compute="_compute_internal_proof")
    may_hold = fields.Boolean(compute="_compute_may")
    may_release = fields.Boolean(compute="_compute_may")

    # ------------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------------

    @api.depends("held_since", "due_regime_id.hold_stops")
    def _compute_clock(self):
        super()._compute_clock()
        very_late = fields.Date.context_today(self) - timedelta(days=VERY_LATE_DAYS)
        for case in self.filtered(lambda c: c.clock_state in ("on_time", "soon", "late")):
            if case._due_stands_still():
                case.clock_state = "held"
                case.clock_text = self.env._("On hold since %(day)s", day=case._day(case.held_since))
            elif case.due_date < very_late:
                case.clock_state = "very_late"

    @api.depends("internal_due_date", "internal_done_on", "answered_on", "held_since")
    @api.depends_context("lang", "tz")
    def _compute_internal_clock(self):
        today = fields.Date.context_today(self)
        _ = self.env._
        for case in self:
            due, done = case.internal_due_date, case.internal_done_on or case.answered_on
            if not due:
                case.internal_state, case.internal_text = "none", False
            elif done:
                met = done <= due
                case.internal_state = "met" if met else "missed"
                case.internal_text = _("Handed in before the target") if met else _("Handed in after the target")
            elif case.held_since:
                case.internal_state = "held"
                case.internal_text = _("On hold since %(day)s", day=case._day(case.held_since))
            elif due < today:
                case.internal_state = "passed"
                case.internal_text = _("Target passed: %(days)s days", days=(today - due).days)
            else:
                case.internal_state = "soon" if due <= today + timedelta(days=SOON_DAYS) else "on_time"
                case.internal_text = _("Days to the target: %(days)s", days=(due - today).days)

    @api.depends("internal_due_values")
    @api.depends_context("lang")
    def _compute_internal_proof(self):
        lang = self.env.lang or "en_US"
        for case in self:
            values = case.internal_due_values
            lines = LegalDue.from_values(self.env, values).proof_lines(lang) if values else []
            case.internal_due_proof = "\n".join(lines)

    @api.depends("held_since")
    def _compute_may(self):
        return super()._compute_may()

    # ------------------------------------------------------------------
    # The dates
    # ------------------------------------------------------------------

    def _due_stands_still(self):
        """Whether the hold of the case stops the clock of its answer too: its rule says."""
        self.ensure_one()
        # sudo: jamaa.legal.regime - the law is public
        return bool(self.held_since and self.sudo().due_regime_id.hold_stops)

    def _clock_values(self, due, target):
        due, target = self._with_holds(due), self._with_holds(target)
        return {**super()._clock_values(due, target), "internal_due_values": target.values if target else False}

    def _with_holds(self, due):
        """A date moved by the days held, where its rule says that a hold stops it.

        The days are added before a last day is carried over, as an extension is, so that no
        day is won or lost between the two.

        :param due: `LegalDue` or None; days held already in it are counted anew
        """
        self.ensure_one()
        days = self.hold_ids._days(self._clock_start()) if due and self.hold_ids else 0
        if not days or not due.regime.hold_stops:
            return due
        counted = [step for step in due.steps if step[0] not in ("hold", "roll", "due")]
        day = counted[-1][1] + timedelta(days=days)
        steps = [[kind, when.isoformat(), detail] for kind, when, detail in counted]
        steps.append(["hold", day.isoformat(), days])
        closed = self.env["jamaa.holiday"]._names_between(self.company_id, day, day + timedelta(days=60))
        while due.regime.roll == "next_working" and (day in closed or day.weekday() in WEEKEND):
            steps.append(["roll", day.isoformat(), closed.get(day) or "weekend"])
            day += timedelta(days=1)
        steps.append(["due", day.isoformat(), None])
        return LegalDue.from_values(self.env, {**due.values, "date": day.isoformat(), "steps": steps})

    def _move_by_holds(self):
        """Move the dates kept by the days held: from the proofs kept, so that nothing else moves."""
        for case in self:
            target = case.internal_due_values and LegalDue.from_values(self.env, case.internal_due_values)
            due = case.due_values and LegalDue.from_values(self.env, case.due_values)
            case.write(case._clock_values(due or None, target or None))

    # ------------------------------------------------------------------
    # Hold
    # ------------------------------------------------------------------

    def _hold_internal(self, reason):
        """Let the internal target stand still from today; the legal clock only where its rule says so.

        The caller has checked who asks. A case on hold already, or answered, stays as it is.

        :param str reason: what is waited for, for the desk
        :return: the hold of the case that is open (sudo), or an empty recordset
        """
        self.ensure_one()
        # sudo: helpdesk.ticket - the caller has checked the step
        case = self.sudo()
        # sudo: jamaa.complaint.hold - written by this method alone
        holds = self.env["jamaa.complaint.hold"].sudo()
        if case.held_since:
            return case.hold_ids.filtered(lambda hold: not hold.date_to)
        if case.answered_on:
            return holds
        today = self._commune_today()
        # the end of an earlier hold goes to the database before the next one begins
        holds.flush_model(["date_to"])
        hold = holds.create({"case_id": case.id, "date_from": today, "reason": reason})
        case.held_since = today
        case._add_milestone("target_held", note=reason)
        return hold

    def _release_internal(self):
        """End the hold today: the internal target moves by the days held.

        Does nothing on a case that is not on hold.
        """
        self.ensure_one()
        # sudo: helpdesk.ticket - the caller has checked the step
        case = self.sudo()
        if not case.held_since:
            return
        case.hold_ids.filtered(lambda hold: not hold.date_to).write({"date_to": self._commune_today()})
        case.held_since = False
        case._move_by_holds()
        case._add_milestone("target_released")

    @api.model
    def _case_steps(self):
        return (*super()._case_steps(), "hold", "release")

    def _may(self, step):
        if step == "hold":
            return self._is_desk() and not self.held_since and self.answer_state in ("none", "draft")
        if step == "release":
            return self._is_desk() and bool(self.held_since)
        return super()._may(step)

    def action_hold(self):
        """Button: ask why the internal target is put on hold."""
        self._check_step("hold")
        return self._change_wizard("hold")

    def action_release(self):
        """Button: the internal target goes on."""
        self._check_step("release")
        for case in self:
            case._release_internal()

    def _hold_with_reason(self, reason):
        """The wizard's words; see `_hold_internal`."""
        self._check_step("hold")
        if not self.sudo().internal_due_date:  # sudo: helpdesk.ticket - checked just above
            raise UserError(self.env._("This case has no internal target."))
        self._hold_internal(reason)

    def _add_milestone(self, code, note=False, service=None):
        """The internal clock stops when the answer is handed in, and runs again when it comes back."""
        result = super()._add_milestone(code, note=note, service=service)
        # sudo: helpdesk.ticket - the clock follows the fact, whoever caused it
        cases = self.sudo()
        if code in ("submitted", "sent"):
            cases.filtered(lambda c: not c.internal_done_on).write({"internal_done_on": self._commune_today()})
            for case in cases.filtered("held_since"):
                case._release_internal()
        elif code == "returned":
            cases.write({"internal_done_on": False})
        return result
