"""One page over everything the commune does: tiles with a few numbers, and the list behind each."""

from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date

from odoo.addons.jamaa_base.models.jamaa_metric import MONTHS
from odoo.addons.jamaa_base.models.res_company_setup import COMMUNE_TZ

#: How far back one may look, in periods.
BACK = 12
#: Who looks at the page: who plans, and who runs a service.
LOOKERS = ("jamaa_actionplan.group_planner", "jamaa_base.group_service_head")


class Scope(NamedTuple):
    """What the page is about.

    :param company: the commune
    :param departments: the service and those below it; empty for the whole commune
    :param str grain: ``month``, ``quarter`` or ``year``
    :param first: first day of the period
    :param last: last day of the period
    :param today: today in Morocco
    """

    company: object
    departments: object
    grain: str
    first: object
    last: object
    today: object


class JamaaPlanDashboard(models.AbstractModel):
    """The page of who directs. Tiles come from `_dashboard_tiles`, one method each; other files add theirs.

    Numbers are counted with the reader's own rights, all in one query: a tile never counts what its list does not
    show. Figures about complaints and reception are read from `jamaa.metric.value` alone.
    """

    _name = "jamaa.plan.dashboard"
    _description = "Dashboard of the Commune"

    # ---------- what other files extend ----------

    @api.model
    def _dashboard_sections(self):
        """Parts of the page in their order, as ``{code: title}``."""
        return {
            "plans": self.env._("Plans and actions"),
            "citizens": self.env._("Services to citizens"),
            "commune": self.env._("People and documents"),
        }

    @api.model
    def _dashboard_tiles(self):
        """Names of the methods that make a tile, in the order of the page.

        Each takes a :class:`Scope` and returns what `_tile` returns, or None where it has nothing to say.
        An addon or file adds a tile by ``[*super()._dashboard_tiles(), "_tile_mine"]``.
        """
        return []

    @api.model
    def _tile(self, code, section, title, lines, ratio=None, note=""):
        """Make a tile.

        :param str code: by which the client opens its lists
        :param str section: one of `_dashboard_sections`
        :param str title: what stands above it
        :param list lines: of `_line` and `_figure`
        :param tuple ratio: keys of two lines; the tile's large number is their share in percent
        :param str note: a sentence below
        """
        return {"code": code, "section": section, "title": title, "lines": lines, "ratio": ratio, "note": note}

    @api.model
    def _line(self, key, label, model, domain, action, tone="plain", context=None):
        """A row that counts the records of a list and opens it.

        :param str action: external id of the window in which the list opens
        :param str tone: ``plain``, ``fine``, ``warning`` or ``wrong``, where there is something to count
        """
        return {
            "key": key,
            "label": label,
            "model": model,
            "domain": Domain(domain),
            "action": action,
            "tone": tone,
            "context": context or {},
        }

    @api.model
    def _figure(self, key, label, value, words="", tone="plain", **opens):
        """A row whose value is known already; `opens` as for `_line`."""
        return {"key": key, "label": label, "value": value, "words": words, "tone": tone, **opens}

    # ---------- the page ----------

    @api.model
    @api.readonly
    def dashboard_page(self, grain="month", back=0, department_id=False):
        """Return the page as plain values.

        :param str grain: ``month``, ``quarter`` or ``year``
        :param int back: how many periods ago; 0 is the running one
        :param department_id: a service, or False for the whole commune
        :raise AccessError: not for this role
        """
        here = self.with_context(tz=COMMUNE_TZ)
        scope = here._scope(grain, back, department_id)
        tiles = here._tiles(scope)
        self._count_lines([line for tile in tiles for line in tile["lines"]])
        return {
            "commune": scope.company.display_name,
            "grain": scope.grain,
            "back": back,
            "period": self._period_words(scope),
            "department_id": department_id,
            "department": scope.departments[:1].name or "",
            "departments": self._department_choices(scope),
            "is_demo": scope.company.is_demo,
            "sections": [
                {"code": code, "title": title, "tiles": mine}
                for code, title in self._dashboard_sections().items()
                if (mine := [self._shown(tile) for tile in tiles if tile["section"] == code])
            ],
        }

    @api.model
    def dashboard_open(self, tile_code, key, grain="month", back=0, department_id=False):
        """Return the window with the list behind a row, with the reader's own rights.

        :raise UserError: there is no such row
        """
        here = self.with_context(tz=COMMUNE_TZ)
        scope = here._scope(grain, back, department_id)
        lines = [one for tile in here._tiles(scope) if tile["code"] == tile_code for one in tile["lines"]]
        line = next((one for one in lines if one["key"] == key and one.get("action")), None)
        if not line:
            raise UserError(self.env._("There is no list behind this number."))
        action = self.env["ir.actions.act_window"]._for_xml_id(line["action"])
        name = line["label"]
        return {
            **action,
            "name": name,
            "display_name": name,
            "domain": list(line["domain"]),
            "context": line["context"],
            "path": False,
        }

    @api.model
    def dashboard_print(self, grain="month", back=0, department_id=False):
        """Return the download of the page on paper."""
        scope = self._scope(grain, back, department_id)
        report = self.env.ref("jamaa_actionplan.report_dashboard")
        data = {"grain": grain, "back": back, "department_id": department_id}
        return report.report_action(scope.company, data=data, config=False)

    # ---------- how it is made ----------

    @api.model
    def _scope(self, grain, back, department_id):
        """Check who asks and what for.

        :raise AccessError: not for this role
        :raise UserError: no such period or service
        """
        company = self.env.company
        user = self.env.user
        if user.share or not company.is_commune or not any(user.has_group(group) for group in LOOKERS):
            raise AccessError(self.env._("This page is for those who direct or plan in a commune."))
        if grain not in MONTHS or not isinstance(back, int) or not 0 <= back <= BACK:
            raise UserError(self.env._("Choose a month, three months or a year of the last twelve."))
        departments = self.env["hr.department"]
        if department_id:
            departments = departments.search(
                [("id", "child_of", int(department_id)), ("company_id", "=", company.id)], order="parent_path, id"
            )
            if not departments:
                raise UserError(self.env._("This service is not there any more."))
        months = MONTHS[grain]
        today = self.env["jamaa.metric"]._today()
        first = today.replace(month=(today.month - 1) // months * months + 1, day=1)
        first -= relativedelta(months=back * months)
        last = first + relativedelta(months=months, days=-1)
        return Scope(company, departments, grain, first, last, today)

    @api.model
    def _tiles(self, scope):
        """Make all tiles; rows of models the reader may not read are left out, and tiles without rows."""
        tiles = []
        for method in self._dashboard_tiles():
            tile = getattr(self, method)(scope)
            if not tile:
                continue
            tile["lines"] = [one for one in tile["lines"] if "model" not in one or self._readable(one["model"])]
            if tile["lines"]:
                tiles.append(tile)
        return tiles

    @api.model
    def _readable(self, model):
        return self.env[model].has_access("read")

    @api.model
    def _count_lines(self, lines):
        """Count the records behind all rows in one query."""
        counted = [line for line in lines if "value" not in line]
        if not counted:
            return
        parts = []
        for line in counted:
            rows = self.env[line["model"]].with_context(active_test=True)._search(line["domain"])
            parts.append(SQL("(SELECT count(*) FROM (%s) AS rows)", rows.select()))
        counts = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(parts)))[0]
        for line, count in zip(counted, counts, strict=True):
            line["count"] = line["value"] = count

    @api.model
    def _shown(self, tile):
        """A tile as the client and the paper read it."""
        values = {line["key"]: line.get("count", 0) for line in tile["lines"]}
        share = ""
        if tile["ratio"]:
            part, whole = (values.get(key, 0) for key in tile["ratio"])
            share = f"{round(100 * part / whole)}\u00a0%" if whole else "–"
        return {
            "code": tile["code"],
            "title": tile["title"],
            "share": share,
            "note": tile["note"],
            "lines": [
                {
                    "key": line["key"],
                    "label": line["label"],
                    "value": line["value"],
                    "words": line.get("words", ""),
                    "tone": line["tone"] if line["value"] else "plain",
                    "opens": bool(line.get("action")),
                }
                for line in tile["lines"]
            ],
        }

    @api.model
    def _period_words(self, scope):
        pattern = {"month": "MMMM y", "quarter": "MMM y", "year": "y"}[scope.grain]
        first = format_date(self.env, scope.first, date_format=pattern)
        if scope.grain != "quarter":
            return first
        return self.env._(
            "%(first)s to %(last)s", first=first, last=format_date(self.env, scope.last, date_format=pattern)
        )

    @api.model
    def _department_choices(self, scope):
        rows = self.env["hr.department"].search_fetch([("company_id", "=", scope.company.id)], ["name"], order="name")
        return [{"id": row.id, "name": row.name} for row in rows]


class ReportDashboard(models.AbstractModel):
    """The page on paper: the same values, for the same reader."""

    _name = "report.jamaa_actionplan.dashboard_paper"
    _description = "Dashboard on Paper"

    @api.model
    def _get_report_values(self, docids, data=None):
        data = data or {}
        page = self.env["jamaa.plan.dashboard"].dashboard_page(
            data.get("grain", "month"), int(data.get("back") or 0), int(data.get("department_id") or 0) or False
        )
        company = self.env.company
        return {
            "doc_ids": company.ids,
            "doc_model": "res.company",
            "docs": company,
            "page": page,
            "printed_on": format_date(self.env, fields.Date.context_today(self)),
        }
