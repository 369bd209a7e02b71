"""The link of a seat: what an invitation and a code in the meeting lead to."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq

from odoo.addons.jamaa_base.tools.public_code import TOKEN
from odoo.addons.jamaa_base.tools.public_lang import by_code


class JamaaAssessmentRater(models.Model):
    _inherit = "jamaa.assessment.rater"

    # Not even an administrator reads it: who has the link has the seat, and reads what it has answered so far.
    access_token = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS, export_string_translation=False)

    _access_token_uniq = models.Constraint("UNIQUE(access_token)", "This link is already taken.")

    def _link_token(self):
        """Return the token of the seat's link, made at the first call."""
        self.ensure_one()
        # sudo: jamaa.assessment.rater - the token is nobody's to read but of the mails and codes made here
        seat = self.sudo()
        if not seat.access_token:
            seat.access_token = secrets.token_urlsafe(16)
        return seat.access_token

    def _link_path(self, lang):
        """Return the path of the seat's page.

        :param str lang: a public language, by its URL code or its ``res.lang`` code
        :raise UserError: the commune has no public address yet
        """
        slug = self.company_id.commune_slug
        if not slug:
            raise UserError(self.env._("This commune has no public address yet."))
        return f"/c/{slug}/{by_code(lang).url}/assessment/{self._link_token()}"

    def _renew_link(self):
        """Make links that were given away useless, as when a seat changes hands."""
        # sudo: jamaa.assessment.rater - the token is nobody's to read
        self.sudo().access_token = False

    @api.model
    def _by_link(self, company, token):
        """Return the seat a link of this commune leads to (sudo), empty for any other token.

        :param company: the commune of the address
        :param str token: as typed, checked here
        """
        # sudo: jamaa.assessment.rater - the token is the right to the seat
        seats = self.sudo()
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            return seats.browse()
        seat = seats.search([("access_token", "=", token), ("company_id", "=", company.id)], limit=1)
        return seat if seat and consteq(seat.access_token, token) else seats.browse()
