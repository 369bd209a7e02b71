"""The time before elections, in which public pages show no official."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    electoral_from = fields.Date(
        "Electoral period from",
        help="From this day on the public pages show neither names nor pictures of officials. "
        "The commune writes down the period that the authorities announced.",
    )
    electoral_to = fields.Date("Electoral period to", help="Last day, included. Empty: until it is written down.")

    _electoral_period = models.Constraint(
        "CHECK(electoral_to IS NULL OR (electoral_from IS NOT NULL AND electoral_from <= electoral_to))",
        "The electoral period ends on the day it begins or later.",
    )

    def _officials_hidden(self, day=None):
        """Whether public pages hide officials on a day.

        Every public page that shows a name, a function or a picture of an official asks here first.

        :param day: a date; today when left out
        :rtype: bool
        """
        self.ensure_one()
        day = day or fields.Date.context_today(self)
        begun = bool(self.electoral_from and self.electoral_from <= day)
        return begun and not (self.electoral_to and self.electoral_to < day)

    def _public_official(self, words):
        """Return what a public page says of an official: nothing in an electoral period.

        :param str words: a function or a name
        """
        return "" if self._officials_hidden() else words or ""
