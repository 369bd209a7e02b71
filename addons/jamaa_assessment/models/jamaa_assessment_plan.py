"""The calendar of rounds over the years: improving takes long, so looking again is planned."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.jamaa_base.tools.public_lang import by_code

BATCH = 50
#: So many dates to come are shown.
SHOWN = 4
#: What a seat of the next round takes over from the last: the post, never the person or the address.
SEAT = ("sequence", "role", "label", "lang")


class JamaaAssessmentPlan(models.Model):
    """One subject, looked at again every so many months with the same grid.

    Some weeks ahead the next round is prepared as a draft, its panel made of the functions of the last one, and
    whoever leads it is told.
    """

    _name = "jamaa.assessment.plan"
    _inherit = ["jamaa.assessment.panel", "mail.thread", "mail.activity.mixin"]
    _description = "Calendar of Rounds"
    _order = "next_date, id"
    _check_company_auto = True
    _rec_names_search = ["name", "grid_id.name", "site_id.name"]

    # What
    name = fields.Char(help="Empty: the grid and what it is about, in the reader's language.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    grid_id = fields.Many2one(
        "jamaa.assessment.grid",
        "Grid",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('version_id', '!=', False), ('company_id', 'in', [False, company_id])]",
    )
    subject_kind = fields.Selection(string="What is assessed", related="grid_id.subject_kind")
    site_id = fields.Many2one("jamaa.site", "Site", check_company=True, index="btree_not_null")
    department_id = fields.Many2one("hr.department", "Service", check_company=True, index="btree_not_null")
    purpose = fields.Text("Why this round", help="Copied into each round.")

    # When
    first_date = fields.Date("First meeting", required=True, default=fields.Date.context_today)
    every_months = fields.Integer("Every … months", required=True, default=12)
    next_date = fields.Date(
        "Next meeting", compute="_compute_next_date", store=True, readonly=False, precompute=True, required=True
    )
    weeks_ahead = fields.Integer(
        "Prepared weeks ahead", required=True, default=6, help="So early the draft is made and who leads it is told."
    )
    prepare_on = fields.Date("Prepared on", compute="_compute_prepare_on", store=True)
    upcoming = fields.Char("Dates to come", compute="_compute_upcoming")

    # Who, and what came of it
    facilitator_id = fields.Many2one(
        "res.users",
        "Led by",
        required=True,
        default=lambda self: self.env.user,
        domain="[('company_ids', 'in', company_id)]",
    )
    round_ids = fields.One2many("jamaa.assessment.round", "plan_id", "Rounds")
    round_count = fields.Integer("Rounds held or prepared", compute="_compute_round_count")

    _every_range = models.Constraint("CHECK(every_months BETWEEN 1 AND 60)", "A round comes back after 1 to 60 months.")
    _ahead_range = models.Constraint("CHECK(weeks_ahead BETWEEN 1 AND 26)", "A round is prepared 1 to 26 weeks ahead.")
    _prepare_idx = models.Index("(prepare_on) WHERE active")

    # ---------- computes ----------

    @api.depends("name", "grid_id", "site_id", "department_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for plan in self:
            # sudo: jamaa.site, hr.department - the name of what it is about
            place = (plan.site_id or plan.department_id).sudo().display_name
            name = plan.name or plan.grid_id.name or ""
            if place and not plan.name:
                name = self.env._("%(grid)s: %(subject)s", grid=name, subject=place)
            plan.display_name = name

    @api.depends("first_date")
    def _compute_next_date(self):
        for plan in self:
            if not plan.round_ids or not plan.next_date:
                plan.next_date = plan.first_date

    @api.depends("next_date", "weeks_ahead")
    def _compute_prepare_on(self):
        for plan in self:
            plan.prepare_on = plan.next_date and plan.next_date - timedelta(weeks=plan.weeks_ahead)

    @api.depends("next_date", "every_months")
    @api.depends_context("lang")
    def _compute_upcoming(self):
        for plan in self:
            days = [plan.next_date + relativedelta(months=plan.every_months * n) for n in range(SHOWN)] if (
                plan.next_date
            ) else []  # fmt: skip
            plan.upcoming = " · ".join(format_date(self.env, day) for day in days)

    @api.depends("round_ids")
    def _compute_round_count(self):
        counts = dict(
            self.env["jamaa.assessment.round"]._read_group([("plan_id", "in", self.ids)], ["plan_id"], ["__count"])
        )
        for plan in self:
            plan.round_count = counts.get(plan, 0)

    # ---------- who sees it ----------

    @api.model
    def _domain_open_to_me(self):
        return Domain.TRUE if self._leads() else Domain.FALSE

    # ---------- constrains ----------

    @api.constrains("grid_id", "company_id", "site_id", "department_id")
    def _check_subject(self):
        for plan in self:
            if plan.grid_id.company_id not in (plan.company_id, self.env["res.company"]):
                raise ValidationError(self.env._("This grid belongs to another commune."))
            if not plan.grid_id.version_id:
                raise ValidationError(self.env._("Publish this grid first: a round uses a published version."))
            if plan.subject_kind == "site" and not plan.site_id:
                raise ValidationError(self.env._("Say which site is assessed."))
            if plan.subject_kind == "service" and not plan.department_id:
                raise ValidationError(self.env._("Say which service is assessed."))

    @api.constrains("facilitator_id", "company_id")
    def _check_facilitator(self):
        for plan in self:
            # sudo: res.users - communes of a login are hidden from others
            if plan.company_id not in plan.facilitator_id.sudo().company_ids:
                raise ValidationError(
                    self.env._(
                        "The login of %(person)s does not belong to %(commune)s.",
                        person=plan.facilitator_id.name,
                        commune=plan.company_id.display_name,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        # Rules are looked at before a write: a calendar is not put into another commune.
        if "company_id" in vals:
            self.check_access("write")
        return result

    # ---------- preparing ----------

    def action_prepare(self):
        """Prepare the next round now, without waiting for its day."""
        self.check_access("write")
        made = self.env["jamaa.assessment.round"]
        for plan in self:
            made |= plan._prepare_round(fields.Date.context_today(self))
        return made._get_records_action(name=self.env._("Rounds"))

    def action_open_rounds(self):
        """Show the rounds of this calendar."""
        self.ensure_one()
        return self.round_ids._get_records_action(name=self.env._("Rounds"))

    @api.model
    def _cron_prepare(self):
        """Each day: rounds whose time has come are prepared as drafts."""
        # sudo: jamaa.assessment.plan - the scheduled action looks at all communes
        plans = self.sudo()
        today = fields.Date.context_today(self)
        due = Domain("prepare_on", "<=", today)
        remaining, stuck = plans.search_count(due), []
        while batch := plans.search(due & Domain("id", "not in", stuck), limit=BATCH, order="id"):
            for plan in batch:
                # One calendar that cannot go on is told to who leads it; the others do.
                try:
                    with self.env.cr.savepoint():
                        plan._prepare_round(today)
                except UserError as refusal:
                    stuck.append(plan.id)
                    plan._surface(refusal.args[0])
            remaining -= len(batch)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=max(remaining, 0)):
                break

    def _prepare_round(self, today):
        """Make the draft of the next round and move on to the date after it.

        Dates that passed while nobody looked are left out: one round is made, not one for each of them.

        :param today: a date
        :return: the ``jamaa.assessment.round``
        :raise UserError: the grid has no published version any more, or its panel does not fit
        """
        self.ensure_one()
        # sudo: jamaa.assessment.plan - in the words of the commune, whoever or whatever prepares
        plan = self.sudo().with_context(lang=by_code(self.company_id.commune_lang).code)
        if not plan.grid_id.version_id:
            raise UserError(plan.env._("Publish this grid first: a round uses a published version."))
        date = max(plan.next_date, today)
        made = plan.env["jamaa.assessment.round"].create(
            {
                "name": plan.env._("%(plan)s, %(date)s", plan=plan.display_name, date=format_date(plan.env, date)),
                "company_id": plan.company_id.id,
                "version_id": plan.grid_id.version_id.id,
                "site_id": plan.site_id.id,
                "department_id": plan.department_id.id,
                "date": date,
                "purpose": plan.purpose,
                "facilitator_id": plan.facilitator_id.id,
                "plan_id": plan.id,
                "rater_ids": [(0, 0, vals) for vals in plan._seats()],
            }
        )
        following = plan.next_date
        while following <= date:
            following += relativedelta(months=plan.every_months)
        plan.next_date = following
        made.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=plan.facilitator_id.id,
            date_deadline=today + timedelta(weeks=1),
            summary=plan.env._("A round comes up on %(date)s: look at its panel", date=format_date(plan.env, date)),
        )
        return made.sudo(False)

    def _surface(self, summary):
        """Tell whoever leads the rounds why none was prepared, once as long as it is so."""
        self.ensure_one()
        if summary not in self.activity_ids.mapped("summary"):
            self.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.facilitator_id.id, summary=summary
            )

    def _seats(self):
        """Return the seats of the next round: the functions and roles of the last one, and who sat by login."""
        self.ensure_one()
        last = self.env["jamaa.assessment.round"].search(
            [("subject_key", "=", self._subject_key()), ("company_id", "=", self.company_id.id)],
            order="date desc, id desc",
            limit=1,
        )
        seats = []
        for seat in last.rater_ids:
            vals = {name: seat[name] for name in SEAT}
            # A function finds its holder of that day; who sits without one is asked again while the login is in use.
            vals["function_id"] = seat.function_id.id
            if not seat.function_id and seat.user_id.active:
                vals["user_id"] = seat.user_id.id
            seats.append(vals)
        return seats

    def _subject_key(self):
        """Return the key that rounds about this subject have."""
        one = self.env["jamaa.assessment.round"].new(
            {
                "company_id": self.company_id.id,
                "version_id": self.grid_id.version_id.id,
                "site_id": self.site_id.id,
                "department_id": self.department_id.id,
            }
        )
        return one.subject_key


class JamaaAssessmentRound(models.Model):
    _inherit = "jamaa.assessment.round"

    plan_id = fields.Many2one(
        "jamaa.assessment.plan",
        "Calendar",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        copy=False,
    )
