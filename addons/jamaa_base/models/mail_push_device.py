from odoo import api, models


class MailPushDevice(models.Model):
    """Notifications of the browser travel through its maker's servers: not ours.

    An administrator who wants them all the same sets ``jamaa_base.web_push``.
    """

    _inherit = "mail.push.device"

    @api.model
    def register_devices(self, **kw):
        # sudo: ir.config_parameter - one switch, told to nobody
        if self.env["ir.config_parameter"].sudo().get_param("jamaa_base.web_push"):
            return super().register_devices(**kw)
        return None
