"""Photos and letters of a case are facts too."""

from odoo import api, models
from odoo.exceptions import UserError

# What would change a file, hand it to everybody or take it away from its case.
FILE_FIELDS = {
    "raw",
    "datas",
    "db_datas",
    "store_fname",
    "url",
    "type",
    "mimetype",
    "res_model",
    "res_id",
    "public",
}


class IrAttachment(models.Model):
    """Whoever may write on a record may, in core, delete and replace its files."""

    _inherit = "ir.attachment"

    def _case_facts(self):
        """Those of these files that a citizen lodged or that went out as the answer."""
        # sudo: ir.attachment, helpdesk.ticket - only which files they are
        files = self.sudo().filtered(lambda f: f.res_model == "helpdesk.ticket")
        if not files:
            return self.browse()
        cases = (
            self.env["helpdesk.ticket"]
            # sudo: helpdesk.ticket - which files are facts of a case
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    "|",
                    "|",
                    ("photo_ids", "in", files.ids),
                    ("ask_photo_ids", "in", files.ids),
                    ("answer_letter_id", "in", files.ids),
                ]
            )
        )
        return self & (cases.photo_ids | cases.ask_photo_ids | cases.answer_letter_id).sudo(self.env.su)

    def _compute_mimetype(self, values):
        """A file of a mail that a browser could run keeps no kind of its own.

        Core would look into the bytes and call them HTML again.
        """
        if self.env.context.get("jamaa_mail_file"):
            return "application/octet-stream"
        return super()._compute_mimetype(values)

    def write(self, vals):
        if not self.env.su and FILE_FIELDS.intersection(vals) and self._case_facts():
            raise UserError(self.env._("Photos of a citizen and letters sent are not changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_case_facts(self):
        if not self.env.su and self._case_facts():
            raise UserError(self.env._("Photos of a citizen and letters sent are not deleted."))

    @api.constrains("public", "res_model", "res_id")
    def _check_case_file_not_public(self):
        """A public file is served to anybody who guesses its number."""
        # sudo: ir.attachment - the constraint holds for everybody
        for file in self.sudo().filtered(lambda f: f.public and f.res_model == "helpdesk.ticket" and f.res_id):
            # sudo: helpdesk.ticket - whether it is a case
            if self.env["helpdesk.ticket"].sudo().browse(file.res_id).kind:
                raise UserError(self.env._("A file of a case is never public."))
