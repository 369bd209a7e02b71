"""What stood in the registry before it was corrected."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaMailCorrection(models.Model):
    """One detail of a registered letter, as it was and as it is since, with the reason."""

    _name = "jamaa.mail.correction"
    _inherit = ["jamaa.append.only"]
    _description = "Correction in the mail registry"
    _order = "id desc"
    _rec_name = "field_label"

    entry_id = fields.Many2one("jamaa.mail.entry", "Letter", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="entry_id.company_id", string="Commune", store=True, index=True)
    field_label = fields.Char("What", required=True)
    old_value = fields.Char("Before")
    new_value = fields.Char("Since")
    reason = fields.Char(required=True)
    user_id = fields.Many2one("res.users", "By", required=True, default=lambda self: self.env.user)

    @api.model
    def _correct(self, entry, values, reason):
        """Change details of a letter and keep what they were.

        :param entry: the letter
        :param dict values: new values by field name; those that change nothing are left out
        :param str reason: why, for whoever reads the book
        :raise UserError: nothing changes
        """
        rows = []
        for name, value in values.items():
            field = entry._fields[name]
            old = field.convert_to_export(entry[name], entry)
            new = field.convert_to_export(field.convert_to_record(field.convert_to_cache(value, entry), entry), entry)
            if (old or "") != (new or ""):
                label = field._description_string(self.env)
                rows.append(
                    {
                        "entry_id": entry.id,
                        "field_label": label,
                        "old_value": str(old or ""),
                        "new_value": str(new or ""),
                        "reason": reason,
                    }
                )
        if not rows:
            raise UserError(self.env._("Nothing would change: type what it should say."))
        entry._write_past_guard(values)
        # sudo: jamaa.mail.correction - written by the correction alone
        self.sudo().create(rows)
        entry._enter_in_register("mail_corrected", count=len(rows))

    @api.model
    def _words_not_changed(self):
        return self.env._("A correction stays on record.")

    @api.model
    def _words_not_deleted(self):
        return self.env._("A correction stays on record.")
