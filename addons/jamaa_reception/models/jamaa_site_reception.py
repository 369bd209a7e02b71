"""What reception knows of a site: its desks, what was counted there, how many answered at the exit."""

from odoo import fields, models
from odoo.fields import Domain

#: Who reads figures of satisfaction.
READERS = "jamaa_base.group_site_supervisor,jamaa_base.group_director,jamaa_base.group_president"
#: Who keeps the tablets and posters at the exits; nobody else reads them.
KEEPERS = "jamaa_base.group_site_supervisor,jamaa_base.group_director"


class JamaaSite(models.Model):
    """Figures of this year by site, each with what it is a share of."""

    _inherit = "jamaa.site"

    desk_ids = fields.One2many("jamaa.desk", "site_id", "Desks")
    desk_count = fields.Integer(compute="_compute_desk_count")
    satisfaction_point_ids = fields.One2many("jamaa.satisfaction.point", "site_id", "Asked at the exit", groups=KEEPERS)
    visit_count = fields.Integer("Visits this year", compute="_compute_reception_figures", groups=READERS)
    answer_count = fields.Integer("Answers this year", compute="_compute_reception_figures", groups=READERS)
    answer_share = fields.Float(
        "Answered (%)",
        compute="_compute_reception_figures",
        digits=(5, 1),
        groups=READERS,
        help="Answers at the exit for a hundred visits counted this year; empty where the log counts fewer than answered.",
    )
    helped_share = fields.Float(
        "Helped (%)",
        compute="_compute_reception_figures",
        digits=(5, 1),
        groups=READERS,
        help="Of the answers that may be shown: empty under ten.",
    )

    def _compute_desk_count(self):
        counts = dict(self.env["jamaa.desk"]._read_group([("site_id", "in", self.ids)], ["site_id"], ["__count"]))
        for site in self:
            site.desk_count = counts.get(site._origin, 0)

    def _compute_reception_figures(self):
        """This year's, in three queries whatever the number of sites."""
        year = fields.Date.context_today(self).replace(month=1, day=1)
        mine = Domain("site_id", "in", self.ids)
        visits = dict(
            self.env["jamaa.reception.visit"]._read_group(
                mine & Domain("date", ">=", year), ["site_id"], ["quantity:sum"]
            )
        )
        # sudo: jamaa.satisfaction - how many answered, never a face
        answers = dict(
            self.env["jamaa.satisfaction"]
            # sudo: jamaa.satisfaction - as above
            .sudo()
            ._read_group(
                mine
                & Domain("topic", "=", "reception")
                & Domain("replaces_id", "=", False)
                & Domain("is_doubtful", "!=", True)
                & Domain("create_date", ">=", year),
                ["site_id"],
                ["__count"],
            )
        )
        shown = self.env["jamaa.satisfaction.summary"].search(
            mine
            & Domain("level", "=", "site")
            & Domain("topic", "=", "reception")
            & Domain("year", "=", str(year.year))
        )
        helped = {row.site_id.id: row.helped_share for row in shown}
        for site in self:
            site.visit_count = visits.get(site._origin, 0)
            # sudo: jamaa.site - keys of a count made as superuser
            site.answer_count = answers.get(site._origin.sudo(), 0)
            site.answer_share = (
                100 * site.answer_count / site.visit_count if site.visit_count >= site.answer_count > 0 else 0
            )
            site.helped_share = helped.get(site._origin.id, 0)

    def action_open_desks(self):
        """Open the desks of this site."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_reception.jamaa_desk_action")
        return {**action, "domain": [("site_id", "=", self.id)], "context": {"default_site_id": self.id}}

    def action_open_reception_visits(self):
        """Open what was counted at this site."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_reception.jamaa_reception_visit_action")
        return {**action, "domain": [("site_id", "=", self.id)], "context": {"search_default_this_year": 1}}

    def action_open_satisfaction(self):
        """Open the tablets and posters of this site; the first opening of a site without makes its tablet.

        A site that receives people asks them: a switched off point is a choice and is left as it is.
        """
        self.ensure_one()
        Point = self.env["jamaa.satisfaction.point"]
        if not Point.with_context(active_test=False).search_count([("site_id", "=", self.id)], limit=1):
            values = {"site_id": self.id, "company_id": self.company_id.id}
            Point.create(
                [
                    {**values, "kind": "tablet", "name": self.env._("Tablet at the exit")},
                    {**values, "kind": "poster", "name": self.env._("Poster with a QR code")},
                ]
            )
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_base.jamaa_satisfaction_point_action")
        return {**action, "domain": [("site_id", "=", self.id)], "context": {"default_site_id": self.id}}
