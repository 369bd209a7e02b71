"""Many complainants, one piece of work, an answer for each."""

import re

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.folded_text import folded

#: Signatures a petition to the council needs (organic law 113-14, art. 122, as read by
#: no jurist yet): up to this population, above it, and where there are arrondissements.
PETITION_POPULATION = 35_000
PETITION_SMALL, PETITION_LARGE, PETITION_CITY = 100, 200, 400
TEXTS = {"answer_ar", "answer_fr", "outcome"}


class JamaaComplaintGroup(models.Model):
    """Cases about one matter, worked once through the lead case.

    Nothing is merged: each case keeps its number, clock, visa, letter and page, and no
    complainant learns anything of another. Cases come in and go out by `_join` and
    `_part` alone, each time as a milestone of the case.
    """

    _name = "jamaa.complaint.group"
    _description = "Collective case"
    _order = "id desc"

    name = fields.Char(string="Matter", required=True)
    company_id = fields.Many2one("res.company", string="Commune", required=True, index=True, readonly=True)
    category_id = fields.Many2one(
        "helpdesk.ticket.category", string="Category", domain="[('for_cases', '=', True)]", index="btree_not_null"
    )
    lead_case_id = fields.Many2one(
        "helpdesk.ticket",
        string="Lead case",
        index="btree_not_null",
        domain="[('collective_id', '=', id)]",
        help="The case the work is done on. The others go to the same service.",
    )
    case_ids = fields.One2many(
        "helpdesk.ticket", "collective_id", string="Cases", readonly=True, context={"active_test": False}
    )
    case_count = fields.Integer(string="Number of cases", compute="_compute_counts", compute_sudo=True)
    head_count = fields.Integer(
        string="Households",
        compute="_compute_counts",
        compute_sudo=True,
        help="Complainants counted once: cases with the same phone, address, e-mail or national id are one household.",
    )
    state = fields.Selection(
        [("open", "Being worked on"), ("approval", "Answers to approve"), ("answered", "Answered")],
        string="Status",
        compute="_compute_counts",
        compute_sudo=True,
    )
    petition_hint = fields.Text(string="Petition", compute="_compute_petition_hint")
    answer_ar = fields.Text(string="Answer in Arabic")
    answer_fr = fields.Text(string="Answer in French")
    outcome = fields.Selection(
        lambda self: self.env["helpdesk.ticket"]._fields["outcome"]._description_selection(self.env),
        string="Outcome for all",
        help="Copied with the answer; a case may get another one afterwards.",
    )
    is_desk = fields.Boolean(string="May change its cases", compute="_compute_is_desk")

    # ------------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------------

    @api.depends("case_ids.answer_state", "case_ids.complainant_id")
    def _compute_counts(self):
        for group in self:
            cases = group.case_ids
            states = set(cases.mapped("answer_state"))
            group.case_count = len(cases)
            group.head_count = group._count_households(cases)
            if states and states <= {"sent"}:
                group.state = "answered"
            else:
                group.state = "approval" if states & {"to_approve", "approved"} else "open"

    @api.model
    def _count_households(self, cases):
        """Households behind cases; only the number leaves the vault.

        Whoever gave a phone, an address, an e-mail or a national id that another gave
        too is of the same household. A case without any of them counts once.
        """
        known, households = {}, {}
        # sudo: jamaa.complainant - compared here, nothing but a number is returned
        for case in cases.sudo():
            person = case.complainant_id
            marks = {
                ("phone", re.sub(r"\D", "", person.phone or "")[-9:]),
                ("email", (person.email or "").strip().lower()),
                ("address", folded(person.address)),
                ("id", folded(person.national_id)),
            }
            marks = {mark for mark in marks if mark[1]}
            met = {known[mark] for mark in marks if mark in known} | {case.id}
            home = min(met)
            for old in met:
                marks |= households.pop(old, set())
            households[home] = marks
            known.update(dict.fromkeys(marks, home))
        return len(households)

    @api.depends("head_count", "company_id")
    @api.depends_context("lang")
    def _compute_petition_hint(self):
        for group in self:
            needed = group._petition_threshold()
            if group.head_count < needed:
                group.petition_hint = False
                continue
            group.petition_hint = self.env._(
                "%(heads)s households brought this matter. A petition that puts it on the agenda of the council "
                "needs %(needed)s signatures in this commune (organic law 113-14, article 122). This number was not "
                "confirmed by a jurist. The complainants may be told of this way; a collective case is no petition.",
                heads=group.head_count,
                needed=needed,
            )

    def _petition_threshold(self):
        """Signatures a petition needs in this commune, the lowest where the population is not known."""
        self.ensure_one()
        # sudo: jamaa.site, res.company - facts of the commune, whoever reads the group
        company = self.sudo().company_id
        sites = self.env["jamaa.site"].sudo()
        if sites.search_count([("company_id", "=", company.id), ("kind", "=", "arrondissement")], limit=1):
            return PETITION_CITY
        return PETITION_LARGE if company.population > PETITION_POPULATION else PETITION_SMALL

    @api.depends_context("uid")
    def _compute_is_desk(self):
        self.is_desk = self.env["helpdesk.ticket"]._is_desk()

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """The matter is named to those alone who may read the group.

        Odoo names whatever a link points to as superuser: a case would tell its reader
        the words of a group that is closed to that reader.
        """
        groups = self.filtered("id")
        seen = groups if self.env.uid == SUPERUSER_ID else groups.sudo(False)._filtered_access("read")
        for group in self:
            readable = group in groups and group.id in seen.ids
            # sudo: jamaa.complaint.group - its words, to who may read it
            group.display_name = group.sudo().name if readable else self.env._("Collective case")

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        """The unit words the matter and its lead; the service in charge words the answer.

        :raise AccessError: something else, or somebody else
        """
        if not self.env.su:
            desk = self.env["helpdesk.ticket"]._is_desk()
            allowed = TEXTS | ({"name", "category_id", "lead_case_id"} if desk else set())
            for group in self:
                handler = desk or (group.lead_case_id and group.lead_case_id._is_of_service())
                if not handler or set(vals) - allowed:
                    raise AccessError(self.env._("You cannot change this on a collective case."))
        return super().write(vals)

    @api.constrains("lead_case_id", "case_ids")
    def _check_lead(self):
        # sudo: jamaa.complaint.group - the constraint holds for everybody
        for group in self.sudo():
            if group.lead_case_id and group.lead_case_id.collective_id != group:
                raise UserError(self.env._("The lead case is one of the cases of the collective case."))

    # ------------------------------------------------------------------
    # Cases in and out
    # ------------------------------------------------------------------

    @api.model
    def _found(self, cases, name):
        """Make a collective case of cases; the first is the lead.

        :raise AccessError: a case the user may not group
        :raise UserError: fewer than two, or of more than one commune
        """
        cases._check_step("group")
        if len(cases) < 2:
            raise UserError(self.env._("A collective case needs two cases at least."))
        if len(cases.company_id) > 1:
            raise UserError(self.env._("Cases of two communes are not handled together."))
        # sudo: jamaa.complaint.group - checked just above; nobody makes one without cases
        group = self.sudo().create(
            {
                "name": name or cases[0].name,
                "company_id": cases[0].company_id.id,
                "category_id": cases[0].category_id.id,
            }
        )
        group._take_in(cases)
        group.lead_case_id = cases[0]
        group._follow_lead()
        return group.sudo(self.env.su)

    def _join(self, cases):
        """Add cases to this collective case.

        :raise AccessError: the group or a case is not for this user to handle
        """
        self.ensure_one()
        self.check_access("read")
        cases._check_step("group")
        if cases.company_id != self.company_id:
            raise UserError(self.env._("Cases of two communes are not handled together."))
        # sudo: jamaa.complaint.group - checked just above
        group = self.sudo()
        group._take_in(cases)
        if not group.lead_case_id:
            group.lead_case_id = cases[0]
        group._follow_lead()

    def _take_in(self, cases):
        """Link cases and note the fact on each."""
        # sudo: helpdesk.ticket - checked by the callers
        cases.sudo().write({"collective_id": self.id})
        cases._add_milestone("joined_group")

    def _part(self, cases, reason):
        """Take cases out; each goes on alone.

        :param str reason: kept with the case, for the desk
        :raise UserError: no reason
        """
        cases._check_step("ungroup")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why it is handled alone from now on."))
        # sudo: jamaa.complaint.group, helpdesk.ticket - checked just above
        for case in cases.sudo():
            group = case.collective_id
            if group.lead_case_id == case:
                group.lead_case_id = (group.case_ids - case).sorted("id")[:1]
            case.collective_id = False
        cases._add_milestone("left_group", note=reason)

    def _follow_lead(self):
        """One piece of work: what is not worked on yet goes where the lead case is."""
        # sudo: jamaa.complaint.group - called after the rights were checked
        for group in self.sudo():
            service = group.lead_case_id.service_id
            others = group.case_ids.filtered(
                lambda case, service=service: case.answer_state in ("none", "draft") and case.service_id != service
            )
            if service and others:
                others.write({"service_id": service.id, "user_id": False})

    # ------------------------------------------------------------------
    # One piece of work
    # ------------------------------------------------------------------

    def _members(self):
        """The cases, with the rights of the user, the lead first.

        :raise AccessError: the group is closed to the user
        """
        self.ensure_one()
        self.check_access("read")
        cases = self.env["helpdesk.ticket"].search([("collective_id", "=", self.id)], order="id")
        # sudo: jamaa.complaint.group - which of the cases just found is the lead
        lead = self.sudo().lead_case_id
        return cases.sorted(lambda case: (case.id != lead.id, case.id))

    def _members_for(self, step):
        """The cases on which the user may take a step now.

        :raise AccessError: on none
        """
        cases = self._members().filtered(lambda case: case._may(step))
        if not cases:
            raise AccessError(self.env._("This step is not open to you on any case of this collective case now."))
        return cases

    def action_share_answer(self):
        """Button: put the answer on each case that is still being written, in the citizen's language."""
        cases = self._members_for("draft")
        if not ((self.answer_ar or "").strip() or (self.answer_fr or "").strip()):
            raise UserError(self.env._("Write the answer first."))
        for case in cases:
            vals = {"answer": self._answer_for(case)}
            if self.outcome:
                vals["outcome"] = self.outcome
            case.write(vals)

    def _answer_for(self, case):
        """The text in the language of the citizen, else the other one."""
        french = (case.public_lang or "").startswith("fr")
        wanted, other = (self.answer_fr, self.answer_ar) if french else (self.answer_ar, self.answer_fr)
        return wanted or other

    def action_submit_all(self):
        """Button: submit the answer of each case."""
        self._members_for("submit").action_submit()

    def action_approve_all(self):
        """Button: one visa for the answers that wait; each case keeps its own."""
        self._members_for("approve").action_approve()

    def action_send_all(self):
        """Button: each citizen gets the own letter, with its number, mail and page."""
        self._members_for("send").action_send()

    def action_open_cases(self):
        """Button: the cases the reader may see."""
        cases = self._members()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.helpdesk_ticket_action_cases")
        return {
            **action,
            "domain": [("kind", "!=", False), ("id", "in", cases.ids)],
            "context": {"jamaa_cases": True},
            "path": False,
        }
