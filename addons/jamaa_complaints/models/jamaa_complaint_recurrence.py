"""What comes back: the same matter, at the same place, for the same cause."""

from odoo import api, fields, models
from odoo.tools import SQL

#: Cases of twelve months from which a matter is said to come back.
LEAST = 3


class JamaaComplaintRecurrence(models.Model):
    """Matters that came up three times or more in twelve months, computed when read.

    The list from which a commune chooses what to mend for good.
    """

    _name = "jamaa.complaint.recurrence"
    _description = "Recurring matters"
    _auto = False
    _order = "cases desc, last_on desc, id"
    _rec_name = "place"

    company_id = fields.Many2one("res.company", "Commune", readonly=True)
    category_id = fields.Many2one("helpdesk.ticket.category", "Category", readonly=True)
    place = fields.Char(readonly=True, help="As the citizens wrote it, whatever the spelling of letters and accents.")
    site_id = fields.Many2one("jamaa.site", "Site", readonly=True)
    cause_id = fields.Many2one("jamaa.complaint.cause", "Root cause", readonly=True)
    cases = fields.Integer("Cases in twelve months", readonly=True)
    before = fields.Integer("In the twelve months before", readonly=True)
    still_open = fields.Integer("Still open", readonly=True)
    first_on = fields.Date("First", readonly=True)
    last_on = fields.Date("Latest", readonly=True)

    @api.model
    def _place_key(self, column="t.place_text"):
        """The place as it is compared: without accents, capitals and signs; NULL where none is told."""
        words = self.env.registry.unaccent(SQL("coalesce(%s, '')", SQL(column)))
        return SQL("nullif(btrim(regexp_replace(lower(%s), '[^[:alnum:]]+', ' ', 'g')), '')", words)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT min(f.id) AS id, f.company_id, f.category_id, f.site_id, f.cause_id,
                   (array_agg(f.place_text ORDER BY f.id DESC))[1] AS place,
                   count(*) FILTER (WHERE f.recent)::integer AS cases,
                   count(*) FILTER (WHERE NOT f.recent)::integer AS before,
                   count(*) FILTER (WHERE f.answered_on IS NULL)::integer AS still_open,
                   min(f.legal_receipt_date) AS first_on, max(f.legal_receipt_date) AS last_on
              FROM (
                SELECT t.id, t.company_id, t.category_id, t.site_id, t.cause_id, t.place_text, t.answered_on,
                       t.legal_receipt_date, %(place)s AS place_key,
                       t.legal_receipt_date > current_date - interval '12 months' AS recent
                  FROM helpdesk_ticket t
                 WHERE %(where)s AND t.kind <> 'report' AND t.category_id IS NOT NULL
                   AND t.legal_receipt_date > current_date - interval '24 months'
              ) AS f
             WHERE f.place_key IS NOT NULL OR f.site_id IS NOT NULL
             GROUP BY f.company_id, f.category_id, f.site_id, f.cause_id, f.place_key
            HAVING count(*) FILTER (WHERE f.recent) >= %(least)s
            """,
            place=self._place_key(),
            where=self.env["jamaa.complaint.figures"]._where(),
            least=LEAST,
        )

    def action_open_cases(self):
        """Button: the cases behind it, with the reader's own rights."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.helpdesk_ticket_action_cases")
        domain = [("kind", "!=", False), ("id", "in", self._case_ids())]
        return {**action, "domain": domain, "context": {"jamaa_cases": True}}

    def _case_ids(self):
        """Ids of the cases of the last twelve months behind it, whoever may read them."""
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """SELECT t.id FROM helpdesk_ticket t
                    JOIN helpdesk_ticket one ON one.id = %(one)s AND one.company_id = t.company_id
                     AND one.category_id = t.category_id AND one.site_id IS NOT DISTINCT FROM t.site_id
                     AND one.cause_id IS NOT DISTINCT FROM t.cause_id
                   WHERE %(where)s AND t.kind <> 'report'
                     AND t.legal_receipt_date > current_date - interval '12 months'
                     AND %(place)s IS NOT DISTINCT FROM %(same)s""",
                one=self.id,
                where=self.env["jamaa.complaint.figures"]._where(),
                place=self._place_key(),
                same=self._place_key("one.place_text"),
            )
        )
        return [row[0] for row in self.env.cr.fetchall()]
