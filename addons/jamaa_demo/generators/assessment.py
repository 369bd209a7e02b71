"""Rounds of self-assessment at every stage, with panels, evidence and priorities, on the fictional communes."""

import random
from datetime import timedelta

from odoo import fields

from . import assessment_meeting
from .assessment_days import as_user, date, on, president_of
from .dissemination import FICTIONAL_PROGRAMME
from .wording import words

#: Panels: role and login, or role and number of a paper seat.
PANELS = {
    "large": [
        ("elected", "conseil.grande"), ("elected", "vice.grande"), ("director", "directeur.grande"),
        ("director", "chef.voirie.grande"), ("staff", "accueil.grande"), ("staff", "reclamations.grande"),
        ("staff", "site.grande"), ("citizen", 1), ("citizen", 2),
    ],
    "cases": [
        ("elected", "conseil.grande"), ("elected", "vice.grande"), ("director", "chef.voirie.grande"),
        ("staff", "reclamations.grande"), ("staff", "voirie.grande"), ("staff", "eclairage.grande"), ("citizen", 1),
    ],
    "together": [
        ("elected", "president.grande"), ("director", "directeur.grande"), ("staff", "reference.grande"),
        ("staff", "secretaire.grande"), ("partner", 1),
    ],
    "middle": [
        ("elected", "president.moyenne"), ("director", "chef.moyenne"), ("staff", "accueil.moyenne"),
        ("staff", "reclamations.moyenne"), ("citizen", 1), ("citizen", 2),
    ],
    "small": [
        ("elected", "president.petite"), ("staff", "accueil.petite"), ("citizen", 1), ("citizen", 2), ("citizen", 3),
    ],
}  # fmt: skip
SEATS = {
    "citizen": words("Citizens' panel %s", "Panel citoyen %s", "لجنة المرتفقين %s"),
    "partner": words("Partner association %s", "Association partenaire %s", "جمعية شريكة %s"),
}
#: (commune, grid, name, panel, days ago, how far it goes; ``minutes``: validated after a meeting in the tool)
ROUNDS = [
    (
        "large", "reception-site",
        words("Reception at headquarters, last year", "Accueil au siège, l'an dernier", "الاستقبال بالمقر، السنة الماضية"),
        "large", 365, "validated",
    ),
    (
        "large", "reception-site",
        words("Reception at headquarters, this year", "Accueil au siège, cette année", "الاستقبال بالمقر، هذه السنة"),
        "large", 14, "minutes",
    ),
    (
        "large", "complaint-handling",
        words("How we handle complaints", "Notre traitement des réclamations", "كيف نعالج الشكايات"),
        "cases", 2, "consensus",
    ),
    (
        "large", "programme-cooperation",
        words("Our cooperation with the programme", "Notre coopération avec le programme", "تعاوننا مع البرنامج"),
        "together", 0, "individual",
    ),
    (
        "middle", "complaint-handling",
        words("How we handle complaints", "Notre traitement des réclamations", "كيف نعالج الشكايات"),
        "middle", 40, "validated",
    ),
    (
        "middle", "communication",
        words("How we communicate", "Notre communication", "كيف نتواصل"),
        "middle", 0, "individual",
    ),
    (
        "small", "reception-site",
        words("Reception at headquarters", "Accueil au siège", "الاستقبال بالمقر"),
        "small", 25, "validated",
    ),
]  # fmt: skip
LANG = {"large": "ar", "middle": "fr", "small": "ar"}
WHY = words("To know where to begin.", "Pour savoir par où commencer.", "لنعرف من أين نبدأ.")
COMMENTS = [
    words("It depends on who is at the desk.", "Cela dépend de qui est au guichet.", "الأمر رهين بمن يوجد بالشباك."),
    words("Better than before the works.", "Mieux qu'avant les travaux.", "أحسن مما كان قبل الأشغال."),
    words("I have seen it on market days.", "Je l'ai vu les jours de marché.", "رأيت ذلك في أيام السوق."),
    words("Nobody wrote it down so far.", "Personne ne l'a écrit jusqu'ici.", "لم يكتبه أحد إلى الآن."),
]
REASONS = [
    words(
        "Done most days; nobody checks it yet.", "Fait la plupart des jours; personne ne le vérifie encore.",
        "يتم في معظم الأيام، ولا يراقبه أحد بعد.",
    ),
    words(
        "The notice is there, the habit is not.", "L'affiche est là, l'habitude pas encore.",
        "الإعلان موجود والعادة لم تترسخ بعد.",
    ),
    words(
        "We keep to what we can show.", "Nous nous en tenons à ce que nous pouvons montrer.",
        "نكتفي بما نستطيع أن نبينه.",
    ),
]  # fmt: skip
DISSENT = words(
    "Two members see one level less, because of the annexe.", "Deux membres voient un niveau de moins, à cause de l'annexe.",
    "يرى عضوان درجة أقل بسبب الملحقة.",
)  # fmt: skip
EVIDENCE = words("Register of the desk, page 12", "Registre du guichet, page 12", "سجل الشباك، الصفحة 12")
HOW = words("First step: a written notice.", "Premier pas: une note écrite.", "الخطوة الأولى: مذكرة مكتوبة.")
DROPPED = words("No means this year.", "Pas de moyens cette année.", "لا توجد وسائل هذه السنة.")


def generate(env, communes, staff):
    """Hold the rounds.

    :param dict communes: what ``fictional_communes.generate`` returned
    :param dict staff: what ``people.generate`` returned
    :return: dict of a commune's size to its rounds, the earliest first
    """
    rounds = {}
    for size, code, name, panel, days, reached in ROUNDS:
        commune = communes[size]
        said = LANG[size]
        one = _prepare(commune, staff[size].users, code, name[said], PANELS[panel], days, said)
        rounds.setdefault(size, []).append(one)
        _answer(one, said, reached)
        if reached != "individual":
            one.action_open_consensus()
        if reached == "consensus":
            _date(one)
            assessment_meeting.first_sitting(one, said)
        elif reached != "individual":
            _agree(one, said)
            if reached == "minutes":
                assessment_meeting.whole(one, said)
            as_user(one, president_of(staff[size].users)).action_validate()
            _date(one)
    _follow(communes, rounds)
    return rounds


def _prepare(commune, users, code, name, panel, days, said):
    """Make a round with its panel and open the individual answers."""
    env, company = commune.company.env, commune.company
    grid = env["jamaa.assessment.grid"].search([("code", "=", code), ("company_id", "=", False)])
    seats = [
        {"role": role, "user_id": users[who].id}
        if isinstance(who, str)
        else {"role": role, "label": SEATS[role][said] % who}
        for role, who in panel
    ]
    facilitators = [user for user in users.values() if user.has_group("jamaa_base.group_facilitator")]
    programme = env["jamaa.programme.member"].search(
        [("company_id", "=", company.id), ("programme_id.name", "=", FICTIONAL_PROGRAMME["en"])], limit=1
    )
    one = env["jamaa.assessment.round"].create(
        {
            "name": name,
            "company_id": company.id,
            "version_id": grid.version_id.id,
            "site_id": commune.sites[:1].id if grid.subject_kind == "site" else False,
            "member_id": programme.id if grid.subject_kind == "cooperation" else False,
            "date": fields.Date.context_today(company) - timedelta(days=days),
            "purpose": WHY[said],
            "facilitator_id": facilitators[0].id if facilitators else False,
            "rater_ids": [(0, 0, {**seat, "sequence": rank}) for rank, seat in enumerate(seats)],
        }
    )
    one.action_start()
    return one


def _answer(one, said, reached):
    """Let the panel answer, each a little otherwise; in a running round some have not finished."""
    dice = random.Random(f"{one.company_id.commune_slug}/{one.version_id.grid_id.code}")
    # The same subject a year later: the same dice, most of it a little higher.
    later = bool(one._previous())
    bases = {item: dice.choice((0, 1, 1, 2, 2, 3, 4)) for item in one.version_id.item_ids}
    growth = random.Random(one.name)
    rows = []
    seats = one.rater_ids
    for rank, rater in enumerate(seats):
        unfinished = reached == "individual" and rank >= len(seats) - 2
        items = list(one.version_id.item_ids)
        for item in items[: len(items) // 2] if unfinished else items:
            base = bases[item] + (growth.choice((0, 0, 1)) if later else 0)
            rows.append({"rater_id": rater.id, "item_id": item.id, **one_answer(dice, item, base, rater.role, said)})
    scores = one.env["jamaa.assessment.score"].create(rows)
    record = _record(one)
    if record:
        scores.filtered(lambda score: score.answer in ("3", "4", "5"))[:2].write({"evidence_record": record})
    done = seats if reached != "individual" else seats[:-2]
    done.action_finish()


def one_answer(dice, item, base, role, said):
    """One answer: elected officials see a little more, citizens a little less."""
    if item.kind == "gate":
        return {"answer": "yes" if base >= 1 and dice.random() < 0.95 else "no"}
    if item.may_not_apply and base == 0:
        return {"answer": "na"}
    shift = {"elected": (0, 0, 1), "citizen": (-1, 0, 0)}.get(role, (0, 0, 0, 1))
    level = min(max(base + dice.choice(shift) + dice.choice((-1, 0, 0, 0, 1)), 0), 5)
    comment = dice.choice(COMMENTS)[said] if dice.random() < 0.08 else False
    link = "https://exemple.example/preuve" if level >= 3 and dice.random() < 0.15 else False
    return {"answer": str(level), "comment": comment, "evidence_link": link}


def _record(one):
    """A document of the commune that was sent, or a published sheet: what may be evidence."""
    company = one.company_id
    for model, domain in (
        ("jamaa.document.version", [("state", "=", "sent")]),
        ("jamaa.procedure.sheet", [("state", "=", "published")]),
    ):
        found = one.env[model].search([*domain, ("company_id", "=", company.id)], limit=1)
        if found:
            return found
    return None


def _agree(one, said):
    """Hold the meeting: a level for what is open, reasons, a differing opinion, evidence, three priorities."""
    dice = random.Random(one.name)
    given = one.env["jamaa.assessment.consensus"]._answers_of(one)
    for rank, line in enumerate(one.consensus_ids):
        if not line.answer:
            line.answer = _middle(given[line.item_id.id], line.kind)
        vals = {"importance": dice.choice("1223"), "effort": dice.choice("1223")}
        if line.verdict != "agreed":
            vals["reason"] = dice.choice(REASONS)[said]
        if rank == 1:
            vals["dissent"] = DISSENT[said]
        if line.answer in ("3", "4", "5") and dice.random() < 0.6:
            vals["evidence"] = EVIDENCE[said]
        line.write(vals)
    record = _record(one)
    if record:
        one.consensus_ids.filtered(lambda line: line.answer in ("3", "4", "5"))[:1].evidence_record = record
    one.consensus_ids.action_suggest_priorities()


def _middle(answers, kind):
    values = sorted(value for _role, value in answers if value not in (None, "na"))
    if kind == "gate":
        return "yes" if values.count(True) * 2 > len(values) else "no"
    return str(values[len(values) // 2]) if values else "na"


def _follow(communes, rounds):
    """The priorities get a function and a day; those of last year ended, one way or the other."""
    for size, held in rounds.items():
        said = LANG[size]
        functions = communes[size].functions
        for priorities in (one.priority_ids for one in held if one.state == "validated"):
            for rank, row in enumerate(priorities):
                level = int(row.answer) if (row.answer or "").isdigit() else None
                code = ("reception_head", "director", "complaint_head")[rank % 3]
                row.write(
                    {
                        "wanted_level": str(min(level + 2, 5)) if level is not None and level < 5 else False,
                        "due_date": row.round_id.date + timedelta(days=90 + 60 * rank),
                        "function_id": functions[code].id,
                        "note": HOW[said],
                    }
                )
            priorities[:1].action_take_up()
    first = rounds["large"][0].priority_ids
    first[:1].action_done()
    first[1:2].reason = DROPPED[LANG["large"]]
    first[1:2].action_drop()


def _date(one):
    """Let a round of the past have its days: facts are dated when they are made, and a demo has a past."""
    date(one.step_ids, done_on=on(one.date, 15))
    date(one.rater_ids, finished_on=on(one.date - timedelta(days=5)))
    date(one.result_ids, create_date=on(one.date, 15))
