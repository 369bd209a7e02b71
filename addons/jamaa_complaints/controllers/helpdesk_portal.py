"""Upstream's pages, closed for cases and harmless for the rest."""

import werkzeug

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController
from odoo.addons.helpdesk_mgmt.controllers.myaccount import CustomerPortalHelpdesk
from odoo.addons.jamaa_base.tools.text import clean_text

from ..models.helpdesk_ticket_lodge import FACTS_LIMIT, SUBJECT_LIMIT


def _number(value):
    """A positive integer sent by a browser, or 0."""
    value = str(value or "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


class CaseSafeTickets(HelpdeskTicketController):
    """Plain tickets as upstream has them, with the owner checked."""

    @http.route(methods=["POST"])
    def support_ticket_close(self, **kw):
        """Close an own plain ticket.

        Upstream closes any ticket by its number, by a mere link. Here it takes a
        form, the right to read the ticket, and to be its contact.
        """
        ticket = request.env["helpdesk.ticket"].browse(_number(kw.get("ticket_id")))
        # sudo: helpdesk.ticket, stage - read to check, written after the check
        ticket_sudo = ticket.sudo().exists()
        stage = request.env["helpdesk.ticket.stage"].sudo().browse(_number(kw.get("stage_id")))
        if (
            not ticket_sudo
            or ticket_sudo.kind
            or not ticket.has_access("read")
            or ticket_sudo.partner_id != request.env.user.partner_id
        ):
            return request.redirect("/my")
        if stage.exists().close_from_portal and not stage.for_cases:
            ticket_sudo.stage_id = stage
        return werkzeug.utils.redirect(f"/my/ticket/{ticket.id}")

    @http.route(methods=["POST"])
    def submit_ticket(self, **kw):
        """Make a plain ticket; upstream makes one for a mere link too."""
        return super().submit_ticket(**kw)

    def _prepare_submit_ticket_vals(self, **kw):
        """Plain tickets stay plain: neither a unit nor a category of cases."""
        values = super()._prepare_submit_ticket_vals(
            **{
                **kw,
                "subject": clean_text(kw.get("subject"), SUBJECT_LIMIT, multiline=False) or "-",
                "description": clean_text(kw.get("description"), FACTS_LIMIT),
                "category": _number(kw.get("category")),
                "team": _number(kw.get("team")),
            }
        )
        # sudo: category, team - only to refuse those of cases
        category = request.env["helpdesk.ticket.category"].sudo().browse(values.get("category_id"))
        team = request.env["helpdesk.ticket.team"].sudo().browse(values.get("team_id"))
        if category.exists().for_cases:
            values["category_id"] = False
        if team.exists().case_role:
            values.pop("team_id")
        return values


class CaseFreePortal(CustomerPortalHelpdesk):
    """The portal knows plain tickets only."""

    def _document_check_access(self, model_name, document_id, access_token=None):
        """A case has pages of its own: here it does not exist, token or not.

        :raise AccessError: it is a case
        """
        # sudo: helpdesk.ticket - only whether it is a case
        if model_name == "helpdesk.ticket" and request.env[model_name].sudo().browse(document_id).exists().kind:
            raise AccessError(request.env._("This page does not exist."))
        return super()._document_check_access(model_name, document_id, access_token)

    @http.route()
    def portal_my_ticket(self, ticket_id, access_token=None, **kw):
        """Staff following the link of a notification are led to the client."""
        ticket = request.env["helpdesk.ticket"].browse(ticket_id)
        # sudo: helpdesk.ticket - whether it is a case at all, nothing of it is shown
        if not request.env.user.share and ticket.sudo().exists().kind:
            return request.redirect(f"/odoo/complaints/{ticket_id}")
        return super().portal_my_ticket(ticket_id, access_token=access_token, **kw)

    @http.route()
    def portal_my_tickets(self, **kw):
        """List plain tickets, for staff as well."""
        request.update_context(plain_tickets_only=True)
        return super().portal_my_tickets(**kw)

    def _prepare_home_portal_values(self, counters):
        """Count plain tickets, for staff as well."""
        values = super()._prepare_home_portal_values(counters)
        if "ticket_count" in counters and values.get("ticket_count"):
            values["ticket_count"] = request.env["helpdesk.ticket"].search_count([("kind", "=", False)])
        return values
