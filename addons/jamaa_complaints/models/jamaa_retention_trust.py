"""How long what a case holds is kept."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

UNVERIFIED = "unverified_reports"


class JamaaRetentionHold(models.Model):
    _inherit = "jamaa.retention.hold"

    @api.model
    def _selection_model(self):
        return [*super()._selection_model(), ("helpdesk.ticket", self.env._("Complaint, remark, proposal or report"))]


class JamaaRetentionRule(models.Model):
    """Contents of cases, mails in them, and reports that nobody could verify."""

    _inherit = "jamaa.retention.rule"

    @api.model
    def _retention_sources(self):
        return {
            **super()._retention_sources(),
            "case_contents": {"due": self._case_contents_due, "erase": lambda cases: cases._erase_contents()},
            "case_mails": {
                "due": self._case_mails_due,
                "erase": self.env["helpdesk.ticket"]._blank_messages,
            },
            UNVERIFIED: {"due": self._unverified_due, "erase": lambda cases: cases._erase_report()},
        }

    def _cases(self):
        # sudo: helpdesk.ticket - the run erases whoever may read the cases
        return self.env["helpdesk.ticket"].sudo().with_context(active_test=False)

    def _case_contents_due(self, company, before):
        return self._cases().search(
            [
                ("kind", "!=", False),
                ("company_id", "=", company.id),
                ("contents_erased_on", "=", False),
                "|",
                "&",
                ("stage_id.closed", "=", True),
                ("closed_date", "<", fields.Datetime.to_datetime(before) + relativedelta(days=1)),
                "&",
                ("answer_state", "=", "sent"),
                ("answered_on", "<=", before),
            ]
        )

    def _case_mails_due(self, company, before):
        held = self.env["jamaa.retention.hold"]._held_ids("helpdesk.ticket")
        ended = self._cases()._search(
            [
                ("kind", "!=", False),
                ("company_id", "=", company.id),
                ("id", "not in", held),
                "|",
                ("stage_id.closed", "=", True),
                ("answer_state", "=", "sent"),
            ]
        )
        # sudo: mail.message - as above
        return (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", "helpdesk.ticket"),
                    ("res_id", "in", ended),
                    ("message_type", "=", "email"),
                    ("date", "<", fields.Datetime.to_datetime(before) + relativedelta(days=1)),
                    "|",
                    ("body", "not in", ("", False)),
                    ("attachment_ids", "!=", False),
                ]
            )
        )

    def _unverified_due(self, company, before):
        return self._cases().search(
            [
                ("kind", "=", "report"),
                ("names_person", "=", True),
                ("is_anonymous", "=", True),
                ("company_id", "=", company.id),
                ("verified_on", "=", False),
                ("contents_erased_on", "=", False),
                ("legal_receipt_date", "<=", before),
            ]
        )

    def _due(self, company):
        """Unverified reports have their time in days on the commune's form; without one nothing goes."""
        if self.code != UNVERIFIED:
            return super()._due(company)
        if not company.report_erase_days:
            return None
        # the commune's day, as everywhere in cases
        before = self._cases()._commune_today() - timedelta(days=company.report_erase_days)
        return self.env["jamaa.retention.hold"]._without_held(self._unverified_due(company, before))

    def action_confirm(self):
        """The time of unverified reports is not confirmed here."""
        if self.code == UNVERIFIED:
            raise UserError(self.env._("This time is set in days on the commune's form."))
        return super().action_confirm()
