"""Photos kept for a while, so that an error in a form does not lose them."""

import base64
import secrets

from odoo import api, fields, models

from ..tools.public_code import TOKEN

#: Hours a photo waits for the form to be sent again.
KEPT_HOURS = 6.0


class JamaaUploadStash(models.TransientModel):
    """A photo that was accepted while something else in its form was not.

    A browser cannot put a file back into a form, so the form that is shown again
    carries the photo's token (128 random bits) instead. What nobody came back for
    is vacuumed. Only cleaned pictures come here, and nobody has rights on the rows.
    """

    _name = "jamaa.upload.stash"
    _description = "Photo kept between two tries"
    _transient_max_hours = KEPT_HOURS

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    token = fields.Char(required=True, default=lambda self: secrets.token_urlsafe(16), copy=False)
    mimetype = fields.Char(required=True)
    # In the row and not in the filestore: it goes away with the row.
    content = fields.Binary(attachment=False, required=True)

    _token_unique = models.UniqueIndex("(token)")

    @api.model
    def _keep(self, company, content, mimetype):
        """Keep one cleaned photo.

        :param company: the commune whose form it came with
        :param bytes content: a picture that was checked and written anew
        :param str mimetype: of that picture
        :return: the row, in superuser mode
        """
        # sudo: jamaa.upload.stash - anonymous forms; nobody has rights on it
        return self.sudo().create(
            {
                "company_id": company.id,
                "mimetype": mimetype,
                "content": base64.b64encode(content),
            }
        )

    @api.model
    def _take(self, company, token):
        """Return the row of a token, in superuser mode; empty when there is none.

        Unknown, another commune's and vacuumed look the same.

        :param str token: as it came with the form, possibly junk
        """
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            return self.browse()
        # sudo: jamaa.upload.stash - reached by its token only
        return self.sudo().search([("token", "=", token), ("company_id", "=", company.id)], limit=1)

    def _content(self):
        """Return the picture, as bytes."""
        self.ensure_one()
        return base64.b64decode(self.content)
