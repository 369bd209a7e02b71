"""A request for what a procedure gives, from the counter to the hand of who asked."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

TIME_ZONE = "Africa/Casablanca"
STAGES = [
    ("incomplete", "Incomplete"),
    ("received", "Received"),
    ("in_work", "In work"),
    ("decided", "Decided"),
    ("ready", "Ready to collect"),
    ("handed_over", "Handed over"),
    ("withdrawn", "Withdrawn"),
    ("lapsed", "Lapsed"),
]
#: Stages in which the commune still owes a decision.
OWED = ("incomplete", "received", "in_work")
#: Stages after which nothing happens any more.
ENDED = ("handed_over", "withdrawn", "lapsed")
#: What who works on a request types himself; everything else follows the buttons.
TYPED = {"user_id", "note", "decision_outcome", "decision_reason"}
#: Facts of the day of receipt: the paper in the citizen's hand says them.
OF_RECEIPT = {"number", "company_id", "procedure_id", "sheet_id", "received_on", "silence_effect", "answer_ids"}


class JamaaProcedureRequest(models.Model):
    """One request, under the sheet that was published on the day it was taken.

    Who asked is in the vault (``complainant_id``), never here. What can be proved is in the
    milestones; the stage is the screen. The sheet stays that of the day of receipt: people were
    told to bring just that, and no other paper may be asked later (law 55-19).
    """

    _name = "jamaa.procedure.request"
    _inherit = ["jamaa.public.reference", "jamaa.open.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Request"
    _order = "id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "public_code", "procedure_id.name"]
    _check_company_auto = True
    _mail_post_access = "read"

    _public_page = "request"

    # What it is
    number = fields.Char(readonly=True, copy=False, index="trigram")
    company_id = fields.Many2one("res.company", "Commune", required=True, readonly=True, index=True)
    procedure_id = fields.Many2one(
        "jamaa.procedure", required=True, readonly=True, check_company=True, index=True, ondelete="restrict"
    )
    sheet_id = fields.Many2one(
        "jamaa.procedure.sheet",
        "Taken under",
        required=True,
        readonly=True,
        check_company=True,
        index=True,
        ondelete="restrict",
        help="The sheet of that day: it alone says what may be asked.",
    )
    department_id = fields.Many2one(related="procedure_id.department_id", string="Service", store=True, index=True)
    answer_ids = fields.Many2many(
        "jamaa.procedure.answer",
        "jamaa_procedure_request_answer_rel",
        "request_id",
        "answer_id",
        "Answers given",
        readonly=True,
    )
    piece_ids = fields.One2many("jamaa.procedure.request.piece", "request_id", "Pieces", readonly=True)
    milestone_ids = fields.One2many("jamaa.procedure.request.milestone", "request_id", "What happened", readonly=True)

    # Where and how it came
    site_id = fields.Many2one("jamaa.site", "Received at", readonly=True, check_company=True, index=True)
    desk = fields.Char(readonly=True)
    quarter = fields.Char(
        "Quarter or douar of residence",
        readonly=True,
        copy=False,
        help="As it was said at the counter, to plan where to be nearer. Erased with the identity.",
    )
    lang = fields.Selection(
        [(lang.code, lang.name) for lang in PUBLIC_LANGS.values()], "Language", required=True, default="ar_MA"
    )
    channel_id = fields.Many2one("jamaa.procedure.channel", "By what way", readonly=True, ondelete="restrict")
    complainant_id = fields.Many2one(
        "jamaa.complainant", "Applicant", readonly=True, copy=False, ondelete="restrict", index="btree_not_null"
    )
    insisted = fields.Boolean(
        "Taken incomplete",
        readonly=True,
        help="Something was missing and the person wanted to file all the same, which is a right.",
    )
    register_digest = fields.Char("Fingerprint", readonly=True, copy=False, help="As written into the register.")

    # Where it stands
    stage = fields.Selection(
        STAGES, required=True, default="received", readonly=True, index=True, group_expand=True, copy=False
    )
    received_on = fields.Date("Received on", required=True, readonly=True, copy=False)
    complete_on = fields.Date("Complete since", readonly=True, copy=False)
    ended_on = fields.Date("Ended on", readonly=True, copy=False)
    user_id = fields.Many2one("res.users", "In charge", check_company=True, index="btree_not_null", copy=False)
    note = fields.Text("Note of the service", copy=False, help="Never shown to the citizen.")
    missing_count = fields.Integer("Pieces missing", compute="_compute_missing", store=True)
    silence_effect = fields.Selection(
        lambda self: self.env["jamaa.procedure.sheet"]._fields["silence_effect"]._description_selection(self.env),
        "Effect of silence",
        readonly=True,
        copy=False,
    )
    is_mine = fields.Boolean("Mine", compute="_compute_is_mine", search="_search_is_mine")

    _number_uniq = models.Constraint("UNIQUE(company_id, number)", "This number is already taken.")
    _todo_idx = models.Index("(company_id, due_date, id) WHERE stage IN ('incomplete', 'received', 'in_work')")
    _stage_idx = models.Index("(company_id, stage, id DESC)")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("number", "procedure_id.name")
    def _compute_display_name(self):
        for request in self:
            request.display_name = self.env._(
                "%(number)s, %(procedure)s",
                number=request.number or "",
                procedure=request.procedure_id.display_name or "",
            )

    @api.depends("piece_ids.state")
    def _compute_missing(self):
        counts = dict(
            self.env["jamaa.procedure.request.piece"]._read_group(
                [("request_id", "in", self.ids), ("state", "=", "missing")], ["request_id"], ["__count"]
            )
        )
        for request in self:
            request.missing_count = counts.get(request._origin, 0)

    @api.depends("user_id", "create_uid")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for request in self:
            request.is_mine = request.user_id == self.env.user or request.create_uid == self.env.user

    def _search_is_mine(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain("user_id", "=", self.env.uid) | Domain("create_uid", "=", self.env.uid)

    # ------------------------------------------------------------
    # Who sees which
    # ------------------------------------------------------------

    @api.model
    def _domain_open_to_me(self):
        """Requests the roles of this user open inside the own communes, looked up when asked.

        The director and the president see all; a supervisor the own site's; a service its own; an
        agent of reception those of the own site and those taken with the own hands.
        """
        user = self.env["res.users"].browse(self.env.uid)

        def has(role):
            return user.has_group(f"jamaa_base.group_{role}")

        if user.share:
            return Domain.FALSE
        if has("director") or has("president"):
            return Domain.TRUE
        domain = Domain.FALSE
        people = user._works_as()
        if has("reception_agent"):
            domain |= Domain("site_id", "in", people.site_id.ids) | Domain("create_uid", "=", user.id)
        if has("service_agent"):
            departments = people.department_id
            if has("service_head"):
                # sudo: hr.department - the services somebody heads, with what is below them
                headed = self.env["hr.department"].sudo()
                departments |= headed.search(
                    [("id", "child_of", headed.search([("manager_id", "in", people.ids)]).ids)]
                )
            functions = self.env["jamaa.function"]._held_by(user, self._commune_today())
            domain |= Domain("department_id", "in", departments.ids)
            domain |= Domain("procedure_id.function_id", "in", functions.ids)
            domain |= Domain("user_id", "=", user.id)
        return domain

    def _read_by(self, user):
        """Those of these requests that a colleague may read now."""
        if not user.active or not user._is_internal():
            return self.browse()
        allowed = {"allowed_company_ids": user.company_ids.ids}
        return self.browse(self.with_user(user).with_context(**allowed)._filtered_access("read")._ids)

    @api.constrains("user_id")
    def _check_user(self):
        for user, requests in self.filtered("user_id").grouped("user_id").items():
            works = user.has_group("jamaa_base.group_service_agent") or user.has_group("jamaa_base.group_director")
            if requests.department_id and not works:
                raise UserError(self.env._("%(user)s works for no service.", user=user.name))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse whatever does not come through the counter (`_take`).

        :raise AccessError: always, outside superuser mode
        """
        if not self.env.su:
            raise AccessError(self.env._("Requests are taken at the counter."))
        return super().create(vals_list)

    def write(self, vals):
        """Keep what the receipt says, and let the stage follow the buttons.

        :raise UserError: something else than what is typed on the form
        """
        if OF_RECEIPT & vals.keys():
            raise UserError(self.env._("The receipt says it: this is not changed any more."))
        own = {name for name in vals if not name.startswith(("message_", "activity_"))}
        if not self.env.su:
            if own - TYPED:
                raise UserError(self.env._("This follows the buttons."))
            if {"decision_outcome", "decision_reason"} & own and any(one.stage not in OWED for one in self):
                raise UserError(self.env._("The decision is on record: it is not changed any more."))
        return super().write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """The words of a decision are written by `_decide` alone; this way does not pass through `write`."""
        if not self.env.su:
            raise UserError(self.env._("This follows the buttons."))
        return super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A request is withdrawn or lapses, it is never deleted."))

    def copy_data(self, default=None):
        """A request is not copied.

        :raise UserError: always
        """
        raise UserError(self.env._("A request is not copied: each has its own receipt."))

    # ------------------------------------------------------------
    # Days
    # ------------------------------------------------------------

    @api.model
    def _commune_today(self):
        """The day it is where the communes are."""
        return fields.Date.context_today(self.with_context(tz=TIME_ZONE))

    def _day(self, date):
        """A date as people write it, in the language of the context."""
        return format_date(self.env, date, date_format="d MMMM y") if date else ""

    @api.model
    def _commune_day(self, moment):
        """The day of a UTC moment where the communes are."""
        return fields.Datetime.context_timestamp(self.with_context(tz=TIME_ZONE), moment).date()
