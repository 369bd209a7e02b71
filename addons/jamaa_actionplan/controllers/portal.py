"""Upstream's pages of projects and tasks, closed for plans and their actions."""

from odoo.exceptions import MissingError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class PlanSafePortal(CustomerPortal):
    def _document_check_access(self, model_name, document_id, access_token=None):
        """Find a document for a page outside the client; plans and actions have no such page, for nobody.

        :raise MissingError: for a plan or an action, as for what is not there
        """
        document = super()._document_check_access(model_name, document_id, access_token)
        flag = {"project.project": "is_plan", "project.task": "is_action"}.get(model_name)
        if flag and document[flag]:
            raise MissingError(request.env._("This document does not exist."))
        return document
