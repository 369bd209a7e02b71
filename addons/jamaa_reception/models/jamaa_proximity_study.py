"""The level of proximity: which procedures, how near, argued on one page, decided, reviewed."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.jamaa_base.tools.bidi import isolate

from ..tools.search_text import normalise

#: Quarters named on the page for decision; the others are added up in a line of their own.
QUARTERS_SHOWN = 6
#: What may still be written once the decision is recorded: how it is carried out, and what came of it.
AFTER_DECISION = {"task_ids", "figure_ids", "active", "message_main_attachment_id"}
#: What follows the buttons alone.
OF_STEPS = {"state", "rolled_out_on", "visits_counted", "requests_counted", "requests_with_quarter"}


class JamaaProximityStudy(models.Model):
    """Should this be done nearer to people, and how?

    Demand by quarter, procedure and site; what each option reaches, saves, needs and costs; and
    what the law keeps elsewhere. The decision is taken on paper by who has the power, and
    recorded here with its reference; from then on what it was based on stays as it was.
    """

    _name = "jamaa.proximity.study"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Proximity study"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    question = fields.Text(translate=True, help="In a sentence that who decides can answer.")
    procedure_ids = fields.Many2many(
        "jamaa.procedure",
        "jamaa_proximity_study_procedure_rel",
        "study_id",
        "procedure_id",
        "Procedures",
        check_company=True,
        domain="[('company_id', '=', company_id)]",
    )
    date_from = fields.Date(
        "Demand from", required=True, default=lambda self: fields.Date.context_today(self) - relativedelta(years=1)
    )
    date_to = fields.Date("Demand to", required=True, default=fields.Date.context_today)
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("ready", "Ready for decision"),
            ("decided", "Decided"),
            ("rolled_out", "Carried out"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    demand_ids = fields.One2many("jamaa.proximity.demand", "study_id", "Demand", copy=True)
    visits_counted = fields.Integer(
        "Visits counted",
        readonly=True,
        copy=False,
        help="Visits that needed no request; nobody asks them where they live.",
    )
    requests_counted = fields.Integer("Requests counted", readonly=True, copy=False)
    requests_with_quarter = fields.Integer(
        "Of them, quarter known", readonly=True, copy=False, help="Where the counter wrote down the quarter."
    )
    option_ids = fields.One2many("jamaa.proximity.option", "study_id", "Options", copy=True)
    comparison = fields.Html("Page for decision", compute="_compute_comparison", sanitize=False)

    # Decision
    decision_id = fields.Many2one(
        "jamaa.proximity.option", "Option chosen", domain="[('study_id', '=', id)]", copy=False, tracking=True
    )
    decided_on = fields.Date(copy=False, tracking=True)
    decided_by = fields.Selection(
        [("president", "President"), ("bureau", "Bureau of the council"), ("council", "Council")],
        copy=False,
        tracking=True,
    )
    act_reference = fields.Char("Reference of the act", copy=False, tracking=True)
    decision_reason = fields.Text("Reasons", copy=False)

    # After it
    task_ids = fields.One2many("jamaa.proximity.task", "study_id", "Roll-out")
    figure_ids = fields.One2many("jamaa.proximity.figure", "study_id", "Before and after")
    rolled_out_on = fields.Date("Carried out on", readonly=True, copy=False)

    _days_order = models.Constraint("CHECK(date_to >= date_from)", "The last day does not come before the first.")

    # ---------- the facts stay as decided ----------

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{name: vals[name] for name in vals.keys() - OF_STEPS} for vals in vals_list])

    def write(self, vals):
        """Refuse to change what a decision was based on, and to step over a button.

        :raise UserError: decided already, or a state
        """
        if vals.keys() & OF_STEPS:
            raise UserError(self.env._("Where a study stands follows the buttons."))
        if not vals.keys() <= AFTER_DECISION:
            self._check_undecided()
        return super().write(vals)

    def _step(self, state, **vals):
        """Move on; whoever calls has checked that it may be."""
        self.check_access("write")
        return super().write({"state": state, **vals})  # pylint: disable=super-method-mismatch

    def _check_undecided(self):
        """Refuse once the decision is recorded.

        :raise UserError: it is
        """
        if any(study.state in ("decided", "rolled_out") for study in self):
            raise UserError(self.env._("This was decided: what it was based on stays as it was. Copy the study."))

    @api.ondelete(at_uninstall=False)
    def _unlink_undecided(self):
        self._check_undecided()

    # ---------- demand ----------

    def action_fill_demand(self):
        """Button: take the demand from what was counted; rows typed by hand stay.

        :raise UserError: nothing was counted
        """
        self.check_access("write")
        for study in self:
            counted = study._demand_counts()
            rows = study._demand_facts(counted)
            if not rows:
                raise UserError(self.env._("Nothing was counted for these procedures in this period: type the demand."))
            old = study.demand_ids.filtered(lambda row: row.source == "counted")
            known = {(normalise(row.quarter), row.procedure_id.id, row.site_id.id): row for row in old}
            kept = old.browse()
            for row in rows:
                mine = known.get((normalise(row["quarter"]), row["procedure_id"], row["site_id"]))
                # Distances and waits somebody typed beside a counted row are kept.
                if mine:
                    mine.people = row["people"]
                    kept |= mine
                else:
                    self.env["jamaa.proximity.demand"].create({**row, "study_id": study.id, "source": "counted"})
            (old - kept).unlink()
            study._note_counted(counted)

    def _demand_counts(self):
        """Visits and requests of the period about these procedures.

        A visit counted in the log needed no request, so that nobody stands in both. The log knows
        no quarter; a request knows the one that was said at the counter.

        :return: list of (model, procedure, site, quarter or False, number)
        """
        self.ensure_one()
        about = Domain("company_id", "=", self.company_id.id) & Domain("procedure_id", "in", self.procedure_ids.ids)

        def within(day):
            return about & Domain(day, ">=", self.date_from) & Domain(day, "<=", self.date_to)

        visits = self.env["jamaa.reception.visit"]._read_group(
            within("date"), ["procedure_id", "site_id"], ["quantity:sum"]
        )
        requests = self.env["jamaa.procedure.request"]._read_group(
            within("received_on") & Domain("site_id", "!=", False), ["procedure_id", "site_id", "quarter"], ["__count"]
        )
        return [
            *(("visit", procedure, site, False, number) for procedure, site, number in visits),
            *(("request", *row) for row in requests),
        ]

    def _demand_facts(self, counted=None):
        """What was counted, as people a year: by quarter, procedure and site.

        Spellings of one quarter that a search takes for the same are one, under the one used most.

        :param list counted: see `_demand_counts`
        :return: list of dicts ``quarter`` (empty: not known), ``procedure_id``, ``site_id``, ``people``
        """
        self.ensure_one()
        days = (self.date_to - self.date_from).days + 1
        counted = self._demand_counts() if counted is None else counted
        spellings, numbers = {}, {}
        for _model, procedure, site, quarter, number in counted:
            key = normalise(quarter)
            if key:
                spelling = spellings.setdefault(key, {})
                spelling[quarter] = spelling.get(quarter, 0) + number
            place = (key, procedure.id, site.id)
            numbers[place] = numbers.get(place, 0) + number
        return [
            {
                "quarter": max(spellings[key], key=spellings[key].get) if key else False,
                "procedure_id": procedure_id,
                "site_id": site_id,
                "people": round(number * 365 / days),
            }
            for (key, procedure_id, site_id), number in numbers.items()
            if number > 0
        ]

    def _note_counted(self, counted):
        """Keep what the demand was counted from: it is read beside it."""
        requests = [(normalise(row[3]), row[4]) for row in counted if row[0] == "request"]
        super().write(  # pylint: disable=super-method-mismatch
            {
                "visits_counted": sum(row[4] for row in counted if row[0] == "visit"),
                "requests_counted": sum(number for _quarter, number in requests),
                "requests_with_quarter": sum(number for quarter, number in requests if quarter),
            }
        )

    # ---------- one page ----------

    @api.depends(
        "question", "procedure_ids", "demand_ids", "option_ids", "decision_id", "state", "decided_on", "act_reference"
    )
    @api.depends_context("lang")
    def _compute_comparison(self):
        for study in self:
            study.comparison = (
                self.env["ir.qweb"]._render("jamaa_reception.proximity_comparison", study._page())
                if study.option_ids
                else False
            )

    def _page(self):
        """What the page for decision shows."""
        self.ensure_one()
        by_quarter = {}
        for row in self.demand_ids:
            people, minutes = by_quarter.get(row.quarter or "", (0, 0))
            by_quarter[row.quarter or ""] = (people + row.people, minutes + row.people * row.minutes)
        ranked = sorted(by_quarter.items(), key=lambda item: -item[1][0])
        rest = ranked[QUARTERS_SHOWN:]
        return {
            "study": self,
            "quarters": [
                {"name": name, "people": people, "minutes": round(minutes / people) if people else 0}
                for name, (people, minutes) in ranked[:QUARTERS_SHOWN]
            ],
            "rest": sum(people for _name, (people, _minutes) in rest),
            "total": sum(self.demand_ids.mapped("people")),
            "counted": self._counted_words(),
            "options": self.option_ids,
        }

    def _counted_words(self):
        """What the demand was counted from, in a sentence; empty where all of it was typed."""
        if not self.visits_counted and not self.requests_counted:
            return ""
        return isolate(
            self.env._(
                "Counted from %(first)s to %(last)s: %(visits)s visits without a request and %(requests)s requests. "
                "The quarter is known of %(known)s requests, and of no visit.",
                first=format_date(self.env, self.date_from),
                last=format_date(self.env, self.date_to),
                visits=self.visits_counted,
                requests=self.requests_counted,
                known=self.requests_with_quarter,
            )
        )

    def action_ready(self):
        """Button: the page can be read by who decides.

        :raise UserError: it compares nothing
        """
        for study in self:
            if len(study.option_ids) < 2 or not study.demand_ids:
                raise UserError(self.env._("Write the demand and two options at least: there is nothing to compare."))
            study._step("ready")

    def action_draft(self):
        """Button: back to work on it."""
        self._check_undecided()
        self._step("draft")

    def action_print(self):
        """Button: the page, on A4."""
        self.check_access("read")
        return self.env.ref("jamaa_reception.report_proximity_study").report_action(self, config=False)

    # ---------- decision and roll-out ----------

    def action_decide(self):
        """Button: record what was decided on paper, and lay out the steps to carry it out.

        :raise UserError: something is missing, or the law keeps a procedure elsewhere
        """
        for study in self:
            if study.state != "ready":
                raise UserError(self.env._("The study is not ready for decision."))
            if not (study.decision_id and study.decided_on and study.decided_by and study.act_reference):
                raise UserError(
                    self.env._("Write which option was chosen, when, by which body, and the reference of the act.")
                )
            if study.decision_id not in study.option_ids:
                raise UserError(self.env._("The option chosen is none of this study."))
            study.decision_id._check_competence()
            study._step("decided")
            study._lay_out_steps()
            study._note_before()

    def _lay_out_steps(self):
        """Copy the steps that fit the kind of option; none where everything stays central."""
        self.ensure_one()
        option = self.decision_id
        items = self.env["jamaa.proximity.item"].search([("kind", "in", (False, option.kind))])
        if option.kind != "central":
            self.env["jamaa.proximity.task"].create(
                [
                    {"study_id": self.id, "site_id": option.site_id.id, "item_id": item.id, "name": item.name}
                    for item in items
                ]
            )

    def _note_before(self):
        """What is known on the day of the decision, to be compared later."""
        self.ensure_one()
        people = sum(self.demand_ids.mapped("people"))
        minutes = sum(row.people * row.minutes for row in self.demand_ids)
        values = {"study_id": self.id, "site_id": self.decision_id.site_id.id, "before_on": self.decided_on}
        self.env["jamaa.proximity.figure"].create(
            [
                {**values, "measure": "people", "before": people},
                {**values, "measure": "minutes", "before": minutes / people if people else 0},
                {**values, "measure": "visits", "before": self._visits_a_month(self.decided_on)},
            ]
        )

    def _visits_a_month(self, until):
        """Visits about these procedures in the three months before a day, a month on average."""
        self.ensure_one()
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("procedure_id", "in", self.procedure_ids.ids)
            & Domain("date", ">=", until - relativedelta(months=3))
            & Domain("date", "<", until)
        )
        if self.decision_id.site_id:
            domain &= Domain("site_id", "=", self.decision_id.site_id.id)
        [(number,)] = self.env["jamaa.reception.visit"]._read_group(domain, [], ["quantity:sum"])
        return (number or 0) / 3

    def action_rolled_out(self):
        """Button: everything on the list is done.

        :raise UserError: something is not
        """
        for study in self:
            left = study.task_ids.filtered(lambda task: not task.done_on)
            if study.state != "decided" or left:
                raise UserError(self.env._("Steps still to do: %(count)s.", count=len(left)))
            study._step("rolled_out", rolled_out_on=fields.Date.context_today(self))

    def action_measure(self):
        """Button: what is counted today, beside what it was."""
        self.check_access("write")
        today = fields.Date.context_today(self)
        for study in self:
            visits = study.figure_ids.filtered(lambda row: row.measure == "visits")
            visits.write({"after": study._visits_a_month(today), "after_on": today})

    def _document_company(self):
        return self.company_id
