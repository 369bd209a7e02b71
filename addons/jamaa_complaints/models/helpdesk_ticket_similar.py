"""What may be the same matter, told while somebody is typing."""

import math
from datetime import timedelta

from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.folded_text import folded

#: Days back in which a matter counts as recent.
RECENT_DAYS = 90
#: Metres within which two pins are the same place.
NEAR_METRES = 250
METRES_PER_DEGREE = 111_320
MOST_HINTS = 5
#: Fewer others than this are not told to a citizen: they could be guessed.
LEAST_TOLD = 3
#: Letters of a text compared while it is typed; the first words say what it is about.
COMPARED = 600
LEAST_LETTERS = 12


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    @api.model
    def _similar_cases(self, company, category=None, text="", quarter=None, lat=0.0, lon=0.0, exclude=None):
        """Recent cases of the same category that are near in place or in words.

        One query, with the rights of the caller: nothing a user may not read is named,
        nor counted.

        :param company: the commune
        :param category: record; its own, its parent's and its children's cases count
        :param text: the facts so far
        :param quarter: record of `jamaa.quarter`
        :param lat: degrees, with ``lon``
        :param exclude: cases that are not told
        :return: list of dicts, the best first: ``case`` (record), ``score`` (0 to 3),
            ``same_quarter``, ``near``, ``alike`` (booleans), ``days`` (since receipt)
        """
        if not self.has_access("read"):
            return []
        words = folded((text or "")[:COMPARED])
        if len(words) < LEAST_LETTERS or not self.pool.has_trigram:
            words = ""
        place = self._near_terms(quarter, lat, lon)
        if not words and not place:
            return []
        today = self._commune_today()
        domain = Domain("kind", "!=", False) & Domain("company_id", "=", company.id)
        domain &= Domain("legal_receipt_date", ">=", today - timedelta(days=RECENT_DAYS))
        if category:
            family = (category.id, category.parent_id.id or category.id)
            domain &= Domain("category_id", "in", family) | Domain("category_id.parent_id", "=", category.id)
        elif not words:
            # A place alone, of whatever matter, is no hint.
            return []
        if exclude:
            domain &= Domain("id", "not in", exclude.ids)
        query = self._search(domain, active_test=False)
        column = SQL.identifier(query.table, "search_words")
        alike = SQL("%s %% %s", column, words) if words else SQL("FALSE")
        # Bare conditions, joined by OR: each has an index that can be combined.
        query.add_where(SQL("(%s)", SQL(" OR ").join([*place.values(), alike])))
        same, near = (SQL("COALESCE(%s, FALSE)", place.get(name, SQL("FALSE"))) for name in ("quarter", "pin"))
        closeness = SQL("similarity(%s, %s)", column, words) if words else SQL("0")
        score = SQL("(%s)::int + (%s)::int + %s", near, same, closeness)
        date = SQL.identifier(query.table, "legal_receipt_date")
        query.order = SQL("%s DESC, %s DESC, %s DESC", score, date, SQL.identifier(query.table, "id"))
        query.limit = MOST_HINTS
        rows = self.env.execute_query(
            query.select(SQL.identifier(query.table, "id"), score, same, near, alike, SQL("%s - %s", today, date))
        )
        return [
            {
                "case": self.browse(row[0]),
                "score": float(row[1]),
                "same_quarter": bool(row[2]),
                "near": bool(row[3]),
                "alike": bool(row[4]),
                "days": row[5],
            }
            for row in rows
        ]

    @api.model
    def _near_terms(self, quarter, lat, lon):
        """Conditions on the place, as far as one is told; by columns that have an index."""
        terms = {}
        if quarter:
            terms["quarter"] = SQL("helpdesk_ticket.quarter_id = %s", quarter.id)
        if self._is_pin(lat, lon):
            high = NEAR_METRES / METRES_PER_DEGREE
            wide = high / max(math.cos(math.radians(lat)), 0.01)
            terms["pin"] = SQL(
                "(helpdesk_ticket.latitude <> 0 AND helpdesk_ticket.latitude BETWEEN %s AND %s"
                " AND helpdesk_ticket.longitude BETWEEN %s AND %s)",
                lat - high,
                lat + high,
                lon - wide,
                lon + wide,
            )
        return terms

    @api.model
    def _similar_words(self, hint):
        """Why a case is named, as a list of short reasons."""
        _ = self.env._
        reasons = []
        if hint["near"]:
            reasons.append(_("Within 250 metres"))
        elif hint["same_quarter"]:
            reasons.append(_("Same quarter"))
        if hint["alike"]:
            reasons.append(_("Similar words"))
        reasons.append(_("%(days)s days ago", days=hint["days"]) if hint["days"] else _("Today"))
        return reasons

    def _similar_to_this(self):
        """Hints for one case."""
        self.ensure_one()
        return self._similar_cases(
            self.company_id,
            self.category_id,
            self.facts,
            self.quarter_id,
            self.latitude,
            self.longitude,
            exclude=self,
        )

    def action_similar(self):
        """Button: cases that may be the same matter, with the reader's own rights."""
        self.check_access("read")
        self.ensure_one()
        ids = [hint["case"].id for hint in self._similar_to_this()]
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.helpdesk_ticket_action_cases")
        return {
            **action,
            "name": self.env._("Similar cases"),
            "domain": [("kind", "!=", False), ("id", "in", ids)],
            "context": {"jamaa_cases": True},
            "path": False,
            "help": Markup('<p class="o_view_nocontent_smiling_face">{}</p><p>{}</p>').format(
                self.env._("No similar case"),
                self.env._(
                    "No recent case of this category that you may read is near in place or in words. "
                    "More is found once the quarter or the pin is set."
                ),
            ),
        }

    def _others_nearby(self):
        """How many others told the same kind of matter at the same place, for the citizen.

        By place and category alone: compared by words, the form would answer whoever
        tries texts. Fewer than three are none.

        :rtype: int
        """
        self.ensure_one()
        # sudo: helpdesk.ticket - a count of three or more, nothing of any case
        case = self.sudo()
        place = case._near_terms(case.quarter_id, case.latitude, case.longitude)
        if not place or not case.category_id:
            return 0
        domain = Domain("kind", "!=", False) & Domain("company_id", "=", case.company_id.id)
        domain &= Domain("category_id", "=", case.category_id.id) & Domain("id", "!=", case.id)
        domain &= Domain("legal_receipt_date", ">=", self._commune_today() - timedelta(days=RECENT_DAYS))
        query = case._search(domain, active_test=False)
        query.add_where(SQL("(%s)", SQL(" OR ").join(place.values())))
        ((count,),) = self.env.execute_query(query.select(SQL("count(*)")))
        return count if count >= LEAST_TOLD else 0
