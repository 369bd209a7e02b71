"""Who is competent where the commune is not."""

from odoo import fields, models

BODY_KINDS = [
    ("court", "Court or public prosecutor"),
    ("state", "State service"),
    ("operator", "Delegated operator"),
    ("commune", "Other commune"),
    ("mediator", "Médiateur (Ombudsman)"),
    ("line", "Telephone line or portal"),
    ("other", "Other body"),
]
#: Kind of body → kind of correspondent in the book of mail.
CORRESPONDENTS = {"court": "court", "state": "state", "commune": "commune", "operator": "company"}


class JamaaComplaintBody(models.Model):
    """A body a case is referred to, and how a citizen reaches it.

    Rows without commune are shipped and hold public facts only; a commune adds the
    courts, services and operators of its own territory.
    """

    _name = "jamaa.complaint.body"
    _description = "Competent body"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(BODY_KINDS, required=True, default="state")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="Commune", index="btree_not_null", help="Empty: offered to every commune."
    )
    address = fields.Char(translate=True)
    phone = fields.Char()
    email = fields.Char(string="E-mail")
    website = fields.Char(string="Web address")
    competence = fields.Text(string="Competent for", translate=True)

    _name_uniq = models.UniqueIndex("(name, coalesce(company_id, 0)) WHERE active", "This body is on the list already.")

    def _contact_lines(self):
        """How to reach it, one way a line, in the language of the context."""
        self.ensure_one()
        return [line for line in (self.address, self.phone, self.email, self.website) if line]
