"""The yearly evaluation of the communal action programme: drafted from what is there, then put into words."""

from base64 import b64encode

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

#: The languages a report is issued in, with where the version keeps the file.
FILES = {"ar_MA": "file_ar", "fr_MA": "file_fr"}
#: What only the buttons change.
MOVED = {"state", "document_id", "drafted_on", "issued_on", "issued_by_id", "coverage"}


class JamaaPacReport(models.Model):
    """How far a programme came in a year (organic law 113-14, art. 80; decree 2.16.301): figures and words.

    Figures are taken over by a button and stay until they are taken over again; the words around them are the
    commune's. The president, or who has a delegation for it, issues the report as a version of a document: from
    then on it does not change, and a further version says more.
    """

    _name = "jamaa.pac.report"
    _inherit = ["mail.thread"]
    _description = "Evaluation of the Communal Action Programme"
    _order = "year desc, id desc"
    _check_company_auto = True

    pac_id = fields.Many2one(
        "jamaa.pac", "Programme of the commune", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="pac_id.company_id", string="Commune", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    year = fields.Integer(required=True, default=lambda self: fields.Date.context_today(self).year)
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Issued")],
        "Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    introduction = fields.Text(translate=True, help="What the year was like for the programme.")
    difficulties = fields.Text("Difficulties met", translate=True)
    proposals = fields.Text(translate=True, help="What is changed, and what the council is asked for.")
    line_ids = fields.One2many("jamaa.pac.report.line", "report_id", "Lines")
    coverage = fields.Json(readonly=True, copy=False)
    drafted_on = fields.Date("Figures of", readonly=True, copy=False)
    issued_on = fields.Date(readonly=True, copy=False)
    issued_by_id = fields.Many2one("res.users", "Issued by", readonly=True, copy=False)
    document_id = fields.Many2one("jamaa.document", "Document", readonly=True, copy=False, ondelete="restrict")
    was_issued = fields.Boolean("Issued before", compute="_compute_was_issued")
    version_ids = fields.One2many(related="document_id.version_ids", string="Versions issued")

    _one_a_year = models.Constraint(
        "UNIQUE(pac_id, year)", "This year has its report already: make a new version of it."
    )

    @api.depends("year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._("Evaluation of the communal action programme, %(year)s", year=report.year)

    @api.depends("document_id")
    def _compute_was_issued(self):
        for report in self:
            # sudo: jamaa.document - whether there is one, nothing of it
            report.was_issued = bool(report.sudo().document_id)

    @api.constrains("year", "pac_id")
    def _check_year(self):
        today = fields.Date.context_today(self)
        for report in self:
            if not report.pac_id.year_from <= report.year <= min(report.pac_id.year_to, today.year):
                raise ValidationError(self.env._("Give a year of the programme that has begun."))

    @api.model_create_multi
    def create(self, vals_list):
        reports = super().create(
            [{key: value for key, value in vals.items() if key not in MOVED} for vals in vals_list]
        )
        reports._take_over()
        return reports

    def write(self, vals):
        if not self.env.su:
            if MOVED & vals.keys():
                raise UserError(self.env._("This is set by the buttons of the report."))
            self._check_draft()
        return super().write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        self._check_draft()
        return super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(report.document_id for report in self):
            raise UserError(self.env._("A report that was issued stays on record."))

    def _check_draft(self):
        if any(report.state != "draft" for report in self):
            raise UserError(self.env._("This report was issued. Begin a new version to change it."))

    # ---------- figures ----------

    def action_draft(self):
        """Button: take the figures over again; the words stay."""
        self.check_access("write")
        self._check_draft()
        self._take_over()

    def _take_over(self):
        """Take over what the lines, their actions and their indicators say today."""
        # sudo: jamaa.pac.report(.line) - figures of the programme, written by the computation alone
        for report in self.sudo():
            kept = {row.pac_line_id: row for row in report.line_ids}
            for rank, line in enumerate(report._lines_in_order()):
                values = {**report._figures_of(line), "sequence": rank}
                if row := kept.pop(line, None):
                    row.write(values)
                else:
                    report.env["jamaa.pac.report.line"].create(
                        {**values, "report_id": report.id, "pac_line_id": line.id}
                    )
            for row in kept.values():
                row.unlink()
            report.write({"coverage": report._coverage(), "drafted_on": fields.Date.context_today(report)})

    def _lines_in_order(self):
        """Return the lines of the programme, each axis followed by what stands below it."""
        self.ensure_one()

        def walk(lines):
            for line in lines.sorted(lambda one: (one.sequence, one.code or "", one.id)):
                yield line
                yield from walk(line.child_ids)

        return list(walk(self.pac_id.line_ids.filtered(lambda line: line.kind == "axis")))

    def _figures_of(self, line):
        """Return the figures of a line: its actions (what was given up does not count), cost, and indicators."""
        below = self.env["jamaa.pac.line"].search([("id", "child_of", line.id)])
        actions = below.link_ids.action_id.filtered(lambda action: action.state != "1_canceled")
        return {
            "cost": line.cost_total,
            "action_count": len(actions),
            "done_count": len(actions.filtered(lambda action: action.state == "1_done")),
            "indicators": [self._indicator_figures(one) for one in line.indicator_ids],
        }

    def _indicator_figures(self, indicator):
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        last = indicator._path()[-1:]
        return {
            "names": {lang: indicator.with_context(lang=lang).name for lang in langs},
            "baseline": self._said(indicator, indicator.baseline_value if indicator.baseline_date else None, langs),
            "target": self._said(indicator, last[0].low if last else None, langs),
            "actual": self._said(indicator, indicator.actual if indicator.has_actual else None, langs),
            "light": indicator.light,
        }

    @api.model
    def _said(self, indicator, value, langs):
        return {lang: indicator.with_context(lang=lang)._number_words(value) for lang in langs}

    def _coverage(self):
        """Return how many actions of the commune's plans serve the programme, and how many projects nobody serves."""
        self.ensure_one()
        counts = dict(
            self.env["project.task"]._read_group(
                [("is_action", "=", True), ("company_id", "=", self.company_id.id), ("state", "!=", "1_canceled")],
                ["pac_status"],
                ["__count"],
            )
        )
        projects = self.pac_id.line_ids.filtered(lambda line: line.kind == "project")
        return {
            **{status: counts.get(status, 0) for status in ("direct", "enabling", "none", "unsaid")},
            "projects": len(projects),
            "unserved": len(projects.filtered(lambda line: not line.is_served)),
        }

    # ---------- issuing ----------

    def action_issue(self):
        """Button: issue the report as a version, in Arabic and French.

        :raise AccessError: neither the president nor somebody with a delegation for it
        :raise UserError: it was issued already, or has no words yet
        """
        self.check_access("read")
        today = fields.Date.context_today(self)
        for report in self:
            if report.state != "draft":
                raise UserError(self.env._("This version was issued already."))
            if not report.introduction:
                raise UserError(self.env._("Write the introduction first: figures alone are no evaluation."))
            if not self.env["jamaa.function"]._may_sign(self.env.user, report.company_id, "pac_report", today):
                raise AccessError(
                    self.env._("The president, or who has a delegation for it on record, issues the report.")
                )
            # sudo: jamaa.document(.version), jamaa.pac.report - the right to issue was checked just above
            own = report.sudo()
            if not own.document_id:
                own.document_id = own.env["jamaa.document"].create(
                    {"name": own.display_name, "company_id": own.company_id.id}
                )
                for lang in FILES:
                    own.document_id.with_context(lang=lang).name = own.with_context(lang=lang).display_name
            # first, so that the paper does not call itself a draft
            own.write({"state": "issued", "issued_on": today, "issued_by_id": self.env.uid})
            version = own.env["jamaa.document.version"].create({"document_id": own.document_id.id, **own._files()})
            version._freeze()

    def _files(self):
        """Return the papers of the report for a version, one in each language that is installed."""
        self.ensure_one()
        values = {}
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        for lang, name in FILES.items():
            if lang in installed:
                printer = self.env["ir.actions.report"].with_context(lang=lang)
                content, _kind = printer._render_qweb_pdf("jamaa_actionplan.pac_report", self.ids)
                values |= {name: b64encode(content), f"{name}_name": f"pac-{self.year}-{lang[:2]}.pdf"}
        return values

    def action_new_version(self):
        """Button: go on with an issued report; the versions issued so far stay as they are."""
        self.check_access("write")
        if any(report.state != "issued" for report in self):
            raise UserError(self.env._("This version was not issued yet: change it as it is."))
        # sudo: jamaa.pac.report - the status moves by its buttons alone; the right to write was checked
        self.sudo().write({"state": "draft", "issued_on": False, "issued_by_id": False})

    # ---------- papers ----------

    def action_print(self):
        """Button: the report on paper, in the reader's language."""
        self.check_access("read")
        return self.env.ref("jamaa_actionplan.report_pac").report_action(self)

    def action_docx_ar(self):
        """Button: the report as a text document in Arabic."""
        return self._docx("ar")

    def action_docx_fr(self):
        """Button: the report as a text document in French."""
        return self._docx("fr")

    def _docx(self, lang):
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/jamaa/pac/report/{self.id}/{lang}.docx", "target": "self"}
