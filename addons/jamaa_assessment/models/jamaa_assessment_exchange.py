"""Grids between communes: one reader, one writer, for the files that come with the addon and for adopting."""

import json
import re
from pathlib import Path

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import file_path

from odoo.addons.jamaa_base.tools.exchange import ExchangeProblem, items, text, texts

from .jamaa_assessment_item import ANCHORS

#: Says which format a file has.
FORMAT = "jamaa-assessment-grid/1"
SHIPPED = "jamaa_assessment/data/grids"
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KINDS = ("level", "gate")


class JamaaAssessmentGrid(models.Model):
    _inherit = "jamaa.assessment.grid"

    @api.model
    def _load_shipped_grids(self):
        """Publish the grids that come with the addon as shared ones, where they are not yet."""
        # sudo: jamaa.assessment.grid - shared grids are filled at installation
        shared = self.sudo()
        known = set(shared.with_context(active_test=False).search([("company_id", "=", False)]).mapped("code"))
        for path in sorted(Path(file_path(SHIPPED)).glob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["code"] not in known:
                shared._import_grid(data, self.env["res.company"]).draft_version_id.action_publish()

    def _adopt(self, company):
        """Copy shared grids into a commune, each as a draft; open them.

        :raise UserError: nothing was left to adopt
        """
        known = set(self.with_context(active_test=False).search([("company_id", "=", company.id)]).mapped("code"))
        fresh = self.filtered(lambda grid: not grid.company_id and grid.code not in known)
        if not fresh:
            raise UserError(self.env._("Your commune already has these grids."))
        fresh.check_access("read")
        made = self.browse()
        for grid in fresh:
            adopted = self._import_grid(grid._export_grid(), company)
            adopted.model_id = grid
            made |= adopted
        return made._get_records_action(name=self.env._("Grids of the commune"))

    # ---------- reading ----------

    @api.model
    def _import_grid(self, data, company):
        """Make a grid with a version in preparation from an object of the exchange format.

        :param dict data: as in the addon's ``data/grids``
        :param company: the commune; empty for a shared grid
        :raise ExchangeProblem: something in it is wrong; nothing was made then
        :return: the grid
        """
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ExchangeProblem("format", "format")
        code = _key(data, "code", "")
        name = texts(data, "name", "", required=True)
        subject = data.get("subject", "commune")
        if subject not in dict(self._fields["subject_kind"].selection):
            raise ExchangeProblem("subject", "unknown")
        with self.env.cr.savepoint():
            grid = self.create(
                {
                    "name": next(iter(name.values())),
                    "code": code,
                    "company_id": company.id,
                    "subject_kind": subject,
                    "sequence": _whole(data.get("sequence", 10), "sequence", 0, 1000),
                }
            )
            grid._write_texts(
                {"name": name, "purpose": texts(data, "purpose", ""), "sources": texts(data, "sources", "")}
            )
            version = self.env["jamaa.assessment.version"].create(
                {"grid_id": grid.id, "evidence_cap": _whole(data.get("evidence_cap", 5), "evidence_cap", 0, 5)}
            )
            for number, (place, one) in enumerate(items(data, "criteria", "")):
                version._import_criterion(number, place, one)
        return grid

    # ---------- writing ----------

    def _export_grid(self, version=None):
        """Return a grid in the exchange format, without anything that names a person or a commune.

        :param version: which one; by default the published one, else the one in preparation
        """
        self.ensure_one()
        version = version or self.version_id or self.draft_version_id
        return {
            "format": FORMAT,
            "code": self.code,
            "subject": self.subject_kind,
            "sequence": self.sequence,
            "name": self._export_texts("name"),
            "purpose": self._export_texts("purpose"),
            "sources": self._export_texts("sources"),
            "evidence_cap": version.evidence_cap,
            "criteria": [
                {
                    "key": criterion.key,
                    "name": criterion._export_texts("name"),
                    "short": criterion._export_texts("short_name"),
                    "weight": criterion.weight,
                    "items": [item._export_item() for item in criterion.item_ids],
                }
                for criterion in version.criterion_ids
            ],
        }


class JamaaAssessmentVersion(models.Model):
    _inherit = "jamaa.assessment.version"

    def _import_criterion(self, number, place, data):
        """Make one criterion with its items."""
        name = texts(data, "name", place, required=True)
        criterion = self.env["jamaa.assessment.criterion"].create(
            {
                "version_id": self.id,
                "sequence": number + 1,
                "key": _key(data, "key", place),
                "name": next(iter(name.values())),
                "weight": _whole(data.get("weight", 1), f"{place}.weight", 1, 5),
            }
        )
        criterion._write_texts({"name": name, "short_name": texts(data, "short", place)})
        for rank, (where, one) in enumerate(items(data, "items", place)):
            kind = one.get("kind", "level")
            if kind not in KINDS:
                raise ExchangeProblem(f"{where}.kind", "unknown")
            statement = texts(one, "text", where, required=True)
            item = self.env["jamaa.assessment.item"].create(
                {
                    "criterion_id": criterion.id,
                    "sequence": rank + 1,
                    "key": _key(one, "key", where),
                    "kind": kind,
                    "name": next(iter(statement.values())),
                    "weight": _whole(one.get("weight", 1), f"{where}.weight", 1, 5),
                    "may_not_apply": bool(one.get("may_not_apply")),
                    "metric_code": text(one, "metric", where) or False,
                }
            )
            anchors = items(one, "anchors", where)
            if kind == "level" and len(anchors) != len(ANCHORS):
                raise ExchangeProblem(f"{where}.anchors", "missing")
            item._write_texts(
                {
                    "name": statement,
                    "evidence": texts(one, "evidence", where),
                    "legal_reference": texts(one, "legal", where),
                    **{
                        field: texts({"anchor": anchor}, "anchor", spot, required=True)
                        for field, (spot, anchor) in zip(ANCHORS, anchors, strict=False)
                    },
                }
            )


class JamaaAssessmentItem(models.Model):
    _inherit = "jamaa.assessment.item"

    def _export_item(self):
        """Return an item in the exchange format."""
        self.ensure_one()
        return {
            "key": self.key,
            "kind": self.kind,
            "text": self._export_texts("name"),
            "weight": self.weight,
            "may_not_apply": self.may_not_apply,
            "metric": self.metric_code or "",
            "evidence": self._export_texts("evidence"),
            "legal": self._export_texts("legal_reference"),
            "anchors": [self._export_texts(name) for name in ANCHORS] if self.kind == "level" else [],
        }


def _key(data, name, place):
    """Return a stable code of small letters, figures and hyphens."""
    value = text(data, name, place, required=True)
    if not CODE.fullmatch(value):
        raise ExchangeProblem(f"{place}.{name}".lstrip("."), "kind")
    return value


def _whole(value, place, least, most):
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ExchangeProblem(place, "kind")
    return value
