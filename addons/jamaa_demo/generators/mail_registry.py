"""Invented letters of the fictional communes: registered, passed on, dealt with."""

import random
from datetime import timedelta

from odoo import fields

SEED = 19560302
LETTERS = {"large": 28, "middle": 8, "small": 6}
# correspondent, kind, subject, purpose, days to answer
INCOMING = [
    ("جمعية حي تجريبي للبيئة", "association", "طلب حاويات إضافية للنفايات", "act", 10),
    ("السيد عامل الإقليم (تجريبي)", "governor", "عقد اجتماع اللجنة الإقليمية للسلامة الطرقية", "attend", 6),
    ("Association fictive des parents d'élèves", "association", "Demande d'un passage piéton devant l'école", "opinion", 15),
    ("مرتفق 14 (خيالي)", "citizen", "طلب الاطلاع على تصميم التهيئة", "reply", 20),
    ("Délégation provinciale fictive de la Santé", "state", "Campagne de vaccination, mise à disposition d'une salle", "act", 8),
    ("المحكمة الابتدائية (تجريبي)", "court", "استدعاء في ملف منازعة", "act", 5),
    ("Entreprise fictive de voirie", "company", "Facture des travaux de la rue des Orangers", "act", 30),
    ("مرتفقة 22 (خيالية)", "citizen", "تظلم من رفض رخصة إصلاح", "reply", 15),
    ("Commune voisine fictive", "commune", "Convention de partenariat pour le transport scolaire", "opinion", 25),
    ("المصلحة الخارجية للماء (تجريبي)", "state", "إشعار بأشغال وقطع مؤقت للماء", "know", 3),
]  # fmt: skip
OUTGOING = [
    ("السيد عامل الإقليم (تجريبي)", "governor", "إحالة محضر دورة المجلس"),
    ("Association fictive des parents d'élèves", "association", "Réponse : passage piéton devant l'école"),
    ("جمعية حي تجريبي للبيئة", "association", "جواب حول حاويات النفايات"),
    ("Entreprise fictive de voirie", "company", "Ordre de service n° 3"),
]
NOTES = {"ar": "أجيب صاحب الطلب كتابة", "fr": "Répondu par écrit"}


def generate(env, communes, staff):
    """Fill the mail registries.

    :param dict communes: what ``fictional_communes.generate`` returned
    :param dict staff: what ``people.generate`` returned
    """
    chance = random.Random(SEED)
    for size, commune in communes.items():
        clerks = [u for u in staff[size].users.values() if u.has_group("jamaa_base.group_registry_clerk")]
        letters = [_incoming(commune, number, chance) for number in range(LETTERS[size])]
        for number in range(LETTERS[size] // 3):
            _outgoing(commune, letters, number)
        if clerks:
            _mend(letters, clerks[0])


def _ago(entry, days):
    """Move an invented letter into the past: the registry itself dates everything today."""
    entry.env.flush_all()
    entry.env.cr.execute(
        """UPDATE jamaa_mail_entry SET date = date - %(days)s, year = extract(year FROM date - %(days)s)::int,
                  create_date = create_date - make_interval(days => %(days)s)
            WHERE id = %(id)s AND extract(year FROM date - %(days)s) = year""",
        {"days": days, "id": entry.id},
    )
    entry.env.cr.execute(
        """UPDATE jamaa_mail_annotation a SET due_date = a.due_date - %(days)s, entry_date = e.date,
                  passed_on = passed_on - make_interval(days => %(days)s)
             FROM jamaa_mail_entry e WHERE e.id = a.entry_id AND e.id = %(id)s""",
        {"days": days, "id": entry.id},
    )
    entry.env.cr.execute(
        """UPDATE jamaa_mail_entry SET next_due = (
               SELECT min(due_date) FROM jamaa_mail_annotation WHERE entry_id = %(id)s AND state = 'open')
            WHERE id = %(id)s""",
        {"id": entry.id},
    )
    entry.env.invalidate_all()


def _incoming(commune, number, chance):
    env = commune.company.env
    who, kind, subject, purpose, days = INCOMING[number % len(INCOMING)]
    age = max(40 - number * 40 // LETTERS["large"], 0)
    entry = env["jamaa.mail.entry"].create(
        {
            "company_id": commune.company.id,
            "correspondent": who,
            "correspondent_kind": kind,
            "subject": subject,
            "medium": chance.choice(("hand", "hand", "post", "email")),
            "letter_date": fields.Date.context_today(commune.company) - timedelta(days=age + 2),
            "letter_reference": f"{chance.randint(10, 900)}/{'م' if number % 2 else 'D'}",
            "page_count": chance.randint(1, 4),
            "annex_count": chance.randint(0, 2),
            "is_confidential": number % 13 == 12,
        }
    )
    if number % 5 == 4:
        _ago(entry, age)
        return entry
    functions = env["jamaa.function"].search(
        [("company_id", "=", commune.company.id), ("code", "in", ("director", "service_head", "complaint_head"))]
    )
    if functions:
        row = env["jamaa.mail.annotation"].create(
            {
                "entry_id": entry.id,
                "function_id": functions[number % len(functions)].id,
                "purpose": purpose,
                "due_date": fields.Date.context_today(commune.company) + timedelta(days=days),
            }
        )
        if number % 3 == 0:
            row._close(NOTES["ar" if number % 2 else "fr"])
    _ago(entry, age)
    return entry


def _outgoing(commune, letters, number):
    env = commune.company.env
    who, kind, subject = OUTGOING[number % len(OUTGOING)]
    entry = env["jamaa.mail.entry"]._number_outgoing(
        commune.company,
        {
            "correspondent": who,
            "correspondent_kind": kind,
            "subject": subject,
            "medium": "post",
            "function_id": commune.company._function("president").id,
            "reply_to_id": letters[number].id,
        },
    )
    _ago(entry, 20 - number)


def _mend(letters, clerk):
    """One correction and one cancelled entry, so that the book shows both."""
    env = letters[0].env
    wrong, twice = letters[3], letters[5]
    correct = env["jamaa.mail.correct"].with_user(clerk).with_context(allowed_company_ids=wrong.company_id.ids)
    correct.create(
        {"entry_id": wrong.id, "reason": "خطأ في الكتابة عند التسجيل", "letter_reference": "118/م"}
    ).action_apply()
    correct.create({"entry_id": twice.id, "what": "cancel", "reason": "سجلت مرتين"}).action_apply()
