"""What the public pages show of published plans: plain values."""

from datetime import date

from odoo import api, fields, models
from odoo.tools.misc import format_date


class JamaaPlanPublication(models.Model):
    _inherit = "jamaa.plan.publication"

    @api.model
    def _public_list(self, company, lang):
        """Plans on the page of a commune, by title.

        :param company: the commune in superuser mode
        :param str lang: ``res.lang`` code of the page
        :rtype: list of dicts
        """
        rows = self._current_of(company)
        return [row._public_values(lang) for row in rows.sorted("title")]

    @api.model
    def _public_withdrawn(self, company):
        """Titles and days of plans that were on the page once and were withdrawn, newest first."""
        # sudo: jamaa.plan.publication - a title that was public, with two dates
        rows = self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", "withdrawn")], order="withdrawn_on desc, number desc"
        )
        standing = self._current_of(company).plan_id
        notes = {}
        for row in rows.filtered(lambda row: row.plan_id not in standing):
            notes.setdefault(row.plan_id.id, {"title": row.title, "day": row._day_of(row.withdrawn_on)})
        return list(notes.values())

    @api.model
    def _public_page(self, company, plan_id, number, lang):
        """One copy of a plan with its earlier versions; only a note where it was withdrawn.

        :return: a dict, or None where nothing of the plan was ever out
        """
        # sudo: jamaa.plan.publication - what was published, or the note that it was
        rows = self.sudo().search([("company_id", "=", company.id), ("plan_id", "=", plan_id)], order="number desc")
        if number is None:
            row = rows.filtered(lambda one: one.state == "current")[:1] or rows[:1]
        else:
            row = rows.filtered(lambda one: one.number == number)
        if not row:
            return None
        if row.state == "withdrawn":
            return {"withdrawn": row._day_of(row.withdrawn_on), "title": row.title}
        page = row._public_values(lang)
        page["versions"] = [
            {
                "number": one.number,
                "day": one._day_of(one.published_on),
                "is_this": one == row,
                "url": company._public_url(lang, f"plans/{plan_id}/{one.number}"),
            }
            for one in rows
            if one.state != "withdrawn"
        ]
        return page

    def _public_values(self, lang):
        """A copy with its dates as people write them."""
        self.ensure_one()
        copy = self._copy_in(lang)
        company = self.company_id
        return {
            **copy,
            "sponsor": company._public_official(copy["sponsor"]),
            "from": self._day_words(copy["from"]),
            "to": self._day_words(copy["to"]),
            "results": [
                {
                    **result,
                    "actions": [
                        {**action, "start": self._day_words(action["start"]), "due": self._day_words(action["due"])}
                        for action in result["actions"]
                    ],
                }
                for result in copy["results"]
            ],
            "number": self.number,
            "is_current": self.state == "current",
            "as_of": self._day_of(self.published_on),
            "url": company._public_url(lang, f"plans/{self.plan_id.id}"),
            "withdrawn": "",
            "versions": [],
        }

    def _day_words(self, text):
        return format_date(self.env, date.fromisoformat(text), date_format="d MMMM y") if text else ""

    def _day_of(self, moment):
        local = fields.Datetime.context_timestamp(self.with_context(tz="Africa/Casablanca"), moment)
        return format_date(self.env, local.date(), date_format="d MMMM y")
