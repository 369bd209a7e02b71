"""What requests add to procedures, to the register's words and to the table of kept data."""

from odoo import api, fields, models

from .jamaa_piece_report import OPEN
from .jamaa_request import ENDED, OWED


class JamaaProcedure(models.Model):
    _inherit = "jamaa.procedure"

    request_count = fields.Integer("Requests in hand", compute="_compute_request_counts")
    piece_report_count = fields.Integer("Papers wrongly asked", compute="_compute_request_counts")

    @api.depends_context("uid")
    def _compute_request_counts(self):
        """Two grouped queries, whatever the number of procedures; nothing where the reader may not."""
        sources = {
            "request_count": ("jamaa.procedure.request", [("stage", "in", OWED)]),
            "piece_report_count": ("jamaa.piece.report", [("state", "in", OPEN)]),
        }
        for name, (model, domain) in sources.items():
            rows = self.env[model]
            counts = {}
            if rows.has_access("read"):
                found = rows._read_group([("procedure_id", "in", self.ids), *domain], ["procedure_id"], ["__count"])
                counts = {procedure.id: count for procedure, count in found}
            for procedure in self:
                procedure[name] = counts.get(procedure.id, 0)

    def action_open_requests(self):
        """Smart button: the requests under this procedure."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_reception.jamaa_request_action")
        return {**action, "domain": [("procedure_id", "=", self.id)], "context": {"search_default_owed": 1}}

    def action_open_piece_reports(self):
        """Smart button: papers that were asked although the sheet does not list them."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_reception.jamaa_piece_report_action")
        return {**action, "domain": [("procedure_id", "=", self.id)], "context": {"default_procedure_id": self.id}}


class JamaaRegisterEntry(models.Model):
    _inherit = "jamaa.register.entry"

    @api.model
    def _fact_words(self):
        _ = self.env._
        return {
            **super()._fact_words(),
            "effect": _("effect of silence"),
            "missing": _("missing"),
            "pieces": _("pieces"),
            "procedure": _("procedure"),
        }


class JamaaRetentionHold(models.Model):
    _inherit = "jamaa.retention.hold"

    @api.model
    def _selection_model(self):
        return [*super()._selection_model(), ("jamaa.procedure.request", self.env._("Request"))]


class JamaaRetentionRule(models.Model):
    _inherit = "jamaa.retention.rule"

    @api.model
    def _retention_sources(self):
        return {
            **super()._retention_sources(),
            "request_words": {"due": self._requests_due, "erase": lambda requests: requests._erase_words()},
        }

    def _requests_due(self, company, before):
        # sudo: jamaa.procedure.request - the run erases whoever may read the requests
        requests = self.env["jamaa.procedure.request"].sudo()
        written = ["note", "decision_reason", "end_reason", "extension_reason"]
        return requests.search(
            fields.Domain("company_id", "=", company.id)
            & fields.Domain("stage", "in", ENDED)
            & fields.Domain("ended_on", "<=", before)
            & fields.Domain.OR(fields.Domain(name, "!=", False) for name in written)
        )
