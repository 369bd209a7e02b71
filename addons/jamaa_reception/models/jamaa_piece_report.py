"""“A paper that is not on the sheet was asked”: said by a citizen or a clerk, answered by the head of service."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.jamaa_base.tools.text import clean_text

PIECE_LIMIT = 200
WORDS_LIMIT = 1000
#: States in which an answer is still owed.
OPEN = ("new", "looked")


class JamaaPieceReport(models.Model):
    """Law 55-19: only published pieces can be asked, so one that is not is somebody's mistake.

    It counts by month, service and site, never by person. Who reports may stay unnamed: a code and
    a link are enough to follow it; an address that is left for the answer goes to the vault.
    """

    _name = "jamaa.piece.report"
    _inherit = ["jamaa.public.reference", "jamaa.open.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Paper asked that is not on the sheet"
    _order = "id desc"
    _rec_name = "piece"
    _check_company_auto = True
    _mail_post_access = "read"

    _public_page = "asked"

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    procedure_id = fields.Many2one(
        "jamaa.procedure", required=True, check_company=True, index=True, ondelete="restrict"
    )
    sheet_id = fields.Many2one("jamaa.procedure.sheet", readonly=True, check_company=True, ondelete="restrict")
    department_id = fields.Many2one(related="procedure_id.department_id", string="Service", store=True, index=True)
    request_id = fields.Many2one(
        "jamaa.procedure.request", readonly=True, check_company=True, index="btree_not_null", ondelete="set null"
    )
    site_id = fields.Many2one("jamaa.site", "Where it was asked", check_company=True, index="btree_not_null")
    piece = fields.Char("Paper that was asked", required=True)
    words = fields.Text("What was said")
    said_by = fields.Selection(
        [("citizen", "Citizen"), ("clerk", "Staff")], "Said by", required=True, default="clerk", readonly=True
    )
    complainant_id = fields.Many2one(
        "jamaa.complainant", "Who wants the answer", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    date = fields.Date("Reported on", required=True, readonly=True, default=fields.Date.context_today, index=True)
    state = fields.Selection(
        [("new", "Received"), ("looked", "Being looked into"), ("answered", "Answered"), ("closed", "Closed")],
        "Status",
        required=True,
        default="new",
        readonly=True,
        tracking=True,
        index=True,
    )
    finding = fields.Selection(
        [
            ("wrong", "Should not have been asked"),
            ("on_sheet", "The sheet does list it"),
            ("sheet_incomplete", "The law wants it: the sheet is to be revised"),
            ("unknown", "Could not be found out"),
        ],
        "What was found",
        tracking=True,
    )
    answer = fields.Text("What was found and done")
    looked_on = fields.Date("Looked into since", readonly=True)
    answered_on = fields.Date("Answered on", readonly=True)

    @api.model
    def _domain_open_to_me(self):
        """Heads read those of their services, the director and the president all, a clerk the own."""
        user = self.env["res.users"].browse(self.env.uid)
        if user.share:
            return Domain.FALSE
        if user.has_group("jamaa_base.group_director") or user.has_group("jamaa_base.group_president"):
            return Domain.TRUE
        domain = Domain("create_uid", "=", user.id) & Domain("said_by", "=", "clerk")
        people = user._works_as()
        if user.has_group("jamaa_base.group_service_head"):
            # sudo: hr.department - the services somebody heads
            headed = self.env["hr.department"].sudo()
            headed = headed.search([("id", "child_of", headed.search([("manager_id", "in", people.ids)]).ids)])
            functions = self.env["jamaa.function"]._held_by(user, fields.Date.context_today(self))
            domain |= Domain("department_id", "in", (headed | people.department_id).ids)
            domain |= Domain("procedure_id.function_id", "in", functions.ids)
        if user.has_group("jamaa_base.group_site_supervisor"):
            domain |= Domain("site_id", "in", people.site_id.ids)
        return domain

    @api.model_create_multi
    def create(self, vals_list):
        """Take reports; outside superuser mode they are a clerk's, about the sheet of today."""
        for vals in vals_list:
            if not self.env.su:
                for name in ("state", "looked_on", "answered_on", "date", "complainant_id", "finding", "answer"):
                    vals.pop(name, None)
                vals["said_by"] = "clerk"
            vals["piece"] = clean_text(vals.get("piece"), PIECE_LIMIT, False)
            vals["words"] = clean_text(vals.get("words"), WORDS_LIMIT) or False
        reports = super().create(vals_list)
        for report in reports:
            if not report.sheet_id:
                # sudo: jamaa.piece.report - the sheet of the day, not chosen by hand
                report.sudo().sheet_id = report.procedure_id.sheet_id
            report._give_to_head()
        return reports

    def write(self, vals):
        """What was said stays as it was said; the rest follows who answers.

        :raise UserError: somebody rewrites a report
        """
        if not self.env.su:
            own = {name for name in vals if not name.startswith(("message_", "activity_"))}
            if own - {"answer", "finding"}:
                raise UserError(self.env._("What was reported is not rewritten."))
            if own and any(report.state not in OPEN for report in self):
                raise UserError(self.env._("It was answered, and who reported it reads the answer: it stays."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A report is answered and closed, never deleted."))

    @api.model
    def _from_public(self, company, procedure, piece, words="", request=None, site=None, email=""):
        """Take a report from a public page.

        :param company: the commune
        :param procedure: one of its procedures with a published sheet
        :param request: the request it is about, where the citizen came from its page
        :param str email: where the answer goes; empty: nobody is told
        :return: the report, as superuser
        """
        # sudo: jamaa.piece.report - the visitor has no login; the form was checked
        report = self.sudo().create(
            {
                "company_id": company.id,
                "procedure_id": procedure.id,
                "sheet_id": (request.sheet_id if request else procedure.sheet_id).id,
                "request_id": request.id if request else False,
                "site_id": site.id if site else request.site_id.id if request else False,
                "piece": piece,
                "words": words,
                "said_by": "citizen",
            }
        )
        if email:
            # sudo: jamaa.complainant - only code writes to the vault
            vault = self.env["jamaa.complainant"].sudo()
            report.complainant_id = vault.create(
                {
                    "email": email,
                    "company_id": company.id,
                    "lang": self.env.lang or "ar_MA",
                    "res_model": report._name,
                    "res_id": report.id,
                }
            )
        return report

    def _give_to_head(self):
        """An activity for whoever answers for the procedure."""
        kind = self.env.ref("jamaa_reception.activity_piece_report")
        for report in self:
            users = report.procedure_id._answerable_users()[report.procedure_id]
            for user in users:
                words = self.with_context(lang=user.lang).env._("A paper not on the sheet was asked")
                # sudo: mail.activity - it goes to the head whoever reports
                quiet = report.sudo().with_context(mail_activity_quick_update=True, mail_create_nosubscribe=True)
                quiet.activity_schedule(activity_type_id=kind.id, user_id=user.id, summary=words)

    def _check_answers(self):
        """Refuse whoever does not answer for the service.

        :raise AccessError: a clerk, or somebody of another service
        """
        self.check_access("write")
        user = self.env.user
        roles = ("service_head", "director", "president")
        if not any(user.has_group(f"jamaa_base.group_{role}") for role in roles):
            raise AccessError(self.env._("The head of service answers."))

    def action_look(self):
        """Button: the head of service has begun; who follows the report reads so."""
        self._check_answers()
        # sudo: jamaa.piece.report - checked just above
        new = self.sudo().filtered(lambda report: report.state == "new")
        new.write({"state": "looked", "looked_on": fields.Date.context_today(self)})

    def action_answer(self):
        """Button: the answer is final; who left an address gets it, who kept the code reads it."""
        self._check_answers()
        for report in self:
            if report.state not in OPEN or not report.finding or not (report.answer or "").strip():
                raise UserError(self.env._("Say what was found and what was done."))
            # sudo: jamaa.piece.report - checked just above
            own = report.sudo()
            today = fields.Date.context_today(self)
            own.write({"state": "answered", "answered_on": today, "looked_on": own.looked_on or today})
            own.activity_feedback(["jamaa_reception.activity_piece_report"])
            person = own.complainant_id
            if person:
                told = report.with_context(lang=person.lang)
                person._send_mail(told.env._("About the paper that was asked from you"), report.answer)
                person._keep_for(fields.Date.context_today(self))

    def action_close(self):
        """Button: nothing more is to be done."""
        self._check_answers()
        if any(report.state != "answered" for report in self):
            raise UserError(self.env._("Answer it first."))
        # sudo: jamaa.piece.report - checked just above
        self.sudo().write({"state": "closed"})

    def _needs_identity(self):
        """Hook of the vault: until it is answered."""
        self.ensure_one()
        return self.state in OPEN

    def _may_reveal(self):
        """Hook of the vault: an address left for an answer is shown to nobody."""
        return False

    def _erase_identity(self, values):
        """Hook of the vault: the words may name the person."""
        # sudo: jamaa.piece.report - erasure is a duty, not a role's right
        self.sudo().write({"words": False})
