"""What a citizen reads about the own report of a paper: plain values, no name."""

from datetime import timedelta

from odoo import fields, models

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

from .jamaa_piece_report import OPEN
from .jamaa_request import TIME_ZONE

#: How long the page shows the PIN after the report was sent.
PIN_SHOWN = timedelta(hours=1)


class JamaaPieceReport(models.Model):
    """The page under the link of a report: received, looked at, what came of it."""

    _inherit = "jamaa.piece.report"

    def _page(self, lang):
        """Return all the page shows; what is still being written is not on it.

        :param str lang: URL code of a public language
        :return: dict of text, and lists of such
        """
        self.ensure_one()
        # sudo: jamaa.piece.report - the citizen holds the token; only these values leave
        report = self.sudo().with_context(lang=PUBLIC_LANGS[lang].code, tz=TIME_ZONE)
        told = report.state not in OPEN
        page = {
            "code": report._public_code_shown(),
            "pin": report._public_pin() if fields.Datetime.now() - report.create_date <= PIN_SHOWN else "",
            "piece": report.piece,
            "procedure": report.procedure_id.name,
            "state": report._state_words(),
            "finding": report._finding_words() if told else "",
            "answer": (report.answer or "") if told else "",
            "steps": report._steps_words(),
        }
        page["spoken"] = [page["state"][1], page["finding"]] if told else [page["state"][1]]
        return page

    def _state_words(self):
        """Where it is: ``(meaning, words)``; meaning is fine or info."""
        if self.state not in OPEN:
            return "fine", self.env._("The head of service has answered.")
        if self.state == "looked":
            return "info", self.env._("The head of service is looking into it.")
        return "info", self.env._("Received. The head of service has not looked into it yet.")

    def _finding_words(self):
        """What was found, as said to who reported."""
        _ = self.env._
        return {
            "wrong": _("This paper should not have been asked from you. You need not bring it."),
            "on_sheet": _("The published list does ask for this paper."),
            "sheet_incomplete": _("The law asks for this paper, and the list did not say so. It is being corrected."),
            "unknown": _("It could not be found out what happened."),
        }.get(self.finding, "")

    def _steps_words(self):
        """The timeline: what happened with its dates, then what comes next."""
        _ = self.env._
        requests = self.env["jamaa.procedure.request"]
        return [
            {"text": text, "date": requests._day(day), "iso": day.isoformat(), "state": "done"}
            if day
            else {"text": text, "state": "next"}
            for text, day in (
                (_("The commune received your report"), self.date),
                (_("The head of service looks into it"), self.looked_on),
                (_("The answer"), self.answered_on),
            )
        ]
