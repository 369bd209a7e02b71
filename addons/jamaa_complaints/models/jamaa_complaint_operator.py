"""Who works for the commune without being of it: delegated operators and outside bodies."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize

OPERATOR_KINDS = [
    ("waste", "Waste"),
    ("lighting", "Street lighting"),
    ("water_power", "Water and power"),
    ("province", "Province or prefecture"),
    ("other", "Other body"),
]


class JamaaComplaintOperator(models.Model):
    """A delegated operator (délégataire) or a body outside the commune that gets work orders.

    It has no login: the commune sends the order and notes what came back. The address is
    that of an office, never of a person.
    """

    _name = "jamaa.complaint.operator"
    _description = "Operator or outside body"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(OPERATOR_KINDS, string="Field", required=True, default="other")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Commune",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    email = fields.Char(string="E-mail of the office", help="Orders are sent there. Empty: they go on paper.")
    phone = fields.Char(string="Phone of the office")
    contract_reference = fields.Char(
        string="Contract", help="Number and date of the contract or agreement that the orders rest on."
    )
    order_lang = fields.Selection(
        selection="_order_langs",
        string="Language of its orders",
        help="Empty: the language of the commune.",
    )

    _name_uniq = models.UniqueIndex(
        "(company_id, name) WHERE active", "This operator is on the list of the commune already."
    )

    @api.model
    def _order_langs(self):
        return self.env["res.lang"].get_installed()

    @api.constrains("email")
    def _check_email(self):
        for operator in self.filtered("email"):
            if not email_normalize(operator.email):
                raise ValidationError(self.env._("“%(address)s” is no e-mail address.", address=operator.email))
