from odoo import fields, models


class JamaaPlanResult(models.Model):
    _inherit = "jamaa.plan.result"

    indicator_ids = fields.One2many("jamaa.indicator", "result_id", "Indicators")
