from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# One of each in a commune (organic law 113-14; circulars on the complaint unit and mail registry).
SINGLE_CODES = ("president", "council_secretary", "director", "complaint_head", "registry_head")


class JamaaFunction(models.Model):
    """A post in a commune, whoever holds it.

    Routing, approvals and dissemination address functions, not people, so that
    work goes on when a person leaves. ``_may_sign`` says who signs what.
    """

    _name = "jamaa.function"
    _inherit = ["mail.thread"]
    _description = "Function"
    _order = "company_id, sequence, id"
    _parent_name = "parent_id"
    _check_company_auto = True

    # Identity
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    code = fields.Selection(
        [
            ("president", "President of the council"),
            ("vice_president", "Vice-president"),
            ("council_secretary", "Secretary of the council"),
            ("council_member", "Council member"),
            ("director", "Director of services"),
            ("complaint_head", "Head of the complaint unit"),
            ("reception_head", "Head of reception"),
            ("registry_head", "Head of the mail registry"),
            ("service_head", "Head of service"),
            ("reference_person", "Reference person"),
            ("committee_secretary", "Committee secretary"),
            ("other", "Other"),
        ],
        "Kind",
        required=True,
        default="other",
        tracking=True,
    )
    theme_id = fields.Many2one("jamaa.theme", ondelete="restrict")
    department_id = fields.Many2one("hr.department", "Service", check_company=True, index="btree_not_null")
    parent_id = fields.Many2one(
        "jamaa.function",
        "Reports to",
        check_company=True,
        index="btree_not_null",
        help="Where a matter goes when this function does not answer.",
    )
    child_ids = fields.One2many("jamaa.function", "parent_id", "Functions below")
    collective = fields.Boolean(
        compute="_compute_collective",
        store=True,
        readonly=False,
        precompute=True,
        help="Several people hold it at the same time, such as council members.",
    )

    # Who
    holder_ids = fields.One2many("jamaa.function.holder", "function_id", "Holders and stand-ins")
    current_person_id = fields.Many2one("res.partner", "Person today", compute="_compute_today")
    current_holder_id = fields.Many2one("jamaa.function.holder", "Holder today", compute="_compute_today")
    current_stand_in_id = fields.Many2one("jamaa.function.holder", "Stand-in today", compute="_compute_today")
    is_vacant = fields.Boolean("Vacant", compute="_compute_today", search="_search_is_vacant")

    _single_code_uniq = models.UniqueIndex(
        f"(company_id, code) WHERE active AND code IN {SINGLE_CODES}",
        "A commune has this function once.",
    )

    @api.depends("code")
    def _compute_collective(self):
        for function in self:
            function.collective = function.code == "council_member"

    @api.depends("holder_ids.date_from", "holder_ids.date_to", "holder_ids.role")
    def _compute_today(self):
        today = fields.Date.context_today(self)
        Holder = self.env["jamaa.function.holder"]
        rows = Holder.search(Domain("function_id", "in", self.ids) & Holder._domain_on(today), order="date_from, id")
        for function in self:
            mine = rows.filtered(lambda row, function=function: row.function_id == function._origin)
            function.current_holder_id = mine.filtered(lambda row: row.role == "holder")[-1:]
            function.current_stand_in_id = mine.filtered(lambda row: row.role == "stand_in")[-1:]
            function.current_person_id = function.current_holder_id.partner_id
            function.is_vacant = not function.current_holder_id

    def _search_is_vacant(self, operator, value):
        if operator != "in":
            return NotImplemented
        Holder = self.env["jamaa.function.holder"]
        held = Domain(
            "holder_ids", "any", Holder._domain_on(fields.Date.context_today(self)) & Domain("role", "=", "holder")
        )
        return ~held if True in value else held

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A function cannot report to itself."))

    @api.constrains("company_id", "active")
    def _check_commune(self):
        for function in self:
            if not function.company_id.is_commune:
                raise ValidationError(
                    self.env._(
                        "“%(company)s” is no commune: functions belong to communes.", company=function.company_id.name
                    )
                )

    # ---------- who holds, who signs ----------

    def _holders_on(self, date):
        """Who is in exercise on a day.

        :param date: a date
        :return: ``jamaa.function.holder`` rows, holders first, then stand-ins
        """
        Holder = self.env["jamaa.function.holder"]
        rows = Holder.search(Domain("function_id", "in", self.ids) & Holder._domain_on(date))
        return rows.sorted(lambda row: (row.role != "holder", row.date_from, row.id))

    @api.model
    def _held_by(self, user, date):
        """The functions a login holds, or stands in for, on a day; looked up when asked.

        :param user: a ``res.users``
        :param date: a date
        :return: ``jamaa.function`` rows, as superuser
        """
        # sudo: jamaa.function.holder - everybody may know the own functions
        Holder = self.env["jamaa.function.holder"].sudo()
        return Holder.search(Domain("user_id", "=", user.id) & Holder._domain_on(date)).function_id

    @api.model
    def _may_sign(self, user, company, act_code, on_date):
        """What allows a user to sign an act of a commune, looked up at the moment of use.

        The president signs everything (organic law 113-14, art. 94). Anybody else,
        vice-presidents included, signs only inside a delegation on record that covers
        the kind of act and the day (art. 103). A stand-in signs nothing by that alone.

        :param user: a ``res.users``
        :param company: the commune
        :param str act_code: code of a ``jamaa.act.kind``
        :param on_date: the day of the signature
        :return: the president's ``jamaa.function.holder`` row, or the
            ``jamaa.delegation`` that allows it; an empty holder recordset when nothing does
        """
        # sudo: jamaa.function.holder - the rule looks at every row, whatever the caller may read
        Holder = self.env["jamaa.function.holder"].sudo()
        in_exercise = Holder.search(
            Domain("company_id", "=", company.id) & Domain("user_id", "=", user.id) & Holder._domain_on(on_date)
        )
        if not user.active:
            return Holder
        return in_exercise._signing_right(act_code, on_date)

    @api.model
    def _may_sign_by_hand(self, holder, act_code, on_date):
        """What allows a holder to sign an act on paper, with or without a login of the own.

        :param holder: the ``jamaa.function.holder`` whose name stands below the signature
        :return: as ``_may_sign``
        """
        # sudo: jamaa.function.holder - the rule looks at every mandate of that person
        Holder = self.env["jamaa.function.holder"].sudo()
        company, person = holder.sudo().company_id, holder.sudo().partner_id  # sudo: jamaa.function.holder - as above
        in_exercise = Holder.search(
            Domain("company_id", "=", company.id) & Domain("partner_id", "=", person.id) & Holder._domain_on(on_date)
        )
        return in_exercise._signing_right(act_code, on_date)
