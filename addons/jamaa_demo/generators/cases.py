"""Invented cases of the fictional communes over twelve months, at every point of their way."""

import csv
import random
from datetime import timedelta
from pathlib import Path

from odoo import fields

DATA = Path(__file__).parents[1] / "data"
SEED = 20181127
#: How many cases each commune has; they came within a year.
CASES = {"large": 210, "middle": 66, "small": 24}
YEAR = 360
CATEGORIES = {
    "lighting": "lighting",
    "roads": "roads",
    "cleaning": "cleanliness",
    "green": "green",
    "urbanism": "building",
    "reception": "reception",
    "hygiene": "hygiene",
    "water": "water",
    "transport": "transport",
}
# How far cases have come, with the weight of each: the path is walked step by step.
STEPS = ("received", "assigned", "drafted", "to_approve", "approved", "sent", "closed")
WEIGHTS = {"fresh": (6, 6, 3, 2, 2, 4, 0), "old": (0, 1, 1, 0, 0, 9, 14)}
#: A case older than this many days is nearly always answered; what is not, is late.
FRESH = 50
OUTCOMES = {
    "proposal": (("kept", 3), ("to_study", 4), ("not_kept", 2)),
    "other": (("solved", 9), ("partly", 3), ("refused", 2), ("no_means", 2)),
}
LANGS = {"ar": "ar_MA", "fr": "fr_MA"}
CHANNELS = ("web", "web", "web", "counter", "counter", "phone", "email", "other")


def rows(name):
    """Return the lines of a file of the demo's words."""
    with (DATA / name).open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def generate(env, communes, staff):
    """Route categories to services, then lodge and treat cases.

    :param dict communes: what ``fictional_communes.generate`` returned
    :param dict staff: what ``people.generate`` returned
    """
    chance = random.Random(SEED)
    subjects = rows("subjects.csv")
    answers = {row["outcome"]: row for row in rows("answers.csv")}
    for size, commune in communes.items():
        _routes(commune, staff[size])
        quarters = _quarters(commune)
        chance.shuffle(subjects)
        for number in range(1, CASES[size] + 1):
            subject = subjects[(number - 1) % len(subjects)]
            _one_case(chance, commune, staff[size], number, subject, answers, chance.choice(quarters))


def _category(env, key):
    return env.ref(f"jamaa_complaints.category_{CATEGORIES[key]}")


def _routes(commune, staff):
    """Each category goes to the service of the same field; what has none goes to the first."""
    env = commune.company.env
    first = next(iter(staff.teams.values()))
    for sequence, key in enumerate(CATEGORIES, start=1):
        env["jamaa.complaint.route"].create(
            {
                "sequence": sequence,
                "company_id": commune.company.id,
                "category_id": _category(env, key).id,
                "service_id": staff.teams.get(key, first).id,
            }
        )


def _quarters(commune):
    """Numbered quarters and douars: no name of a real one."""
    quarters = commune.company.env["jamaa.quarter"]
    rows = [("quarter", "حي المثال", "Quartier de l'Exemple")] * 6 + [
        ("douar", "دوار المثال", "Douar de l'Exemple")
    ] * 3
    return [
        quarters.create(
            {"kind": kind, "name_ar": f"{ar} {rank}", "name_fr": f"{fr} {rank}", "company_id": commune.company.id}
        )
        for rank, (kind, ar, fr) in enumerate(rows, start=1)
    ]


def _fate(chance, number):
    """How old a case is, in days, and the step it has reached."""
    age = chance.randint(1, YEAR)
    if number % 3 == 0:
        # The last weeks weigh more: that is what a desk looks at.
        age = chance.randint(1, FRESH)
    if number % 21 == 0:
        # Some are late, so that lists and marks show it.
        return chance.randint(70, 120), "assigned"
    step = chance.choices(STEPS, WEIGHTS["fresh" if age <= FRESH else "old"])[0]
    return age, step if age > 3 else "received"


def _one_case(chance, commune, staff, number, subject, answers, quarter):
    """Lodge a case some days ago and take it as far as chance says."""
    env = commune.company.env
    age, step = _fate(chance, number)
    lang, kind = subject["lang"], subject["kind"]
    place = subject["place"].format(n=chance.randint(1, 12))
    identity = {
        "name": f"مواطن(ة) {number} (خيالي)" if lang == "ar" else f"Citoyen(ne) {number} (fictif)",
        "phone": f"+212 5 00 00 {number // 100:02d} {number % 100:02d}",
        "address": place,
    }
    case = env["helpdesk.ticket"]._lodge(
        commune.company,
        {
            "kind": kind,
            "subject": subject["subject"],
            "facts": subject["facts"].format(n=chance.randint(1, 40)),
            "place_text": place,
            "quarter_id": quarter.id,
            "category_id": _category(env, subject["category"]).id,
            "site_id": commune.sites[number % len(commune.sites)].id,
            "legal_receipt_date": fields.Date.context_today(commune.company) - timedelta(days=age),
            "citizen_sex": chance.choice(("f", "f", "m", "m", False)),
            "reply_by": chance.choice(("page", "page", "phone")),
        },
        identity={} if kind == "report" else identity,
        channel=chance.choice(CHANNELS),
        lang=LANGS[lang],
    )
    choices = OUTCOMES["proposal" if kind == "proposal" else "other"]
    outcome = chance.choices([name for name, _weight in choices], [weight for _name, weight in choices])[0]
    answer = {
        "answer": answers[outcome][lang],
        "outcome": outcome,
        "answer_reasons": answers[outcome][f"reasons_{lang}"],
    }
    _treat(case, staff, STEPS.index(step), answer, subject["cause"])
    if STEPS.index(step) >= STEPS.index("sent") and chance.random() < 0.6:
        face = chance.choices((3, 2, 1), (6, 2, 2) if outcome in ("solved", "kept") else (2, 3, 4))[0]
        case._record_satisfaction(face)
    _backdate(case, age, chance)


def _treat(case, staff, reached, answer, cause):
    """Walk the steps of the desk as the people who may take them."""
    officer = next(u for u in staff.users.values() if u.has_group("jamaa_base.group_complaint_officer"))
    signer = next(u for login, u in staff.users.items() if login.startswith("president"))
    agent = case.proposed_service_id.user_ids[:1] or officer
    as_officer, as_agent = case.sudo(False).with_user(officer), case.sudo(False).with_user(agent)
    if reached >= 1:
        as_officer.action_assign_proposed()
    if reached >= 2:
        if as_agent._may("take"):
            as_agent.action_take()
        as_agent.write(answer)
        if cause:
            as_agent.write({"cause_id": case.env.ref(f"jamaa_complaints.cause_{cause}").id})
    if reached >= 3:
        as_agent.action_submit()
    if reached >= 4:
        case.sudo(False).with_user(signer).action_approve()
    if reached >= 5:
        as_officer.action_send()
    if reached >= 6:
        as_officer.action_close()


def _backdate(case, age, chance):
    """Spread what just happened over the days since the case was lodged.

    Milestones are facts that nothing edits; these are invented ones, so their dates
    are set in the database, the one place where it is possible.
    """
    env = case.env
    env.flush_all()
    milestones = env["jamaa.complaint.milestone"].search([("case_id", "=", case.id)], order="date, id")
    # most are answered within some weeks, not on the last day
    span = min(age - 1, max(chance.gauss(24, 14), 2)) if case.answered_on else max(age - 1, 0)
    for rank, milestone in enumerate(milestones):
        minutes = int(age * 24 * 60 - span * 24 * 60 * rank / max(len(milestones), 1))
        env.cr.execute(
            "UPDATE jamaa_complaint_milestone SET date = (now() AT TIME ZONE 'UTC') - make_interval(mins => %s) WHERE id = %s",
            (minutes, milestone.id),
        )
    env.cr.execute(
        """UPDATE helpdesk_ticket t
              SET create_date = first.date,
                  answered_on = CASE WHEN answered_on IS NULL THEN NULL ELSE last.date::date END
             FROM (SELECT min(date) AS date FROM jamaa_complaint_milestone WHERE case_id = %(case)s) first,
                  (SELECT max(date) AS date FROM jamaa_complaint_milestone WHERE case_id = %(case)s AND code = 'sent') last
            WHERE t.id = %(case)s""",
        {"case": case.id},
    )
    env.invalidate_all()
