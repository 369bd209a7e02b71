"""What the counter, the clocks, the telephone and the mailbox of a complaint unit have seen."""

import base64
import io
from datetime import timedelta
from email.message import EmailMessage

from PIL import Image, ImageDraw

from odoo import fields

from .case_rooms import LANGS, Desk

HOLD = {
    "ar": "في انتظار رأي الموزع حول مسار القناة",
    "fr": "En attente de l'avis de l'opérateur sur le tracé de la conduite",
}
#: (kind, how the consent was given, who follows, days it has been running)
MANDATES = (
    ("association", "paper", "جمعية حي المثال (خيالية)"),
    ("trusted", "spoken", "قريب(ة) المشتكي(ة) (خيالي)"),
    ("trusted", "spoken", "Voisin(e) (fictif)"),
)
SAME_PLACE = {
    "subject": "مصابيح ساحة المثال مطفأة من جديد",
    "facts": "عادت مصابيح الساحة إلى الانطفاء بعد إصلاحها، والمكان مظلم عند الخروج من الدروس المسائية.",
    "place_text": "ساحة المثال الكبرى",
}
#: Mails that a machine wrote: subject, heading that says so, words.
MACHINES = (
    ("غياب عن المكتب", ("Auto-Submitted", "auto-replied"), "أنا في عطلة إلى غاية بداية الأسبوع المقبل."),
    ("Absence du bureau", ("Auto-Submitted", "auto-replied"), "Je suis absent jusqu'à lundi."),
    ("Lettre d'information", ("List-Id", "<info.example.org>"), "Les nouvelles du mois de notre association fictive."),
    ("تأكيد التوصل برسالتكم", ("Auto-Submitted", "auto-generated"), "توصلنا برسالتكم. هذا جواب آلي."),
)


def generate(env, communes, staff):
    """Let the desk of each commune see what comes beside the cases themselves.

    :param dict communes: what ``fictional_communes.generate`` returned
    :param dict staff: what ``people.generate`` returned
    """
    for size, commune in communes.items():
        desk = CounterDesk(env, commune.company, staff[size])
        desk.follow(MANDATES if size == "large" else MANDATES[1:2])
        desk.replace_codes()
        desk.call()
        desk.set_aside(MACHINES if size == "large" else MACHINES[:2])
        if size == "large":
            desk.hold()
            desk.write_short()
            desk.come_again(commune.sites[0])
    cases = env["helpdesk.ticket"]
    while pending := cases._pending_alerts():
        cases._tell_alerts(pending)


def paper():
    """A page that looks like a scanned letter, without a word on it."""
    page = Image.new("L", (420, 594), 250)
    pen = ImageDraw.Draw(page)
    for line in range(12):
        pen.line((60, 120 + 28 * line, 360 - 17 * (line % 4), 120 + 28 * line), fill=120, width=3)
    pen.ellipse((280, 480, 350, 550), outline=90, width=4)
    output = io.BytesIO()
    page.convert("RGB").save(output, "JPEG", quality=60)
    return base64.b64encode(output.getvalue())


class CounterDesk(Desk):
    """The same desk, before the people who come back to it."""

    def _ours(self, model, **vals):
        return self.env[model].with_user(self.officer).with_context(allowed_company_ids=self.company.ids).create(vals)

    def _identified(self, limit, *domain):
        return self._cases(limit, ("is_anonymous", "=", False), ("kind", "=", "complaint"), *domain)

    def follow(self, mandates):
        """Somebody follows a case for the citizen; one citizen took the consent back."""
        cases = self._identified(len(mandates), ("answer_state", "=", "none"))
        for rank, (case, (kind, how, name)) in enumerate(zip(cases, mandates, strict=False)):
            wizard = self._ours(
                "jamaa.complaint.consent",
                case_id=case.id,
                kind=kind,
                consent_how=how,
                name=name,
                until=False if rank else self.today + timedelta(days=180),
                scan=paper() if how == "paper" else False,
            )
            wizard.action_give()
        if len(cases) > 2:
            cases[2].mandate_ids.action_withdraw()

    def replace_codes(self):
        """One citizen lost the code and showed a booklet; another could not say who it was."""
        for rank, case in enumerate(self._identified(4, ("answer_state", "in", ("none", "draft")))[2:]):
            # sudo: jamaa.complainant - the clerk is shown the name on the booklet
            name = case.sudo().complainant_id.name
            self._ours(
                "jamaa.complaint.recode",
                company_id=self.company.id,
                case_number=case.case_number,
                seen="family_booklet",
                name=name if not rank else "اسم آخر",
            ).action_replace()

    def call(self):
        """Citizens without an address are called."""
        for rank, case in enumerate(self._identified(5, ("reply_by", "=", "phone"), ("answer_state", "!=", "sent"))):
            case._note_call("news" if rank else "receipt", reached=bool(rank % 3))

    def hold(self):
        """Two internal targets stand still, and one goes on again."""
        found = self._cases(
            30, ("answer_state", "=", "none"), ("service_id", "!=", False), ("due_date", ">", self.today)
        )
        cases = found.filtered(lambda case: case._may("hold"))[:3]
        for case in cases:
            case._hold_with_reason(HOLD[self._short(case)])
        self.env.flush_all()
        # a hold dates itself today: invented ones began some days ago
        self.env.cr.execute(
            "UPDATE jamaa_complaint_hold SET date_from = date_from - 4 WHERE case_id IN %s", [cases._ids]
        )
        self.env.cr.execute("UPDATE helpdesk_ticket SET held_since = held_since - 4 WHERE id IN %s", [cases._ids])
        self.env.invalidate_all()
        cases[-1:].action_release()

    def write_short(self):
        """Short messages as the queue would have left them; the gateway is invented and stays off."""
        company = self.company
        company.write({"sms_url": "https://sms.example.org/send", "sms_cost": 0.09, "sms_on": True})
        cases = self._identified(6, ("reply_by", "=", "phone"), ("answer_state", "=", "sent"))
        for case in cases:
            case._sms_to_citizen()
        company.sms_on = False
        # sudo: jamaa.sms - as the queue does
        messages = self.env["jamaa.sms"].sudo().search([("case_id", "in", cases.ids)], order="id")
        messages[1:].write({"state": "sent", "tries": 1, "sent_on": fields.Datetime.now(), "parts": 2, "cost": 0.18})
        messages[:1]._give_up("failed", "HTTP 404")

    def come_again(self, site):
        """The same trouble at the same place, again and again: what the list of recurrences is for."""
        category = self.env.ref("jamaa_complaints.category_lighting")
        cause = self.env.ref("jamaa_complaints.cause_old")
        for rank in range(4):
            case = self.env["helpdesk.ticket"]._lodge(
                self.company,
                {
                    **SAME_PLACE,
                    "kind": "complaint",
                    "category_id": category.id,
                    "site_id": site.id,
                    "legal_receipt_date": self.today - timedelta(days=6 + 41 * rank),
                },
                identity={"name": f"ساكن(ة) الساحة {rank + 1} (خيالي)", "phone": f"+212 5 00 00 90 {rank:02d}"},
                channel="counter",
                lang=LANGS["ar"],
            )
            self._cases(1, ("id", "=", case.id)).write({"cause_id": cause.id})

    def set_aside(self, mails):
        """Machines wrote to the unit: nothing was opened and nothing thrown away."""
        unit = self.company._complaint_unit()
        for rank, (subject, heading, words) in enumerate(mails):
            mail = EmailMessage()
            mail["From"] = f"machine{rank}@example.org"
            mail["To"] = "unit@example.org"
            mail["Subject"] = subject
            mail["Message-ID"] = f"<demo-{self.company.commune_slug}-{rank}@example.org>"
            mail[heading[0]] = heading[1]
            mail.set_content(words)
            self.env["mail.thread"].message_process("helpdesk.ticket", bytes(mail), {"team_id": unit.id})
        asides = self.env["jamaa.complaint.mail.aside"].with_user(self.officer)
        asides.with_context(allowed_company_ids=self.company.ids).search([], order="id", limit=1).action_nothing()
