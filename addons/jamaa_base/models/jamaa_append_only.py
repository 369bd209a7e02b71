"""Facts that are added, never changed and never deleted."""

from odoo import api, models
from odoo.exceptions import UserError


class JamaaAppendOnly(models.AbstractModel):
    """Mixin of models whose rows are facts: a mistake is answered by a further row.

    It binds everybody, superuser mode included. A model says in its own words why; where the law
    wants an exception (data of a person are erased: law 09-08), its own method calls `_rewrite`.
    """

    _name = "jamaa.append.only"
    _description = "Facts that are added, never changed"

    def write(self, vals):
        """Refuse: facts are added.

        :raise UserError: always
        """
        raise UserError(self._words_not_changed())

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self._words_not_deleted())

    @api.model
    def _words_not_changed(self):
        """Why a row is not changed, for who tries."""
        return self.env._("This is a fact: it is not changed.")

    @api.model
    def _words_not_deleted(self):
        """Why a row is not deleted, for who tries."""
        return self.env._("This is a fact: it is not deleted.")

    def _rewrite(self, vals):
        """Write all the same: for the exceptions that a model itself allows, and checks."""
        return super().write(vals)  # pylint: disable=super-method-mismatch
