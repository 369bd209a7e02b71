"""At the counter: a report that names a person leaves the clerk's sight once it is registered."""

from odoo import fields, models


class JamaaComplaintCounter(models.TransientModel):
    _inherit = "jamaa.complaint.counter"

    names_person = fields.Boolean(
        string="It names a person",
        help="Such a report without identity is read by the president and the director only.",
    )

    def _case_values(self):
        return {**super()._case_values(), "names_person": self.names_person}

    def _case_just_lodged(self):
        """The case this clerk took in just now, in superuser mode, for its number and slip; else none."""
        self.ensure_one()
        # sudo: helpdesk.ticket - shown to who typed it in within the last hour
        case = self.case_id.sudo()
        return case if case and case._just_lodged_by_me() else case.browse()

    def action_print(self):
        """The slip of a report out of the clerk's sight is made once and goes with this form."""
        self.ensure_one()
        case = self._case_just_lodged()
        if not case or self.case_id.has_access("read"):
            return super().action_print()
        # sudo: ir.actions.report, ir.attachment - the paper is the citizen's, handed over by who wrote it down
        content, kind = (
            self.env["ir.actions.report"]
            # sudo: ir.actions.report - as above
            .sudo()
            ._render_qweb_pdf("jamaa_complaints.action_report_counter_slip", case.ids)
        )
        slip = self.env["ir.attachment"].create(
            {"name": f"{case.case_number}.{kind}", "raw": content, "res_model": self._name, "res_id": self.id}
        )
        return {"type": "ir.actions.act_url", "url": f"/web/content/{slip.id}?download=1", "target": "download"}
