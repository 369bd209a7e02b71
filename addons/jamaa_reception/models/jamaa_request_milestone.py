"""The dated facts of a request: added, never changed."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: code, what the desk reads, whether the citizen sees it
MILESTONES = [
    ("received", "Received", True),
    ("insisted", "Filed although something was missing", False),
    ("completed", "Complete", True),
    ("piece_received", "Piece received", True),
    ("piece_waived", "Piece not needed after all", True),
    ("taken", "In work", True),
    ("asked", "Missing pieces asked", True),
    ("extended", "Time extended", True),
    ("due_passed", "Due date passed without a decision", True),
    ("silence_agreement", "The date passed: silence means agreement", True),
    ("silence_refusal", "The date passed: silence means refusal", True),
    ("decided", "Decided", True),
    ("ready", "Ready to collect", True),
    ("handed_over", "Handed over", True),
    ("withdrawn", "Withdrawn", True),
    ("lapsed", "Lapsed", True),
    ("told", "Told by mail", False),
    ("receipt_again", "Receipt printed again", False),
]
PUBLIC_CODES = {code for code, _label, public in MILESTONES if public}


class JamaaProcedureRequestMilestone(models.Model):
    """One fact in the life of a request: what, when, by whom."""

    _name = "jamaa.procedure.request.milestone"
    _description = "Milestone of a request"
    _order = "request_id, date desc, id desc"
    _rec_name = "code"

    request_id = fields.Many2one("jamaa.procedure.request", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="request_id.company_id", string="Commune", store=True, index=True, precompute=True
    )
    code = fields.Selection([(code, label) for code, label, _public in MILESTONES], "What happened", required=True)
    date = fields.Datetime("When", required=True, default=lambda self: self.env.cr.now())
    user_id = fields.Many2one("res.users", "By", default=lambda self: self.env.user)
    is_public = fields.Boolean("Shown to the citizen")
    note = fields.Text("Remark")

    _code_date_idx = models.Index("(code, date)")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["is_public"] = vals["code"] in PUBLIC_CODES
        return super().create(vals_list)

    def write(self, vals):
        """Refuse: a fact stays.

        :raise UserError: always
        """
        raise UserError(self.env._("A milestone is a fact: it is not changed. Add a correction."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A milestone is a fact: it is not deleted. Add a correction."))


class JamaaProcedureRequest(models.Model):
    _inherit = "jamaa.procedure.request"

    def _add_milestone(self, code, note=False):
        """Add one fact to each of these requests; the caller has checked who causes it."""
        # sudo: jamaa.procedure.request.milestone - written by the steps alone
        return (
            self.env["jamaa.procedure.request.milestone"]
            .sudo()
            .create([{"request_id": one.id, "code": code, "note": note} for one in self])
        )
