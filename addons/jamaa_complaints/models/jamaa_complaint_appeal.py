"""An appeal to the president: its own stage, its own clock, its own act."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.jamaa_base.models.legal_due import LegalDue
from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS, by_code
from odoo.addons.jamaa_base.tools.text import clean_text

from .helpdesk_ticket_guard import without_person

ACT_APPEAL = "complaint_appeal"
WORDS_LIMIT = 4000
RESULTS = [
    ("upheld", "The answer stands"),
    ("partly", "The answer is changed in part"),
    ("changed", "The answer is changed"),
]


class JamaaComplaintAppeal(models.Model):
    """What the citizen asks of the president after an answer, and what is decided.

    The president decides, or who holds a delegation on record for this kind of act. Rows
    are written by the case's own methods; what was decided is never changed.
    """

    _name = "jamaa.complaint.appeal"
    _description = "Appeal to the president"
    _order = "case_id, round_number desc"
    _rec_name = "round_number"

    case_id = fields.Many2one("helpdesk.ticket", string="Case", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", string="Commune", related="case_id.company_id", store=True, index=True, precompute=True
    )
    round_number = fields.Integer(string="Round", required=True)
    words = fields.Text(string="Why, in the citizen's words", required=True)
    appealed_on = fields.Date(string="Appealed on", required=True)
    due_date = fields.Date(string="Decision due")
    due_values = fields.Json(string="Steps of the computation")
    due_label = fields.Char(string="Nature of the date", compute="_compute_due_label")
    result = fields.Selection(RESULTS, string="Decision")
    decision = fields.Text(string="Words of the decision")
    decided_on = fields.Date(string="Decided on")
    decided_by_id = fields.Many2one("res.users", string="Decided by")
    decided_under = fields.Reference(
        [("jamaa.function.holder", "Function held"), ("jamaa.delegation", "Delegation")], string="Decided under"
    )
    decided_capacity = fields.Char(string="Decided as")

    _once_a_round = models.UniqueIndex("(case_id, round_number)", "An appeal about this answer is on file already.")
    _open_idx = models.Index("(company_id, due_date) WHERE decided_on IS NULL")

    @api.depends("due_values")
    @api.depends_context("lang")
    def _compute_due_label(self):
        lang = self.env.lang or "en_US"
        for appeal in self:
            due = appeal.due_values and LegalDue.from_values(self.env, appeal.due_values)
            appeal.due_label = due.label(lang) if due else False

    def write(self, vals):
        if not self.env.su or any(self.mapped("decided_on")):
            raise UserError(self.env._("An appeal is written by its steps, and not changed once it is decided."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An appeal is a fact: it is not deleted."))

    def _erase_words(self, values):
        """Take the person out of the words: the one exception to what is decided never changing (law 09-08)."""
        for appeal in self:
            words = {name: without_person(appeal[name], values) for name in ("words", "decision") if appeal[name]}
            super(JamaaComplaintAppeal, appeal).write(words)  # pylint: disable=super-method-mismatch


class ResCompany(models.Model):
    _inherit = "res.company"

    appeal_days = fields.Integer(
        string="Days to appeal to the president",
        default=60,
        help="From the day of the answer, or of the refusal to look again; not confirmed by a jurist. 0: not offered.",
    )


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    appeal_ids = fields.One2many("jamaa.complaint.appeal", "case_id", string="Appeals", readonly=True)
    appeal_pending = fields.Boolean(string="Appeal waits for a decision", copy=False, readonly=True)
    may_appeal = fields.Boolean(compute="_compute_may")
    may_decide_appeal = fields.Boolean(compute="_compute_may")

    _appeal_pending_idx = models.Index("(company_id, id) WHERE appeal_pending")

    # ------------------------------------------------------------------
    # Seams
    # ------------------------------------------------------------------

    @api.depends("appeal_pending")
    def _compute_may(self):
        return super()._compute_may()

    @api.model
    def _case_steps(self):
        return (*super()._case_steps(), "appeal", "decide_appeal")

    def _may(self, step):
        if step == "appeal":
            return self._is_desk() and self._appeal_where() == "open"
        if step == "decide_appeal":
            return self.appeal_pending and bool(self._appeal_right())
        if step in ("reopen", "close") and self.appeal_pending:
            return False
        return super()._may(step)

    def _appeal_right(self):
        """The function held or the delegation under which the user may decide on appeals."""
        self.ensure_one()
        return self.env["jamaa.function"]._may_sign(self.env.user, self.company_id, ACT_APPEAL, self._commune_today())

    @api.model
    def _stage_names(self):
        return {**super()._stage_names(), "appealed": "appeal", "appeal_decided": "answered"}

    def _needs_identity(self):
        return super()._needs_identity() or self.appeal_pending

    def _another_look(self):
        where = super()._another_look()
        return "appealed" if where == "open" and self._present_appeal() else where

    def _erase_identity(self, values):
        # sudo: jamaa.complaint.appeal - erasure is a duty, not a role's right
        self.sudo().appeal_ids._erase_words(values)
        return super()._erase_identity(values)

    # ------------------------------------------------------------------
    # Appealing
    # ------------------------------------------------------------------

    def _present_appeal(self):
        """The appeal about the present answer, if there is one."""
        # sudo: helpdesk.ticket - asked for the citizen's page as well
        case = self.sudo()
        return case.appeal_ids.filtered(lambda appeal: appeal.round_number == len(case.cycle_ids) + 1)

    def _appeal_until(self):
        """Last day on which the citizen may appeal, or None."""
        days = self.company_id.appeal_days
        if self.answer_state != "sent" or not self.answered_on or days <= 0:
            return None
        return max(filter(None, (self.answered_on, self.reopen_decided_on))) + timedelta(days=days)

    def _appeal_where(self):
        """Whether the citizen may appeal.

        :return: ``open``, ``not_yet``, ``waiting`` (another look is being decided), ``pending``,
            ``decided`` or ``late``
        """
        self.ensure_one()
        appeal = self._present_appeal()
        if appeal:
            return "decided" if appeal.decided_on else "pending"
        until = self._appeal_until()
        if not until:
            return "not_yet"
        if self.reopen_state == "asked":
            return "waiting"
        return "open" if self._commune_today() <= until else "late"

    def _appeal(self, words):
        """Take the citizen's appeal; sent twice, it is taken once.

        :param str words: why; who calls has checked that it is the citizen, or the desk
        :return: ``appeal_thanks``, ``appeal_empty`` or ``appeal_`` and what `_appeal_where` says
        """
        self.ensure_one()
        where = self._appeal_where()
        if where != "open":
            return f"appeal_{where}"
        words = clean_text(words, WORDS_LIMIT)
        if not words:
            return "appeal_empty"
        # sudo: helpdesk.ticket, jamaa.complaint.appeal - the citizen holds the token and nothing else
        case, today = self.sudo(), self._commune_today()
        # sudo: jamaa.legal.regime - dates are computed by rule, whoever appeals
        regime = self.env["jamaa.legal.regime"].sudo()._applicable(ACT_APPEAL, case.company_id, today)
        due = regime._due(today, case.company_id) if regime else None
        # the mark first: two at once meet on the row of the case
        case.write({"appeal_pending": True})
        # sudo: jamaa.complaint.appeal - as above
        self.env["jamaa.complaint.appeal"].sudo().create(
            {
                "case_id": case.id,
                "round_number": len(case.cycle_ids) + 1,
                "words": words,
                "appealed_on": today,
                "due_date": due.date if due else False,
                "due_values": due.values if due else False,
            }
        )
        self._add_milestone("appealed")
        return "appeal_thanks"

    def action_appeal(self):
        """Button: write down that the citizen appeals."""
        self._check_step("appeal")
        return self._after_wizard("appeal")

    def _appeal_at_desk(self, words):
        """The same, said at the counter."""
        self._hold()
        self._check_step("appeal")
        if self._appeal(words) == "appeal_empty":
            raise UserError(self.env._("Write down why, in the citizen's words."))

    # ------------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------------

    def action_decide_appeal(self):
        """Button: decide on the appeal."""
        self._check_step("decide_appeal")
        return self._after_wizard("decide_appeal")

    def _decide_appeal(self, result, decision):
        """Decide, under a function held or a delegation on record; the citizen is told.

        :param str result: one of `RESULTS`
        :param str decision: the words the citizen reads
        :raise UserError: a delegate would decide about the answer the same person approved
        """
        self._hold()
        self._check_step("decide_appeal")
        self.ensure_one()
        right = self._appeal_right()
        # sudo: helpdesk.ticket, jamaa.complaint.appeal - checked just above
        case = self.sudo()
        if right._name == "jamaa.delegation" and case.approved_by_id == self.env.user:
            raise UserError(self.env._("Who approved the answer does not decide on the appeal about it."))
        # sudo: jamaa.function.holder, jamaa.delegation - whoever decides reads the own mandate
        record = right.sudo().with_context(lang=by_code(case.public_lang).code)
        today = self._commune_today()
        case._present_appeal().write(
            {
                "result": result,
                "decision": decision,
                "decided_on": today,
                "decided_by_id": self.env.uid,
                "decided_under": f"{right._name},{right.id}",
                "decided_capacity": record._signing_capacity(self.env.user, today),
            }
        )
        case.appeal_pending = False
        self._add_milestone("appeal_decided")
        self.env["jamaa.register.entry"]._enter(
            case.company_id,
            "case_appeal",
            {"number": case.case_number, "result": result, "words": case._digest(decision)},
            case,
        )
        case._tell_citizen("appeal")
        case._start_retention()

    # ------------------------------------------------------------------
    # What the citizen reads
    # ------------------------------------------------------------------

    def _appeal_paper(self):
        """The appeal about the present answer, in the language of the context."""
        appeal = self._present_appeal()
        if not appeal:
            return {}
        due = appeal.due_values and LegalDue.from_values(self.env, appeal.due_values)
        return {
            "words": appeal.words,
            "day": self._day(appeal.appealed_on),
            "due": self._day(appeal.due_date),
            "due_is_legal": bool(due and due.is_legal),
            "caution": due.caution(self.env.lang) if due else "",
            "result": dict(appeal._fields["result"]._description_selection(self.env)).get(appeal.result, ""),
            "decision": appeal.decision or "",
            "decided_on": self._day(appeal.decided_on),
            "decided_as": appeal.decided_capacity or "",
        }

    def _case_page(self, lang):
        page = super()._case_page(lang)
        # sudo: helpdesk.ticket - the citizen holds the token; only these values leave
        case = self.sudo().with_context(lang=PUBLIC_LANGS[lang].code)
        until = case._appeal_until()
        return {
            **page,
            "appeal_where": case._appeal_where(),
            "appeal_until": case._day(until) if until else "",
            "appeal": case._appeal_paper(),
        }

    def _state_words(self):
        if self.appeal_pending:
            return "info", self.env._("Answered; your appeal is with the president")
        return super()._state_words()

    def _milestone_words(self):
        return {
            **super()._milestone_words(),
            "appealed": self.env._("You appealed to the president"),
            "appeal_decided": self.env._("Your appeal was decided"),
        }

    def _mail_subjects(self):
        return {
            **super()._mail_subjects(),
            "appeal": self.env._("Your appeal was decided: %(number)s", number=self.case_number),
        }

    def _mail_words(self):
        return {**super()._mail_words(), "appeal": self._appeal_paper()}
