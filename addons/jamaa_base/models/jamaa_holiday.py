"""Days on which the administration is closed: filled from a library, corrected by people."""

from datetime import date

import holidays

from odoo import api, fields, models

#: Languages the library knows for Morocco, by our language codes.
LIBRARY_LANGS = {"en_US": "en_US", "ar_MA": "ar", "fr_MA": "fr"}
#: How the library marks a religious date that nobody has announced yet.
ESTIMATED = {"en_US": " (estimated)", "ar_MA": " (تقديري)", "fr_MA": " (estimé)"}
#: Holidays that follow the moon; the others have a fixed date.
RELIGIOUS = {"Eid al-Fitr", "Eid al-Adha", "Islamic New Year", "Prophet's Birthday"}


class JamaaHoliday(models.Model):
    """A holiday, national (no commune) or of one commune.

    National rows are filled from the ``holidays`` library, which knows the civil dates and
    estimates the religious ones: in Morocco the crescent decides, a day before or after. A row
    somebody corrected is never overwritten; a holiday that does not take place is archived, not
    deleted, so that the next filling does not bring it back.
    """

    _name = "jamaa.holiday"
    _description = "Public holiday"
    _order = "date desc, id"

    name = fields.Char(required=True, translate=True)
    date = fields.Date(required=True, index=True)
    kind = fields.Selection([("civil", "Civil"), ("religious", "Religious")], required=True, default="civil")
    estimated = fields.Boolean(help="The date is computed and not announced yet: it may move by a day.")
    company_id = fields.Many2one(
        "res.company",
        string="Commune",
        index=True,
        help="Empty: the whole country.",
    )
    active = fields.Boolean(default=True)
    library_key = fields.Char(string="Name in the library", readonly=True, copy=False, help="Empty: added by hand.")
    corrected = fields.Boolean(
        string="Corrected by hand",
        readonly=True,
        copy=False,
        help="A person changed the date or the name: the yearly filling leaves it alone.",
    )

    # Rows of the library are free: two days of a feast move one after the other.
    _name_date_uniq = models.UniqueIndex(
        "(date, COALESCE(company_id, 0), (name->>'en_US')) WHERE library_key IS NULL",
        "This holiday is already in the list for that day.",
    )

    def write(self, vals):
        """Mark rows a person touches, so that the yearly filling leaves them alone."""
        if not self.env.context.get("jamaa_filling_holidays") and vals.keys() & {
            "name", "date", "active", "kind", "estimated",
        }:  # fmt: skip
            vals = {**vals, "corrected": True}
        return super().write(vals)

    @api.model
    def action_fill(self):
        """Fill this year and the three to come; what people corrected stays."""
        self.check_access("create")
        # sudo: jamaa.holiday - national rows; what is written comes from the library alone
        self.sudo()._fill_years(self._years_ahead())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The holidays are up to date for the coming three years."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _cron_fill(self):
        """Yearly: keep the list ahead of every running time limit."""
        self._fill_years(self._years_ahead())

    @api.model
    def _years_ahead(self):
        """Last year (running cases), this one and the three to come."""
        year = fields.Date.context_today(self).year
        return list(range(year - 1, year + 4))

    @api.model
    def _fill_years(self, years):
        """Bring national holidays of these years in line with the library.

        A holiday that somebody corrected, archived or added for a year keeps that year's rows as
        they are; the others follow the library (a newer version knows announced dates).

        :param years: list of years
        :return: the rows that were added
        """
        years = sorted(set(years))
        wanted = self._library_days(years)
        existing = self.with_context(active_test=False).search(
            [
                ("company_id", "=", False),
                ("library_key", "!=", False),
                ("date", ">=", date(years[0], 1, 1)),
                ("date", "<=", date(years[-1], 12, 31)),
            ]
        )
        kept = set()
        for row in existing:
            slot = (row.library_key, row.date.year)
            if row.corrected:
                kept.add(slot)
        stale = existing.filtered(
            lambda row: (
                row.date.year in years
                and (row.library_key, row.date.year) not in kept
                and (row.library_key, row.date) not in wanted
            )
        )
        stale.unlink()
        present = {(row.library_key, row.date): row for row in (existing - stale)}
        rows = self.browse()
        for (key, day), names in wanted.items():
            if (key, day.year) in kept:
                continue
            estimated = names["en_US"].endswith(ESTIMATED["en_US"])
            row = present.get((key, day))
            if row:
                if row.estimated != estimated:
                    row.with_context(jamaa_filling_holidays=True).estimated = estimated
                continue
            row = self.create(
                {
                    "name": key,
                    "date": day,
                    "kind": "religious" if key in RELIGIOUS else "civil",
                    "estimated": estimated,
                    "library_key": key,
                }
            )
            rows += row
            row.with_context(jamaa_filling_holidays=True)._set_names(names)
        return rows

    def _set_names(self, names):
        """Give the row its name in the installed languages."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        self.update_field_translations(
            "name",
            {lang: name.removesuffix(ESTIMATED[lang]) for lang, name in names.items() if lang in installed},
        )

    @api.model
    def _library_days(self, years):
        """``{(english name, date): {language: name}}`` of the library.

        Two holidays on one day come joined by "; " and are taken apart.
        """
        days = {}
        for lang, library_lang in LIBRARY_LANGS.items():
            known = holidays.country_holidays("MA", years=years, language=library_lang)
            for day in known:
                days.setdefault(day, {})[lang] = known.get_list(day)
        found = {}
        for day, names in days.items():
            for position, english in enumerate(names["en_US"]):
                key = english.removesuffix(ESTIMATED["en_US"])
                found[key, day] = {lang: values[position] for lang, values in names.items() if position < len(values)}
        return found

    @api.model
    def _names_between(self, company, first, last):
        """Names of the holidays of a commune by date, in every language we print.

        :param company: the commune
        :param first: first day
        :param last: last day
        :return: ``{date: {language code: name}}``; several holidays of a day are joined, and
            ``"estimated": True`` stands beside the names while only estimates close that day
        :rtype: dict
        """
        # sudo: jamaa.holiday - the calendar of the country is no secret, citizens' pages need it
        # All languages come with one query: public pages count theirs.
        rows = (
            self.sudo()
            .with_context(prefetch_langs=True)
            .search_fetch(
                [
                    ("date", ">=", first),
                    ("date", "<=", last),
                    ("company_id", "in", [False, company.id]),
                ],
                ["date", "name", "estimated"],
                order="date, id",
            )
        )
        languages = ["en_US"] + [code for code, _name in self.env["res.lang"].get_installed() if code != "en_US"]
        found = {}
        for lang in languages:
            for row in rows.with_context(lang=lang):
                names = found.setdefault(row.date, {})
                names[lang] = f"{names[lang]} / {row.name}" if lang in names else row.name
        sure = set(rows.filtered(lambda row: not row.estimated).mapped("date"))
        for day, names in found.items():
            if day not in sure:
                names["estimated"] = True
        return found
