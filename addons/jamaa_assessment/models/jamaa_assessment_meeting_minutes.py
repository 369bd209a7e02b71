"""The minutes of a meeting: they write themselves from what was ticked, voted and written."""

from odoo import fields, models
from odoo.tools import format_date, format_datetime

from odoo.addons.jamaa_base.tools.docx_writer import DocxWriter
from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

#: Languages in which minutes are kept.
KEPT_IN = ("ar", "fr")
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class JamaaAssessmentMeeting(models.Model):
    _inherit = "jamaa.assessment.meeting"

    # ---------- what they say ----------

    def _minutes(self):
        """Return the minutes in the language of the environment, the same for paper and text document.

        :return: dict with ``title``, ``subtitle``, ``facts`` (pairs), ``present`` (``heads`` and ``rows``), ``items``
            (dicts with ``text``, ``criterion`` and ``facts``), ``priorities`` (texts) and ``note``
        """
        self.ensure_one()
        one = self.round_id
        lines = one.consensus_ids.sorted(lambda line: (line.item_id.criterion_sequence, line.item_id.sequence, line.id))
        chosen = lines.filtered("is_priority").sorted("urgency", reverse=True)
        return {
            "title": self.env._("Minutes of a self-assessment meeting"),
            "subtitle": one.name,
            "facts": self._minutes_facts(),
            "present": self._minutes_present(),
            "items": [
                {
                    "text": line.item_id.name,
                    "criterion": line.criterion_id.name,
                    "facts": [(name, words) for name, words in self._minutes_item(line) if words],
                }
                for line in lines
            ],
            "priorities": chosen.mapped("item_id.name"),
            "note": self.env._(
                "Each voted alone. Ranges are shown from three votes on, a role's median from two of its members on; "
                "no vote stands here with a name."
            ),
        }

    def _minutes_facts(self):
        one = self.round_id
        sittings = self.sitting_ids
        facts = [
            (self.env._("Grid"), one.version_id.display_name),
            (self.env._("What it is about"), one.subject_name),
            (self.env._("Place"), self.place or ""),
            *[(self.env._("Sitting %(number)s", number=number), self._minutes_time(sitting))
              for number, sitting in enumerate(sittings, start=1)],
            # sudo: res.users - the name of who led, on a paper of the round
            (self.env._("Led by"), one.facilitator_id.sudo().name or ""),
        ]  # fmt: skip
        return [(name, words) for name, words in facts if words]

    def _minutes_time(self, sitting):
        """Return the day and the hours of a sitting in words, in the time of the commune."""
        zone = self._minutes_zone()
        start = format_datetime(self.env, sitting.started_on, zone, "HH:mm")
        day = self._minutes_day(sitting)
        if not sitting.ended_on:
            return self.env._("%(day)s, from %(start)s", day=day, start=start)
        end = format_datetime(self.env, sitting.ended_on, zone, "HH:mm")
        return self.env._("%(day)s, from %(start)s to %(end)s", day=day, start=start, end=end)

    def _minutes_day(self, sitting):
        """Return the day of a sitting in words, as the clock of the commune had it."""
        there = self.with_context(tz=self._minutes_zone())
        return format_date(self.env, fields.Datetime.context_timestamp(there, sitting.started_on).date())

    def _minutes_zone(self):
        return self.env.user.tz or "Africa/Casablanca"

    def _minutes_present(self):
        """Return who was there, by role and seat, a column for each sitting."""
        # sudo: jamaa.assessment.rater - a list of presence is on every minutes, for who may read them
        seats = self.sudo().round_id.rater_ids
        roles = dict(seats._fields["role"]._description_selection(self.env))
        sittings = self.sudo().sitting_ids
        there, away = self.env._("present"), self.env._("absent")
        return {
            "heads": [
                self.env._("Role"),
                self.env._("Seat"),
                *[self._minutes_day(sitting) for sitting in sittings],
            ],
            "rows": [
                [
                    roles[seat.role],
                    seat.display_name,
                    *[there if seat in sitting.present_ids else away for sitting in sittings],
                ]
                for seat in seats
            ],
        }

    def _minutes_item(self, line):
        """Return what the minutes say of one item, as pairs; empty words are left out."""
        names = {
            field: dict(line._fields[field]._description_selection(self.env))
            for field in ("answer", "verdict", "importance", "effort")
        }
        # sudo: jamaa.assessment.ballot - its votes are summed up here; ranges alone stand in the minutes
        ballots = self.sudo().ballot_ids.filtered(lambda ballot: ballot.closed_on and ballot.consensus_id == line)
        talks = self.talk_ids.filtered(lambda talk: talk.consensus_id == line)
        minutes = max(round(talks._seconds() / 60), 1)
        return [
            (
                self.env._("First answers"),
                self._minutes_spread(names["verdict"].get(line.verdict, ""), line.range_text),
            ),
            *[
                (
                    self.env._("Re-vote %(number)s", number=ballot.number),
                    self._minutes_ballot(line, ballot, names["verdict"]),
                )
                for ballot in ballots
            ],
            (self.env._("Agreed level"), names["answer"].get(line.answer, self.env._("still open"))),
            (self.env._("Counts as"), line.counted if line.capped else ""),
            (self.env._("Why"), line.reason or ""),
            (self.env._("Differing opinion"), line.dissent or ""),
            (self.env._("Evidence seen"), line.evidence or ""),
            (
                self.env._("Importance and effort"),
                f"{names['importance'][line.importance]} / {names['effort'][line.effort]}" if talks else "",
            ),
            (
                self.env._("Talked about"),
                self.env._("%(count)s min", count=minutes) if talks else "",
            ),
        ]

    def _minutes_ballot(self, line, ballot, verdicts):
        votes = ballot._votes()
        found = line._spread_of(votes)
        words = self._minutes_spread(verdicts.get(found["verdict"], ""), found["range"])
        return self.env._("%(words)s; votes: %(count)s", words=words, count=len(votes))

    def _minutes_spread(self, verdict, range_text):
        if not range_text:
            return verdict
        return self.env._("%(verdict)s, from lowest to highest: %(range)s", verdict=verdict, range=range_text)

    # ---------- on paper, as a text document, and kept ----------

    def action_minutes(self):
        """Print the minutes as they stand."""
        self.check_access("read")
        return self.env.ref("jamaa_assessment.report_minutes").report_action(self, config=False)

    def action_minutes_docx(self):
        """Open the minutes as a text document, to be finished by hand."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/jamaa/assessment/meeting/{self.id}.docx", "target": "self"}

    def _minutes_name(self, ending):
        """Return the name of a file, in the language of the environment."""
        return f"{self.env._('Minutes')} - {self.round_id.name}.{ending}".replace("/", "-")

    def _minutes_docx(self):
        """Return the minutes as a text document in the language of the environment.

        :rtype: bytes
        """
        self.ensure_one()
        paper = self._minutes()
        # sudo: res.company - the letterhead, for who may read the meeting
        commune = self.company_id.sudo()
        writer = DocxWriter(self.env["res.lang"]._get_data(code=self.env.lang or "en_US").direction == "rtl")
        for line in commune._commune_title(self.env.lang).splitlines():
            writer.text(line)
        if commune.is_demo:
            writer.text(self.env._("Invented data"), bold=True)
        writer.heading(paper["title"], 0)
        writer.text(paper["subtitle"])
        writer.table(None, paper["facts"])
        writer.heading(self.env._("Who was there"))
        if paper["present"]["rows"]:
            writer.table(paper["present"]["heads"], paper["present"]["rows"])
        if paper["priorities"]:
            writer.heading(self.env._("What the group will do first"))
            for number, words in enumerate(paper["priorities"], start=1):
                writer.text(f"{number}. {words}")
        writer.heading(self.env._("Item by item"))
        for item in paper["items"]:
            writer.heading(item["text"], 2)
            writer.text(item["criterion"])
            writer.table(None, item["facts"])
        writer.text(paper["note"])
        return writer.content()

    def _keep_minutes(self):
        """Keep the minutes as they stand with the meeting, in Arabic and French, on paper and as text document.

        They hang on the meeting, not on the round: a rater who is to answer anew about the same subject may read
        the round, but not what was agreed before.
        """
        report = self.env.ref("jamaa_assessment.report_minutes")
        installed = dict(self.env["res.lang"].get_installed())
        for meeting in self:
            for code in (PUBLIC_LANGS[url].code for url in KEPT_IN):
                if code not in installed:
                    continue
                told = meeting.with_context(lang=code)
                # sudo: ir.attachment, ir.actions.report - kept by the tool when the round is validated
                pdf, _kind = report.sudo()._render_qweb_pdf(report, meeting.ids, data={"lang": code})
                self.env["ir.attachment"].sudo().create(
                    [
                        {"name": told._minutes_name(ending), "raw": raw, "mimetype": mimetype,
                         "res_model": self._name, "res_id": meeting.id, "company_id": meeting.company_id.id}
                        for ending, raw, mimetype in (("pdf", pdf, PDF), ("docx", told._minutes_docx(), DOCX))
                    ]
                )  # fmt: skip


class JamaaAssessmentRound(models.Model):
    _inherit = "jamaa.assessment.round"

    def action_validate(self):
        """Validate, and keep the minutes of the meeting with it; what is still open of the meeting ends."""
        # sudo: jamaa.assessment.meeting - it ends with the round, and its minutes are whole whatever the validator may
        # still read: a further round about the same subject hides what was agreed from who is to answer
        meetings = self.sudo().meeting_ids
        for meeting in meetings:
            meeting._check_no_open_ballot()
        result = super().action_validate()
        for meeting in meetings:
            meeting._end()
        meetings.filtered("sitting_ids")._keep_minutes()
        return result
