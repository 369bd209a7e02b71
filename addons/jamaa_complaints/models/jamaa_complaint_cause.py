"""Why it happened: what lies behind a case, so that what recurs can be mended."""

from odoo import fields, models


class JamaaComplaintCause(models.Model):
    """A root cause, named by whoever looked into the matter.

    Rows without commune are shipped and shared; a commune adds its own.
    """

    _name = "jamaa.complaint.cause"
    _description = "Root cause of cases"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="Commune", index="btree_not_null", help="Empty: offered to every commune."
    )

    _name_uniq = models.UniqueIndex(
        "(name, coalesce(company_id, 0)) WHERE active", "This cause is on the list already."
    )
