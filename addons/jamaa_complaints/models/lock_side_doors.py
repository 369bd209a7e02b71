"""Rows that point at a case by model and id, closed to whom the case is closed to."""

from odoo import api, models
from odoo.fields import Domain


class JamaaRetentionHold(models.Model):
    """Why a case is kept tells of it; director and auditor read these reasons."""

    _name = "jamaa.retention.hold"
    _inherit = ["jamaa.retention.hold", "jamaa.open.mixin"]

    @api.model
    def _domain_open_to_me(self):
        closed = self.env["helpdesk.ticket"]._closed_to_me()
        not_closed = Domain("res_model", "!=", "helpdesk.ticket") | Domain("res_id", "not in", closed)
        return super()._domain_open_to_me() & not_closed


class JamaaIdentityReveal(models.Model):
    """Who complained, and why somebody asked, is not for whom the case is about: not to those who oversee either."""

    _name = "jamaa.identity.reveal"
    _inherit = ["jamaa.identity.reveal", "jamaa.open.mixin"]

    @api.model
    def _domain_open_to_me(self):
        closed = self.env["helpdesk.ticket"]._closed_to_me()
        # sudo: jamaa.complainant - which pseudonyms are those of closed cases
        people = self.env["jamaa.complainant"].sudo()
        theirs = people._search(Domain("res_model", "=", "helpdesk.ticket") & Domain("res_id", "in", closed))
        return super()._domain_open_to_me() & Domain("complainant_id", "not in", theirs)


class JamaaAct(models.Model):
    """An act about a case is read by many who do not handle the case."""

    _inherit = "jamaa.act"

    @api.model
    def _domain_open_to_me(self):
        closed = self.env["helpdesk.ticket"]._closed_to_me()
        not_closed = Domain("res_model", "!=", "helpdesk.ticket") | Domain("res_id", "not in", closed)
        return super()._domain_open_to_me() & not_closed
