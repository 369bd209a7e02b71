from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

# In a standard commune these are different people: who drafts does not approve.
SEPARATE_CODES = (
    "president",
    "vice_president",
    "director",
    "complaint_head",
    "reception_head",
    "registry_head",
    "service_head",
)
# A change of one of these is put on the register.
REGISTERED = {"function_id", "role", "partner_id", "date_from", "date_to", "act_number", "end_act_number"}


class JamaaFunctionHolder(models.Model):
    """A person in a function, from one day to another, by an act.

    The holder is a contact, because elected officials are no employees; the user
    is the login that acts for this person, the employee is filled where there is one.
    """

    _name = "jamaa.function.holder"
    _inherit = ["mail.thread", "jamaa.period.mixin"]
    _description = "Holder of a Function"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    # Who, for what
    function_id = fields.Many2one(
        "jamaa.function", required=True, index=True, ondelete="restrict", check_company=True, tracking=True
    )
    company_id = fields.Many2one(related="function_id.company_id", string="Commune", store=True, index=True)
    function_code = fields.Selection(related="function_id.code", string="Kind of function", store=True)
    role = fields.Selection(
        [("holder", "Holder"), ("stand_in", "Stand-in")], required=True, default="holder", tracking=True
    )
    partner_id = fields.Many2one("res.partner", "Person", required=True, index=True, ondelete="restrict", tracking=True)
    user_id = fields.Many2one(
        "res.users",
        "Login",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        tracking=True,
        help="Signs and receives work for this person.",
    )
    employee_id = fields.Many2one("hr.employee", check_company=True, groups="hr.group_hr_user")

    # The act
    date_from = fields.Date(tracking=True)
    date_to = fields.Date(tracking=True)
    act_number = fields.Char("Act number", tracking=True)
    act_date = fields.Date("Date of the act", tracking=True)
    act_scan = fields.Binary("Scan of the act", attachment=True)
    act_scan_name = fields.Char()
    end_act_number = fields.Char("Act that ended it", tracking=True)
    recorded_alone = fields.Boolean(
        "Recorded alone",
        readonly=True,
        copy=False,
        help="The person recorded their own appointment: somebody else re-reads it.",
    )

    # Today
    state = fields.Selection(
        [("future", "To come"), ("current", "In exercise"), ("past", "Ended")],
        string="Status",
        compute="_compute_state",
        search="_search_state",
    )
    other_function_count = fields.Integer("Other functions today", compute="_compute_other_function_count")

    _act_dated = models.Constraint(
        "CHECK(act_number IS NULL OR act_date IS NOT NULL)", "An act has a number and a date."
    )
    _function_dates_idx = models.Index("(function_id, date_from)")

    @api.depends("partner_id")
    def _compute_user_id(self):
        # sudo: res.users - a clerk may not read logins of people outside his commune; the rule below checks the commune
        for row in self:
            users = row.sudo().partner_id.user_ids.filtered(lambda user: not user.share)
            row.user_id = users[:1]

    @api.depends("partner_id", "function_id", "role")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._(
                "%(person)s, %(function)s", person=row.partner_id.name or "", function=row.function_id.name or ""
            )

    @api.depends("date_from", "date_to")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for row in self:
            if row.date_from and row.date_from > today:
                row.state = "future"
            else:
                row.state = "past" if row.date_to and row.date_to < today else "current"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        domains = {
            "future": Domain("date_from", ">", today),
            "current": self._domain_on(today),
            "past": Domain("date_to", "<", today),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("partner_id", "company_id")
    def _compute_other_function_count(self):
        today = fields.Date.context_today(self)
        counts = dict(
            self._read_group(
                Domain("partner_id", "in", self.partner_id.ids) & self._domain_on(today),
                ["partner_id"],
                ["function_id:count_distinct"],
            )
        )
        for row in self:
            row.other_function_count = max(counts.get(row.partner_id, 0) - (row.state == "current"), 0)

    # ---------- rules ----------

    @api.constrains("function_id", "role", "partner_id", "date_from", "date_to")
    def _check_overlap(self):
        """One holder and one stand-in at a time; in a collective function, each person once."""
        for function in self.function_id:
            rows = self.search([("function_id", "=", function.id)], order="date_from, id")
            for key in {row._overlap_key() for row in rows}:
                same = rows.filtered(lambda row, key=key: row._overlap_key() == key)
                for earlier, later in pairwise(same):
                    if earlier._period_overlaps(later):
                        raise ValidationError(
                            self.env._(
                                "%(first)s and %(second)s would be in “%(function)s” on the same days. "
                                "End the first mandate before the second begins.",
                                first=earlier.partner_id.name,
                                second=later.partner_id.name,
                                function=function.name,
                            )
                        )

    def _overlap_key(self):
        """Rows with the same key may not overlap."""
        return (self.role, self.partner_id.id if self.function_id.collective else 0)

    @api.constrains("function_id", "role", "partner_id", "date_from", "date_to")
    def _check_separate_functions(self):
        """Outside small communes nobody holds two functions that check one another."""
        for row in self:
            if row.company_id.profile == "small" or row.role != "holder" or row.function_code not in SEPARATE_CODES:
                continue
            others = self.search(
                Domain("company_id", "=", row.company_id.id)
                & Domain("partner_id", "=", row.partner_id.id)
                & Domain("role", "=", "holder")
                & Domain("function_code", "in", SEPARATE_CODES)
                & Domain("function_id", "!=", row.function_id.id)
            )
            clash = others.filtered(row._period_overlaps)[:1]
            if clash:
                raise ValidationError(
                    self.env._(
                        "%(person)s already holds “%(function)s” on these days. "
                        "Only a small commune lets one person hold both.",
                        person=row.partner_id.name,
                        function=clash.function_id.name,
                    )
                )

    @api.constrains("user_id", "function_id")
    def _check_user(self):
        for row in self:
            # sudo: res.users - communes of a login are hidden from clerks
            user = row.user_id.sudo()
            if user and (user.share or row.company_id not in user.company_ids):
                raise ValidationError(
                    self.env._(
                        "The login of %(person)s does not belong to %(commune)s.",
                        person=row.partner_id.name,
                        commune=row.company_id.name,
                    )
                )

    @api.constrains("act_date")
    def _check_act_date(self):
        today = fields.Date.context_today(self)
        for row in self:
            if row.act_date and row.act_date > today:
                raise ValidationError(self.env._("An act cannot be dated in the future."))

    # ---------- writing ----------

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_recorded_by_another()
        rows._enter_in_register("mandate_recorded")
        self.env["jamaa.dissemination.recipient"]._on_people_changed(rows.function_id)
        return rows

    def write(self, vals):
        functions = self.function_id
        result = super().write(vals)
        if {"user_id", "partner_id", "function_id", "role", "date_from", "date_to"} & vals.keys():
            self._check_recorded_by_another()
        if REGISTERED & vals.keys():
            self._enter_in_register("mandate_changed")
            self.env["jamaa.dissemination.recipient"]._on_people_changed(functions | self.function_id)
        return result

    def _enter_in_register(self, kind):
        """Put the mandates, as they now are, on the register; the person as a fingerprint only."""
        register = self.env["jamaa.register.entry"]
        for row in self:
            facts = {
                "function": f"{row.function_code} {row.function_id.id}",
                "role": row.role,
                "from": fields.Date.to_string(row.date_from) or None,
                "to": fields.Date.to_string(row.date_to) or None,
                "act": row.act_number or None,
            }
            if kind == "mandate_changed":
                facts["end_act"] = row.end_act_number or None
            register._enter(row.company_id, kind, facts, row, {"person": row.partner_id.name or ""})

    def _check_recorded_by_another(self):
        """Nobody records an appointment for themselves; a small commune gets a mark instead.

        :raise UserError: in a standard commune
        """
        if self.env.su:
            return
        for row in self.filtered(lambda row: row.user_id == self.env.user):
            if row.company_id.profile != "small":
                raise UserError(self.env._("Your own appointment is recorded by somebody else."))
            if not row.recorded_alone:
                # sudo: jamaa.function.holder - the mark is the tool's, not the user's, to set
                row.sudo().recorded_alone = True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        today = fields.Date.context_today(self)
        if any(row.act_number and row.date_from <= today for row in self):
            raise UserError(self.env._("A mandate that began is ended with a date and an act, not deleted."))

    # ---------- signing ----------

    def _signing_capacity(self, user, date):
        """As whom the holder of a function signs, as a letter says it: person and function."""
        self.ensure_one()
        return self.display_name

    def _capacity_of(self, signer, date):
        """As whom `signer` signed under this mandate, as a paper says it."""
        return signer.display_name

    def _signing_right(self, act_code, on_date):
        """What lets one of these mandates, in exercise on a day, sign a kind of act.

        :return: the president's mandate, or a ``jamaa.delegation``; an empty holder recordset when nothing does
        """
        president = self.filtered(
            lambda row: row.function_id.code == "president" and row.role == "holder" and row.function_id.active
        )
        if president:
            return president[:1]
        return (self and self._delegation_for(act_code, on_date)) or self.browse()

    def _delegation_for(self, act_code, on_date):
        """The delegation that lets these people sign a kind of act on a day.

        :return: a ``jamaa.delegation``, empty when there is none
        """
        Delegation = self.env["jamaa.delegation"]
        return Delegation.search(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("act_kind_ids.code", "=", act_code)
            & Delegation._domain_on(on_date)
            & (Domain("to_holder_id", "in", self.ids) | self._domain_delegated_functions())
        ).filtered(lambda delegation: delegation._holds_on(on_date))[:1]

    def _domain_delegated_functions(self):
        """A delegation to a function serves its holder, not the stand-in."""
        functions = self.filtered(lambda row: row.role == "holder").function_id
        return Domain("to_function_id", "in", functions.ids)

    def action_clear_mark(self):
        """Somebody else re-read an appointment that was recorded alone."""
        self.check_access("write")
        for row in self.filtered("recorded_alone"):
            if row.user_id == self.env.user:
                raise UserError(self.env._("Somebody else re-reads what you recorded for yourself."))
            row.recorded_alone = False
            row.message_post(body=self.env._("Re-read by a second person."))
