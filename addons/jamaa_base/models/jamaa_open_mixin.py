"""Records open to some readers of a commune, asked each time somebody reads."""

from odoo import api, fields, models
from odoo.fields import Domain


class JamaaOpenMixin(models.AbstractModel):
    """Lets a record rule ask the model itself who may read: ``[('open_to_me', '=', True)]``.

    A rule's domain is kept per user by Odoo; what depends on today's mandates, or on rows that
    change, must be looked up when it is asked. A model says so in ``_domain_open_to_me``.
    """

    _name = "jamaa.open.mixin"
    _description = "Open to some readers"

    open_to_me = fields.Boolean("Open to me", compute="_compute_open_to_me", search="_search_open_to_me")

    @api.depends_context("uid")
    def _compute_open_to_me(self):
        open_ones = set(self.search(Domain("id", "in", self.ids) & self._domain_open_to_me())._ids)
        for row in self:
            row.open_to_me = row.id in open_ones

    def _search_open_to_me(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._domain_open_to_me()

    @api.model
    def _domain_open_to_me(self):
        """What the present user may read inside the own communes.

        :rtype: Domain
        """
        return Domain.TRUE
