"""An answer has an outcome and, where the outcome asks for it, reasons; it leaves once."""

import hashlib
import logging

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

_logger = logging.getLogger(__name__)

#: How a proposal may end; a judgement on anything else ends otherwise.
PROPOSAL_OUTCOMES = {"kept", "to_study", "not_kept"}
#: Outcomes that say nothing of the matter itself: they fit every kind.
NEUTRAL_OUTCOMES = {"referred", "inadmissible", "withdrawn"}
#: Outcomes the citizen is owed reasons for (law 01-03 on the reasons of decisions).
REASONED = {"refused", "no_means", "to_study", "not_kept"}
REASONS_LEAST = 20
#: Letters made by one run of the job.
LETTERS_A_RUN = 100


class HelpdeskTicket(models.Model):
    """Outcome and reasons, the paper that is signed, and sending exactly once."""

    _inherit = "helpdesk.ticket"

    answer_reasons = fields.Text(
        string="Reasons",
        copy=False,
        help="Why it is not granted, kept or done now. They stand in the letter and on the citizen's page.",
    )
    letter_signed_on = fields.Date(string="Letter signed on", copy=False, readonly=True)
    letter_signed_how = fields.Selection(
        [
            ("hand", "By hand, with stamp"),
            ("electronic", "Electronically, outside this tool; the file shows it"),
        ],
        string="How the letter was signed",
        copy=False,
        readonly=True,
    )
    letter_scan_id = fields.Many2one("ir.attachment", string="Signed letter", copy=False, readonly=True)
    letter_to_file = fields.Boolean(string="Letter still to be filed", copy=False, readonly=True)
    may_sign = fields.Boolean(compute="_compute_may")

    _letter_to_file_idx = models.Index("(id) WHERE letter_to_file")

    # ------------------------------------------------------------------
    # Seams
    # ------------------------------------------------------------------

    @api.depends("letter_signed_on")
    def _compute_may(self):
        return super()._compute_may()

    @api.model
    def _case_steps(self):
        return (*super()._case_steps(), "sign")

    def _may(self, step):
        if step == "sign":
            return self._is_desk() and self.answer_state in ("approved", "sent") and not self.letter_signed_on
        return super()._may(step)

    @api.model
    def _desk_fields(self):
        return {*super()._desk_fields(), "answer_reasons"}

    @api.model
    def _service_fields(self):
        return {*super()._service_fields(), "answer_reasons"}

    def _hold(self):
        """Keep the case to oneself until the end of the transaction.

        Two officers who press at once: one goes on, the other is told. Where the other
        was committed meanwhile the transaction starts over and finds the step taken.

        :raise UserError: somebody else is at it
        """
        self.check_access("read")
        # sudo: helpdesk.ticket - a lock on the row, no right
        cases = self.sudo()
        cases.flush_recordset()
        try:
            cases.lock_for_update(allow_referencing=True)
        except LockError as problem:
            raise LockError(
                self.env._("Somebody else is working on this case at this moment. Wait a little and look again.")
            ) from problem
        cases.invalidate_recordset(["answer_state", "stage_id"])

    # ------------------------------------------------------------------
    # Outcome
    # ------------------------------------------------------------------

    def _check_outcome(self):
        """An answer says how the matter ended, in a way that fits its kind.

        :raise UserError: no outcome, one of another kind, or no reasons where they are owed
        """
        for case in self:
            if not case.outcome:
                raise UserError(self.env._("Say how the matter ends: choose the outcome."))
            fits = case.outcome in NEUTRAL_OUTCOMES or (
                (case.outcome in PROPOSAL_OUTCOMES) == (case.kind == "proposal")
            )
            if not fits and case.kind == "proposal":
                raise UserError(self.env._("A proposal is kept, to be studied or not kept: choose one of these."))
            if not fits:
                raise UserError(self.env._("This outcome is for proposals only: choose another one."))
            if case.outcome in REASONED and len((case.answer_reasons or "").strip()) < REASONS_LEAST:
                raise UserError(
                    self.env._(
                        "Give the reasons in a sentence or two (%(least)s signs at least): the citizen is owed them.",
                        least=REASONS_LEAST,
                    )
                )

    def _outcome_words(self):
        """The outcome in the language of the context."""
        return dict(self._fields["outcome"]._description_selection(self.env)).get(self.outcome, "")

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_submit(self):
        """Submit once, with an outcome."""
        self._hold()
        self._check_step("submit")
        self._check_outcome()
        return super().action_submit()

    def action_approve(self):
        """Approve once."""
        self._hold()
        return super().action_approve()

    def _return_answer(self, reason):
        """What goes back is signed anew."""
        self._hold()
        result = super()._return_answer(reason)
        # sudo: helpdesk.ticket - checked by the step
        self.sudo().write({"letter_signed_on": False, "letter_signed_how": False, "letter_scan_id": False})
        return result

    def action_send(self):
        """Send once; a letter leaves signed.

        :raise UserError: the citizen chose a letter and nobody noted that it is signed
        """
        self._hold()
        self._check_step("send")
        for case in self:
            if case.reply_by == "letter" and not case.letter_signed_on:
                raise UserError(
                    self.env._(
                        "The citizen of case %(number)s chose a letter: print it, have it signed, "
                        "note “Letter signed”, then send.",
                        number=case.case_number,
                    )
                )
        return super().action_send()

    def action_letter_signed(self):
        """Button: note that the letter is signed."""
        self._check_step("sign")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_signed_action")
        return {**action, "context": {"default_case_id": self.id}}

    def _sign_letter(self, day, how, name=None, content=None):
        """Note the signature made outside this tool, number the letter and file its scan.

        :param day: date of the signature, not after today
        :param str how: hand or electronic
        :param bytes content: the signed paper, where there is a scan
        :raise UserError: a day after today or before the approval; electronic without the file
        """
        self._hold()
        self._check_step("sign")
        self.ensure_one()
        # sudo: helpdesk.ticket, ir.attachment - checked just above
        case = self.sudo()
        if not day or day > self._commune_today() or (case.approved_on and day < self._commune_day(case.approved_on)):
            raise UserError(self.env._("The letter is signed after its approval, and not after today."))
        if how == "electronic" and not content:
            raise UserError(self.env._("Add the file with the electronic signature: it is what shows it."))
        case.write({"letter_signed_on": day, "letter_signed_how": how})
        if content:
            case.letter_scan_id = case._file_of_case(name or f"{case.case_number}-signed.pdf", content)
        case._number_letter()
        self._add_milestone("letter_signed")

    def _file_of_case(self, name, content):
        """File a paper with the case."""
        # sudo: ir.attachment - papers of the commune, filed by code that checked the step
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name,
                    "raw": content,
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                }
            )
        )

    # ------------------------------------------------------------------
    # The letter, made after the request
    # ------------------------------------------------------------------

    def _queue_letter(self):
        """Leave the making of the letter to the job: the mark and “sent” are one transaction."""
        # sudo: helpdesk.ticket, ir.cron - the letter follows what was sent
        self.sudo().write({"letter_to_file": True})
        self.env.ref("jamaa_complaints.cron_file_letters").sudo()._trigger()  # sudo: ir.cron - as above

    @api.model
    def _cron_file_letters(self):
        """File the letters of answers that left. Killed at any point, the next run goes on from there."""
        # sudo: helpdesk.ticket - a job, for all communes
        cases = self.sudo().with_context(active_test=False)
        waiting = cases.search([("letter_to_file", "=", True)], order="id", limit=LETTERS_A_RUN)
        remaining = len(waiting)
        commit = self.env["ir.cron"]._commit_progress
        for case in waiting:
            remaining -= 1
            case = case.try_lock_for_update(allow_referencing=True)
            if case.letter_to_file:
                try:
                    with self.env.cr.savepoint():
                        case._file_letter()
                except Exception:
                    # One letter that cannot be made keeps no other one waiting; it stays marked.
                    _logger.exception("The letter of case %s could not be made", case.id)
            if not commit(1, remaining=remaining):
                break

    def _file_letter(self):
        """Make the letter once, file it, and put its fingerprint on the register."""
        self.ensure_one()
        if self.answer_letter_id:
            self.letter_to_file = False
            return
        super()._file_letter()
        self.letter_to_file = False
        # sudo: ir.attachment - fingerprint of the commune's own letter
        letter = self.sudo().answer_letter_id
        if letter:
            self.env["jamaa.register.entry"]._enter(
                self.company_id,
                "case_letter",
                {"number": self.case_number, "letter": hashlib.sha256(letter.raw).hexdigest()},
                self,
            )

    # ------------------------------------------------------------------
    # What the citizen reads
    # ------------------------------------------------------------------

    def _letter_paper(self):
        return {**super()._letter_paper(), **self._outcome_paper()}

    def _mail_words(self):
        return {**super()._mail_words(), **self._outcome_paper()}

    def _outcome_paper(self):
        return {"outcome": self._outcome_words(), "reasons": self.answer_reasons or ""}

    def _answer_words(self):
        return "\n\n".join(filter(None, [super()._answer_words(), self.answer_reasons]))

    def _case_page(self, lang):
        page = super()._case_page(lang)
        # sudo: helpdesk.ticket - the citizen holds the token; only these values leave
        case = self.sudo().with_context(lang=PUBLIC_LANGS[lang].code)
        return {**page, **(case._outcome_paper() if page["answer"] else {"outcome": "", "reasons": ""})}

    @api.model
    def _worded_fields(self):
        return (*super()._worded_fields(), "answer_reasons")
