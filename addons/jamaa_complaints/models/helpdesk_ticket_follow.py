"""A lost code, and those who follow with the citizen's consent."""

from odoo import fields, models

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    mandate_ids = fields.One2many("jamaa.complaint.mandate", "case_id", string="Followed by", readonly=True)

    def _replace_code(self, seen):
        """Give the citizen a new code, PIN and link; the old ones open nothing from now on.

        The caller checked who it is (`jamaa.complaint.recode`).

        :param str seen: what proved it: national_card, family_booklet or two_facts
        """
        self.ensure_one()
        self._replace_public_reference()
        self._add_milestone("code_replaced")
        self.env["jamaa.register.entry"]._enter(
            self.company_id, "case_code_replaced", {"number": self.case_number, "via": seen}, self
        )

    def action_replace_code(self):
        """Button: replace a lost code, after a check of identity."""
        self._check_step("recode")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_recode_action")
        return {**action, "context": {"default_case_number": self.case_number}}

    def action_give_mandate(self):
        """Button: record a consent that somebody follows."""
        self._check_step("mandate")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_consent_action")
        return {**action, "context": {"default_case_id": self.id}}

    def _case_page(self, lang):
        """Say who follows, by kind, and since when."""
        page = super()._case_page(lang)
        # sudo: jamaa.complaint.mandate - the citizen holds the token; kinds and days alone leave
        case = self.sudo().with_context(lang=PUBLIC_LANGS[lang].code)
        page["followers"] = [case._follower_words(mandate) for mandate in case.mandate_ids.filtered("is_open")]
        return page

    def _follower_words(self, mandate):
        """One consent as said to the citizen."""
        day = self._day(mandate.consent_on)
        if mandate.kind == "association":
            return self.env._("An association with your mandate follows it since %(day)s.", day=day)
        if mandate.kind == "lawyer":
            return self.env._("A lawyer with your mandate follows it since %(day)s.", day=day)
        return self.env._("A person you trust follows it since %(day)s.", day=day)

    def _erase_identity(self, values):
        """A mandate on paper names both."""
        # sudo: ir.attachment - erasure is a duty, not a role's right
        self.sudo().mandate_ids.scan_id.unlink()
        return super()._erase_identity(values)
