"""The case: a ticket with a kind."""

from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.jamaa_base.models.legal_due import LegalDue

# Days before a due date from which a case is said to be due soon.
SOON_DAYS = 7
CASE_KINDS = [
    ("complaint", "Complaint"),
    ("remark", "Remark"),
    ("proposal", "Proposal"),
    ("report", "Report"),
]
# How the matter ended: apart from where the case stands on its way.
OUTCOMES = [
    ("solved", "Solved"),
    ("partly", "Solved in part"),
    ("refused", "Not granted, with reasons"),
    ("no_means", "Founded, but no means for it now"),
    ("referred", "Not ours: sent on to who is competent"),
    ("inadmissible", "Could not be treated"),
    ("withdrawn", "Withdrawn by the citizen"),
    ("kept", "Proposal kept"),
    ("to_study", "Proposal to be studied"),
    ("not_kept", "Proposal not kept"),
]
ANSWER_STATES = [
    ("none", "No answer yet"),
    ("draft", "Being prepared"),
    ("to_approve", "To be approved"),
    ("approved", "Approved"),
    ("sent", "Sent"),
]


class HelpdeskTicket(models.Model):
    """A citizen's complaint, remark, proposal or report (decree 2-17-265).

    A ticket without `kind` is a plain OCA ticket and behaves as upstream made it.
    A case keeps who wrote it in the vault (`jamaa.complainant`) and nowhere else:
    upstream's contact fields stay empty on it.
    """

    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "jamaa.public.reference"]
    _check_company_auto = True
    _public_page = "case"

    # what was brought
    kind = fields.Selection(CASE_KINDS, string="Kind", index=True, copy=False)
    case_number = fields.Char(
        string="Number",
        copy=False,
        readonly=True,
        index="trigram",
        help="Number in the register of this commune and year.",
    )
    facts = fields.Text(
        string="Facts",
        copy=False,
        help="The citizen's own words. They are never changed; corrections are added.",
    )
    place_text = fields.Char(string="Place", copy=False)
    photo_ids = fields.Many2many(
        "ir.attachment",
        relation="jamaa_case_photo_rel",
        string="Photos of the citizen",
        copy=False,
    )
    public_lang = fields.Char(string="Language of the citizen", copy=False, help="Code of the language.")
    is_anonymous = fields.Boolean(string="Without identity", copy=False)
    reply_by = fields.Selection(
        [
            ("email", "By e-mail"),
            ("letter", "By letter"),
            ("phone", "By phone"),
            ("page", "On the tracking page only"),
        ],
        string="Answer reaches the citizen",
        copy=False,
    )
    complainant_id = fields.Many2one(
        "jamaa.complainant",
        string="Identity in the vault",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="jamaa_base.group_data_protection",
    )

    # where it is
    site_id = fields.Many2one("jamaa.site", string="Site", check_company=True, index="btree_not_null")
    service_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Service",
        index="btree_not_null",
        check_company=True,
        domain="[('case_role', '=', 'service'), ('company_id', '=', company_id)]",
        copy=False,
    )
    proposed_service_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Service by the routing table",
        compute="_compute_proposed_service_id",
    )
    locked_user_ids = fields.Many2many(
        "res.users",
        relation="jamaa_case_locked_user_rel",
        string="Closed to",
        copy=False,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        groups="jamaa_base.group_complaint_officer,jamaa_base.group_director",
        help="Persons the case is about, or who stand too near to handle it: they do not see it in any way.",
    )

    # clocks
    legal_receipt_date = fields.Date(
        string="Received on",
        copy=False,
        help="Day the commune received it, at whatever desk: the time limit runs from here.",
    )
    due_date = fields.Date(string="Answer due", copy=False)
    internal_due_date = fields.Date(string="Internal target", copy=False)
    due_regime_id = fields.Many2one("jamaa.legal.regime", string="Rule of the due date", copy=False)
    due_values = fields.Json(string="Steps of the computation", copy=False)
    due_is_legal = fields.Boolean(
        string="Legal date",
        copy=False,
        help="The rule was confirmed by a named holder of the commune. Otherwise the "
        "date is what the commune undertakes.",
    )
    due_label = fields.Char(compute="_compute_due_proof", string="Nature of the date")
    due_proof = fields.Text(compute="_compute_due_proof", string="How it was computed")
    clock_state = fields.Selection(
        [
            ("none", "No time limit"),
            ("on_time", "On time"),
            ("soon", "Due soon"),
            ("late", "Late"),
            ("met", "Answered in time"),
            ("missed", "Answered late"),
        ],
        string="Time limit",
        compute="_compute_clock",
    )
    clock_text = fields.Char(string="Time left", compute="_compute_clock")

    # the answer
    answer = fields.Text(string="Answer", copy=False)
    answer_state = fields.Selection(ANSWER_STATES, string="State of the answer", default="none", copy=False)
    outcome = fields.Selection(
        OUTCOMES,
        string="Outcome",
        copy=False,
        index="btree_not_null",
        help="How the matter ended, whatever the stage of the case.",
    )
    answer_author_id = fields.Many2one("res.users", string="Answer written by", copy=False)
    answered_on = fields.Date(string="Answered on", copy=False)
    approved_by_id = fields.Many2one("res.users", string="Approved by", copy=False)
    approved_on = fields.Datetime(string="Approved on", copy=False)
    approved_by_holder = fields.Reference(
        [
            ("jamaa.function.holder", "Function held"),
            ("jamaa.delegation", "Delegation"),
        ],
        string="Approved under",
        copy=False,
    )
    approved_capacity = fields.Char(string="Approved as", copy=False, help="As printed on the letter.")
    reviewed_alone = fields.Boolean(
        string="Reviewed alone",
        copy=False,
        help="One person wrote and approved the answer, as in small communes.",
    )
    letter_entry_id = fields.Many2one(
        "jamaa.mail.entry",
        string="In the book of outgoing mail",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    letter_number = fields.Char(related="letter_entry_id.number_display", string="Number of the letter")
    answer_letter_id = fields.Many2one("ir.attachment", string="Letter on file", copy=False)

    # what happened
    milestone_ids = fields.One2many("jamaa.complaint.milestone", "case_id", string="Milestones", readonly=True)

    # what the present user may do next (buttons; each action checks again)
    may_assign = fields.Boolean(compute="_compute_may")
    may_take = fields.Boolean(compute="_compute_may")
    may_draft = fields.Boolean(compute="_compute_may")
    may_submit = fields.Boolean(compute="_compute_may")
    may_approve = fields.Boolean(compute="_compute_may")
    may_return = fields.Boolean(compute="_compute_may")
    may_send = fields.Boolean(compute="_compute_may")
    may_close = fields.Boolean(compute="_compute_may")
    may_change = fields.Boolean(compute="_compute_may")
    may_reveal = fields.Boolean(compute="_compute_may")
    may_print = fields.Boolean(compute="_compute_may")

    _case_number_unique = models.UniqueIndex(
        "(company_id, case_number) WHERE case_number IS NOT NULL",
        "This number is already in the register of the commune.",
    )
    _case_identity_apart = models.Constraint(
        """CHECK (kind IS NULL OR (
            partner_id IS NULL AND COALESCE(partner_name, '') = ''
            AND COALESCE(partner_email, '') = '' AND COALESCE(email_cc, '') = ''))""",
        "Who brought a case is kept in the vault, never on the case itself.",
    )
    _case_is_whole = models.Constraint(
        """CHECK (kind IS NULL OR (case_number IS NOT NULL
            AND legal_receipt_date IS NOT NULL AND team_id IS NOT NULL))""",
        "A case has a number, a date of receipt and a complaint unit.",
    )
    # "active IS TRUE" as the ORM writes it: PostgreSQL does not see that it implies "active".
    _case_todo_idx = models.Index("(company_id, due_date, id) WHERE kind IS NOT NULL AND active IS TRUE")
    _case_service_idx = models.Index("(service_id, due_date, id) WHERE kind IS NOT NULL AND active IS TRUE")
    _company_idx = models.Index("(company_id)")
    _category_idx = models.Index("(category_id)")
    _upstream_order_idx = models.Index("(priority DESC, sequence, number DESC, id DESC)")

    # ------------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------------

    @api.depends("team_id")
    def _compute_stage_id(self):
        """The stage of a case follows its milestones, not its team."""
        return super(HelpdeskTicket, self.filtered(lambda t: not t.kind or not t.stage_id))._compute_stage_id()

    @api.depends("team_id", "service_id")
    def _compute_user_id(self):
        """A case is assigned inside its service (or the unit), not inside the team."""
        cases = self.filtered("kind")
        for case in cases:
            if case.user_id not in case._case_members():
                case.user_id = False
        return super(HelpdeskTicket, self - cases)._compute_user_id()

    @api.depends("category_id", "site_id", "company_id")
    def _compute_proposed_service_id(self):
        services = self.env["jamaa.complaint.route"]._services_for(self)
        for case in self:
            case.proposed_service_id = services.get(case.id, False)

    @api.depends("due_values")
    @api.depends_context("lang")
    def _compute_due_proof(self):
        lang = self.env.lang or "en_US"
        for case in self:
            due = case._due_proof()
            case.due_label = due.label(lang) if due else False
            case.due_proof = "\n".join(due.proof_lines(lang)) if due else False

    @api.depends("due_date", "answered_on")
    @api.depends_context("lang", "tz")
    def _compute_clock(self):
        today = fields.Date.context_today(self)
        soon = today + timedelta(days=SOON_DAYS)
        _ = self.env._
        for case in self:
            due, done = case.due_date, case.answered_on
            if not due:
                case.clock_state, case.clock_text = "none", False
            elif done:
                met = done <= due
                case.clock_state = "met" if met else "missed"
                case.clock_text = _("Answered in time") if met else _("Answered late")
            elif due < today:
                case.clock_state = "late"
                case.clock_text = _("Late: %(days)s days", days=(today - due).days)
            else:
                case.clock_state = "soon" if due <= soon else "on_time"
                case.clock_text = _("Days left: %(days)s", days=(due - today).days)

    @api.depends("answer_state", "service_id", "user_id", "stage_id", "kind")
    @api.depends_context("uid")
    def _compute_may(self):
        for case in self:
            for name in self._case_steps():
                case[f"may_{name}"] = bool(case.kind) and case._may(name)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _case_steps(self):
        """Names of the steps that have a button: each has a field `may_<step>` and is known to `_may`."""
        return ("assign", "take", "draft", "submit", "approve", "return", "send", "close", "change", "reveal", "print")

    @api.model
    def _commune_today(self):
        """Today in Morocco, whoever asks and wherever the server stands."""
        return fields.Date.context_today(self.with_context(tz="Africa/Casablanca"))

    def _case_members(self):
        """Users a case may be assigned to: its service, else the complaint unit."""
        self.ensure_one()
        # sudo: helpdesk.ticket.team - names of colleagues to choose from
        return (self.service_id or self.team_id).sudo().user_ids

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        """Columns of the kanban: stages of cases for cases, the others for tickets."""
        for_cases = bool(self.env.context.get("jamaa_cases"))
        if for_cases:
            return stages.search([("for_cases", "=", True)])
        return (
            super()._read_group_stage_ids(stages, domain).filtered(lambda stage: not stage.for_cases or stage in stages)
        )

    def _due_proof(self):
        """The due date as it was computed, steps and all.

        :return: `LegalDue`, or None where no clock runs
        """
        self.ensure_one()
        if not self.due_values:
            return None
        return LegalDue.from_values(self.env, self.due_values)

    def _add_milestone(self, code, note=False, service=None):
        """Add a fact to each case, and let the stage follow it.

        :param code: one of `jamaa_complaint_milestone.MILESTONES`
        :param note: words for the desk, never shown to the citizen
        """
        # sudo: jamaa.complaint.milestone - nobody writes facts but this method
        self.env["jamaa.complaint.milestone"].sudo().create(
            [
                {
                    "case_id": case.id,
                    "code": code,
                    "note": note,
                    "service_id": (service or case.service_id).id,
                }
                for case in self
            ]
        )
        stage = self._stage_after(code)
        if stage:
            # sudo: helpdesk.ticket - the stage follows the fact, whoever caused it
            self.sudo().filtered(lambda case: case.stage_id != stage).write({"stage_id": stage.id})

    @api.model
    def _stage_after(self, code):
        """Stage a milestone leads to; empty where it changes none."""
        stages = self.env["helpdesk.ticket.stage"]
        name = self._stage_names().get(code)
        if not name:
            return stages
        # the id from the cache: a form asks this at every opening
        stage_of = self.env["ir.model.data"]._xmlid_to_res_id
        return stages.browse(stage_of(f"jamaa_complaints.stage_{name}", raise_if_not_found=True))

    @api.model
    def _stage_names(self):
        """Milestone → name of the stage it leads to; those not named here change none."""
        return {
            "received": "received",
            "assigned": "assigned",
            "taken": "in_progress",
            "answer_drafted": "in_progress",
            "submitted": "to_approve",
            "returned": "in_progress",
            "approved": "approved",
            "sent": "answered",
            "closed": "closed",
        }

    def _clock_start(self):
        """Day the clocks of the case run from: its legal receipt, unless a room says otherwise."""
        self.ensure_one()
        return self.legal_receipt_date

    def _set_clocks(self):
        """Fill the due dates from the rules in force on the day of receipt.

        Complaints have the time limit of decree 2-17-265; remarks, proposals and
        reports have none of their own and get the internal target alone.
        """
        # sudo: jamaa.legal.regime, helpdesk.ticket - dates are computed by rule, whoever lodges
        regimes = self.env["jamaa.legal.regime"].sudo()
        for case in self.sudo():
            start, company = case._clock_start(), case.company_id
            internal = regimes._applicable("complaint_internal", company, start)
            target = internal._due(start, company) if internal else None
            legal = regimes._applicable("complaint_answer", company, start) if case.kind == "complaint" else regimes
            due = legal._due(start, company) if legal else target
            case.write(case._clock_values(due, target))

    def _clock_values(self, due, target):
        """What is kept of the computed dates.

        :param due: `LegalDue` of the answer, or None
        :param target: `LegalDue` of the internal target, or None
        """
        return {
            "internal_due_date": target.date if target else False,
            "due_date": due.date if due else False,
            "due_regime_id": due.values["regime_id"] if due else False,
            "due_values": due.values if due else False,
            "due_is_legal": bool(due and due.is_legal),
        }
