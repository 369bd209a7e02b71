"""What the citizen reads about the own case: plain values, never records."""

import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.misc import format_date

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS, by_code
from odoo.addons.jamaa_base.tools.qr import qr_data_uri

from ..tools.filed_digest import filed_digest, grouped

TIME_ZONE = "Africa/Casablanca"
#: How long the page after sending shows the PIN; paper keeps it longer.
PIN_SHOWN = timedelta(hours=1)
#: Facts the page says elsewhere: its state, and the face that was chosen (which may be
#: the one in between, while the desk knows two outcomes only).
LEFT_OUT = {"closed", "satisfied", "unsatisfied"}


class HelpdeskTicket(models.Model):
    """The tracking page and the papers of a case, in the citizen's language."""

    _inherit = "helpdesk.ticket"

    _public_page = "case"

    filed_digest = fields.Char(
        string="Fingerprint of what was filed",
        readonly=True,
        copy=False,
        help="SHA-256 of the words, place, day and photos as they were received; printed on the receipt.",
    )

    # ------------------------------------------------------------------
    # Lodging
    # ------------------------------------------------------------------

    @api.model
    def _lodge(self, company, vals, identity=None, photos=(), channel="web", lang=None):
        """Fingerprint what was filed and queue the receipt, whatever the channel.

        See the first definition for the arguments; ``vals["reply_by"]`` is how the
        citizen chose to be answered.
        """
        case = super()._lodge(company, vals, identity, photos, channel, lang)
        values = {"filed_digest": case._filed_digest()}
        if vals.get("reply_by"):
            values["reply_by"] = vals["reply_by"]
        case.write(values)
        self.env["jamaa.register.entry"]._enter(
            case.company_id,
            "case_received",
            {"number": case.case_number, "kind": case.kind, "fingerprint": case.filed_digest},
            case,
        )
        case._tell_citizen("receipt")
        return case

    def _filed_digest(self):
        """Compute the fingerprint of the case as it stands."""
        self.ensure_one()
        return filed_digest(
            self.kind,
            self.facts or "",
            self.place_text or "",
            fields.Date.to_string(self.legal_receipt_date),
            self._photo_digests(),
        )

    def _photo_digests(self):
        """SHA-256 of each photo as stored."""
        # sudo: ir.attachment - fingerprints of the citizen's own photos
        return [hashlib.sha256(photo.raw).hexdigest() for photo in self.sudo().photo_ids]

    # ------------------------------------------------------------------
    # Language and dates
    # ------------------------------------------------------------------

    def _document_lang(self):
        """Language of the papers of a case: the citizen's."""
        self.ensure_one()
        return self.public_lang or self.env.lang

    def _day(self, date):
        """A date as people write it, in the language of the context."""
        if not date:
            return ""
        return format_date(self.env, date, date_format="d MMMM y")

    def _commune_day(self, moment):
        """The day of a UTC moment where the commune is."""
        local = self.with_context(tz=TIME_ZONE)
        return fields.Datetime.context_timestamp(local, moment).date()

    # ------------------------------------------------------------------
    # The page
    # ------------------------------------------------------------------

    def _case_page(self, lang):
        """Return all the tracking page shows.

        :param str lang: URL code of a public language
        :return: dict of text, dates as text, numbers and lists of such
        """
        self.ensure_one()
        code = PUBLIC_LANGS[lang].code
        # sudo: helpdesk.ticket - the citizen holds the token; only these values leave
        case = self.sudo().with_context(lang=code, tz=TIME_ZONE)
        path = case._public_path(lang)
        sent = case.answer_state == "sent"
        return {
            "code": case._public_code_shown(),
            "number": case.case_number,
            "kind": case.kind,
            "kind_words": case._kind_words(),
            "path": path,
            "state": case._state_words(),
            "due": case._due_words(),
            "steps": case._steps_words(),
            "facts": case.facts,
            "place": case.place_text or "",
            "site": case.site_id.name or "",
            "category": case.category_id.name or "",
            "received": case._day(case.legal_receipt_date),
            "photos": [f"{path}/photo/{rank}" for rank in range(1, len(case.photo_ids) + 1)],
            "answer": case.answer if sent else "",
            "answered_on": case._day(case.answered_on) if sent else "",
            "approved_as": (case.approved_capacity or "") if sent else "",
            "digest": grouped(case.filed_digest or ""),
            "satisfaction": case._satisfaction_words() if sent else {},
        }

    def _kind_words(self):
        """The kind in the reader's language."""
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _state_words(self):
        """Where the case is: ``(meaning, words)``; meaning is fine, info or warning."""
        if self.answer_state == "sent":
            return "fine", self.env._("Answered")
        if self.closed:
            return "info", self.env._("Closed")
        late = self.due_date and self.due_date < fields.Date.context_today(self)
        if late:
            return "warning", self.env._("Late: the answer should have been sent")
        if self.service_id or self.user_id:
            return "info", self.env._("Being looked into")
        return "info", self.env._("Received")

    def _due_words(self):
        """The due date, what kind of promise it is and how it was computed."""
        if not self.due_date:
            return {}
        due = self._due_proof()
        return {
            "date": self._day(self.due_date),
            "is_legal": self.due_is_legal,
            "proof": due.proof_lines(self.env.lang) if due else [],
            "caution": due.caution(self.env.lang) if due else "",
        }

    def _steps_words(self):
        """The timeline: public facts with their dates, then what comes next."""
        steps = []
        facts = self.milestone_ids.filtered(lambda fact: fact.is_public and fact.code not in LEFT_OUT).sorted(
            lambda fact: (fact.date, fact.id)
        )
        for fact in facts:
            words = self._fact_words(fact)
            if not steps or steps[-1]["text"] != words:
                day = self._commune_day(fact.date)
                steps.append(
                    {
                        "text": words,
                        "date": self._day(day),
                        "iso": day.isoformat(),
                        "state": "done",
                    }
                )
        if self.answer_state == "sent" or self.closed:
            return steps
        if not self.service_id:
            steps.append({"text": self.env._("It goes to the service concerned"), "state": "next"})
        if self.due_date:
            last = {"note": self.env._("at the latest on %(day)s", day=self._day(self.due_date))}
        else:
            last = {}
        steps.append({"text": self.env._("The answer of the commune"), "state": "next", **last})
        return steps

    def _fact_words(self, fact):
        """One fact as said to the citizen."""
        if fact.code == "assigned" and fact.service_id:
            return self.env._("Sent to: %(service)s", service=fact.service_id.name)
        if fact.code == "kind_changed":
            return self.env._("Now treated as: %(kind)s", kind=self._kind_words())
        words = self._milestone_words()
        if fact.code in words:
            return words[fact.code]
        return dict(fact._fields["code"]._description_selection(self.env))[fact.code]

    def _milestone_words(self):
        """What a public fact is called to the citizen, by its code; the others keep the desk's name."""
        return {
            "received": self.env._("The commune received it"),
            "assigned": self.env._("Sent to the service concerned"),
            "taken": self.env._("The service is looking into it"),
            "approved": self.env._("The answer was approved"),
            "sent": self.env._("The answer was sent to you"),
            "message_received": self.env._("Your message arrived"),
            "receipt_date_changed": self.env._("The day of receipt was corrected"),
        }

    # ------------------------------------------------------------------
    # Satisfaction
    # ------------------------------------------------------------------

    def _satisfaction_words(self):
        """What was answered so far: the face (0 for none) and the words."""
        answer = self.env["jamaa.satisfaction"]._current(self)
        return {"value": answer.value or 0, "comment": answer.comment or ""}

    def _record_satisfaction(self, value=None, comment=None):
        """Take a tap or words from the citizen's page.

        :return: the code of ``jamaa.satisfaction._record``; ``not_yet`` before the
            answer was sent
        """
        self.ensure_one()
        if self.answer_state != "sent":
            return "not_yet"
        outcome = self.env["jamaa.satisfaction"]._record(
            self,
            {
                "company_id": self.company_id.id,
                "topic": "complaint",
                "kind_code": self.kind,
                "site_id": self.site_id.id,
                "team_id": self.service_id.id,
            },
            value,
            comment,
        )
        if value and outcome in ("thanks", "corrected"):
            self._on_satisfaction(value)
        return outcome

    def _erase_identity(self, values):
        """Words said after a tap may name a person: they go with the identity."""
        for case in self:
            self.env["jamaa.satisfaction"]._erase_words(case)
        return super()._erase_identity(values)

    # ------------------------------------------------------------------
    # Papers
    # ------------------------------------------------------------------

    def _paper_lang(self):
        """URL code of the language of a paper: that of the context."""
        return by_code(self.env.lang).url

    def _receipt_paper(self):
        """Values of the receipt and of the counter slip, in the context's language.

        :raise AccessError: the PIN and the link on it are the citizen's; beside the
            citizen's own page only who hands out papers prints them
        """
        self.ensure_one()
        user = self.env.user
        if not self.env.su and not (
            user.has_group("jamaa_base.group_reception_agent") or user.has_group("jamaa_base.group_complaint_officer")
        ):
            raise AccessError(self.env._("Receipts are printed at reception or by the complaint unit."))
        lang = self._paper_lang()
        page = self._case_page(lang)
        page.update(
            pin=self._public_pin(),
            qr=self._public_qr(lang),
            link=self._public_url(lang),
            # sudo: helpdesk.ticket - how many photos, for the receipt
            photo_count=len(self.sudo().photo_ids),
        )
        return page

    def _pin_may_be_shown(self):
        """Whether the page after sending still shows the PIN."""
        return fields.Datetime.now() - self.create_date <= PIN_SHOWN

    def _paper_pdf(self, xmlid, lang):
        """Return a paper of this case for the citizen, as PDF bytes.

        :param str xmlid: of the report
        :param str lang: ``res.lang`` code of the page it was asked on
        """
        self.ensure_one()
        letter = self.answer_letter_id
        if xmlid.endswith("answer_letter") and letter:
            # The letter that went out, not a new one.
            return letter.raw
        # sudo: ir.actions.report - the citizen holds the token; the paper is the citizen's
        reports = self.env["ir.actions.report"].sudo()
        return reports._render_qweb_pdf(xmlid, self.ids, data={"lang": lang})[0]

    def _letter_paper(self):
        """Values of the answer letter, in the context's language.

        Before it is sent the letter can be printed as a draft for whoever signs it.
        """
        self.ensure_one()
        lang = self._paper_lang()
        today = fields.Date.context_today(self.with_context(tz=TIME_ZONE))
        return {
            "code": self._public_code_shown(),
            # Without the token: a draft passes through many hands.
            "qr": self._public_follow_qr(lang),
            "number": self.case_number,
            "letter_number": self.letter_number or "",
            "about": self.category_id.name or self._kind_words(),
            "received": self._day(self.legal_receipt_date),
            "day": self._day(self.answered_on or today),
            "text": self.answer or "",
            "capacity": self.approved_capacity or "",
        }

    def _public_follow_qr(self, lang):
        """A QR picture of the page that asks for code and PIN, the code filled in."""
        # sudo: res.company - the web name, for the printed address
        slug = self.sudo().company_id.commune_slug
        link = f"{self.get_base_url()}/c/{slug}/{lang}/follow?code={self.public_code}"
        return qr_data_uri(link)
