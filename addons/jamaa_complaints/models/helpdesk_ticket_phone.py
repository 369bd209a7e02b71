"""The telephone as a channel: calls on record, short messages, when to come or call."""

from datetime import timedelta

from odoo import fields, models
from odoo.tools.misc import format_date

from odoo.addons.jamaa_base.tools.public_lang import by_code

CALL_SUBJECTS = [
    ("receipt", "Told that it was received"),
    ("news", "Told where it stands"),
    ("answer", "The answer was read out"),
]


def clock(hour):
    """8.5 → 08:30."""
    return f"{int(hour):02d}:{round(hour % 1 * 60):02d}"


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    may_call = fields.Boolean(compute="_compute_may")

    # ------------------------------------------------------------------
    # Calls
    # ------------------------------------------------------------------

    def _case_steps(self):
        return (*super()._case_steps(), "call")

    def _may(self, step):
        """Whoever handles the case calls; what was said is put on record."""
        if step == "call":
            return self._is_desk() or self._is_of_service()
        return super()._may(step)

    def action_call(self):
        """Button: put a call on record."""
        self._check_step("call")
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_call_action")
        return {**action, "context": {"default_case_id": self.id}}

    def _note_call(self, subject, reached):
        """Add the fact that somebody called.

        :param str subject: one of `CALL_SUBJECTS`
        :param bool reached: whether the citizen was on the line
        """
        self.ensure_one()
        self._check_step("call")
        if subject == "answer" and self.answer_state != "sent":
            # an answer nobody has signed is not read out
            self._check_step("send")
        words = self._call_words(subject)
        if reached:
            self._add_milestone("called", note=words)
        else:
            self._add_milestone("call_missed", note=words)

    def _call_words(self, subject):
        """What was said, for the desk."""
        return {
            "receipt": self.env._("Told that it was received"),
            "news": self.env._("Told where it stands"),
            "answer": self.env._("The answer was read out"),
        }[subject]

    def _milestone_words(self):
        return {**super()._milestone_words(), "called": self.env._("The commune called you")}

    # ------------------------------------------------------------------
    # Short messages
    # ------------------------------------------------------------------

    def _tell_citizen(self, template):
        """Who asked to be told by telephone gets a short message, where the commune has a gateway."""
        told = super()._tell_citizen(template)
        return self._sms_to_citizen() or told

    def _sms_to_citizen(self):
        """Queue a short message; it says nothing of the case but its number and code.

        :return: whether one was queued
        """
        self.ensure_one()
        # sudo: helpdesk.ticket, jamaa.complainant - the number stays in the vault
        case = self.sudo()
        if case.reply_by != "phone" or not case.company_id.sms_on or not case.complainant_id.phone:
            return False
        code = by_code(case.public_lang).code
        here = case.with_context(lang=code)
        text = here.env._(
            "%(commune)s: case %(number)s: news on your page, code %(code)s.",
            commune=case.company_id._commune_title(code),
            number=case.case_number,
            code=case._public_code_shown(),
        )
        # sudo: jamaa.sms - rows are made here and nowhere else
        self.env["jamaa.sms"].sudo().create(
            {
                "company_id": case.company_id.id,
                "case_id": case.id,
                "complainant_id": case.complainant_id.id,
                "text": text,
                "lang": code,
            }
        )
        return True

    # ------------------------------------------------------------------
    # When to come or call
    # ------------------------------------------------------------------

    def _case_page(self, lang):
        page = super()._case_page(lang)
        code = by_code(lang).code
        # sudo: helpdesk.ticket - the citizen holds the token; only these values leave
        case = self.sudo().with_context(lang=code, tz="Africa/Casablanca")
        return {**page, "come_or_call": case._come_or_call()}

    def _come_or_call(self):
        """What whoever gets neither mail nor short message has to know.

        :return: dict of text (empty where a message is sent): day, phone, site, hours
        """
        self.ensure_one()
        told = self.reply_by == "email" or (self.reply_by == "phone" and self.company_id.sms_on)
        if told or self.answer_state == "sent" or self.closed:
            return {}
        return {
            "day": self._day(self.due_date),
            "phone": self.company_id.phone or "",
            "site": self.site_id.name or "",
            "hours": self._site_hours(),
        }

    def _site_hours(self):
        """Open hours of the site in the coming week, one line a day."""
        if not self.site_id:
            return []
        today = self._commune_today()
        lines = []
        for offset in range(7):
            day = today + timedelta(days=offset)
            hours = self.site_id._hours_on(day)
            if hours:
                spans = ", ".join(f"{clock(start)}–{clock(end)}" for start, end in hours)
                lines.append((day.weekday(), {"day": format_date(self.env, day, date_format="EEEE"), "hours": spans}))
        return [line for _rank, line in sorted(lines, key=lambda line: line[0])]
