"""What hangs on a request is seen by those who see the request."""

from odoo import api, fields, models
from odoo.fields import Domain

#: Models whose rows are closed, with everything that hangs on them by model and id.
CLOSED = ("jamaa.procedure.request", "jamaa.piece.report")


class JamaaRequestSatellite(models.AbstractModel):
    """Mixin of models that point at any record by model and id.

    Core lets authors, recipients, assignees and (for followers and notifications) every employee
    read them whatever record they are of. A record rule on `request_visible` closes that for requests
    and for reports of papers, so that a change of site or service takes effect on them at once.
    """

    _name = "jamaa.request.satellite"
    _description = "Attached to a request"

    # name of the field that holds the model; the id is in `res_id` everywhere
    _request_model_field = "res_model"

    request_visible = fields.Boolean(
        string="Not of a hidden request",
        compute="_compute_request_visible",
        search="_search_request_visible",
        export_string_translation=False,
    )

    @api.model
    def _rows_open_to_me(self, name):
        # rules are evaluated as superuser: come back to who is asking
        return self.env[name].with_user(self.env.uid).with_context(active_test=False)

    @api.depends_context("uid")
    def _compute_request_visible(self):
        self.request_visible = True
        for name, linked in self.grouped(self._request_model_field).items():
            if name in CLOSED:
                rows = self._rows_open_to_me(name)
                ids = [row.res_id for row in linked if row.res_id]
                seen = set(rows.search([("id", "in", ids)])._ids) if rows.has_access("read") else set()
                for row in linked.filtered("res_id"):
                    row.request_visible = row.res_id in seen

    def _search_request_visible(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        domain = Domain(self._request_model_field, "not in", CLOSED)
        for name in CLOSED:
            rows = self._rows_open_to_me(name)
            if rows.has_access("read"):
                domain |= Domain(self._request_model_field, "=", name) & Domain("res_id", "in", rows._search([]))
        return domain


class MailMessage(models.Model):
    _name = "mail.message"
    _inherit = ["mail.message", "jamaa.request.satellite"]
    _request_model_field = "model"


class MailActivity(models.Model):
    _name = "mail.activity"
    _inherit = ["mail.activity", "jamaa.request.satellite"]


class MailFollowers(models.Model):
    _name = "mail.followers"
    _inherit = ["mail.followers", "jamaa.request.satellite"]


class JamaaComplainant(models.Model):
    """That a pseudonym exists, and whose request it is, tells too: it is never listed apart from the request."""

    _name = "jamaa.complainant"
    _inherit = ["jamaa.complainant", "jamaa.request.satellite"]

    @api.model
    def _rows_open_to_me(self, name):
        """The contact for personal data keeps the whole vault, without reading the requests."""
        rows = super()._rows_open_to_me(name)
        # sudo: jamaa.procedure.request, jamaa.piece.report - ids alone, for the keeper of the vault
        return rows.sudo() if self.env.user.has_group("jamaa_base.group_data_protection") else rows
