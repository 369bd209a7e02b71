"""What the public page of a sheet shows, as plain values."""

from werkzeug.urls import url_quote

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

#: Codes of procedures that are not the commune's, whose sheet says where to go instead.
ELSEWHERE = "elsewhere-"


class JamaaProcedure(models.Model):
    _inherit = "jamaa.procedure"

    @api.model
    def _public_domain(self, company):
        """Return the procedures of a commune that citizens may read."""
        return Domain([("company_id", "=", company.id), ("sheet_id", "!=", False), ("active", "=", True)])

    @api.model
    def _public_procedure(self, company, code, variant=""):
        """Return the published procedure an address names, empty when there is none.

        Unknown, not published and another commune's look the same.
        """
        known = self._public_domain(company) & Domain("code", "=", code)
        return self.search(known & Domain("variant", "in", [variant] if variant else [False, ""]), limit=1)

    def _public_page(self, page=""):
        """Return the last part of the address of a procedure's page, under the commune's.

        :param str page: a page of the procedure: ``need``, ``print``
        """
        self.ensure_one()
        parts = ["procedures", self.code, *([url_quote(self.variant, safe="")] if self.variant else [])]
        return "/".join([*parts, *([page] if page else [])])

    def _public_links(self, lang):
        """Return these procedures for a list of links: ``name`` (Said), ``url``, ``text`` (Said).

        :param str lang: URL code of the page's language
        """
        names = self._said("name")
        summaries = self.sheet_id._said("summary")
        return [
            {
                "name": names[one.id]["name"],
                "variant": one.variant or "",
                "url": one.company_id._public_url(lang, one._public_page()),
                "text": summaries.get(one.sheet_id.id, {}).get("summary"),
            }
            for one in self
        ]

    def action_open_public_page(self):
        """Open the page citizens read, in the language of the user."""
        self.ensure_one()
        url = self.company_id._public_url(self.env.lang, self._public_page())
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}

    def _is_elsewhere(self):
        """Whether another administration does this, not the commune."""
        self.ensure_one()
        return self.code.startswith(ELSEWHERE)


class JamaaProcedureSheet(models.Model):
    _inherit = "jamaa.procedure.sheet"

    def _page_values(self, lang, content):
        """Return everything the page of a published sheet shows.

        :param str lang: URL code of the page's language
        :param dict content: see :meth:`_content`
        """
        self.ensure_one()
        procedure = self.procedure_id
        elsewhere = procedure._is_elsewhere()
        texts = self._own_texts()
        related = procedure.related_ids.filtered(lambda one: one.sheet_id and one.active)
        values = {
            "id": self.id,
            "name": procedure._said("name")[procedure.id]["name"],
            "variant": procedure.variant or "",
            "asked": url_quote("/".join(filter(None, (procedure.code, procedure.variant)))),
            "elsewhere": elsewhere,
            **texts,
            "steps": [
                {"text": self._line_said(step, "name"), "pictogram": step["pictogram"], "id": step["id"]}
                for step in content["step"]
            ],
            "questions": len(content["question"]),
            **self._papers_and_cost(content),
            "delay": None if elsewhere else self._delay_words(),
            "where": procedure._where(),
            "channels": self.channel_ids.mapped("name"),
            "online_link": self.online_link if (self.online_link or "").startswith(("https://", "http://")) else "",
            "access": self._access_words(content),
            "silence_effect": self.silence_effect,
            "legal": [self._legal_words(text) for text in content["legal"]],
            "related": related._public_links(lang),
            "forms": [
                {"name": form.name, "url": f"form/{rank}", "size": -(-form.file_size // 1024)}
                for rank, form in enumerate(self.form_ids, 1)
            ],
            "unchecked": not self.values_checked_on,
            "reviewed_alone": self.reviewed_alone,
            "review_late": procedure.review_late,
            "reviewed_on": self._day_words(self.reviewed_on),
            "version": self.version,
        }
        values["incomplete"] = self._is_incomplete(values)
        return values

    def _is_incomplete(self, values):
        """Whether a text of the page stands there in another language than the page's."""
        steps = [step["text"] for step in values["steps"]]
        papers = [paper["name"] for paper in (*values["bring"], *values["held"])]
        return any(text.foreign for text in (values["name"], values["summary"], *steps, *papers))

    def _day_words(self, day):
        return format_date(self.env, day, date_format="d MMMM y") if day else ""

    def _access_words(self, content):
        """Return how each category gets it done; categories without a line are gaps, shown to staff only."""
        categories = {one.id: one for one in self.env["jamaa.access.category"].search([])}
        return [
            {"name": categories[line["category_id"]].name, "how": self._line_said(line, "how")}
            for line in content["access"]
            if line["category_id"] in categories
        ]

    def _legal_words(self, text):
        """Return one legal text of ``_content``: name, article, date, address."""
        day = text["dated"]
        return {
            "name": self._line_said(text, "name"),
            "article": self.env._("article %(number)s", number=text["article"]) if text["article"] else "",
            "dated": format_date(self.env, day, date_format="d MMMM y") if day else "",
            "url": text["url"] if (text["url"] or "").startswith(("https://", "http://")) else "",
        }
