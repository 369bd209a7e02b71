from markupsafe import Markup

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.public_lang import by_code

DECIDERS = "jamaa_base.group_administrator,jamaa_base.group_director,jamaa_base.group_reference_person"


class JamaaContactCheck(models.Model):
    """A function was asked whether its official contact is still right, and what it said.

    A correction is a proposal: it counts once somebody of the commune accepted it.
    """

    _name = "jamaa.contact.check"
    _inherit = ["jamaa.public.reference"]
    _description = "Check of a Contact"
    _order = "id desc"
    _public_page = "contact"

    function_id = fields.Many2one("jamaa.function", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="function_id.company_id", string="Commune", store=True, index=True)
    state = fields.Selection(
        [
            ("asked", "Asked"),
            ("confirmed", "Confirmed"),
            ("proposed", "Correction proposed"),
            ("accepted", "Correction accepted"),
            ("refused", "Correction refused"),
            ("over", "Asked again later"),
        ],
        string="Status",
        default="asked",
        required=True,
        readonly=True,
        index=True,
    )
    answered_on = fields.Datetime(readonly=True)
    email = fields.Char("Proposed e-mail", readonly=True)
    phone = fields.Char("Proposed telephone", readonly=True)
    words = fields.Char("In their words", readonly=True)

    def _queue_mail(self):
        """Queue the question, in the commune's language."""
        self.ensure_one()
        lang = by_code(self.company_id.commune_lang)
        check = self.with_context(lang=lang.code)
        company = check.company_id
        values = {
            "page": {"function": check.function_id.name, "sender": company._commune_title(lang.code)},
            "lang": lang,
            "link": check._public_url(lang.url),
            "is_demo": company.is_demo,
        }
        body = check.env["ir.qweb"].with_context(minimal_qcontext=True)._render("jamaa_base.mail_contact", values)
        # sudo: res.partner, mail.mail - made by the system, so that nobody reads the link as its creator
        fallback = check.env.ref("base.partner_root").sudo().email_formatted
        # sudo: mail.mail - see above
        check.env["mail.mail"].with_user(SUPERUSER_ID).sudo().with_context(mail_notify_author=False).create(
            {
                "subject": check.env._("Are these details still right? %(function)s", function=check.function_id.name),
                "body_html": Markup(body),
                "email_from": company.email_formatted or company.catchall_formatted or fallback,
                "email_to": check.function_id.contact_email,
                "auto_delete": True,
            }
        )

    def _answer(self, right, email="", phone="", words=""):
        """What the function said by its link; the first answer counts.

        :return: whether it was taken now
        """
        self.ensure_one()
        if self.state != "asked":
            return False
        vals = {"answered_on": fields.Datetime.now(), "state": "confirmed" if right else "proposed"}
        if right:
            self.function_id.contact_checked_on = fields.Date.context_today(self)
        else:
            vals |= {"email": email, "phone": phone, "words": words}
        self.write(vals)
        return True

    def action_accept(self):
        """Take the proposed details over."""
        self._decide("accepted")

    def action_refuse(self):
        """Leave the details as they are."""
        self._decide("refused")

    def _decide(self, state):
        self.check_access("read")
        if not self.env.user.has_groups(DECIDERS):
            raise AccessError(
                self.env._("An administrator, the director or a reference person decides on a correction.")
            )
        for check in self.sudo():  # sudo: jamaa.contact.check, jamaa.function - after the check of the role above
            if check.state != "proposed":
                raise UserError(self.env._("This was decided already."))
            if state == "accepted":
                vals = {"contact_checked_on": fields.Date.context_today(self)}
                if check.email:
                    vals["contact_email"] = check.email
                if check.phone:
                    vals["contact_phone"] = check.phone
                check.function_id.write(vals)
            check.state = state
