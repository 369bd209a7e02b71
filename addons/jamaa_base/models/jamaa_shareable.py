"""Records of which a commune may publish a copy."""

import base64

from odoo import fields, models

from ..tools.share_payload import SCALARS


class JamaaShareable(models.AbstractModel):
    """A button « Share… » and what a copy of the record says.

    A model that inherits this is shareable only once it is also in
    ``jamaa.share._shareable_models``.
    """

    _name = "jamaa.shareable"
    _description = "Shareable Record"

    def _share_kind(self):
        """Code of the kind of share."""
        raise NotImplementedError

    def _share_company(self):
        """The commune whose record, or whose figures, they are."""
        return self.company_id

    def _share_title(self):
        """The title proposed to the person who shares."""
        return self.display_name

    def _share_payload(self):
        """What a copy says, in the language of the context: ``{"sections": […]}``, plain values."""
        raise NotImplementedError

    def _share_files(self):
        """Files copied with it: ``[(name, bytes), …]``."""
        return []

    def _share_publisher(self):
        """The function by which the user shares this record today.

        :raise AccessError: the user holds none that may
        """
        return self.env["jamaa.share"]._publisher(self._share_company())

    def _share_extra(self):
        """What an addon writes on the share beside what every share has."""
        return {}

    def _share_payloads(self):
        """What a copy says, in each language of this database."""
        return {
            code: self.with_context(lang=code)._share_payload() for code, _name in self.env["res.lang"].get_installed()
        }

    def action_share(self):
        """Button: share a copy of this record."""
        self.ensure_one()
        self.check_access("read")
        self._share_publisher()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_base.jamaa_share_publish_action")
        return {**action, "context": {"default_res_model": self._name, "default_res_id": self.id}}

    def _share_rows(self, names):
        """Rows « label, value » of the fields that are filled."""
        rows = []
        for name in names:
            field, value = self._fields[name], self[name]
            if not value:
                continue
            if field.type == "boolean":
                value = self.env._("Yes")
            elif field.type == "selection":
                value = dict(field._description_selection(self.env))[value]
            elif field.relational:
                value = ", ".join(value.mapped("display_name"))
            elif field.type == "date":
                value = fields.Date.to_string(value)
            rows.append([field._description_string(self.env), value if isinstance(value, SCALARS) else str(value)])
        return rows


class JamaaSite(models.Model):
    _name = "jamaa.site"
    _inherit = ["jamaa.site", "jamaa.shareable"]

    def _share_kind(self):
        return "site"

    def _share_payload(self):
        self.ensure_one()
        place = ("kind", "street", "quarter", "phone", "theme_ids")
        access = ("step_free", "seating", "toilet", "adapted_toilet", "priority_desk", "accessibility_note")
        sections = [
            {"heading": self.name, "table": {"rows": self._share_rows(place)}},
            {"heading": self.env._("Opening hours"), "table": {"rows": self._share_hours()}},
            {"heading": self.env._("Access for everybody"), "table": {"rows": self._share_rows(access)}},
        ]
        if self.commune_role:
            sections.insert(
                1, {"heading": self.env._("What the commune does here"), "paragraphs": self.commune_role.splitlines()}
            )
        return {"sections": [part for part in sections if part.get("paragraphs") or part["table"]["rows"]]}

    def _share_hours(self):
        """Usual hours by day of the week, then what differs today or later."""
        today = fields.Date.context_today(self)
        calendar = self.calendar_id or self.company_id.resource_calendar_id
        days = dict(calendar.attendance_ids._fields["dayofweek"]._description_selection(self.env))
        lines = calendar.attendance_ids.filtered(lambda line: line.day_period != "lunch" and not line.display_type)
        rows = []
        for day, label in days.items():
            hours = sorted((line.hour_from, line.hour_to) for line in lines if line.dayofweek == day)
            if hours:
                rows.append([label, " · ".join(f"{_clock(start)}–{_clock(end)}" for start, end in hours)])
        for opening in self.opening_ids.filtered(lambda row: not row.date_to or row.date_to >= today):
            period = f"{opening.date_from} – {opening.date_to or ''}"
            rows.append([opening.name, self.env._("Closed") + f" ({period})" if opening.closed else period])
        return rows


class JamaaDocumentVersion(models.Model):
    _name = "jamaa.document.version"
    _inherit = ["jamaa.document.version", "jamaa.shareable"]

    def _share_kind(self):
        return "document"

    def _share_payload(self):
        self.ensure_one()
        rows = self._share_rows(("number", "date", "digest"))
        section = {
            "heading": self.document_id.name,
            "paragraphs": (self.summary or "").splitlines(),
            "table": {"rows": rows},
        }
        return {"sections": [section]}

    def _share_files(self):
        version = self.with_context(bin_size=False)
        names = (("file_ar", "file_ar_name"), ("file_fr", "file_fr_name"))
        return [
            (version[name] or f"{field}.pdf", base64.b64decode(version[field]))
            for field, name in names
            if version[field]
        ]


class JamaaMetric(models.Model):
    _name = "jamaa.metric"
    _inherit = ["jamaa.metric", "jamaa.shareable"]

    def _share_company(self):
        # A measure is the same for all communes: what is shared are the values of the one at work.
        return self.env.company

    def _share_kind(self):
        return "figures"

    def _share_payload(self):
        """The whole commune by month, as the measure shows them; too small ones are not kept there."""
        self.ensure_one()
        rows = [[fields.Date.to_string(row.period_start)[:7], self._in_words(row)] for row in self._share_values()]
        section = {
            "heading": self.name,
            "paragraphs": (self.description or "").splitlines(),
            "table": {"head": [self.env._("Month"), self.env._("Value")], "rows": rows},
        }
        return {"sections": [section]}

    def _share_values(self):
        """Twelve months, of the whole commune."""
        domain = [
            ("metric_id", "=", self.id),
            ("company_id", "=", self._share_company().id),
            ("site_id", "=", False),
            ("grain", "=", "month"),
        ]
        return self.env["jamaa.metric.value"].search(domain, order="period_start desc", limit=12)


def _clock(hour):
    """8.5 as « 08:30 »."""
    minutes = round(hour * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
