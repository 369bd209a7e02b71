"""Cases that came by file, and their number on the national portal."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: Said in the context by the import alone: no citizen is written to about an old matter. An
#: object, so that no caller from outside can say it.
QUIET = object()


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    imported_from = fields.Selection(
        [("register", "Old register"), ("portal", "National portal")],
        string="Came by file from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="A backlog that was entered by file has no time limit here and is never counted as late.",
    )
    national_number = fields.Char(
        "Number on the national portal",
        copy=False,
        index="btree_not_null",
        help="One number there is one case here.",
    )
    copied_back_on = fields.Date(
        "Answer copied to the portal on", readonly=True, copy=False, help="The answer stands on the portal since then."
    )

    _national_number_unique = models.UniqueIndex(
        "(company_id, national_number) WHERE national_number IS NOT NULL",
        "This number of the national portal belongs to another case already.",
    )
    _to_copy_back_idx = models.Index(
        "(company_id, answered_on) WHERE national_number IS NOT NULL AND copied_back_on IS NULL"
    )

    @api.model
    def _desk_fields(self):
        return {*super()._desk_fields(), "national_number"}

    @api.model
    def _case_channel(self, channel):
        if channel == "portal":
            return self.env.ref("jamaa_complaints.channel_national_portal")
        return super()._case_channel(channel)

    def _set_clocks(self):
        """A backlog from an old register has no clock: it is shown apart, never as late.

        What comes from the national portal keeps its clock: the citizen waits for an answer.
        """
        imported = self.filtered(lambda case: case.imported_from == "register")
        # sudo: helpdesk.ticket - clocks are set by rule
        imported.sudo().write(
            {
                "due_date": False,
                "internal_due_date": False,
                "due_regime_id": False,
                "due_values": False,
                "due_is_legal": False,
            }
        )
        return super(HelpdeskTicket, self - imported)._set_clocks()

    def _tell_citizen(self, template):
        """Nobody is written to about a matter that comes from an old file."""
        if self.env.context.get("jamaa_quiet") is QUIET:
            return False
        return super()._tell_citizen(template)

    def _mark_imported(self, source, national_number=None):
        """Say where a case comes from; an open one of the portal keeps its clocks.

        :param source: register or portal
        """
        self.ensure_one()
        # sudo: helpdesk.ticket - called by the import alone
        case = self.sudo()
        case.write({"national_number": national_number or False, "imported_from": source})
        case._set_clocks()
        case._add_milestone("imported")

    def _file_old_answer(self, words, day, outcome):
        """Keep the answer a case had before it came here: no letter, no mail, no visa of ours.

        :param day: when it left, as the file says
        """
        self.ensure_one()
        # sudo: helpdesk.ticket - called by the import alone
        case = self.sudo()
        case.write({"answer": words, "outcome": outcome or False})
        case.write({"answer_state": "sent", "answered_on": day, "answer_author_id": False})
        if case.national_number:
            # an old matter with a number of the portal was answered before this register: nobody owes the portal a copy
            case.copied_back_on = day
        case._add_milestone("closed", note=self.env._("Answered on %(day)s, before it was imported.", day=day))
        case._start_retention()

    def action_copied_back(self):
        """Button: the answer was pasted into the national portal.

        :raise UserError: nothing to copy
        """
        self.check_access("read")
        if not self._is_desk():
            self._check_step("change")
        for case in self:
            if not (case.national_number and case.answer_state == "sent" and not case.copied_back_on):
                raise UserError(
                    self.env._("Case %(number)s has no answer to copy to the portal.", number=case.case_number)
                )
        # sudo: helpdesk.ticket - checked just above
        self.sudo().write({"copied_back_on": self._commune_today()})
        self._add_milestone("copied_back")
