"""The act that appoints a reference person and the stand-in, printed and then recorded."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

APPOINTERS = "jamaa_base.group_administrator,jamaa_base.group_director"


class JamaaAppointment(models.TransientModel):
    """Prepare the act, print it for signature, and record the mandates once it is signed.

    Printing decides nothing: holder and stand-in come into the function by the number and
    the date of the signed act.
    """

    _name = "jamaa.appointment"
    _description = "Appointment of a Reference Person"

    function_id = fields.Many2one("jamaa.function", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="function_id.company_id")
    theme_id = fields.Many2one(related="function_id.theme_id")
    holder_id = fields.Many2one("res.partner", "Holder", required=True)
    stand_in_id = fields.Many2one("res.partner", "Stand-in")
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    years = fields.Integer("For how many years", default=3)
    date_to = fields.Date("To", compute="_compute_date_to")
    lang = fields.Selection("_selection_lang", "Language of the act", required=True, default="ar_MA")
    act_number = fields.Char("Number of the signed act")
    act_date = fields.Date("Date of the signed act")

    @api.model
    def _selection_lang(self):
        installed = self.env["res.lang"].get_installed()
        return [(code, name) for code, name in installed if code in ("ar_MA", "fr_MA")] or installed

    @api.depends("date_from", "years")
    def _compute_date_to(self):
        for act in self:
            end = act.date_from and act.years > 0 and act.date_from + relativedelta(years=act.years, days=-1)
            act.date_to = end or False

    def _document_lang(self):
        return self.lang

    def _act_words(self):
        """What the printed act says, in the language of the environment."""
        self.ensure_one()
        return {
            "holder": self.holder_id.name,
            "stand_in": self.stand_in_id.name or "",
            "function": self.function_id.name,
            "theme": self.theme_id.name or "",
            "date_from": format_date(self.env, self.date_from),
            "date_to": format_date(self.env, self.date_to) if self.date_to else "",
        }

    def _check_may_appoint(self):
        self.ensure_one()
        self.function_id.check_access("write")
        if not self.env.user.has_groups(APPOINTERS):
            raise AccessError(self.env._("The director or an administrator prepares an appointment."))
        if self.holder_id == self.stand_in_id:
            raise UserError(self.env._("Holder and stand-in are two people."))

    def action_print(self):
        """Print the act for signature."""
        self._check_may_appoint()
        return self.env.ref("jamaa_base.action_report_appointment").report_action(self, config=False)

    def action_record(self):
        """Record holder and stand-in by the number and date of the signed act."""
        self._check_may_appoint()
        if not self.act_number or not self.act_date:
            raise UserError(self.env._("Type the number and the date of the signed act first."))
        if self.act_date > self.date_from:
            raise UserError(self.env._("An appointment begins on the day of its act or later."))
        people = [("holder", self.holder_id), ("stand_in", self.stand_in_id)]
        self.env["jamaa.function.holder"].create(
            [
                {
                    "function_id": self.function_id.id,
                    "role": role,
                    "partner_id": person.id,
                    "date_from": self.date_from,
                    "date_to": self.date_to,
                    "act_number": self.act_number,
                    "act_date": self.act_date,
                }
                for role, person in people
                if person
            ]
        )
        return {"type": "ir.actions.act_window_close"}
