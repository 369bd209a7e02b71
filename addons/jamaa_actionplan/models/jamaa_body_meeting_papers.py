"""The papers of a meeting: convocation and minutes, as PDF and text, in Arabic and in French."""

import base64

from odoo import fields, models
from odoo.tools import format_date, format_datetime

from odoo.addons.jamaa_base.tools.docx_writer import DocxWriter

REPORTS = {
    "convocation": "jamaa_actionplan.meeting_convocation_report",
    "minutes": "jamaa_actionplan.meeting_minutes_report",
}
LANGS = {"ar": "ar_MA", "fr": "fr_MA"}


class JamaaBodyMeeting(models.Model):
    _inherit = "jamaa.body.meeting"

    # ---------- sending ----------

    def _send_paper(self, kind):
        """Send a paper of this meeting to the members' functions, in both languages.

        :param str kind: convocation or minutes
        :return: the ``jamaa.dissemination``, on its way
        """
        self.ensure_one()
        # sudo: jamaa.document, jamaa.dissemination - the meeting's own paper; who may send it was checked by the caller
        env = self.sudo().env
        title = self._paper_title(kind)
        files = {}
        for short, lang in LANGS.items():
            content, _kind = env["ir.actions.report"]._render_qweb_pdf(REPORTS[kind], self.ids, data={"lang": lang})
            files |= {f"file_{short}": base64.b64encode(content), f"file_{short}_name": f"{kind}-{short}.pdf"}
        document = env["jamaa.document"].create(
            {
                "name": title,
                "company_id": self.company_id.id,
                "theme_id": self.body_id.theme_id.id,
                "version_ids": [fields.Command.create(files)],
            }
        )
        functions = self.attendance_ids.member_id.function_id
        if kind == "minutes":
            functions |= self.also_to_ids
        sending = env["jamaa.dissemination"].create(
            {
                "version_id": document.version_ids.id,
                "date_due": self._day() if kind == "convocation" else self.minutes_due_on,
                "recipient_ids": [fields.Command.create({"function_id": one.id}) for one in functions],
            }
        )
        sending.action_send()
        return sending.sudo(self.env.su)

    def _paper_title(self, kind):
        """The title of a paper, in the language of the environment."""
        day = format_date(self.env, self._day())
        if kind == "convocation":
            return self.env._("Convocation: %(body)s, %(day)s", body=self.body_id.name, day=day)
        return self.env._("Minutes: %(body)s, %(day)s", body=self.body_id.name, day=day)

    def _moment_words(self):
        """Day and hour of the meeting in Morocco, in the language of the environment."""
        return format_datetime(self.env, self.date_start, tz="Africa/Casablanca", dt_format="short")

    # ---------- the minutes as a text ----------

    def action_minutes_docx_ar(self):
        """Give the minutes as a text document in Arabic."""
        return self._give_docx("ar")

    def action_minutes_docx_fr(self):
        """Give the minutes as a text document in French."""
        return self._give_docx("fr")

    def _give_docx(self, short):
        """Return the download of the minutes in a language; the file is the user's own and replaces the one before."""
        self.ensure_one()
        self.check_access("read")
        name = f"minutes-{self.id}-{short}.docx"
        # sudo: ir.attachment - a paper of a meeting the user reads, kept under the user's own name
        files = self.env["ir.attachment"].sudo()
        files.search(
            [
                ("res_model", "=", False),
                ("name", "=", name),
                ("create_uid", "=", self.env.uid),
            ]
        ).unlink()
        file = files.create({"name": name, "raw": self._minutes_docx(LANGS[short])})
        return {"type": "ir.actions.act_url", "url": f"/web/content/{file.id}?download=1", "target": "download"}

    def _minutes_docx(self, lang):
        """Return the minutes as a text document.

        :param str lang: code of the language
        :rtype: bytes
        """
        self.ensure_one()
        meeting = self.with_context(lang=lang)
        _ = meeting.env._
        # sudo: res.company - the letterhead, for who may read the meeting
        commune = meeting.company_id.sudo()
        writer = DocxWriter(meeting.env["res.lang"]._get_data(code=lang).direction == "rtl")
        for line in commune._commune_title(lang).splitlines():
            writer.text(line)
        if commune.is_demo:
            writer.text(_("Invented data"), bold=True)
        writer.heading(meeting._paper_title("minutes"), 0)
        writer.table(None, meeting._minutes_facts())
        writer.heading(_("Attendance"))
        if meeting.attendance_ids:
            writer.table([_("Function"), _("Attendance"), _("Who came")], meeting._attendance_rows())
        for point in meeting.agenda_ids:
            writer.heading(point.name, 2)
            writer.text(point.notes or "")
        writer.heading(_("Outcomes"))
        if meeting.outcome_ids:
            heads = [_("Kind"), _("What came out"), _("Who"), _("By when")]
            writer.table(heads, meeting._outcome_rows())
        if meeting.remarks:
            writer.text(meeting.remarks)
        return writer.content()

    def _minutes_facts(self):
        """Rows of what stands above the minutes: label and value."""
        _ = self.env._
        rows = [
            [_("Body"), self.body_id.name],
            [_("When"), self._moment_words()],
            [_("Where"), self.place or ""],
            [_("Quorum"), self._quorum_words()],
        ]
        if self.guests:
            rows.append([_("Guests"), self.guests])
        if self.approved_on:
            rows.append([_("Minutes approved on"), format_date(self.env, self.approved_on)])
        return rows

    def _quorum_words(self):
        """The quorum as the minutes say it."""
        values = {"there": self.there_count, "members": self.member_count, "needed": self.quorum_needed}
        if self.has_quorum:
            return self.env._("Reached: %(there)s of %(members)s members, %(needed)s needed", **values)
        return self.env._("Not reached: %(there)s of %(members)s members, %(needed)s needed", **values)

    def _attendance_rows(self):
        """Rows of the attendance: function, attendance, who came."""
        labels = dict(self.attendance_ids._fields["state"]._description_selection(self.env))
        return [[row.function_id.name, labels.get(row.state, ""), row._who_came()] for row in self.attendance_ids]

    def _outcome_rows(self):
        """Rows of the outcomes: kind, text, who, by when."""
        kinds = dict(self.outcome_ids._fields["kind"]._description_selection(self.env))
        levels = dict(self.outcome_ids._fields["level"]._description_selection(self.env))
        return [
            [
                kinds[row.kind],
                row.name,
                levels.get(row.level, "") if row.kind == "decision" else row.function_id.name or "",
                format_date(self.env, row.due_on) if row.due_on else "",
            ]
            for row in self.outcome_ids
        ]
