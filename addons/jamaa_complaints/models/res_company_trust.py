"""What a commune says and decides about trust."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS


class ResCompany(models.Model):
    _inherit = "res.company"

    corruption_where = fields.Text(
        string="Where corruption is reported",
        translate=True,
        help="Shown to citizens beside the choice “Report” and on the page of a report: "
        "the public lines and addresses of the bodies in charge. Empty: nothing is shown.",
    )
    report_erase_days = fields.Integer(
        string="Unverified reports are erased after (days)",
        help="An anonymous report that names a person and was not verified in this time is erased "
        "by the erasure run. Zero: none is erased. No number of days was confirmed by a jurist; 180 is a proposal.",
    )

    publication_function_id = fields.Many2one(
        "jamaa.function",
        string="Cases are published by",
        index="btree_not_null",
        domain="[('company_id', '=', id)]",
        ondelete="set null",
        help="The function that the president named to release rewritten cases. Empty: only figures are published.",
    )
    publication_act = fields.Char(string="Named by what decision of the president")

    _report_erase_days_positive = models.Constraint(
        "CHECK(report_erase_days IS NULL OR report_erase_days = 0 OR report_erase_days >= 30)",
        "Reports are kept for thirty days at least.",
    )

    @api.constrains("publication_function_id", "publication_act")
    def _check_publication_function(self):
        for company in self.filtered("publication_function_id"):
            if company.publication_function_id.company_id != company:
                raise ValidationError(self.env._("Cases are published by a function of the own commune."))
            if not (company.publication_act or "").strip():
                raise ValidationError(self.env._("Give the decision by which the president named this function."))

    def _public_cards(self, lang):
        """Add the card of published cases, where there are any."""
        cards = super()._public_cards(lang)
        if not self.publication_function_id or not self.env["jamaa.complaint.publication"]._public_rows(self)[:1]:
            return cards
        env = self.with_context(lang=PUBLIC_LANGS[lang].code).env
        return [
            *cards,
            {
                "title": env._("What became of complaints"),
                "text": env._("Some cases, told in the commune's words and without names."),
                "url": f"/c/{self.commune_slug}/{lang}/complaints/published",
                "icon": "complaint",
                "sequence": 60,
            },
        ]
