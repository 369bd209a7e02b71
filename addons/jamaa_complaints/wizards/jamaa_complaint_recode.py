"""A citizen lost the code: who is it, then a new one."""

import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.jamaa_base.tools.public_lang import by_code

from ..tools.same_person import same

HOUR = 3600
#: Wrong tries before it has to wait: of one case in a day, of one clerk in an hour.
WRONG_PER_CASE = 5
WRONG_PER_CLERK = 20
FACTS = ("name", "national_id", "phone", "email", "address")
SEEN = [
    ("national_card", "National identity card"),
    ("family_booklet", "Family booklet"),
    ("two_facts", "No paper: two facts the citizen gave before"),
]


class JamaaComplaintRecode(models.TransientModel):
    """The clerk types what the citizen says; the vault is compared and never shown.

    Found by the number of the case, since whoever stands at the counter today may not be
    who entered it. A number that is unknown, closed to the clerk or of a case without
    identity is answered like a wrong name.
    """

    _name = "jamaa.complaint.recode"
    _description = "Replace a lost code"

    state = fields.Selection(
        [("entry", "Check"), ("refused", "Refused"), ("done", "Replaced")], default="entry", readonly=True
    )
    company_id = fields.Many2one(
        "res.company",
        string="Commune",
        required=True,
        default=lambda self: self.env.company,
        domain="[('is_commune', '=', True), ('id', 'in', allowed_company_ids)]",
    )
    case_number = fields.Char(string="Number of the case", required=True)
    seen = fields.Selection(SEEN, string="What was shown", required=True, default="national_card")
    name = fields.Char(string="Name, as shown or said")
    national_id = fields.Char(string="Number of the card")
    phone = fields.Char(string="Phone, as said")
    email = fields.Char(string="E-mail, as said")
    address = fields.Char(string="Address, as said")
    new_code = fields.Char(string="New code", readonly=True)
    slip = fields.Binary(string="New slip", readonly=True)
    slip_name = fields.Char(string="File of the slip", readonly=True)

    @api.depends("case_number")
    def _compute_display_name(self):
        """Never the name: it would stay in the trail of pages."""
        for wizard in self:
            wizard.display_name = wizard.case_number or self.env._("Replace a lost code")

    def action_replace(self):
        """Button: compare, then replace or refuse; a refusal is counted and noted.

        :raise AccessError: neither at reception nor in the complaint unit, or another commune
        :raise UserError: too many wrong tries
        """
        self.ensure_one()
        self._check_clerk()
        throttle = self.env["jamaa.throttle"]
        number = " ".join((self.case_number or "").split())
        key = f"{self.company_id.id} {number}"
        if (
            throttle._count("recode.clerk", self.env.uid, HOUR) >= WRONG_PER_CLERK
            or throttle._count("recode.case", key, 24 * HOUR) >= WRONG_PER_CASE
        ):
            raise UserError(
                self.env._("There were too many wrong tries. The complaint unit helps, tomorrow at the latest.")
            )
        case = self._case_of(number)
        if not self._is_proved(case):
            # Nothing is raised: the count and the note would be lost with it.
            throttle._note("recode.clerk", self.env.uid)
            throttle._note("recode.case", key)
            if case:
                case._add_milestone("code_refused")
            self.write({"state": "refused", **dict.fromkeys(FACTS, False)})
            return self._reopen()
        case._replace_code(self.seen)
        lang = by_code(case.public_lang).code
        self.write(
            {
                **dict.fromkeys(FACTS, False),
                "state": "done",
                "new_code": case._public_code_shown(),
                "slip": base64.b64encode(case._paper_pdf("jamaa_complaints.action_report_counter_slip", lang)),
                "slip_name": f"{case.case_number}.pdf",
            }
        )
        return self._reopen()

    def _check_clerk(self):
        user = self.env.user
        if not (
            user.has_group("jamaa_base.group_reception_agent") or user.has_group("jamaa_base.group_complaint_officer")
        ):
            raise AccessError(self.env._("Codes are replaced at reception or by the unit."))
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("This is not your commune."))

    def _case_of(self, number):
        """The case of a number in this commune, as superuser; empty where it is closed to the clerk."""
        # sudo: helpdesk.ticket - the check of identity is what opens it, and it shows nothing
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        case = tickets.search(
            [("company_id", "=", self.company_id.id), ("case_number", "=", number), ("kind", "!=", False)], limit=1
        )
        return case if self.env.user not in case.locked_user_ids else case.browse()

    def _is_proved(self, case):
        """Whether what was shown or said is what the vault holds; which part is wrong is not told.

        A card bears name and number, a booklet the name. Without a paper two facts or more
        are said, and none of them is wrong.
        """
        person = case.complainant_id
        if not person or person.erased_on:
            return False
        if self.seen == "national_card":
            number_fits = bool(self.national_id) and (
                not person.national_id or same("national_id", self.national_id, person.national_id)
            )
            return number_fits and same("name", self.name, person.name)
        if self.seen == "family_booklet":
            return same("name", self.name, person.name)
        said = [name for name in FACTS if (self[name] or "").strip()]
        return len(said) >= 2 and all(same(name, self[name], person[name]) for name in said)

    def action_again(self):
        """Button: another try."""
        self.ensure_one()
        if self.state == "refused":
            self.state = "entry"
        return self._reopen()

    def _reopen(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_recode_action")
        return {**action, "res_id": self.id}
