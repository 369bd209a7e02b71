from odoo import api, fields, models

from .jamaa_decision import LEVELS, MATTERS


class JamaaDecisionRule(models.Model):
    """Who takes part when: the level at which a matter of a theme is decided, and who is heard or told.

    The organised decision path of a commune, elected officials first. A new question takes its level from here.
    """

    _name = "jamaa.decision.rule"
    _description = "Who Takes Part When"
    _order = "company_id, theme_id, matter, sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    theme_id = fields.Many2one("jamaa.theme", ondelete="restrict", help="Empty: every theme.")
    matter = fields.Selection(MATTERS, "On", required=True, default="plan")
    level = fields.Selection(LEVELS, "Level", required=True, default="president")
    part = fields.Selection(
        [("decides", "Decides"), ("heard", "Is heard before"), ("told", "Is told after")],
        "Takes part",
        required=True,
        default="decides",
    )
    function_ids = fields.Many2many("jamaa.function", string="Functions", check_company=True)
    when = fields.Char("When", help="e.g. above a budget, when citizens are concerned, at each session.")
    active = fields.Boolean(default=True)

    _one_decides = models.UniqueIndex(
        "(company_id, COALESCE(theme_id, 0), matter) WHERE part = 'decides' AND active",
        "Somebody decides this matter already. Change that row.",
    )

    @api.depends("matter", "level", "part", "theme_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = {
            name: dict(self._fields[name]._description_selection(self.env)) for name in ("matter", "level", "part")
        }
        for rule in self:
            rule.display_name = self.env._(
                "%(matter)s: %(level)s, %(part)s",
                matter=labels["matter"].get(rule.matter, ""),
                level=labels["level"].get(rule.level, ""),
                part=labels["part"].get(rule.part, ""),
            )

    @api.model
    def _level_for(self, company, theme, matter):
        """Return the level that decides a matter; the row of the theme before the one of every theme.

        :param company: the commune
        :param theme: a ``jamaa.theme``, may be empty
        :param str matter: plan, action, risk or free
        :return: a level, the president without a row
        :rtype: str
        """
        rows = self.search(
            [
                ("company_id", "=", company.id),
                ("theme_id", "in", [False, *theme.ids]),
                ("matter", "=", matter),
                ("part", "=", "decides"),
            ]
        )
        return rows.sorted(lambda row: not row.theme_id)[:1].level or "president"
