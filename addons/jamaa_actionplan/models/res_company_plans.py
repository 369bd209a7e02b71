"""Who publishes the plans of a commune, and the card on its public home page."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS


class ResCompany(models.Model):
    _inherit = "res.company"

    plan_publisher_function_id = fields.Many2one(
        "jamaa.function",
        "Plans are published by",
        index="btree_not_null",
        domain="[('company_id', '=', id)]",
        ondelete="set null",
        help="The function that the president named to publish plans and share them with the programme. "
        "Empty: the president alone.",
    )
    plan_publisher_act = fields.Char("Named by what decision", help="Number and date of the president's decision.")

    @api.constrains("plan_publisher_function_id", "plan_publisher_act")
    def _check_plan_publisher(self):
        for company in self.filtered("plan_publisher_function_id"):
            if company.plan_publisher_function_id.company_id != company:
                raise ValidationError(self.env._("Plans are published by a function of the own commune."))
            if not (company.plan_publisher_act or "").strip():
                raise ValidationError(self.env._("Give the decision by which the president named who publishes plans."))

    def _plan_publisher(self):
        """The function by which the user publishes plans of this commune today.

        :raise AccessError: neither the president nor whom he named
        """
        self.ensure_one()
        # sudo: jamaa.function.holder, res.company - whether the user holds the function, whatever he may list
        Holder, company = self.env["jamaa.function.holder"].sudo(), self.sudo()
        functions = Domain("function_code", "=", "president")
        if company.plan_publisher_function_id:
            functions |= Domain("function_id", "=", company.plan_publisher_function_id.id)
        mandate = Holder.search(
            Domain("user_id", "=", self.env.uid)
            & Domain("company_id", "=", self.id)
            & Domain("role", "=", "holder")
            & functions
            & Holder._domain_on(self.env["jamaa.share"]._today()),
            limit=1,
        )
        if not mandate:
            raise AccessError(self.env._("The president, or whom the president named, publishes plans. Nobody else."))
        return mandate.function_id

    def _public_cards(self, lang):
        """Add the card of published plans, where there are any."""
        cards = super()._public_cards(lang)
        if not self.env["jamaa.plan.publication"]._current_of(self)[:1]:
            return cards
        env = self.with_context(lang=PUBLIC_LANGS[lang].code).env
        return [
            *cards,
            {
                "title": env._("What the commune has planned"),
                "text": env._("Its action plans: what was promised, and where it stands."),
                "url": self._public_url(lang, "plans"),
                "icon": "plan",
                "sequence": 55,
            },
        ]
