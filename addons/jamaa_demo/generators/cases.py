"""Invented cases of the fictional communes, at every point of their way."""

import random
from datetime import timedelta

from odoo import fields

from .subjects import ANSWERS, SUBJECTS

SEED = 20181127
CASES = {"large": 42, "middle": 14, "small": 6}
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
STEPS = ("received", "assigned", "drafted", "to_approve", "approved", "sent", "satisfied")
WEIGHTS = (4, 5, 3, 2, 1, 4, 6)
LANGS = {"ar": "ar_MA", "fr": "fr_MA"}


def generate(env, communes, staff):
    """Route categories to services, then lodge and treat cases.

    :param dict communes: what ``fictional_communes.generate`` returned
    :param dict staff: what ``people.generate`` returned
    """
    chance = random.Random(SEED)
    for size, commune in communes.items():
        _routes(commune, staff[size])
        for number in range(1, CASES[size] + 1):
            _one_case(chance, commune, staff[size], number)


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


def _one_case(chance, commune, staff, number):
    """Lodge a case some days ago and take it as far as chance says."""
    env = commune.company.env
    category, kind, lang, subject, facts, place = SUBJECTS[(number - 1) % len(SUBJECTS)]
    step = chance.choices(STEPS, WEIGHTS)[0]
    age = chance.randint(1, 20) if step == "received" else chance.randint(6, 110)
    if number % 14 == 0:
        # Some cases are late, so that lists and marks show it.
        step, age = "assigned", chance.randint(65, 90)
    received = fields.Date.context_today(commune.company) - timedelta(days=age)
    identity = {
        "name": f"مواطن(ة) {number} (خيالي)" if lang == "ar" else f"Citoyen(ne) {number} (fictif)",
        "phone": f"+212 5 00 00 {number // 100:02d} {number % 100:02d}",
        "address": place,
    }
    case = env["helpdesk.ticket"]._lodge(
        commune.company,
        {
            "kind": kind,
            "subject": subject,
            "facts": facts,
            "place_text": place,
            "category_id": _category(env, category).id,
            "site_id": commune.sites[number % len(commune.sites)].id,
            "legal_receipt_date": received,
        },
        identity={} if kind == "report" else identity,
        channel=chance.choice(("web", "web", "counter", "phone")),
        lang=LANGS[lang],
    )
    _treat(case, commune, staff, lang, STEPS.index(step))
    _backdate(case, age)


def _treat(case, commune, staff, lang, reached):
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
        as_agent.write({"answer": ANSWERS[lang], "outcome": "kept" if case.kind == "proposal" else "solved"})
    if reached >= 3:
        as_agent.action_submit()
    if reached >= 4:
        case.sudo(False).with_user(signer).action_approve()
    if reached >= 5:
        if case.reply_by == "letter":
            as_officer._sign_letter(case._commune_today(), "hand")
        as_officer.action_send()
    if reached >= 6:
        case._on_satisfaction(3 if case.id % 4 else 1)


def _backdate(case, age):
    """Spread what just happened over the days since the case was lodged.

    Milestones are facts that nothing edits; these are invented ones, so their dates
    are set in the database, the one place where it is possible.
    """
    env = case.env
    env.flush_all()
    milestones = env["jamaa.complaint.milestone"].search([("case_id", "=", case.id)], order="date, id")
    span = max(age - 1, 0) * 24 * 60
    for rank, milestone in enumerate(milestones):
        minutes = age * 24 * 60 - span * rank // max(len(milestones), 1)
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
