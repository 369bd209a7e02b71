"""The pieces of a request, as its sheet lists them for this person's case."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaProcedureRequestPiece(models.Model):
    """One paper of the sheet: received, missing, waived, or looked up by the commune itself.

    The name is that of the sheet, which does not change any more. A piece that is not on the
    sheet has no row here and can get none: that is how the law's list stays closed.
    """

    _name = "jamaa.procedure.request.piece"
    _description = "Piece of a request"
    _order = "request_id, sequence, id"
    _rec_name = "piece_id"

    request_id = fields.Many2one("jamaa.procedure.request", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="request_id.company_id", string="Commune", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    piece_id = fields.Many2one("jamaa.procedure.piece", "Piece", required=True, index=True, ondelete="restrict")
    form = fields.Selection(related="piece_id.form", string="In which form")
    count = fields.Integer(related="piece_id.count", string="How many")
    state = fields.Selection(
        [
            ("received", "Received"),
            ("missing", "Missing"),
            ("waived", "Not needed after all"),
            ("held", "Held by us, looked up"),
        ],
        "Status",
        required=True,
        default="missing",
    )
    received_on = fields.Date("Received on")
    waive_reason = fields.Char("Why it is not needed")
    asked = fields.Boolean("Asked for", help="Part of the one request for missing pieces.")

    _piece_uniq = models.Constraint("UNIQUE(request_id, piece_id)", "This paper is on the request already.")
    _waived_has_reason = models.Constraint(
        "CHECK(state <> 'waived' OR waive_reason IS NOT NULL)", "Say why the piece is not needed."
    )

    @api.constrains("piece_id", "request_id")
    def _check_on_sheet(self):
        for line in self:
            if line.piece_id.sheet_id != line.request_id.sheet_id:
                raise UserError(
                    self.env._(
                        "“%(piece)s” is not on the sheet of this procedure: it cannot be asked.",
                        piece=line.piece_id.name,
                    )
                )

    def action_received(self):
        """Button: the paper was brought."""
        self.request_id._check_step("piece")
        for line in self.filtered(lambda one: one.state == "missing"):
            line._settle({"state": "received", "received_on": line.request_id._commune_today()}, "piece_received")
        self.request_id._check_complete()

    def action_waive(self):
        """Button: ask why the paper is not needed after all."""
        self.ensure_one()
        self.request_id._check_step("piece")
        return self.request_id._step_wizard("waive", default_piece_line_id=self.id)

    def _waive(self, reason):
        """Do without a paper, with a reason that stays on record."""
        self.ensure_one()
        self.request_id._check_step("piece")
        if self.state != "missing":
            raise UserError(self.env._("This piece is not missing."))
        if not reason:
            raise UserError(self.env._("Say why the piece is not needed."))
        self._settle({"state": "waived", "waive_reason": reason}, "piece_waived")
        self.request_id._check_complete()

    def _settle(self, values, code):
        # sudo: jamaa.procedure.request.piece - the caller checked the step
        self.sudo().write(values)
        self.request_id._add_milestone(code, note=self.piece_id.name)
