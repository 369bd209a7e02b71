"""Which way is it? Short questions before a form is filled in for the wrong desk."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .helpdesk_ticket import CASE_KINDS

ELSEWHERE = "elsewhere"


class JamaaComplaintTriage(models.Model):
    """A question answered by yes or no, and where a yes leads: to a kind, or to another desk.

    Rows without commune are shipped and shared. A row of a commune with the same code takes
    the place of the shared one, with that commune's own desks and addresses.
    """

    _name = "jamaa.complaint.triage"
    _description = "Question that finds the right way"
    _order = "sequence, id"
    _rec_name = "question"

    code = fields.Char(required=True, help="The same code for the shared row and for the one of a commune.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="Commune", index="btree_not_null", help="Empty: asked in every commune."
    )
    question = fields.Char(required=True, translate=True, help="One short question, answered by yes or no.")
    leads_to = fields.Selection(
        [*CASE_KINDS, (ELSEWHERE, "Something else: another desk")],
        string="A yes leads to",
        required=True,
        default=ELSEWHERE,
    )
    title = fields.Char(string="What it is", required=True, translate=True)
    words = fields.Text(string="Words for the citizen", translate=True)
    where_to = fields.Text(string="Where to go", translate=True)

    _code_uniq = models.UniqueIndex(
        "(code, coalesce(company_id, 0)) WHERE active", "This question is on the list already."
    )

    @api.model
    def _questions(self, company):
        """The questions asked in a commune, in order; its own rows before the shared ones.

        :param company: the commune
        :return: records (sudo)
        """
        # sudo: jamaa.complaint.triage - asked of everybody, on public pages
        rows = self.sudo().search_fetch(
            [("company_id", "in", (False, company.id))],
            ["code", "company_id", "question", "leads_to", "title", "words", "where_to"],
        )
        own = set(rows.filtered("company_id").mapped("code"))
        return rows.filtered(lambda row: row.company_id or row.code not in own)


class JamaaComplaintTriageAnswer(models.Model):
    """That somebody was shown a way, in a month: no person, no day, no hour, no login.

    One row each and no shared counter, so that no visitor waits for another.
    """

    _name = "jamaa.complaint.triage.answer"
    _description = "Way shown by the questions"
    _order = "month desc, id desc"
    _rec_name = "outcome"
    _log_access = False

    company_id = fields.Many2one("res.company", string="Commune", required=True, index=True, ondelete="cascade")
    month = fields.Date(required=True, help="First day of the month.")
    outcome = fields.Char(required=True, help="A kind, or the code of the question.")
    place = fields.Selection([("page", "Public page"), ("counter", "At the counter")], required=True)

    @api.model
    def _note(self, company, outcome, place):
        """Count one way shown.

        :param str outcome: a kind, or the code of a question; checked by the caller
        :param str place: page or counter
        """
        month = self.env["helpdesk.ticket"]._commune_today().replace(day=1)
        # sudo: jamaa.complaint.triage.answer - counted for whoever asks, nobody writes it
        self.sudo().create({"company_id": company.id, "month": month, "outcome": outcome, "place": place})

    def write(self, vals):
        raise AccessError(self.env._("What was counted is not changed."))
