"""What a commune needs before its first citizen comes: hours, numbers, addresses."""

from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Command

COMMUNE_TZ = "Africa/Casablanca"
# Decree 2-05-916 of 20 July 2005, art. 1: Monday to Friday 8:30 to 16:30 with half an
# hour at midday, an hour more on Friday for the prayer: 36.5 hours a week.
# Ramadan and summer hours are set each year by order: they are dated openings of a site.
ADMINISTRATIVE_WEEK = [(day, 8.5, 12.0, 12.5, 16.5) for day in "0123"] + [("4", 8.5, 12.0, 13.5, 16.5)]


class ResCompany(models.Model):
    _inherit = "res.company"

    def _prepare_commune(self):
        """Give a company that is now a commune its letterhead, hours and number ranges."""
        for commune in self:
            for name in ("letterhead_ar", "letterhead_fr"):
                if not commune[name]:
                    commune[name] = commune._letterhead_default(name)
            commune.partner_id.write({"lang": commune._installed_lang(), "tz": COMMUNE_TZ})
        self._set_administrative_hours()
        self._ensure_commune_sequences()

    def _installed_lang(self):
        """The commune's main language when it is active in this database, else the user's."""
        self.ensure_one()
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        return self.commune_lang if self.is_commune and self.commune_lang in installed else self.env.lang

    def _in_own_language(self):
        """The same company, where texts written once come out in its main language."""
        self.ensure_one()
        return self.with_context(lang=self._installed_lang())

    # ---------- hours ----------

    def _prepare_resource_calendar_values(self):
        """Communes and programmes keep Moroccan office hours, not upstream's."""
        values = super()._prepare_resource_calendar_values()
        if self.is_commune or self.is_programme:
            values.update(self._in_own_language()._administrative_calendar_values())
        return values

    @api.model
    def _administrative_calendar_values(self):
        """Values of a calendar with the hours of decree 2-05-916, in Moroccan time."""
        lines = [Command.clear()]
        for day, opens, pause, back, closes in ADMINISTRATIVE_WEEK:
            for period, start, end in (("morning", opens, pause), ("lunch", pause, back), ("afternoon", back, closes)):
                lines.append(
                    Command.create(
                        {
                            "name": {
                                "morning": self.env._("Morning"),
                                "lunch": self.env._("Break"),
                                "afternoon": self.env._("Afternoon"),
                            }[period],
                            "dayofweek": day,
                            "day_period": period,
                            "hour_from": start,
                            "hour_to": end,
                        }
                    )
                )
        return {"name": self.env._("Administrative hours"), "tz": COMMUNE_TZ, "attendance_ids": lines}

    def _set_administrative_hours(self):
        """Put calendars that upstream made in another time zone right.

        A calendar somebody already keeps in Moroccan time is left alone.
        """
        for company in self:
            # sudo: resource.calendar - hours come with the commune, whoever creates it
            calendar = company.resource_calendar_id.sudo()
            if calendar and calendar.tz != COMMUNE_TZ:
                calendar.write(company._in_own_language()._administrative_calendar_values())

    # ---------- numbers ----------

    def _commune_sequences(self):
        """Number ranges of one commune; each room adds its own.

        :return: dicts with ``code``, ``name``, ``prefix`` and ``padding``
        :rtype: list
        """
        self.ensure_one()
        return []

    def _ensure_commune_sequences(self):
        """Make the sequences of each commune, with ranges of this year and the next.

        Ranges made on demand collide when the first requests of a year come
        together (unique range per sequence), so they are made ahead.
        """
        # sudo: ir.sequence - numbering is the tool's own, no role keeps it by hand
        sequences = self.env["ir.sequence"].sudo()
        today = fields.Date.context_today(self)
        years = [today.year, (today + relativedelta(years=1)).year]
        for company in self:
            known = {sequence.code: sequence for sequence in sequences.search([("company_id", "=", company.id)])}
            for spec in company._commune_sequences():
                sequence = known.get(spec["code"]) or sequences.create(
                    {
                        "name": spec["name"],
                        "code": spec["code"],
                        "prefix": spec.get("prefix", ""),
                        "padding": spec.get("padding", 5),
                        "company_id": company.id,
                        "use_date_range": True,
                        "implementation": spec.get("implementation", "standard"),
                    }
                )
                made = {row.date_from.year for row in sequence.date_range_ids}
                sequence.date_range_ids = [
                    Command.create({"date_from": date(year, 1, 1), "date_to": date(year, 12, 31)})
                    for year in years
                    if year not in made
                ]

    @api.model
    def _cron_prepare_sequences(self):
        """Each month: every commune has the ranges of this year and the next."""
        self.search([("is_commune", "=", True)])._ensure_commune_sequences()

    # ---------- addresses ----------

    def _alias_name(self, word):
        """Local part of a mail address of this commune.

        Alias names are unique per mail domain, so the web name goes into each.

        :param str word: what the address is for, such as ``chikayat``
        :return: for instance ``chikayat-meknes``
        """
        self.ensure_one()
        return f"{word}-{self.commune_slug or self.id}"
