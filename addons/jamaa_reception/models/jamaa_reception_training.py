"""Training of the people of desks, by procedure, and what changed after it."""

from datetime import timedelta
from statistics import median

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.effect import LEAST, at_most_median, verdict


class JamaaReceptionTraining(models.Model):
    """A training held or planned: which procedures and desks, what was taught, how many came.

    How many, not who: certificates of a person stand in the staff file (``hr.employee.skill``).
    Its effect is read off facts of the same length before and after it, with what each figure
    is a share of; where there are too few, nothing is said.
    """

    _name = "jamaa.reception.training"
    _inherit = ["mail.thread"]
    _description = "Training of the desks"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char("Subject", required=True, translate=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
        required=True,
        default="planned",
        tracking=True,
    )
    date = fields.Date("First day", required=True, default=fields.Date.context_today, tracking=True)
    date_to = fields.Date("Last day", help="Empty: one day.")
    hours = fields.Float("Hours in all")
    trainer = fields.Char("Given by", help="A service, a body or a function; no name is needed.")
    content = fields.Html()
    procedure_ids = fields.Many2many(
        "jamaa.procedure",
        "jamaa_reception_training_procedure_rel",
        "training_id",
        "procedure_id",
        "Procedures",
        check_company=True,
        domain="[('company_id', '=', company_id)]",
    )
    desk_ids = fields.Many2many(
        "jamaa.desk", "jamaa_reception_training_desk_rel", "training_id", "desk_id", "Desks", check_company=True
    )
    skill_ids = fields.Many2many("hr.skill", "jamaa_reception_training_skill_rel", "training_id", "skill_id", "Skills")
    trained_count = fields.Integer("People trained")
    window = fields.Selection(
        [("30", "One month"), ("60", "Two months"), ("90", "Three months")],
        "Compared over",
        required=True,
        default="60",
        help="As many days before the first day as after the last.",
    )
    effect = fields.Html("Before and after", compute="_compute_effect", sanitize=False)

    _days_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date)", "The last day does not come before the first."
    )
    _not_negative = models.Constraint("CHECK(trained_count >= 0 AND hours >= 0)", "A number is not negative.")
    _company_date_idx = models.Index("(company_id, date)")

    # ---------- steps ----------

    def action_held(self):
        """Button: it took place; how many came must be written down.

        :raise UserError: nobody, or not yet
        """
        for training in self:
            if training.date > fields.Date.context_today(self):
                raise UserError(self.env._("This training has not begun."))
            if not training.trained_count:
                raise UserError(self.env._("Write how many people were trained."))
            training.state = "held"

    def action_cancel(self):
        """Button: it did not take place."""
        self.state = "cancelled"

    # ---------- before and after ----------

    @api.depends("state", "date", "date_to", "window", "procedure_ids", "desk_ids")
    def _compute_effect(self):
        for training in self:
            training.effect = (
                self.env["ir.qweb"]._render("jamaa_reception.training_effect", training._effect())
                if training.state == "held"
                else False
            )

    def _effect(self):
        """The table: one row for each measure, with numerators and denominators.

        :return: dict with ``rows`` and the two periods
        """
        self.ensure_one()
        days = timedelta(days=int(self.window))
        end = self.date_to or self.date
        day = timedelta(days=1)
        before = (self.date - days, self.date - day)
        after = (end + day, end + days)
        first, second = self._effect_facts(*before), self._effect_facts(*after)
        rows = []
        for code, label, higher in self._effect_measures():
            one, two = first[code], second[code]
            rows.append(
                self._effect_of_times(label, one, two)
                if isinstance(one, list)
                else {"label": label, "before": one, "after": two, "verdict": verdict(one, two, higher)}
            )
        return {
            "rows": rows,
            "before": before,
            "after": after,
            "running": fields.Date.context_today(self) <= after[1],
            "least": LEAST,
        }

    @api.model
    def _effect_of_times(self, label, before, after):
        """The row of durations: compared by how many are short, said as a median where there are enough."""
        short_before, short_after = at_most_median(before, after)
        return {
            "label": label,
            "before": short_before,
            "after": short_after,
            "medians": [median(side) if len(side) >= LEAST else None for side in (before, after)],
            "verdict": verdict(short_before, short_after, True),
        }

    @api.model
    def _effect_measures(self):
        """What is compared: (code, label, whether more is better); of durations, less is better."""
        return [
            ("delay", self.env._("Days from filing to the decision (median)"), False),
            ("in_time", self.env._("Requests decided in time"), True),
            ("missing", self.env._("Papers looked at where one was missing"), False),
            ("incomplete", self.env._("Requests filed with something missing"), False),
            ("returns", self.env._("Visitors who came back for the same thing"), False),
            ("satisfaction", self.env._("Answers at the exit that say “it helped”"), True),
        ]

    def _effect_facts(self, first, last):
        """Facts of the procedures and desks of this training in a period, both days included.

        Another room adds its own (minutes at a desk, say) by inheriting. Requests count on the day
        they were filed or decided, as in the measures of the commune.

        :return: dict of a measure's code to (number, out of), or to a list of durations
        """
        self.ensure_one()
        decided = self._facts_decided(first, last)
        due = decided.filtered("due_date")
        return {
            "delay": [(one.decided_on - one.received_on).days for one in decided],
            "in_time": (len(due.filtered(lambda one: one.decided_on <= one.due_date)), len(due)),
            "missing": self._facts_papers(first, last),
            "incomplete": self._facts_filed(first, last),
            "returns": self._facts_visits(first, last),
            "satisfaction": self._facts_faces(first, last),
        }

    def _domain_facts(self, first, last, day="date"):
        """Rows about these procedures, at the sites of these desks, by the day in the field ``day``."""
        domain = Domain("company_id", "=", self.company_id.id) & Domain(day, ">=", first) & Domain(day, "<=", last)
        if self.procedure_ids:
            domain &= Domain("procedure_id", "in", self.procedure_ids.ids)
        if self.desk_ids:
            domain &= Domain("site_id", "in", self.desk_ids.site_id.ids)
        return domain

    def _facts_visits(self, first, last):
        rows = dict(
            self.env["jamaa.reception.visit"]
            # sudo: jamaa.reception.visit - sums of numbers, shown to who may read the training
            .sudo()
            ._read_group(self._domain_facts(first, last), ["what"], ["quantity:sum"])
        )
        return rows.get("returned", 0), sum(rows.values())

    def _facts_decided(self, first, last):
        """Requests decided in a period, as superuser, with the three days that matter."""
        return (
            self.env["jamaa.procedure.request"]
            # sudo: jamaa.procedure.request - counts and a median, shown to who may read the training
            .sudo()
            .search_fetch(
                self._domain_facts(first, last, "decided_on"), ["received_on", "decided_on", "due_date"], order="id"
            )
        )

    def _facts_filed(self, first, last):
        # sudo: jamaa.procedure.request - a count, shown to who may read the training
        requests = self.env["jamaa.procedure.request"].sudo()
        domain = self._domain_facts(first, last, "received_on")
        return requests.search_count(domain & Domain("insisted", "=", True)), requests.search_count(domain)

    def _facts_papers(self, first, last):
        # sudo: jamaa.reception.precheck - a count, shown to who may read the training
        looks = self.env["jamaa.reception.precheck"].sudo()
        domain = self._domain_facts(first, last)
        return looks.search_count(domain & Domain("missing_count", ">", 0)), looks.search_count(domain)

    def _facts_faces(self, first, last):
        """Faces at the exits of the sites, in whole tens as in every figure of satisfaction."""
        sites = self.desk_ids.site_id or self.procedure_ids.desk_ids.site_id
        faces = (
            self.env["jamaa.satisfaction"]
            # sudo: jamaa.satisfaction - in tens only, never a single answer
            .sudo()
            .search_fetch(
                Domain("company_id", "=", self.company_id.id)
                & Domain("topic", "=", "reception")
                & Domain("site_id", "in", sites.ids)
                & Domain("replaced_by_ids", "=", False)
                & Domain("is_doubtful", "!=", True)
                & Domain("create_date", ">=", first)
                & Domain("create_date", "<", last + timedelta(days=1)),
                ["value"],
                order="id",
            )
        )
        counted = faces[: len(faces) // LEAST * LEAST]
        return len(counted.filtered(lambda face: face.value == 3)), len(counted)
