"""The gateway through which a commune sends short messages; off until somebody sets it up."""

import os
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

SECRET_NAME = re.compile(r"JAMAA_SMS_[A-Z0-9_]{1,40}")
ADMINS = "base.group_system,jamaa_base.group_administrator"


class ResCompany(models.Model):
    _inherit = "res.company"

    sms_on = fields.Boolean(
        string="Short messages to citizens",
        help="Who asked to be told by telephone gets a short message with number and code, nothing of the case.",
    )
    sms_url = fields.Char(string="Address of the gateway", groups=ADMINS)
    sms_method = fields.Selection(
        [("get", "GET"), ("post", "POST, as a form"), ("json", "POST, as JSON")],
        string="Manner of the request",
        default="post",
        groups=ADMINS,
    )
    sms_params = fields.Char(
        string="Parameters of the gateway",
        default="to={to}&text={text}",
        groups=ADMINS,
        help="Name=value, joined by &. {to}, {text}, {id} and {secret} are filled in. Without {secret} the secret "
        "goes in the header Authorization.",
    )
    sms_secret_name = fields.Char(
        string="Name of the secret",
        groups=ADMINS,
        help="JAMAA_SMS_…: a variable of the server's environment, or a system parameter of that name. The secret "
        "itself is not kept here.",
    )
    sms_cost = fields.Float(string="Cost of one message (MAD)", digits=(8, 3))

    @api.constrains("sms_on", "sms_url", "sms_params", "sms_secret_name")
    def _check_sms(self):
        # sudo: res.company - the constraint holds for everybody
        for company in self.sudo():
            if company.sms_secret_name and not SECRET_NAME.fullmatch(company.sms_secret_name):
                raise ValidationError(self.env._("The name of the secret starts with JAMAA_SMS_."))
            if company.sms_url and not re.match(r"https://[^\s@]+$", company.sms_url):
                raise ValidationError(
                    self.env._("The address of the gateway starts with https:// and holds no password.")
                )
            params = company.sms_params or ""
            if company.sms_on and not (company.sms_url and "{to}" in params and "{text}" in params):
                raise ValidationError(self.env._("Give the address of the gateway, and where {to} and {text} go."))

    def _sms_secret(self):
        """The gateway's secret: from the environment, else from the system parameters."""
        self.ensure_one()
        # sudo: res.company, ir.config_parameter - read at the moment of sending and kept nowhere
        name = self.sudo().sms_secret_name
        if not name:
            return ""
        # sudo: ir.config_parameter - as above
        return os.environ.get(name) or self.env["ir.config_parameter"].sudo().get_param(name) or ""
