"""Pauses of a site in which nobody is called: prayer, lunch, the break of the fast."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class JamaaQueuePause(models.Model):
    """Hours of a day taken out of the opening hours of a site, for a while or for good.

    What changes for a whole season (Ramadan, summer) are the dated hours of the site; a pause is what
    lies inside them. The hour of the Friday prayer moves with the sun, so a pause has dates.
    """

    _name = "jamaa.queue.pause"
    _inherit = ["jamaa.period.mixin"]
    _description = "Pause of a Site"
    _order = "site_id, weekday, hour_from, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, help="As the board says it: “Friday prayer”.")
    kind = fields.Selection(
        [("prayer", "Prayer"), ("lunch", "Lunch"), ("ramadan", "Ramadan"), ("other", "Other")],
        required=True,
        default="prayer",
    )
    site_id = fields.Many2one("jamaa.site", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="site_id.company_id", string="Commune", store=True, index=True)
    weekday = fields.Selection(WEEKDAYS, "Day", help="Left empty, every day.")
    hour_from = fields.Float("Starts at", required=True)
    hour_to = fields.Float("Ends at", required=True)

    _hours_order = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_to <= 24 AND hour_from < hour_to)",
        "A pause starts before it ends, within one day.",
    )

    @api.constrains("site_id", "company_id")
    def _check_site(self):
        for pause in self:
            if not pause.site_id.company_id.is_commune:
                raise ValidationError(self.env._("A pause belongs to a site of a commune."))

    def _filtered_on(self, date):
        """The pauses of this recordset that hold on a day, its weekday looked at."""
        day = str(date.weekday())
        return super()._filtered_on(date).filtered(lambda pause: not pause.weekday or pause.weekday == day)
