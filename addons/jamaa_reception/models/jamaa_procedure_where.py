"""Where a procedure is done: sites, hours of today, next opening, and where to go instead."""

from datetime import timedelta

from odoo import fields, models
from odoo.tools.misc import format_date

#: How many days ahead the next opening is looked for.
AHEAD = 14


def clock(hours):
    """Return a time of day as it is read: 08:30."""
    minutes = round(hours * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


class JamaaProcedure(models.Model):
    _inherit = "jamaa.procedure"

    def _where(self):
        """Return the sites that have a say in this procedure, by what is done there.

        :return: dict: ``here`` (done, deposit, information: dicts of plain values), ``not_here``
            (names and notes), ``all_sites`` (no line at all: ask anywhere)
        """
        self.ensure_one()
        lines = self.site_line_ids.filtered(lambda line: line.site_id.active)
        notes = lines._said("note")
        openings = self.env["jamaa.site"]._opening_words(lines.filtered(lambda line: line.what != "not_here").site_id)
        labels = dict(lines._fields["what"]._description_selection(self.env))
        rows = [
            {
                "what": line.what,
                "label": labels[line.what],
                "name": line.site_id.name,
                "street": line.site_id.street or "",
                "phone": line.site_id.phone or "",
                "step_free": line.site_id.step_free,
                "note": notes[line.id]["note"],
                **openings.get(line.site_id.id, {}),
            }
            for line in lines
        ]
        return {
            "here": [row for row in rows if row["what"] != "not_here"],
            "not_here": [row for row in rows if row["what"] == "not_here"],
        }


class JamaaSite(models.Model):
    _inherit = "jamaa.site"

    def _opening_words(self, sites):
        """Return what is said of the hours of some sites of one commune, in words of the environment's language.

        :return: ``{site id: {"today": …, "next": …, "open": bool, "ranges": [...]}}``; both texts
            are empty where no hours are known
        """
        if not sites:
            return {}
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        today, hour = now.date(), now.hour + now.minute / 60
        company = sites.company_id
        company.ensure_one()
        last = today + timedelta(days=AHEAD)
        holidays = self.env["jamaa.holiday"]._names_between(company, today, last)
        return {site.id: site._opening_words_on(today, hour, holidays) for site in sites}

    def _opening_words_on(self, today, hour, holidays):
        self.ensure_one()
        days = [today + timedelta(days=number) for number in range(AHEAD + 1)]
        hours = {day: [] if day in holidays else self._hours_on(day) for day in days}
        ranges = [f"{clock(start)}–{clock(end)}" for start, end in hours[today]]
        is_open = any(start <= hour < end for start, end in hours[today])
        reason = ""
        if today in holidays:
            reason = holidays[today].get(self.env.lang) or holidays[today].get("en_US") or ""
        elif not ranges:
            reason = self._opening_on(today).name or ""
        upcoming = next(
            ((day, start) for day in days for start, _end in hours[day] if day > today or start > hour), None
        )
        return {
            "known": bool(ranges or upcoming),
            "open": is_open,
            "ranges": ranges,
            "reason": reason,
            "next": upcoming and not is_open and self._next_words(today, *upcoming),
        }

    def _next_words(self, today, day, start):
        """Return when a closed site opens next: the day in words, and the time."""
        if day == today:
            name = self.env._("today")
        elif day == today + timedelta(days=1):
            name = self.env._("tomorrow")
        else:
            name = format_date(self.env, day, date_format="EEEE d MMMM")
        return {"day": name, "time": clock(start)}
