"""Who may read a case: three levels, and what follows from the highest."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

# From the widest circle of readers to the narrowest.
LEVELS = [
    ("normal", "The service and the complaint unit"),
    ("restricted", "The complaint unit and the person in charge"),
    ("sensitive", "President and director only"),
]
RANK = {code: rank for rank, (code, _label) in enumerate(LEVELS)}
# Outcomes that say nothing of the person named: it leaves the commune, or who brought it takes it back.
NO_CONCLUSION = ("referred", "withdrawn")
# Texts of a case that name nobody; all others are out of reach of a search on sensitive cases.
SEARCHABLE_TEXTS = {"case_number", "number", "public_code", "letter_number", "public_lang", "approved_capacity"}


class HelpdeskTicket(models.Model):
    """The level holds on the case and on all that hangs on it (`res.users._case_domain`)."""

    _inherit = "helpdesk.ticket"

    confidentiality = fields.Selection(
        LEVELS,
        string="Who reads it",
        default="normal",
        copy=False,
        help="A report without identity that names a person is read by the president and the director only.",
    )
    names_person = fields.Boolean(
        string="Names a person",
        copy=False,
        help="Said by who brought the report. The person named is heard before any conclusion.",
    )
    heard_on = fields.Date(string="Person named heard on", copy=False, readonly=True)
    not_heard = fields.Boolean(string="Could not be heard, with reasons", copy=False, readonly=True)
    verified_on = fields.Date(
        string="Verified on",
        copy=False,
        readonly=True,
        help="What is not verified in the commune's time is erased.",
    )
    must_hear = fields.Boolean(string="The person named is to be heard", compute="_compute_must_hear")
    may_confidentiality = fields.Boolean(compute="_compute_may")
    may_hear = fields.Boolean(compute="_compute_may")
    may_verify = fields.Boolean(compute="_compute_may")

    _case_sensitive_idx = models.Index("(company_id) WHERE confidentiality = 'sensitive'")

    @api.depends("kind", "names_person", "confidentiality", "heard_on", "not_heard")
    def _compute_must_hear(self):
        for case in self:
            case.must_hear = case._is_about_person() and not (case.heard_on or case.not_heard)

    # ------------------------------------------------------------------
    # From the beginning
    # ------------------------------------------------------------------

    @api.model
    def _lodge_vals(self, company, vals, identity):
        """A report that names a person is read by few, one without identity by fewest."""
        values = super()._lodge_vals(company, vals, identity)
        names = values["kind"] == "report" and vals.get("names_person") in (True, "yes")
        level = ("sensitive" if values["is_anonymous"] else "restricted") if names else "normal"
        return {**values, "names_person": names, "confidentiality": level}

    @api.model
    def _frozen_fields(self):
        return {*super()._frozen_fields(), "names_person"}

    def _is_about_person(self):
        """Whether it is a report on a person."""
        self.ensure_one()
        return self.kind == "report" and (self.names_person or self.confidentiality == "sensitive")

    def _just_lodged_by_me(self):
        """Whether the present user took this case in within the last hour.

        The person at the counter still gets number and slip of a report that the clerk
        may not read any more.
        """
        self.ensure_one()
        # sudo: helpdesk.ticket - who took it in and when, nothing else
        case = self.sudo()
        age = fields.Datetime.now() - (case.create_date or fields.Datetime.now())
        return bool(case.kind) and case.create_uid == self.env.user and age.total_seconds() < 3600

    # ------------------------------------------------------------------
    # Who may do what
    # ------------------------------------------------------------------

    def _is_desk(self):
        """The president runs what only president and director read."""
        if super()._is_desk():
            return True
        # sudo: helpdesk.ticket - the level alone
        cases = self.sudo()
        return (
            bool(cases)
            and all(case.confidentiality == "sensitive" for case in cases)
            and self.env.user.has_group("jamaa_base.group_president")
        )

    def _is_top(self):
        """Whether the present user directs the administration or presides the commune."""
        user = self.env.user
        return user.has_group("jamaa_base.group_director") or user.has_group("jamaa_base.group_president")

    @api.model
    def _case_steps(self):
        return (*super()._case_steps(), "confidentiality", "hear", "verify")

    def _may(self, step):
        sensitive = self.confidentiality == "sensitive"
        if step == "confidentiality":
            return self._is_desk() or self._is_top()
        if step == "hear":
            return self._is_about_person() and self._is_top() and self.answer_state in ("none", "draft")
        if step == "verify":
            return self._is_about_person() and self._is_top() and not self.verified_on
        if sensitive and step in ("assign", "take"):
            # no service reads it
            return False
        return super()._may(step)

    # ------------------------------------------------------------------
    # Level
    # ------------------------------------------------------------------

    def action_confidentiality(self):
        """Button: change who reads the case, with a reason."""
        self._check_step("confidentiality")
        return self._trust_wizard("level")

    def _set_confidentiality(self, level, reason):
        """Change who may read the case; both ways are facts.

        :raise AccessError: somebody else than director or president opens it to more readers
        :raise UserError: it has this level already
        """
        self._check_step("confidentiality")
        self.ensure_one()
        if level not in RANK or level == self.confidentiality:
            raise UserError(self.env._("Choose who should read it from now on."))
        lower = RANK[level] < RANK[self.confidentiality or "normal"]
        if lower and not self._is_top():
            raise AccessError(self.env._("Only the director or the president opens a case to more readers."))
        # sudo: helpdesk.ticket - checked just above
        case = self.sudo()
        values = {"confidentiality": level}
        if level == "sensitive":
            # nobody of a service goes on with it
            values |= {"user_id": False, "service_id": False}
        case.write(values)
        case._add_milestone("opened_to_more" if lower else "closed_to_many", note=reason)
        case._forget_former_readers()

    def _forget_former_readers(self):
        """Stop what would still reach those who read the case until now."""
        self.ensure_one()
        # sudo: helpdesk.ticket, mail.activity, mail.notification - whoever is told of the case
        case = self.sudo()
        partners = case.message_partner_ids | case.message_ids.notified_partner_ids
        users = (partners.user_ids | case.activity_ids.user_id).filtered(lambda user: user._is_internal())
        readers = case._case_readers(users.partner_id.ids).user_ids
        if users - readers:
            case._forget_users(users - readers)

    # ------------------------------------------------------------------
    # The person named
    # ------------------------------------------------------------------

    def action_hear(self):
        """Button: note that the person named was heard, or why that could not be."""
        self._check_step("hear")
        return self._trust_wizard("heard")

    def action_verify(self):
        """Button: note that what was reported is verified: it is kept like any other case."""
        self._check_step("verify")
        return self._trust_wizard("verified")

    def _trust_wizard(self, what):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_trust_action")
        return {**action, "context": {"default_case_id": self.id, "default_what": what}}

    def _note_hearing(self, heard, date, how):
        """The person named was heard, or could not be.

        :param heard: whether the person spoke
        :param date: day of it
        :param how: how it was done, or the reasons why not
        """
        self._check_step("hear")
        self.ensure_one()
        if heard and (not date or date > self._commune_today() or date < self.legal_receipt_date):
            raise UserError(self.env._("Give the day the person was heard: after receipt, not after today."))
        # sudo: helpdesk.ticket - checked just above
        self.sudo().write({"heard_on": date} if heard else {"not_heard": True})
        self._add_milestone("heard" if heard else "not_heard", note=how)

    def _note_verified(self, how):
        """What was reported was verified by the commune: it is not erased as mere hearsay."""
        self._check_step("verify")
        self.ensure_one()
        # sudo: helpdesk.ticket - checked just above
        self.sudo().write({"verified_on": self._commune_today()})
        self._add_milestone("verified", note=how)

    def _check_heard(self, outcome):
        """No conclusion on a person who was not heard.

        :raise UserError: the person named was neither heard nor is it on record why not
        """
        for case in self:
            if case.must_hear and outcome not in NO_CONCLUSION:
                raise UserError(
                    self.env._(
                        "Case %(number)s names a person: hear that person first, or note why it could not be done.",
                        number=case.case_number,
                    )
                )

    def action_submit(self):
        """No answer is submitted before the person named was heard."""
        self._check_step("submit")
        for case in self:
            case._check_heard(case.outcome)
        return super().action_submit()

    def write(self, vals):
        if vals.get("outcome"):
            # sudo: helpdesk.ticket - the rule holds for everybody, code included
            self.sudo()._check_heard(vals["outcome"])
        return super().write(vals)

    # ------------------------------------------------------------------
    # Not searchable by a name, in no file, in no figure
    # ------------------------------------------------------------------

    @api.model
    def _not_by_words(self, condition):
        """Let no condition on words match a sensitive case, for those who may read it either."""
        name = condition.field_expr.split(".")[0]
        field = self._fields.get(name)
        if field is None:
            return condition
        words = field.type in ("char", "text", "html") and name not in SEARCHABLE_TEXTS
        # whom it is closed to, what was said about it and its files name people as well
        around = field.type in ("one2many", "many2many") and condition.operator not in ("=", "!=")
        if words or around:
            return condition & Domain("confidentiality", "!=", "sensitive")
        return condition

    @api.model
    def _search(self, domain, *args, **kwargs):
        if not self.env.su:
            domain = Domain(domain).map_conditions(self._not_by_words)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _counted(self, domain):
        """The domain of what is counted: lists group for reading, figures leave sensitive cases out."""
        if self.env.context.get("group_to_read"):
            return domain
        return Domain(domain) & Domain("confidentiality", "!=", "sensitive")

    @api.model
    @api.readonly
    def web_read_group(self, *args, **kwargs):
        """A grouped list is a way of reading."""
        reading = self.with_context(group_to_read=True)
        return super(HelpdeskTicket, reading).web_read_group(*args, **kwargs)

    @api.model
    @api.readonly
    def formatted_read_group(self, domain, *args, **kwargs):
        """Graphs and grouped files leave sensitive cases out."""
        return super().formatted_read_group(self._counted(domain), *args, **kwargs)

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(self, domain, *args, **kwargs):
        """Pivot tables leave sensitive cases out."""
        return super().formatted_read_grouping_sets(self._counted(domain), *args, **kwargs)

    def export_data(self, fields_to_export):
        """A sensitive case goes into no file."""
        # sudo: helpdesk.ticket - the level alone; rights on the rest are asked below
        plain = self.sudo().filtered(lambda case: case.confidentiality != "sensitive").sudo(self.env.su)
        return super(HelpdeskTicket, plain).export_data(fields_to_export)

    def _case_page(self, lang):
        """Tell on the page of a report where else corruption is reported."""
        page = super()._case_page(lang)
        # sudo: res.company - a text that is public
        where = self.sudo().company_id.with_context(lang=PUBLIC_LANGS[lang].code).corruption_where
        return {**page, "corruption_where": where if self.kind == "report" and where else ""}
