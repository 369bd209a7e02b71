"""Mails made from the vault stay closed in the queue."""

from odoo import fields, models


class MailMail(models.Model):
    """A mail with an address of the vault is seen by the queue and by no user.

    ``vault_id`` marks it; a global rule hides marked rows even from administrators, who may
    otherwise read the whole queue.
    """

    _inherit = "mail.mail"

    vault_id = fields.Many2one("jamaa.complainant", groups=fields.NO_ACCESS, index="btree_not_null", ondelete="cascade")
