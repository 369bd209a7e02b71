from odoo import fields, models


class JamaaTheme(models.Model):
    """A field of work that communes share: reception, complaints, communication…

    Themes are the same for every commune, so that plans and stories compare.
    """

    _name = "jamaa.theme"
    _description = "Theme"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another theme has this code.")
