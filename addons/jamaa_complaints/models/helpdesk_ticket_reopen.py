"""Another look: asked for by the citizen, decided by an officer, with a clock of its own."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.jamaa_base.models.jamaa_satisfaction import CORRECTION_DAYS, MOST_ROWS
from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS
from odoo.addons.jamaa_base.tools.text import clean_text

WORDS_LIMIT = 2000
#: What a new round starts without; the round before keeps it.
OF_A_ROUND = (
    "answer",
    "answer_reasons",
    "outcome",
    "answer_author_id",
    "answered_on",
    "approved_by_id",
    "approved_on",
    "approved_by_holder",
    "approved_capacity",
    "reviewed_alone",
    "letter_entry_id",
    "answer_letter_id",
    "letter_signed_on",
    "letter_signed_how",
    "letter_scan_id",
    "reopen_state",
    "reopen_asked_on",
    "reopen_words",
    "reopen_reason",
    "reopen_decided_on",
)


class ResCompany(models.Model):
    _inherit = "res.company"

    reopen_days = fields.Integer(
        string="Days to ask for another look",
        default=30,
        help="From the day of the answer; set by the commune, not by law. 0: not offered.",
    )


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    cycle_ids = fields.One2many("jamaa.complaint.cycle", "case_id", string="Earlier rounds", readonly=True)
    reopened_on = fields.Date(
        string="Opened again on", copy=False, readonly=True, help="The clocks of the present round run from here."
    )
    said_before = fields.Integer(
        string="Last face of the round before", copy=False, readonly=True, help="Number of the satisfaction answer."
    )
    reopen_state = fields.Selection(
        [("asked", "Asked for"), ("refused", "Not opened again")],
        string="Another look",
        copy=False,
        readonly=True,
    )
    reopen_asked_on = fields.Date(string="Another look asked for on", copy=False, readonly=True)
    reopen_words = fields.Text(string="Why another look, in the citizen's words", copy=False, readonly=True)
    reopen_reason = fields.Text(string="Why it is not opened again", copy=False, readonly=True)
    reopen_decided_on = fields.Date(string="Another look decided on", copy=False, readonly=True)
    may_reopen = fields.Boolean(compute="_compute_may")
    may_ask_again = fields.Boolean(compute="_compute_may")

    _reopen_asked_idx = models.Index("(company_id, reopen_asked_on) WHERE reopen_state = 'asked'")

    # ------------------------------------------------------------------
    # Seams
    # ------------------------------------------------------------------

    @api.depends("reopen_state", "answered_on")
    def _compute_may(self):
        return super()._compute_may()

    @api.model
    def _case_steps(self):
        return (*super()._case_steps(), "reopen", "ask_again")

    def _may(self, step):
        if step == "reopen":
            return self._is_desk() and self.answer_state == "sent" and self.reopen_state == "asked"
        if step == "ask_again":
            # for whoever asks at the counter or by phone
            return self._is_desk() and self._another_look() == "open"
        return super()._may(step)

    @api.model
    def _stage_names(self):
        return {**super()._stage_names(), "reopened": "in_progress"}

    def _clock_start(self):
        return self.reopened_on or super()._clock_start()

    def _needs_identity(self):
        return super()._needs_identity() or self.reopen_state == "asked"

    @api.model
    def _worded_fields(self):
        return (*super()._worded_fields(), "reopen_words", "reopen_reason")

    def _erase_identity(self, values):
        # sudo: jamaa.complaint.cycle - erasure is a duty, not a role's right
        self.sudo().cycle_ids._erase_words(values)
        return super()._erase_identity(values)

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    def _reopen_until(self):
        """Last day on which another look may be asked for, or None."""
        days = self.company_id.reopen_days
        if self.answer_state != "sent" or not self.answered_on or days <= 0:
            return None
        return self.answered_on + timedelta(days=days)

    def _another_look(self):
        """Whether another look may be asked for.

        :return: ``open``, ``not_yet`` (no answer, or not offered), ``asked``, ``refused`` or ``late``
        """
        self.ensure_one()
        if self.reopen_state:
            return self.reopen_state
        until = self._reopen_until()
        if not until:
            return "not_yet"
        return "open" if self._commune_today() <= until else "late"

    def _ask_again(self, words):
        """Take the citizen's wish for another look; asked twice, it is taken once.

        :param str words: why; who calls has checked that it is the citizen, or the desk
        :return: ``again_thanks``, ``again_asked`` (before), ``again_refused``, ``again_late``,
            ``again_not_yet`` or ``again_empty``
        """
        self.ensure_one()
        where = self._another_look()
        if where != "open":
            return f"again_{where}"
        words = clean_text(words, WORDS_LIMIT)
        if not words:
            return "again_empty"
        # sudo: helpdesk.ticket - the citizen holds the token and nothing else
        self.sudo().write({"reopen_state": "asked", "reopen_asked_on": self._commune_today(), "reopen_words": words})
        self._add_milestone("reopen_asked")
        return "again_thanks"

    def action_ask_again(self):
        """Button: write down that the citizen asks for another look."""
        self._check_step("ask_again")
        return self._after_wizard("ask")

    def _ask_again_at_desk(self, words):
        """The same, said at the counter or by phone."""
        self._hold()
        self._check_step("ask_again")
        if self._ask_again(words) == "again_empty":
            raise UserError(self.env._("Write down why, in the citizen's words."))

    # ------------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------------

    def action_reopen(self):
        """Button: decide whether the case is opened again."""
        self._check_step("reopen")
        return self._after_wizard("decide")

    def _after_wizard(self, what):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_after_action")
        return {**action, "context": {"default_case_id": self.id, "default_what": what}}

    def _decide_reopening(self, again, reason):
        """Open the case again, or not; the citizen is told the reason.

        :param bool again: whether it is opened
        :param str reason: the citizen reads it
        """
        self._hold()
        self._check_step("reopen")
        self.ensure_one()
        # sudo: helpdesk.ticket - checked just above
        case = self.sudo()
        if not again:
            today = self._commune_today()
            case.write({"reopen_state": "refused", "reopen_reason": reason, "reopen_decided_on": today})
            self._add_milestone("reopen_refused", note=reason)
            case.with_context(told_reason=reason)._tell_citizen("reopen_refused")
            return
        case._new_round(reason)
        self._add_milestone("reopened", note=reason)
        case.with_context(told_reason=reason)._tell_citizen("reopened")

    def _new_round(self, reason):
        """Keep the round that ends and begin the next one, with its own clock."""
        self.ensure_one()
        if self.letter_to_file:
            self._file_letter()
        said = self.env["jamaa.satisfaction"]._current(self)
        self.env["jamaa.complaint.cycle"].create(
            {
                "case_id": self.id,
                "number": len(self.cycle_ids) + 1,
                "started_on": self._clock_start(),
                "due_date": self.due_date,
                "answered_on": self.answered_on,
                "answer": self.answer,
                "answer_reasons": self.answer_reasons,
                "outcome": self.outcome,
                "approved_capacity": self.approved_capacity,
                "approved_by_id": self.approved_by_id.id,
                "approved_on": self.approved_on,
                "letter_entry_id": self.letter_entry_id.id,
                "answer_letter_id": self.answer_letter_id.id,
                "letter_scan_id": self.letter_scan_id.id,
                "satisfaction": said.value if said.id > self.said_before else 0,
                "asked_on": self.reopen_asked_on,
                "asked_words": self.reopen_words,
                "decision_reason": reason,
            }
        )
        # the guard lets words change only where no answer stands
        self.write({"answer_state": "none"})
        self.write({**dict.fromkeys(OF_A_ROUND, False), "reopened_on": self._commune_today(), "said_before": said.id})
        self._set_clocks()

    # ------------------------------------------------------------------
    # What the citizen reads
    # ------------------------------------------------------------------

    def _case_page(self, lang):
        page = super()._case_page(lang)
        # sudo: helpdesk.ticket - the citizen holds the token; only these values leave
        case = self.sudo().with_context(lang=PUBLIC_LANGS[lang].code)
        until = case._reopen_until()
        return {
            **page,
            "again": case._another_look(),
            "again_until": case._day(until) if until else "",
            "again_words": case.reopen_words or "",
            "again_reason": case.reopen_reason or "",
            "earlier": [
                {
                    "answered_on": case._day(cycle.answered_on),
                    "answer": cycle.answer or "",
                    "reasons": cycle.answer_reasons or "",
                    "reason": cycle.decision_reason or "",
                }
                for cycle in case.cycle_ids
            ],
        }

    def _state_words(self):
        if self.answer_state == "sent" and self.reopen_state == "asked":
            return "info", self.env._("Answered; the commune decides whether it looks again")
        return super()._state_words()

    def _satisfaction_words(self):
        """The face chosen about an earlier answer is not the one about this."""
        words = super()._satisfaction_words()
        if self.said_before and self.env["jamaa.satisfaction"]._current(self).id <= self.said_before:
            return {"value": 0, "comment": ""}
        return words

    def _on_satisfaction(self, value):
        """Each round has its own face as a fact."""
        code = "satisfied" if value == 3 else "unsatisfied"
        told = self.browse()
        # sudo: helpdesk.ticket - the citizen's tap comes without account
        for case in self.sudo().filtered(lambda c: c.answer_state == "sent" and c.reopened_on):
            facts = case.milestone_ids.filtered(lambda m: m.code in ("satisfied", "unsatisfied", "sent"))
            if max(facts, key=lambda m: m.id).code == "sent":
                case._add_milestone(code)
                told |= case
        return super(HelpdeskTicket, self - told)._on_satisfaction(value)

    def _milestone_words(self):
        return {
            **super()._milestone_words(),
            "reopen_asked": self.env._("You asked for another look"),
            "reopened": self.env._("The commune looks into it again"),
            "reopen_refused": self.env._("The commune keeps its answer"),
        }

    def _mail_subjects(self):
        return {
            **super()._mail_subjects(),
            "reopened": self.env._("Opened again: %(number)s", number=self.case_number),
            "reopen_refused": self.env._("About your wish for another look: %(number)s", number=self.case_number),
        }

    def _mail_words(self):
        return {**super()._mail_words(), "reason": self.env.context.get("told_reason") or ""}


class JamaaSatisfaction(models.Model):
    """A new answer is asked about anew, though a case keeps one chain of faces."""

    _inherit = "jamaa.satisfaction"

    @api.model
    def _record(self, subject, values, value=None, comment=None):
        before = self._current(subject)
        last = subject.said_before if subject._name == "helpdesk.ticket" else 0
        if not last or not before or before.id > last:
            return super()._record(subject, values, value, comment)
        if value not in (1, 2, 3):
            return "no_value"
        before.create(
            {
                **values,
                "res_model": subject._name,
                "res_id": subject.id,
                "value": value,
                "comment": comment or False,
                "replaces_id": before.id,
            }
        )
        return "thanks"

    @api.model
    def _may_correct(self, answer):
        # sudo: helpdesk.ticket - which round the answer is of
        case = (
            self.env["helpdesk.ticket"].sudo().browse(answer.res_id) if answer.res_model == "helpdesk.ticket" else None
        )
        if not case or not case.said_before:
            return super()._may_correct(answer)
        rows = answer.search([("res_model", "=", case._name), ("res_id", "=", case.id), ("id", ">", case.said_before)])
        return len(rows) < MOST_ROWS and fields.Datetime.now() <= min(rows.mapped("create_date")) + timedelta(
            days=CORRECTION_DAYS
        )
