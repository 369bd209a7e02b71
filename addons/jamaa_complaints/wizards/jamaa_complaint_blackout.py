"""Black out faces and plates before a photo is published."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.jamaa_base.tools.uploads import UploadProblem

from ..tools.blackout import blackout


class JamaaComplaintBlackout(models.TransientModel):
    """Rectangles over one photo of a case; what comes out is a new file, the original stays with the case."""

    _name = "jamaa.complaint.blackout"
    _description = "Black out a photo"

    publication_id = fields.Many2one("jamaa.complaint.publication", required=True, readonly=True)
    choice_ids = fields.Many2many("ir.attachment", compute="_compute_choice_ids")
    photo_id = fields.Many2one("ir.attachment", string="Photo", domain="[('id', 'in', choice_ids)]")
    line_ids = fields.One2many("jamaa.complaint.blackout.line", "blackout_id", string="Blacked out")
    preview = fields.Binary(compute="_compute_preview", string="How it will look")
    nothing_to_hide = fields.Boolean(string="No face, no plate, no name is to be seen")

    @api.depends("publication_id")
    def _compute_choice_ids(self):
        for wizard in self:
            case = wizard.publication_id.case_id
            # sudo: helpdesk.ticket - the photos of a case the user may read
            wizard.choice_ids = case.sudo().photo_ids if case and case.has_access("read") else False

    @api.depends("photo_id", "line_ids.left", "line_ids.top", "line_ids.width", "line_ids.height")
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = base64.b64encode(wizard._burn().data) if wizard.photo_id else False

    def _burn(self):
        """The photo with the rectangles in it.

        :raise UserError: the photo is none of the case's
        """
        self.ensure_one()
        case = self.publication_id.case_id
        case.check_access("read")
        # sudo: helpdesk.ticket, ir.attachment - only photos of the case the user reads
        photo = case.sudo().photo_ids & self.photo_id.sudo()
        if not photo:
            raise UserError(self.env._("Choose a photo of this case."))
        try:
            return blackout(photo.raw, [(row.left, row.top, row.width, row.height) for row in self.line_ids])
        except UploadProblem as problem:
            raise UserError(self.env._("This photo cannot be opened.")) from problem

    def action_add(self):
        """Button: put the blacked-out photo beside the text."""
        self.ensure_one()
        row = self.publication_id
        row.check_access("write")
        if row.state != "draft":
            raise UserError(self.env._("What was released is not changed: withdraw it and write it anew."))
        if not self.line_ids and not self.nothing_to_hide:
            raise UserError(self.env._("Black out what tells a person, or say that nothing does."))
        picture = self._burn()
        # sudo: ir.attachment, jamaa.complaint.publication - checked just above
        file = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"photo.{picture.extension}",
                    "raw": picture.data,
                    "mimetype": picture.mimetype,
                    "res_model": row._name,
                    "res_id": row.id,
                    "company_id": row.company_id.id,
                }
            )
        )
        # sudo: jamaa.complaint.publication - photos are added here alone
        row.sudo().write({"photo_ids": [fields.Command.link(file.id)]})
        return {"type": "ir.actions.act_window_close"}


class JamaaComplaintBlackoutLine(models.TransientModel):
    """One rectangle, in percent of the picture."""

    _name = "jamaa.complaint.blackout.line"
    _description = "Rectangle over a photo"

    blackout_id = fields.Many2one("jamaa.complaint.blackout", required=True, index=True, ondelete="cascade")
    left = fields.Integer(string="From the left (%)", default=40)
    top = fields.Integer(string="From the top (%)", default=40)
    width = fields.Integer(string="Width (%)", default=20)
    height = fields.Integer(string="Height (%)", default=20)

    _inside = models.Constraint(
        """CHECK("left" BETWEEN 0 AND 99 AND "top" BETWEEN 0 AND 99
            AND "width" BETWEEN 1 AND 100 AND "height" BETWEEN 1 AND 100)""",
        "A rectangle lies inside the photo, in percent of its sides.",
    )
