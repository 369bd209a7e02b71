from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

# A change of one of these is put on the register.
REGISTERED = {
    "kind",
    "act_kind_ids",
    "to_function_id",
    "to_holder_id",
    "date_from",
    "date_to",
    "act_number",
    "act_date",
    "ended_on",
    "end_act_number",
}


class JamaaDelegation(models.Model):
    """A delegation of signature or of powers, given by the president by an act.

    Organic law 113-14, art. 103: the president may delegate his signature and some of
    his powers, by order; the one who received it cannot pass it on. It is checked at
    the moment of use, so an end by act works at once.
    """

    _name = "jamaa.delegation"
    _inherit = ["mail.thread", "jamaa.period.mixin"]
    _description = "Delegation"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    # What
    name = fields.Char("Subject", required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [("signature", "Delegation of signature"), ("powers", "Delegation of powers")],
        required=True,
        default="signature",
        tracking=True,
    )
    act_kind_ids = fields.Many2many("jamaa.act.kind", string="Acts it covers", required=True)

    # From whom, to whom
    from_function_id = fields.Many2one(
        "jamaa.function",
        "Given by",
        required=True,
        check_company=True,
        ondelete="restrict",
        domain="[('code', '=', 'president')]",
        default=lambda self: self.env.company._function("president"),
    )
    to_function_id = fields.Many2one(
        "jamaa.function",
        "To the function",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
    )
    to_holder_id = fields.Many2one(
        "jamaa.function.holder",
        "To the person",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
    )

    # The act
    date_from = fields.Date(tracking=True)
    date_to = fields.Date(tracking=True)
    act_number = fields.Char("Act number", required=True, tracking=True)
    act_date = fields.Date("Date of the act", required=True, default=fields.Date.context_today, tracking=True)
    act_scan = fields.Binary("Scan of the act", attachment=True)
    act_scan_name = fields.Char()
    ended_on = fields.Date(
        readonly=True, copy=False, tracking=True, help="From this day on, included, nothing is signed by it."
    )
    end_act_number = fields.Char("Act that ended it", copy=False, tracking=True)
    recorded_alone = fields.Boolean(
        "Recorded alone",
        readonly=True,
        copy=False,
        help="The person recorded their own delegation: somebody else re-reads it.",
    )
    state = fields.Selection(
        [("future", "To come"), ("current", "In force"), ("past", "Ended")],
        string="Status",
        compute="_compute_state",
        search="_search_state",
    )

    _one_beneficiary = models.Constraint(
        "CHECK((to_function_id IS NULL) <> (to_holder_id IS NULL))",
        "A delegation goes to a function or to a person, to one of them.",
    )
    _not_before_act = models.Constraint(
        "CHECK(date_from >= act_date)",
        "A delegation does not work backwards: it begins on the day of its act or later.",
    )
    _act_number_uniq = models.Constraint(
        "UNIQUE(company_id, act_number, to_function_id, to_holder_id)", "This act already gives this delegation."
    )

    @api.depends("date_from", "date_to", "ended_on")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for row in self:
            ended = (row.date_to and row.date_to < today) or (row.ended_on and row.ended_on <= today)
            row.state = "past" if ended else "future" if row.date_from and row.date_from > today else "current"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        ended = Domain("date_to", "<", today) | Domain("ended_on", "<=", today)
        domains = {
            "past": ended,
            "future": ~ended & Domain("date_from", ">", today),
            "current": self._domain_on(today) & self._domain_not_ended(today),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    # ---------- rules ----------

    @api.constrains("act_kind_ids")
    def _check_scope(self):
        if any(not row.act_kind_ids for row in self):
            raise ValidationError(self.env._("Say which acts the delegation covers: a general delegation is void."))

    @api.constrains("from_function_id", "date_from")
    def _check_giver(self):
        for row in self:
            if row.from_function_id.code != "president":
                raise ValidationError(
                    self.env._("Only the president delegates; who received a delegation cannot pass it on.")
                )
            if not row._giver_on(row.date_from):
                raise ValidationError(
                    self.env._("No president is in exercise on %(day)s: record the mandate first.", day=row.date_from)
                )

    @api.constrains("to_function_id", "to_holder_id")
    def _check_beneficiary(self):
        for row in self:
            if (row.to_function_id or row.to_holder_id.function_id).code in ("president", "council_member"):
                raise ValidationError(self.env._("A delegation goes to a vice-president or to the administration."))

    @api.constrains("act_date")
    def _check_act_date(self):
        today = fields.Date.context_today(self)
        if any(row.act_date > today for row in self):
            raise ValidationError(self.env._("An act cannot be dated in the future."))

    # ---------- writing ----------

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_recorded_by_another()
        rows._enter_in_register("delegation_granted")
        return rows

    def write(self, vals):
        result = super().write(vals)
        if {"to_function_id", "to_holder_id", "act_kind_ids", "date_from", "date_to", "company_id"} & vals.keys():
            self._check_recorded_by_another()
        if REGISTERED & vals.keys():
            self._enter_in_register("delegation_changed")
        return result

    def _enter_in_register(self, kind):
        """Put the delegations, as they now are, on the register."""
        register = self.env["jamaa.register.entry"]
        day = fields.Date.to_string
        for row in self:
            facts = {
                "act": row.act_number,
                "kind": row.kind,
                "scope": " ".join(sorted(row.act_kind_ids.mapped("code"))),
                "from": day(row.date_from) or None,
                "to": day(row.date_to) or None,
                "ended_on": day(row.ended_on) or None,
                "end_act": row.end_act_number or None,
            }
            register._enter(row.company_id, kind, facts, row)

    def _check_recorded_by_another(self):
        """Nobody gives themselves the right to sign; a small commune gets a mark instead.

        :raise UserError: in a standard commune
        """
        if self.env.su:
            return
        today = fields.Date.context_today(self)
        for row in self:
            people = row.to_holder_id or row.to_function_id._holders_on(max(row.date_from, today))
            if self.env.user not in people.user_id:
                continue
            if row.company_id.profile != "small":
                raise UserError(self.env._("A delegation to yourself is recorded by somebody else."))
            if not row.recorded_alone:
                # sudo: jamaa.delegation - the mark is the tool's, not the user's, to set
                row.sudo().recorded_alone = True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(row.state != "future" for row in self):
            raise UserError(self.env._("A delegation that began is ended by an act, not deleted."))

    # ---------- use ----------

    @api.model
    def _domain_not_ended(self, date):
        return Domain("ended_on", "=", False) | Domain("ended_on", ">", date)

    def _giver_on(self, date):
        """The president in exercise on a day."""
        return self.from_function_id._holders_on(date).filtered(lambda row: row.role == "holder")[:1]

    def _holds_on(self, date):
        """Whether it still allows anything on a day.

        A delegation of signature is personal: it falls when the president who gave it
        leaves. One of powers belongs to the function and stays. Both fall with the
        mandate of the person they name.

        :param date: a date
        :rtype: bool
        """
        self.ensure_one()
        if not self._filtered_on(date) or (self.ended_on and self.ended_on <= date):
            return False
        if self.to_holder_id and not self.to_holder_id._filtered_on(date):
            return False
        if self.kind == "signature":
            return self._giver_on(date).partner_id == self._giver_on(self.date_from).partner_id
        return True

    def _acting_holder(self, user, date):
        """The mandate under which a user uses this delegation on a day.

        :return: a ``jamaa.function.holder``, empty when it is not this user's
        """
        self.ensure_one()
        people = self.to_holder_id or self.to_function_id._holders_on(date).filtered(lambda row: row.role == "holder")
        return people.filtered(lambda row: row.user_id == user)[:1]

    def _signing_capacity(self, user, date):
        """As whom a user signs by this delegation, as a letter says it, in the language of the environment.

        :return: person, function and the act of the delegation
        :rtype: str
        """
        self.ensure_one()
        return self._capacity_words(self._acting_holder(user, date).display_name or user.name)

    def _capacity_of(self, signer, date):
        """As whom `signer` signed by this delegation, as a paper says it."""
        self.ensure_one()
        return self._capacity_words(signer.display_name)

    def _capacity_words(self, holder):
        return self.env._(
            "%(holder)s, by delegation (act %(number)s of %(date)s)",
            holder=holder,
            number=self.act_number,
            date=format_date(self.env, self.act_date),
        )

    def action_end_today(self):
        """End the delegation today by the act typed on the form; it stops at once.

        :raise UserError: when the number of that act is missing
        """
        self.check_access("write")
        for row in self:
            if not row.end_act_number:
                raise UserError(self.env._("Type the number of the act that ends the delegation first."))
            row.ended_on = fields.Date.context_today(self)
