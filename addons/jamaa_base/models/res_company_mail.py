"""How a commune numbers its mail."""

from odoo import fields, models

from .jamaa_mail_freed import INCOMING_SEQUENCE, OUTGOING_SEQUENCE


class ResCompany(models.Model):
    _inherit = "res.company"

    mail_numbering = fields.Selection(
        [("own", "By this registry"), ("national", "By the State's electronic registry, typed in here")],
        "Mail is numbered",
        default="own",
        required=True,
        help="Where the commune uses the State's registry, its number is typed and no second one is given.",
    )

    def _commune_sequences(self):
        """Add the two series of the mail registry. They are PostgreSQL's own: they never wait."""
        names = {INCOMING_SEQUENCE: self.env._("Incoming mail"), OUTGOING_SEQUENCE: self.env._("Outgoing mail")}
        return [
            *super()._commune_sequences(),
            *({"code": code, "name": name, "padding": 1} for code, name in names.items()),
        ]
