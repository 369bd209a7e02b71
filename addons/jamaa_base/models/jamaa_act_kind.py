from odoo import fields, models


class JamaaActKind(models.Model):
    """A kind of act that somebody signs in the name of the commune.

    A delegation lists the kinds it covers; a room asks by code whether a person
    may sign (see ``jamaa.function._may_sign``).
    """

    _name = "jamaa.act.kind"
    _description = "Kind of Act"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The word by which the rooms ask who may sign.")
    sequence = fields.Integer(default=10)
    numbering = fields.Selection(
        [
            ("mail", "In the book of outgoing mail"),
            ("typed", "In a book of its own, typed when it is signed"),
        ],
        required=True,
        default="mail",
        help="Letters leave by the mail registry; orders and decisions have their own yearly numbers.",
    )
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another kind of act has this code.")
