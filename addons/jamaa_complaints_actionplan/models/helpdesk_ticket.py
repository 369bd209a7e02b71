from odoo import models

#: What is told, by the view of the mail.
MENDED = "jamaa_complaints_actionplan.mail_cause_mended"


class HelpdeskTicket(models.Model):
    """Who complained about what came back is told when the commune dealt with the cause."""

    _inherit = "helpdesk.ticket"

    def _cause_mended(self, words):
        """Add the fact to the page of each case and queue what is told.

        :param str words: of the commune for the citizens, possibly empty
        """
        self._add_milestone("cause_mended")
        for case in self:
            case.with_context(told_cause=words)._tell_citizen(MENDED)

    def _mail_subjects(self):
        return {
            **super()._mail_subjects(),
            MENDED: self.env._("News about what you wrote: %(number)s", number=self.case_number),
        }

    def _mail_words(self):
        return {**super()._mail_words(), "cause_mended": self.env.context.get("told_cause") or ""}

    def _milestone_words(self):
        return {
            **super()._milestone_words(),
            "cause_mended": self.env._("The commune dealt with the cause of what came back"),
        }
