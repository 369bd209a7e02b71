"""Rooms of trust in the demo: published cases, audits, files of old registers, erasure runs."""

import base64
import csv
import io
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from .case_rooms import Desk
from .cases import rows

#: Results of the auditor's calls, in the order of the sample.
CALLS = (
    ("solved", "الإصلاح أنجز فعلا"),
    ("solved", "Réparé, et bien expliqué"),
    ("not_solved", "عاد المشكل بعد أيام"),
    ("not_reached", False),
    ("silent", False),
    ("solved", "أنجز في الأجل"),
)
FINDINGS = (
    ("الجواب لا يذكر أجل الأشغال المتبقية.", "ستضاف خانة الأجل إلى الأجوبة الجاهزة ابتداء من الشهر المقبل."),
    ("Deux réponses ne disent pas quel recours est ouvert.", "La phrase sur les recours est ajoutée au modèle."),
    ("استمارة الشباك لا تبين كيف تمت قراءة التصريح الشفوي.", False),
)
HEADINGS = {
    "ar": ("الرقم الوطني", "النوع", "تاريخ التوصل", "نص الشكاية", "المكان", "الاسم", "الهاتف", "الجواب", "تاريخ الجواب", "المآل"),
    "fr": ("Numéro national", "Nature", "Date de réception", "Faits", "Lieu", "Nom", "Téléphone", "Réponse", "Date de réponse", "Issue"),
}  # fmt: skip
#: An old register: (days since receipt, facts, place, name, phone, answer, days since the answer).
OLD = (
    (1180, "حفرة قرب المدرسة القديمة", "حي المثال 2", "مواطن 301 (خيالي)", "", "ردمت الحفرة بعد المعاينة.", 1150),
    (1160, "مصباح معطل أمام المسجد", "حي المثال 4", "مواطنة 302 (خيالية)", "+212 5 00 00 93 02", "غير المصباح.", 1140),
    (1120, "تراكم النفايات قرب السوق", "ساحة المثال", "مواطن 303 (خيالي)", "", "أضيفت حاوية ثانية.", 1090),
)
#: The same kind of file before anybody mended it: each row but two has something wrong.
DRAFT = (
    ("Réclamation", 420, "Le trottoir est cassé devant le dispensaire.", "Citoyen 311 (fictif)", ""),
    (
        "Réclamation",
        415,
        "La lampe du passage clignote toute la nuit.",
        "Citoyenne 312 (fictive)",
        "+212 5 00 00 93 12",
    ),
    ("Réclamation", 410, "", "Citoyen 313 (fictif)", ""),
    ("Plainte", 405, "Le bac est plein depuis quatre jours.", "Citoyenne 314 (fictive)", ""),
    ("Réclamation", -30, "L'eau est trouble le matin.", "Citoyen 315 (fictif)", ""),
    ("Réclamation", 390, "Des chiens errants près de l'arrêt de bus.", "", ""),
    ("Observation", 385, "Merci pour le nettoyage du jardin.", "Citoyen 317 (fictif)", "12"),
)
#: The national portal's file: (number, kind, days since receipt, facts, name, answer, days since the answer).
PORTAL = (
    ("DEMO-N-1001", "شكاية", 46, "تسرب الماء من القناة الرئيسية للحي منذ أسبوع.", "مواطن 321 (خيالي)", "", None),
    ("DEMO-N-1002", "شكاية", 39, "لوحة التشوير قرب الإعدادية سقطت.", "مواطنة 322 (خيالية)", "أعيد تثبيت اللوحة.", 20),
    ("DEMO-N-1003", "اقتراح", 33, "أقترح وضع مقاعد في الحديقة.", "مواطن 323 (خيالي)", "", None),
    ("", "شكاية", 30, "سطر بدون رقم وطني.", "مواطن 324 (خيالي)", "", None),
)
#: How long the large commune keeps what, in months; invented decisions.
TERMS = (("case_contents", 24), ("satisfaction_words", 24))
DECISION = "قرار رقم 14 (خيالي)"
#: After how many days a report that nobody could verify goes.
REPORT_DAYS = 180


def generate(env, communes, staff):
    """Publish, audit, import and erase in the large commune; a first file waits in the middle one.

    :param dict communes: what ``fictional_communes.generate`` returned
    :param dict staff: what ``people.generate`` returned
    """
    desk = TrustDesk(env, communes["large"].company, staff["large"])
    desk.publish(communes["large"].functions["director"])
    desk.audit()
    desk.import_files()
    desk.came_by_the_portal()
    desk.erase(communes["large"])
    middle = TrustDesk(env, communes["middle"].company, staff["middle"])
    middle.check_draft()


def table(lang, lines):
    """A register as a file for the import: the headings of a language, then the lines."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(HEADINGS[lang])
    writer.writerows(lines)
    return base64.b64encode(output.getvalue().encode("utf-8-sig"))


class TrustDesk(Desk):
    """The unit, and those who look over its shoulder."""

    def _as(self, role, model):
        """A model as the first holder of a role in this commune uses it."""
        user = next(u for u in self.staff.users.values() if u.has_group(f"jamaa_base.group_{role}"))
        return self.env[model].with_user(user).with_context(allowed_company_ids=self.company.ids)

    def _ago(self, days):
        return (self.today - timedelta(days=days)).isoformat()

    def publish(self, function):
        """Four cases are told to everybody, one was taken back, one waits for its release."""
        self.company.write({"publication_function_id": function.id, "publication_act": DECISION})
        drafts = self._as("complaint_officer", "jamaa.complaint.publication")
        made = drafts
        for row in rows("publications.csv"):
            domain = [
                ("answer_state", "=", "sent"),
                ("outcome", "=", "solved"),
                ("kind", "=", "complaint"),
                ("name", "=", row["subject"]),
            ]
            for case in self._cases(1, *domain):
                made |= drafts.create(
                    {
                        "case_id": case.id,
                        "quarter": row["quarter_ar"],
                        **{name: row[name] for name in ("title_ar", "text_ar", "title_fr", "text_fr")},
                        "consent_on": self.today - timedelta(days=3),
                        "consent_how": "موافقة مكتوبة عند تسلم الجواب",
                        "no_name_checked": True,
                    }
                )
        releasing = self._as("director", made._name).browse(made[1:].ids)
        releasing.action_release()
        releasing[0].withdraw_reason = "طلب صاحب الشكاية سحبها"
        releasing[0].action_withdraw()

    def audit(self):
        """Two samples: the older one was called back and has findings with replies, the new one waits."""
        audits = self._as("auditor", "jamaa.complaint.audit")
        older, newer = audits.create(
            [
                {"company_id": self.company.id, "date_from": self._ago(300), "date_to": self._ago(91), "size": 12},
                {"company_id": self.company.id, "date_from": self._ago(90), "date_to": self._ago(1), "size": 10},
            ]
        )
        for number, audit in enumerate(older | newer):
            audit._draw(f"demo-{number}")
        for item, (result, note) in zip(older.item_ids, CALLS, strict=False):
            item.write({"call_result": result, "call_note": note})
        findings = self._as("auditor", "jamaa.complaint.audit.finding")
        for rank, (text, reply) in enumerate(FINDINGS):
            item = older.item_ids[rank : rank + 1] if rank < 2 else older.item_ids.browse()
            finding = findings.create({"audit_id": older.id, "item_id": item.id, "text": text, "date": self._ago(20)})
            if reply:
                self._as("director", finding._name).browse(finding.id).write({"reply": reply})

    def _file(self, name, source, lang, lines):
        files = self._as("complaint_officer", "jamaa.complaint.import")
        record = files.create({"source": source, "file_name": name, "file": table(lang, lines)})
        record.action_check()
        return record.sudo()

    def check_draft(self):
        """A dry run that lists what is to be mended."""
        lines = [
            ("", kind, self._ago(days), facts, "", name, phone, "", "", "") for kind, days, facts, name, phone in DRAFT
        ]
        self._file("registre-2024-brouillon.csv", "register", "fr", lines)

    def import_files(self):
        """An old register and the portal's file are in; a second file of each is checked only."""
        old = [
            ("", "شكاية", self._ago(days), facts, place, name, phone, answer, self._ago(answered), "تم الحل")
            for days, facts, place, name, phone, answer, answered in OLD
        ]
        portal = [
            (number, kind, self._ago(days), facts, "", name, "", answer, self._ago(answered) if answer else "", "تم الحل" if answer else "")
            for number, kind, days, facts, name, answer, answered in PORTAL
        ]  # fmt: skip
        for record in (
            self._file("sijill-qadim.csv", "register", "ar", old),
            self._file("bawaba-wataniya.csv", "portal", "ar", portal),
        ):
            record.state = "running"
            # the job commits row by row, which an installation must not do
            good = {line.row: line for line in record.line_ids if line.state == "new"}
            record._import_rows([(good[row.number], row) for row in record._rows() if row.number in good])
            record.write({"state": "done", "file": False})
        lines = [
            (number, kind, self._ago(days - 2 * rank), facts, "", name, "", "", "", "")
            for rank, (number, kind, days, facts, name, *_answer) in enumerate(PORTAL[:3])
        ]
        self._file("bawaba-wataniya-2.csv", "portal", "ar", lines)
        self.check_draft()

    def came_by_the_portal(self):
        """Answers that are out and still to be pasted into the national portal."""
        answered = [("answer_state", "=", "sent"), ("kind", "=", "complaint"), ("imported_from", "=", False)]
        for rank, case in enumerate(self._cases(3, *answered), start=1):
            case.write({"national_number": f"DEMO-N-11{rank:02d}"})

    def erase(self, commune):
        """Times are confirmed, one run erased what was past them, the next one is counted and waits."""
        terms = self._as("data_protection", "jamaa.retention.term")
        holder = commune.functions["president"].holder_ids[:1]
        for code, months in TERMS:
            rule = self.env["jamaa.retention.rule"].search([("code", "=", code)])
            terms.create(
                {
                    "rule_id": rule.id,
                    "company_id": self.company.id,
                    "months": months,
                    "holder_id": holder.id,
                    "text_read": DECISION,
                }
            )
        self.company.report_erase_days = REPORT_DAYS
        self._age_old_register(relativedelta(months=TERMS[0][1]))
        runs = self._as("data_protection", "jamaa.retention.run")
        held = self._cases(2, ("imported_from", "=", "register"))
        holds = self._as("data_protection", "jamaa.retention.hold")
        kept = holds.create(
            [{"res_model": case._name, "res_id": case.id, "reason": "معروضة على مؤسسة الوسيط"} for case in held]
        )
        first = runs.create({"company_id": self.company.id})
        first.action_count()
        self._as("director", first._name).browse(first.id).action_confirm()
        for line in first.sudo().line_ids:
            while line._erase_batch():
                pass
        first.sudo()._finish()
        kept[0].action_lift()
        runs.create({"company_id": self.company.id}).action_count()

    def _age_old_register(self, term):
        """Cases of the old register were closed when the file says, not on the day of the import."""
        old = self._cases(None, ("imported_from", "=", "register"))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET closed_date = answered_on WHERE id IN %s AND answered_on < %s",
            [old._ids, self.today - term],
        )
        self.env.invalidate_all()
