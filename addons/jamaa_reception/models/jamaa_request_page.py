"""What the citizen reads about the own request: plain values, never records, no name."""

from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.misc import file_path, format_date

from odoo.addons.jamaa_base.tools.bidi import isolate
from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS, by_code

from .jamaa_request import ENDED, OWED, TIME_ZONE

#: How long the site's hours are shown ahead, in days.
HOURS_AHEAD = 7
#: Reports of papers wrongly asked that the page lists.
REPORTS_SHOWN = 10


class JamaaProcedureRequest(models.Model):
    """The tracking page and the papers, in the language they are asked in."""

    _inherit = "jamaa.procedure.request"

    def _document_lang(self):
        """Language of the papers: the citizen's."""
        self.ensure_one()
        return self.lang or self.env.lang

    def _page(self, lang):
        """Return all the tracking page shows.

        :param str lang: URL code of a public language
        :return: dict of text, dates as text, and lists of such
        """
        self.ensure_one()
        # sudo: jamaa.procedure.request - the citizen holds the token; only these values leave
        request = self.sudo().with_context(lang=PUBLIC_LANGS[lang].code, tz=TIME_ZONE)
        state = request._state_words()
        page = {
            "code": request._public_code_shown(),
            "number": request.number,
            "path": request._public_path(lang),
            "procedure": request._named(request.procedure_id, "name"),
            "procedure_code": request.procedure_id.code,
            "received": request._day(request.received_on),
            "lead": isolate(
                request.env._(
                    "Request number %(number)s, received on %(day)s.",
                    number=request.number,
                    day=request._day(request.received_on),
                )
            ),
            "site": request.site_id.name or "",
            "stage": request.stage,
            "state": state,
            "due": request._due_words(),
            "waits": request.clock_state == "waiting",
            "silence": request._silence_words(),
            "appeal": request._named(request.sheet_id, "appeal"),
            "unchecked": not request.sheet_id.values_checked_on,
            "pieces": request._piece_words(),
            "asked": request._asked_words(),
            "extension": request._extension_words(),
            "decision": request._decision_words(),
            "collect": request._collect_words(),
            "steps": request._steps_words(),
            "digest": request.register_digest or "",
            "passed": request.stage in OWED and bool(request.silence_passed_on),
            "effect": request.silence_effect,
            "satisfaction": request._satisfaction_words() if request.stage == "handed_over" else {},
            "reports": request._report_words(lang),
        }
        page["spoken"] = request._spoken_words(page)
        return page

    def _named(self, record, name):
        """A text of the sheet in the language of the context: ``{"text", "html", "dir"}``."""
        text, code = record._in_language(name)
        lang = by_code(code if code in {one.code for one in PUBLIC_LANGS.values()} else "fr_MA")
        return {"text": text, "html": lang.html, "dir": lang.direction}

    def _stage_words(self):
        """The stage as said to the citizen."""
        _ = self.env._
        return {
            "incomplete": _("Waiting for a paper"),
            "received": _("Received and complete"),
            "in_work": _("Being worked on"),
            "decided": _("Decided"),
            "ready": _("Ready: come and collect it"),
            "handed_over": _("Handed over"),
            "withdrawn": _("Withdrawn"),
            "lapsed": _("Ended: what was missing did not come"),
        }[self.stage]

    def _state_words(self):
        """Where it is: ``(meaning, words)``; meaning is fine, info or warning."""
        meaning = "info"
        if self.stage in ("ready", "handed_over"):
            meaning = "fine"
        elif self.stage == "incomplete" or (self.stage in OWED and self.clock_state == "late"):
            meaning = "warning"
        return meaning, self._stage_words()

    def _due_words(self):
        """The due date, what kind of promise it is and how it was computed."""
        due = self._due()
        if not due:
            return {}
        return {
            "date": due.day(self.env.lang),
            "is_legal": due.is_legal,
            "proof": due.proof_lines(self.env.lang),
            "caution": due.caution(self.env.lang),
        }

    def _piece_words(self):
        """The pieces by state: received, missing, waived, held; each a list of named texts."""
        forms = dict(self.env["jamaa.procedure.piece"]._fields["form"]._description_selection(self.env))
        found = {"received": [], "missing": [], "waived": [], "held": []}
        for line in self.piece_ids:
            piece = line.piece_id
            found[line.state].append(
                {
                    **self._named(piece, "name"),
                    "form": forms[piece.form],
                    "count": piece.count,
                    "by": self._named(piece, "delivered_by")["text"],
                    "note": self._named(piece, "note")["text"],
                    "reason": line.waive_reason or "",
                    "picture": _picture(piece),
                }
            )
        return found

    def _asked_words(self):
        if not self.ask_on:
            return {}
        until = self._day(self.ask_until)
        return {
            "on": self._day(self.ask_on),
            "until": until,
            "open": self.stage == "incomplete",
            "words": self.env._(
                "Bring it before %(day)s. The commune asks once: nothing else can be asked later.", day=until
            ),
        }

    def _extension_words(self):
        if not self.extended_on:
            return {}
        return {
            "words": self.env._(
                "On %(day)s the commune extended the time, once. Reason: %(reason)s",
                day=self._day(self.extended_on),
                reason=self.extension_reason or "",
            )
        }

    def _decision_words(self):
        if not self.decided_on:
            return {}
        outcomes = dict(self._fields["decision_outcome"]._description_selection(self.env))
        return {
            "outcome": outcomes.get(self.decision_outcome, ""),
            "refused": self.decision_outcome in ("refused", "partly"),
            "reason": self.decision_reason or "",
            "on": self._day(self.decided_on),
            "by": self.decided_capacity or "",
            "letter": self.letter_number or "",
        }

    def _collect_words(self):
        """Where and when to collect: the site, its address, its hours of the coming week."""
        site = self.collect_site_id
        if self.stage != "ready" or not site:
            return {}
        today = self._commune_today()
        closed = self.env["jamaa.holiday"]._names_between(self.company_id, today, today + timedelta(days=HOURS_AHEAD))
        days = []
        for ahead in range(HOURS_AHEAD):
            day = today + timedelta(days=ahead)
            hours = [] if day in closed else site._hours_on(day)
            if hours:
                days.append(
                    {
                        "day": self._due_day(day),
                        "hours": [f"{_clock(start)}–{_clock(end)}" for start, end in hours],
                    }
                )
        return {"site": site.name, "street": site.street or "", "quarter": site.quarter or "", "days": days}

    def _due_day(self, day):
        """A day with the day of the week, in the language of the context."""
        return format_date(self.env, day, date_format="EEEE d MMMM")

    def _steps_words(self):
        """The timeline: public facts with their dates, then what comes next."""
        words = self._milestone_words()
        steps = []
        for fact in self.milestone_ids.filtered("is_public").sorted(lambda fact: (fact.date, fact.id)):
            text = words.get(fact.code) or dict(fact._fields["code"]._description_selection(self.env))[fact.code]
            if steps and steps[-1]["text"] == text:
                continue
            day = self._commune_day(fact.date)
            steps.append({"text": text, "date": self._day(day), "iso": day.isoformat(), "state": "done"})
        if self.stage in OWED:
            ahead = self.due_date and self.due_date >= self._commune_today()
            note = self.env._("at the latest on %(day)s", day=self._day(self.due_date)) if ahead else ""
            steps.append({"text": self.env._("The decision of the commune"), "state": "next", "note": note})
        # Nothing waits at the desk for who was refused; a decision being typed is not one yet.
        refused = self.decided_on and self.decision_outcome == "refused"
        if self.stage not in ENDED and self.stage != "ready" and not refused:
            steps.append({"text": self.env._("You collect it"), "state": "next"})
        return steps

    def _milestone_words(self):
        """What a public fact is called to the citizen, by its code."""
        _ = self.env._
        return {
            "received": _("The commune received your request"),
            "completed": _("Your file is complete"),
            "piece_received": _("A paper arrived"),
            "piece_waived": _("A paper is not needed after all"),
            "taken": _("The service is working on it"),
            "asked": _("The commune asked for the missing papers"),
            "extended": _("The commune needs more time"),
            "due_passed": _("The date has passed without a decision"),
            "silence_agreement": _("The date has passed: silence means agreement"),
            "silence_refusal": _("The date has passed: silence means refusal"),
            "decided": _("The commune has decided"),
            "ready": _("It is ready"),
            "handed_over": _("It was handed over"),
            "withdrawn": _("The request was withdrawn"),
            "lapsed": _("The request ended: the missing papers did not come"),
        }

    def _report_words(self, lang):
        """Papers wrongly asked that were reported from this page, each with the link to follow it."""
        reports = self.env["jamaa.piece.report"].search(
            [("request_id", "=", self.id), ("said_by", "=", "citizen")], limit=REPORTS_SHOWN
        )
        return [
            {"piece": report.piece, "state": report._state_words()[1], "path": report._public_path(lang)}
            for report in reports
        ]

    def _spoken_words(self, page):
        """The page in a few sentences, to be read aloud."""
        _ = self.env._
        lines = [
            _("Your request: %(procedure)s.", procedure=page["procedure"]["text"]),
            _("Where it stands: %(state)s.", state=page["state"][1]),
        ]
        if page["pieces"]["missing"] and self.stage == "incomplete":
            names = ", ".join(piece["text"] for piece in page["pieces"]["missing"])
            lines.append(_("Bring: %(pieces)s.", pieces=names))
        if page["due"] and self.stage in OWED and not page["passed"]:
            lines.append(_("Answer due at the latest on %(day)s.", day=page["due"]["date"]))
        if page["collect"]:
            lines.append(_("Collect it at %(site)s.", site=page["collect"]["site"]))
        return lines

    # ------------------------------------------------------------
    # Satisfaction
    # ------------------------------------------------------------

    def _satisfaction_words(self):
        """What was answered so far: the face (0 for none) and the words."""
        answer = self.env["jamaa.satisfaction"]._current(self)
        return {"value": answer.value or 0, "comment": answer.comment or ""}

    def _record_satisfaction(self, value=None, comment=None):
        """Take a tap or words from the citizen's page, once it was handed over.

        :return: the code of ``jamaa.satisfaction._record``; ``not_yet`` before
        """
        self.ensure_one()
        if self.stage != "handed_over":
            return "not_yet"
        answers = self.env["jamaa.satisfaction"]
        values = answers._values_of_visit(self.company_id, self.site_id, procedure=self.procedure_id)
        return answers._record(self, values, value, comment)

    # ------------------------------------------------------------
    # Papers
    # ------------------------------------------------------------

    def _public_pin(self):
        """The citizen's PIN, on papers printed by who may print them.

        :raise AccessError: somebody else makes the paper, by its address for instance
        """
        if not self.env.su:
            self._check_step("print")
        return super()._public_pin()

    def _paper(self):
        """Values of the papers, in the language of the context.

        :raise AccessError: the PIN and the link are the citizen's; who works with citizens prints them
        """
        self.ensure_one()
        if not self.env.su:
            self._check_step("print")
        lang = by_code(self.env.lang).url
        return {
            **self._page(lang),
            "pin": self._public_pin(),
            "qr": self._public_qr(lang),
            "today": self._day(self._commune_today()),
            "nothing_held": self._nothing_held_words(),
        }

    def _nothing_held_words(self):
        """What the register holds about the decision, for the notice that the date passed."""
        if self.decided_on:
            return self.env._("The decision was signed on %(day)s, after that date.", day=self._day(self.decided_on))
        return self.env._(
            "On this day, %(day)s, the register of the commune holds no decision on this request.",
            day=self._day(self._commune_today()),
        )

    def _public_paper(self, xmlid, lang):
        """A paper of this request for the citizen, as PDF bytes."""
        self.ensure_one()
        # sudo: ir.actions.report - the citizen holds the token; the paper is the citizen's
        return self.env["ir.actions.report"].sudo()._render_qweb_pdf(xmlid, self.ids, data={"lang": lang})[0]

    def _print(self, name):
        self.ensure_one()
        self._check_step("print")
        return self.env.ref(f"jamaa_reception.action_report_request_{name}").report_action(self, config=False)

    def action_print_receipt(self):
        """Button: the receipt, for the citizen."""
        return self._print("receipt")

    def action_print_receipt_a4(self):
        """Button: the receipt on a large sheet."""
        return self._print("receipt_a4")

    def action_print_missing(self):
        """Button: the one request for missing pieces, on paper."""
        self.ensure_one()
        if not self.ask_on:
            raise UserError(self.env._("Nothing was asked."))
        return self._print("missing")

    def action_print_decision(self):
        """Button: the letter of the decision, to be signed or as it was."""
        return self._print("decision")

    def action_print_slip(self):
        """Button: the slip that is signed when it is handed over."""
        return self._print("slip")

    def action_print_silence(self):
        """Button: the notice that the date passed."""
        self._check_step("attest")
        return self._print("silence")


def _clock(hours):
    """8.5 as 08:30."""
    minutes = round(hours * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


#: The drawing of a paper that has none of its own.
FORM_PICTURES = {
    "original": "paper",
    "shown": "id_card",
    "copy": "copy",
    "original_and_copy": "copy",
    "form": "sign",
}


def _picture(piece):
    """Address of the drawing of a piece, or nothing where there is no such file."""
    name = piece.pictogram or FORM_PICTURES[piece.form]
    relative = f"jamaa_reception/static/src/public/pictograms/{name}.svg"
    try:
        file_path(relative)
    except (FileNotFoundError, ValueError):
        return ""
    return f"/{relative}"
