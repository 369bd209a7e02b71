"""The yearly report on complaints, and the running figures of the last twelve months."""

import hashlib
import json
from base64 import b64encode

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.jamaa_base.tools.line_chart import line_chart
from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

from .jamaa_complaint_figures import COUNTS, MEASURES

#: Running figures end with a month that is over, some days ago: what is entered late still counts,
#: and nobody reads a single case off the difference between two days.
GRACE_DAYS = 3


class JamaaComplaintReport(models.Model):
    """Figures of a commune over a period, with the words around them.

    A yearly report is drafted, validated by the director or the president — from then on it is
    frozen and its fingerprint is on the register — and published where the commune chooses to.
    The running figures of the last twelve months are made once a month by the nightly job; they
    are the dashboard, and the page of figures that everybody may read.
    """

    _name = "jamaa.complaint.report"
    _description = "Report on complaints"
    _order = "date_to desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        string="Commune",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        domain="[('is_commune', '=', True)]",
    )
    scope = fields.Selection(
        [("year", "Yearly report"), ("running", "Last twelve months")], required=True, default="year", readonly=True
    )
    year = fields.Integer(
        default=lambda self: fields.Date.context_today(self).year - 1, help="The year the report is about."
    )
    date_from = fields.Date("From", compute="_compute_period", store=True, readonly=False)
    date_to = fields.Date("To", compute="_compute_period", store=True, readonly=False)
    state = fields.Selection(
        [("draft", "Draft"), ("validated", "Validated"), ("published", "Published")],
        string="Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    line_ids = fields.One2many("jamaa.complaint.report.line", "report_id", "Figures", readonly=True)
    months = fields.Json(readonly=True, copy=False)
    computed_at = fields.Datetime("Computed on", readonly=True, copy=False)
    introduction = fields.Text(translate=True, help="What the year was like, in the commune's own words.")
    difficulties = fields.Text(
        "Difficulties met and proposals", translate=True, help="What stood in the way, and what the commune proposes."
    )
    validated_by_id = fields.Many2one("res.users", "Validated by", readonly=True, copy=False)
    validated_on = fields.Datetime(readonly=True, copy=False)
    digest = fields.Char("Fingerprint of the figures", readonly=True, copy=False)
    # the whole, for the head of the screen
    received = fields.Integer(compute="_compute_whole")
    answered = fields.Integer(compute="_compute_whole")
    in_time_share = fields.Float("Answered in time (%)", digits=(5, 1), compute="_compute_whole")
    days_median = fields.Float("Half were answered within (days)", digits=(6, 1), compute="_compute_whole")
    days_p90 = fields.Float("Nine in ten within (days)", digits=(6, 1), compute="_compute_whole")
    open_at_end = fields.Integer("Open at the end", compute="_compute_whole")
    late_at_end = fields.Integer("Of them late", compute="_compute_whole")
    reopened = fields.Integer(compute="_compute_whole")
    treated_share = fields.Float("Treated (%)", digits=(5, 1), compute="_compute_whole")
    days_mean = fields.Float("Mean time (days)", digits=(6, 1), compute="_compute_whole")
    said = fields.Integer("Said whether it helped", compute="_compute_whole")
    helped_share = fields.Float("Satisfied (%)", digits=(5, 1), compute="_compute_whole")
    response_rate = fields.Float("Share who said so (%)", digits=(5, 1), compute="_compute_whole")
    # of this moment, as far as the reader sees cases
    open_now = fields.Integer(compute="_compute_now")
    late_now = fields.Integer(compute="_compute_now")
    received_this_month = fields.Integer(compute="_compute_now")
    chart = fields.Html("Month by month", compute="_compute_chart", sanitize=False)

    _one_year = models.UniqueIndex("(company_id, year) WHERE scope = 'year'", "This year has its report already.")
    _one_running = models.UniqueIndex("(company_id) WHERE scope = 'running'")

    # ------------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------------

    @api.depends("scope", "year", "date_to", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for report in self:
            if report.scope == "running":
                report.display_name = self.env._("The last twelve months")
            else:
                report.display_name = self.env._("Report on complaints %(year)s", year=report.year)

    @api.depends("year", "scope")
    def _compute_period(self):
        for report in self.filtered(lambda r: r.scope == "year" and r.year):
            report.date_from = fields.Date.to_date(f"{report.year:04d}-01-01")
            report.date_to = fields.Date.to_date(f"{report.year:04d}-12-31")

    @api.depends("line_ids")
    def _compute_whole(self):
        names = (
            "received answered in_time_share days_median days_p90 open_at_end late_at_end reopened "
            "treated_share days_mean said helped_share response_rate"
        ).split()
        for report in self:
            whole = report.line_ids.filtered(lambda line: line.dimension == "all")[:1]
            for name in names:
                report[name] = whole[name]

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_now(self):
        today = self.env["helpdesk.ticket"]._commune_today()
        cases = self.env["helpdesk.ticket"]
        mine = [("kind", "!=", False), ("company_id", "in", self.company_id.ids)]
        if not cases.has_access("read"):
            self.open_now = self.late_now = self.received_this_month = 0
            return

        def counts(*domain):
            return dict(cases._read_group([*mine, *domain], ["company_id"], ["__count"]))

        still_open = ("answered_on", "=", False)
        opened = counts(still_open, ("stage_id.closed", "=", False))
        late = counts(still_open, ("stage_id.closed", "=", False), ("due_date", "<", today))
        new = counts(("legal_receipt_date", ">=", today.replace(day=1)))
        for report in self:
            report.open_now = opened.get(report.company_id, 0)
            report.late_now = late.get(report.company_id, 0)
            report.received_this_month = new.get(report.company_id, 0)

    @api.depends("months")
    @api.depends_context("lang")
    def _compute_chart(self):
        for report in self:
            report.chart = (
                "".join(
                    f'<h4>{title}</h4><img class="w-100" style="max-width:720px" alt="{title}" src="{picture}"/>'
                    for title, picture in report._charts()
                )
                or False
            )

    def _charts(self):
        """Pairs of title and picture (a ``data:`` address): received and answered, month by month."""
        self.ensure_one()
        rtl = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").direction == "rtl"
        titles = {"received": self.env._("Received"), "answered": self.env._("Answered")}
        charts = []
        for name, title in titles.items():
            points = [(f"{row['month'][5:]}/{row['month'][2:4]}", row[name]) for row in self.months or ()]
            if svg := line_chart(points, rtl):
                charts.append((title, f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"))
        return charts

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # said aloud, so that no default of the caller's context says otherwise
            vals_list = [{**vals, "scope": "year", "state": "draft"} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            for report in self:
                if report.state != "draft" or report.scope != "year":
                    raise UserError(self.env._("Validated reports and running figures are not changed by hand."))
            if {"state", "scope", "months", "digest", "company_id"} & vals.keys():
                raise AccessError(self.env._("This is set by the buttons of the report."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if self.filtered(lambda r: r.state != "draft"):
            raise UserError(self.env._("A validated report stays on file."))

    @api.constrains("year", "scope", "company_id")
    def _check_year(self):
        today = fields.Date.context_today(self)
        for report in self.filtered(lambda r: r.scope == "year"):
            if not 2000 <= report.year <= today.year:
                raise UserError(self.env._("Give a year that has begun."))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_compute(self):
        """Button: count anew.

        :raise UserError: the report is validated
        """
        self.check_access("write")
        if self.filtered(lambda r: r.state != "draft"):
            raise UserError(self.env._("A validated report keeps its figures."))
        self._compute_lines()

    def action_validate(self):
        """Button: the figures are final; their fingerprint goes on the register.

        :raise AccessError: neither director nor president
        :raise UserError: the year is not over, or nothing was counted
        """
        self._check_answers_for_it()
        today = self.env["helpdesk.ticket"]._commune_today()
        for report in self:
            if report.state != "draft" or report.scope != "year":
                raise UserError(self.env._("Only the draft of a year is validated."))
            if report.date_to >= today:
                raise UserError(self.env._("The year is not over yet."))
            report._compute_lines()
            # sudo: jamaa.complaint.report - who may validate was checked just above
            report.sudo().write(
                {
                    "state": "validated",
                    "validated_by_id": self.env.uid,
                    "validated_on": fields.Datetime.now(),
                    "digest": report._digest(),
                }
            )
            self.env["jamaa.register.entry"]._enter(
                report.company_id, "complaints_report", {"year": report.year, "fingerprint": report.digest}, report
            )

    def action_publish(self):
        """Button: everybody may read the report on the commune's page.

        :raise AccessError: neither director nor president
        """
        self._check_answers_for_it()
        for report in self:
            if report.state != "validated":
                raise UserError(self.env._("Validate the report first."))
        # sudo: jamaa.complaint.report - who may publish was checked just above
        self.sudo().write({"state": "published"})

    def action_withdraw(self):
        """Button: take the report off the commune's page; it stays validated.

        :raise AccessError: neither director nor president
        """
        self._check_answers_for_it()
        # sudo: jamaa.complaint.report - who may withdraw was checked just above
        self.sudo().filtered(lambda r: r.state == "published").write({"state": "validated"})

    def _check_answers_for_it(self):
        self.check_access("read")
        user = self.env.user
        if not (user.has_group("jamaa_base.group_director") or user.has_group("jamaa_base.group_president")):
            raise AccessError(self.env._("The director of services or the president answers for the report."))

    def action_print(self):
        """Button: the report on paper."""
        self.check_access("read")
        return self.env.ref("jamaa_complaints.action_report_complaints_report").report_action(self)

    def action_docx(self):
        """Button: the report as a text document, to be finished by hand."""
        self.check_access("read")
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/jamaa/complaints/report/{self.id}.docx", "target": "self"}

    @api.model
    def action_dashboard(self):
        """Menu: the running figures of the commune one works in.

        :raise AccessError: no right to read figures
        """
        self.check_access("read")
        report = self.search([("scope", "=", "running"), ("company_id", "=", self.env.company.id)], limit=1)
        if not report:
            # sudo: jamaa.complaint.report - made by the nightly job, or by the first reader
            report = self.sudo()._running(self.env.company).sudo(False)
        form = self.env.ref("jamaa_complaints.jamaa_complaint_report_view_form_running")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dashboard"),
            "res_model": self._name,
            "views": [(form.id, "form")],
            "res_id": report.id,
        }

    def action_open_cases(self):
        """Tiles of the dashboard: the cases behind a number of this moment."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.helpdesk_ticket_action_cases")
        wanted = self.env.context.get("cases") or "todo"
        known = wanted if wanted in ("todo", "late", "this_month") else "todo"
        return {**action, "context": {"jamaa_cases": True, f"search_default_{known}": 1}}

    # ------------------------------------------------------------------
    # Counting
    # ------------------------------------------------------------------

    def _compute_lines(self):
        """Count, and keep the counts as lines with the names things have today."""
        figures = self.env["jamaa.complaint.figures"]
        # sudo: jamaa.complaint.report(.line) - counts over all cases, written by the computation alone
        for report in self.sudo():
            cells = figures._figures(report.company_id, report.date_from, report.date_to)
            months = figures._months(report.company_id, report.date_from, report.date_to)
            report.line_ids.unlink()
            report.env["jamaa.complaint.report.line"].create(report._line_values(cells))
            report.write({"months": months, "computed_at": fields.Datetime.now()})

    def _line_values(self, cells):
        """Values of the lines, in the order of the report: largest first within a dimension."""
        names = self._names_of(cells, self.company_id)
        return [
            {
                "report_id": self.id,
                "sequence": rank,
                "dimension": dimension,
                "key": key,
                "service_id": int(key) if dimension == "service" and key else False,
                "names": names[dimension, key],
                **{name: cell[name] for name in COUNTS},
                **{name: cell[name] or 0 for name in MEASURES},
            }
            for rank, ((dimension, key), cell) in enumerate(
                sorted(cells.items(), key=lambda item: (-item[1]["received"], item[0]))
            )
        ]

    @api.model
    def _names_of(self, cells, company):
        """Names of what was counted in a commune, in each language, as they are today."""
        records = {
            "category": "helpdesk.ticket.category",
            "site": "jamaa.site",
            "service": "helpdesk.ticket.team",
            "channel": "helpdesk.ticket.channel",
            "cause": "jamaa.complaint.cause",
        }
        choices = {"kind": "kind", "outcome": "outcome", "sex": "citizen_sex"}
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        names = {cell: {} for cell in cells}
        for lang in installed:
            env = self.with_context(lang=lang).env
            ticket = env["helpdesk.ticket"]
            tables = {
                dimension: dict(ticket._fields[name]._description_selection(env)) for dimension, name in choices.items()
            }
            tables["language"] = {row.code: row.name for row in PUBLIC_LANGS.values()}
            grounds = env["jamaa.complaint.ground"].with_context(active_test=False)._for_commune(company)
            tables["ground"] = {ground.code: ground.name for ground in grounds.sorted("active")}
            quarters = env["jamaa.quarter"].browse([int(key) for name, key in cells if name == "quarter" and key])
            tables["quarter"] = {str(quarter.id): quarter.display_name for quarter in quarters}
            for dimension, model in records.items():
                ids = [int(key) for name, key in cells if name == dimension and key]
                tables[dimension] = {str(row.id): row.name for row in env[model].browse(ids)}
            for dimension, key in cells:
                if dimension == "all":
                    names[dimension, key][lang] = env._("All cases")
                else:
                    names[dimension, key][lang] = tables[dimension].get(key) or env._("Not said")
        return names

    def _digest(self):
        """Fingerprint of the figures and words of a report."""
        self.ensure_one()
        facts = [
            [line.dimension, line.key, *(line[name] for name in COUNTS), *(round(line[name], 2) for name in MEASURES)]
            for line in self.line_ids.sorted(lambda line: (line.dimension, line.key or ""))
        ]
        words = [self.introduction or "", self.difficulties or ""]
        return hashlib.sha256(json.dumps([self.year, facts, self.months, words]).encode()).hexdigest()

    # ------------------------------------------------------------------
    # Running figures
    # ------------------------------------------------------------------

    @api.model
    def _running_end(self):
        """Last day of the latest month that is over for some days."""
        today = self.env["helpdesk.ticket"]._commune_today()
        return (today - relativedelta(days=GRACE_DAYS)).replace(day=1) - relativedelta(days=1)

    @api.model
    def _running(self, company):
        """Make or renew the running figures of a commune; once a month there is something to do."""
        end = self._running_end()
        report = self.search([("scope", "=", "running"), ("company_id", "=", company.id)], limit=1)
        if report.date_to == end and report.computed_at:
            return report
        values = {"date_from": end + relativedelta(days=1) - relativedelta(years=1), "date_to": end}
        if report:
            report.write(values)
        else:
            report = self.create({**values, "company_id": company.id, "scope": "running", "year": 0})
        report._compute_lines()
        return report

    @api.model
    def _cron_running(self):
        """Each night: communes whose running figures end before the last month that is over."""
        communes = self.env["res.company"].search([("is_commune", "=", True)])
        done = self.search([("scope", "=", "running"), ("date_to", "=", self._running_end())]).company_id
        todo = (communes - done).filtered(lambda commune: commune._complaint_unit())
        for rank, commune in enumerate(todo, start=1):
            self._running(commune)
            if not self.env["ir.cron"]._commit_progress(1, remaining=len(todo) - rank):
                break
