"""The internal visa of a function on an act; it is no signature."""

from odoo import fields, models
from odoo.exceptions import UserError


class JamaaActVisa(models.Model):
    """One visa (تأشيرة داخلية): a function read the act and lets it go on.

    It is given by whoever holds the function on that day, or stands in for it. It stays inside
    the administration and signs nothing.
    """

    _name = "jamaa.act.visa"
    _description = "Internal visa"
    _order = "act_id, round desc, sequence, id"
    _rec_name = "function_id"
    _check_company_auto = True

    act_id = fields.Many2one("jamaa.act", "Act", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="act_id.company_id", string="Commune", store=True, index=True)
    round = fields.Integer("Time round", required=True, default=1, help="A text that came back goes round again.")
    sequence = fields.Integer(default=10)
    function_id = fields.Many2one("jamaa.function", required=True, index=True, check_company=True, ondelete="restrict")
    state = fields.Selection(
        [("waiting", "Waiting"), ("given", "Given"), ("returned", "Sent back"), ("dropped", "Not asked any more")],
        "Visa",
        required=True,
        default="waiting",
    )
    user_id = fields.Many2one("res.users", "By")
    capacity = fields.Char("As", help="Person and function, as they were on that day.")
    date = fields.Datetime("When")
    note = fields.Char("Remark")
    reviewed_alone = fields.Boolean(
        "Reviewed alone", help="One person wrote the text and gave the visa, as in small communes: to be re-read."
    )
    reread_by_id = fields.Many2one("res.users", "Re-read by")

    def write(self, vals):
        """Visas follow the buttons of the act.

        :raise UserError: somebody writes one by hand
        """
        if not self.env.su:
            raise UserError(self.env._("A visa is given or refused by the buttons of the act."))
        return super().write(vals)
