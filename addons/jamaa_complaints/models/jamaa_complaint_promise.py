"""What an answer promised, followed until it is done."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

from .helpdesk_ticket_guard import without_person

#: What is told to the citizen: fixed once the answer left.
TOLD = {"case_id", "company_id", "what", "due_on"}
#: Written by the steps alone.
BY_STEPS = {"state", "done_on", "reason", "is_told", "case_id", "company_id"}


class JamaaComplaintPromise(models.Model):
    """One thing the commune promised in an answer: what, by when, by whom.

    It is written while the answer is, shown to the citizen with it, and stays on the
    list until it is done or given up with a reason; the citizen is told of either.
    """

    _name = "jamaa.complaint.promise"
    _description = "Promise made in an answer"
    _order = "due_on, id"
    _rec_name = "what"

    case_id = fields.Many2one("helpdesk.ticket", string="Case", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", string="Commune", related="case_id.company_id", store=True, index=True, precompute=True
    )
    what = fields.Char(string="What is promised", required=True, help="The citizen reads exactly these words.")
    due_on = fields.Date(string="By when", required=True)
    service_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Service in charge",
        index="btree_not_null",
        domain="[('case_role', '=', 'service'), ('company_id', '=', company_id)]",
    )
    function_id = fields.Many2one(
        "jamaa.function",
        string="Function in charge",
        index="btree_not_null",
        domain="[('company_id', '=', company_id)]",
    )
    is_told = fields.Boolean(string="Told to the citizen", readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("dropped", "Given up")],
        string="Status",
        required=True,
        default="open",
        readonly=True,
    )
    done_on = fields.Date(string="Done on", readonly=True)
    reason = fields.Text(string="Why it is given up", readonly=True)
    proof_ids = fields.Many2many(
        "ir.attachment", relation="jamaa_promise_proof_rel", string="Proof", help="A photo, a report, an invoice."
    )
    is_late = fields.Boolean(string="Late", compute="_compute_is_late")
    may_finish = fields.Boolean(compute="_compute_may_finish")

    _open_idx = models.Index("(company_id, due_on) WHERE state = 'open'")

    @api.depends("state", "due_on")
    def _compute_is_late(self):
        today = self.env["helpdesk.ticket"]._commune_today()
        for promise in self:
            promise.is_late = promise.state == "open" and bool(promise.due_on) and promise.due_on < today

    @api.depends("state", "is_told")
    @api.depends_context("uid")
    def _compute_may_finish(self):
        for promise in self:
            promise.may_finish = promise._may_finish()

    def _may_finish(self):
        """Whether the present user may say that it is done or given up."""
        case = self.case_id
        return self.is_told and self.state == "open" and (case._is_desk() or case._is_of_service())

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [
                {**{key: value for key, value in vals.items() if key not in BY_STEPS - {"case_id"}}, "state": "open"}
                for vals in vals_list
            ]
        promises = super().create(vals_list)
        promises._check_draft()
        promises._check_place()
        return promises

    def write(self, vals):
        if not self.env.su:
            if BY_STEPS.intersection(vals):
                raise AccessError(self.env._("The state of a promise follows its buttons."))
            for promise in self:
                if TOLD.intersection(vals) or not promise.is_told:
                    promise._check_draft()
                elif promise.state != "open":
                    raise UserError(self.env._("This promise is over: it stays as it is."))
                elif not (promise.case_id._is_desk() or promise.case_id._is_of_service()):
                    raise AccessError(self.env._("This promise is not yours to follow."))
        result = super().write(vals)
        self._check_place()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_untold(self):
        self._check_draft()

    def _check_draft(self):
        """Promises are written while their answer is.

        :raise AccessError: the answer left the desk, or is not this user's to write
        """
        for promise in self:
            # sudo: jamaa.complaint.promise - whether the citizen knows of it
            told = promise.sudo().is_told
            if told or (not self.env.su and not promise.case_id._may("draft")):
                raise AccessError(
                    self.env._("A promise is written and changed only while the answer is being prepared.")
                )

    def _check_place(self):
        """A promise is kept by the commune that made it.

        :raise UserError: service or function of another commune
        """
        # sudo: helpdesk.ticket.team, jamaa.function - which commune they are of
        for promise in self.sudo():
            for keeper in (promise.service_id, promise.function_id):
                if keeper and keeper.company_id != promise.company_id:
                    raise UserError(self.env._("A promise is kept by a service or function of its own commune."))

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _begin(self):
        """Check who may finish it, alone at it."""
        self.ensure_one()
        self.check_access("read")
        self.case_id._hold()
        self.invalidate_recordset(["state"])
        if not self._may_finish():
            raise AccessError(self.env._("This step is not open to you on this promise at this moment."))

    def action_done(self):
        """Button: it is done; the citizen is told."""
        self._begin()
        # sudo: jamaa.complaint.promise, helpdesk.ticket - checked just above
        promise = self.sudo()
        promise.write({"state": "done", "done_on": promise.case_id._commune_today()})
        promise.case_id._add_milestone("promise_kept", note=promise.what)
        promise._tell("promise_done")

    def action_drop(self):
        """Button: ask why it is given up."""
        self.ensure_one()
        if not self._may_finish():
            raise AccessError(self.env._("This step is not open to you on this promise at this moment."))
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_after_action")
        return {
            **action,
            "context": {"default_what": "drop", "default_case_id": self.case_id.id, "default_promise_id": self.id},
        }

    def _drop(self, reason):
        """Give it up with a reason, which the citizen reads."""
        self._begin()
        # sudo: jamaa.complaint.promise - checked just above
        promise = self.sudo()
        promise.write({"state": "dropped", "done_on": promise.case_id._commune_today(), "reason": reason})
        promise.case_id._add_milestone("promise_dropped", note=promise.what)
        promise._tell("promise_dropped")

    def _tell(self, template):
        """Queue what is told, with the words of this promise."""
        self.case_id.with_context(told_promise=(self.what, self.reason or ""))._tell_citizen(template)

    def _page_words(self):
        """One promise as the citizen reads it."""
        case = self.case_id
        words = {
            "open": self.env._("by %(day)s", day=case._day(self.due_on)),
            "done": self.env._("done on %(day)s", day=case._day(self.done_on)),
            "dropped": self.env._("given up on %(day)s", day=case._day(self.done_on)),
        }
        meaning = {"open": "warning" if self.is_late else "info", "done": "fine", "dropped": "warning"}
        return {
            "what": self.what,
            "state": self.state,
            "meaning": meaning[self.state],
            "words": words[self.state],
            "reason": self.reason or "",
        }


class HelpdeskTicket(models.Model):
    """Promises beside the answer they are made in."""

    _inherit = "helpdesk.ticket"

    promise_ids = fields.One2many("jamaa.complaint.promise", "case_id", string="Promises")

    @api.model
    def _desk_fields(self):
        return {*super()._desk_fields(), "promise_ids"}

    @api.model
    def _service_fields(self):
        return {*super()._service_fields(), "promise_ids"}

    def action_send(self):
        """What is promised leaves with the answer and is followed from here on."""
        result = super().action_send()
        # sudo: jamaa.complaint.promise - the step was checked
        self.sudo().promise_ids.filtered(lambda p: not p.is_told).write({"is_told": True})
        return result

    def _case_page(self, lang):
        page = super()._case_page(lang)
        # sudo: jamaa.complaint.promise - the citizen holds the token; only these values leave
        promises = self.with_context(lang=PUBLIC_LANGS[lang].code).sudo().promise_ids.filtered("is_told")
        return {**page, "promises": [promise._page_words() for promise in promises]}

    def _mail_subjects(self):
        return {
            **super()._mail_subjects(),
            "promise_done": self.env._("Done as promised: %(number)s", number=self.case_number),
            "promise_dropped": self.env._("A promise cannot be kept: %(number)s", number=self.case_number),
        }

    def _mail_words(self):
        what, reason = self.env.context.get("told_promise") or ("", "")
        return {**super()._mail_words(), "promise": what, "promise_reason": reason}

    def _milestone_words(self):
        return {
            **super()._milestone_words(),
            "promise_kept": self.env._("What was promised is done"),
            "promise_dropped": self.env._("Something promised cannot be done"),
        }

    def _erase_identity(self, values):
        """What was promised may name the person."""
        # sudo: jamaa.complaint.promise - erasure is a duty, not a role's right
        for promise in self.sudo().promise_ids:
            words = {name: without_person(promise[name], values) for name in ("what", "reason") if promise[name]}
            promise.write(words)
        return super()._erase_identity(values)
