"""A calendar of rounds, and a round whose panel is made of functions and asked by mail, by link and on paper."""

import random
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields

from .assessment import WHY, one_answer
from .assessment_days import as_user, date, on
from .wording import words

NAME = words("How we communicate, all functions", "Notre communication, par fonctions", "كيف نتواصل، حسب المهام")
#: Role and code of the function.
FUNCTIONS = [
    ("elected", "president"),
    ("director", "director"),
    ("staff", "reception_head"),
    ("staff", "registry_head"),
]
BOUNCED = "registry_head"
#: Role, seat and address of those without function; without address they answer on paper.
OTHERS = [
    ("partner", words("Association of the quarter", "Association du quartier", "جمعية الحي"), "association@exemple.example"),
    ("citizen", words("Citizens' panel 1", "Panel citoyen 1", "لجنة المرتفقين 1"), False),
    ("citizen", words("Citizens' panel 2", "Panel citoyen 2", "لجنة المرتفقين 2"), False),
]  # fmt: skip
CAME_BACK = words("The mailbox is full.", "La boîte est pleine.", "صندوق البريد ممتلئ.")
INVITED, FINISHED, ANSWERS_END, MEETING = 5, 2, 9, 12


def generate(communes, rounds):
    """Plan reception at headquarters once a year; ask eight seats of the large commune about communication.

    :param dict communes: what ``fictional_communes.generate`` returned
    :param dict rounds: what ``assessment.generate`` returned
    """
    held = [one for one in rounds["large"] if one.subject_kind == "site"]
    _plan(held)
    one = _ask(communes["large"], held[-1].facilitator_id)
    rounds["large"].append(one)


def _plan(held):
    """Every twelve months, beginning with the first round that was held."""
    last = held[-1]
    plan = last.env["jamaa.assessment.plan"].create(
        {
            "company_id": last.company_id.id,
            "grid_id": last.grid_id.id,
            "site_id": last.site_id.id,
            "purpose": WHY["ar"],
            "first_date": held[0].date,
            "every_months": 12,
            "next_date": last.date + relativedelta(months=12),
            "facilitator_id": last.facilitator_id.id,
        }
    )
    for one in held:
        one.plan_id = plan


def _ask(commune, facilitator):
    env, company = commune.company.env, commune.company
    today = fields.Date.context_today(company)
    grid = env["jamaa.assessment.grid"].search([("code", "=", "communication"), ("company_id", "=", False)])
    heads = env["jamaa.function"].search([("company_id", "=", company.id), ("code", "=", "service_head")])
    vacant = heads.filtered(lambda head: not head._holders_on(today))[:1]
    seats = [{"role": role, "function_id": commune.functions[code].id} for role, code in FUNCTIONS]
    seats.append({"role": "director", "function_id": vacant.id})
    seats += [{"role": role, "label": label["ar"], "email": email} for role, label, email in OTHERS]
    one = env["jamaa.assessment.round"].create(
        {
            "name": NAME["ar"],
            "company_id": company.id,
            "version_id": grid.version_id.id,
            "date": today + timedelta(days=MEETING),
            "answer_until": today + timedelta(days=ANSWERS_END),
            "purpose": WHY["ar"],
            "facilitator_id": facilitator.id,
            "rater_ids": [(0, 0, {**seat, "sequence": rank}) for rank, seat in enumerate(seats)],
        }
    )
    one.action_start()
    as_user(one, facilitator).action_invite()
    _live(one, commune.functions[BOUNCED])
    _answer(one)
    return one


def _live(one, bounced):
    """The mails went out some days ago, and one came back; nothing of the demo leaves the machine."""
    rows = one.invitation_ids
    rows._mail_left()
    back = rows.filtered(lambda row: row.rater_id.function_id == bounced)
    back._bounced(CAME_BACK["ar"])
    one.env["mail.mail"].search([("model", "=", rows._name), ("state", "=", "outgoing")]).cancel()
    asked = on(fields.Date.context_today(one) - timedelta(days=INVITED))
    date(rows, asked_on=asked)
    date(rows.filtered("sent_on"), sent_on=asked + timedelta(minutes=1))
    date(one.rater_ids.filtered("invited_on"), invited_on=asked)


def _answer(one):
    """The director has finished, and a citizens' seat whose paper was typed in; the association is half through."""
    dice = random.Random(one.name)
    items = one.version_id.item_ids
    finished = one.rater_ids.filtered(
        lambda seat: seat.function_id.code == "director" or seat.label == OTHERS[1][1]["ar"]
    )
    one.env["jamaa.assessment.score"].create(
        [
            {"rater_id": seat.id, "item_id": item.id, **one_answer(dice, item, dice.choice((1, 2, 3)), seat.role, "ar")}
            for seat in finished
            for item in items
        ]
    )
    finished.action_finish()
    date(finished, finished_on=on(fields.Date.context_today(one) - timedelta(days=FINISHED)))
    partner = one.rater_ids.filtered("email")
    pages = partner._sheet()
    for page in pages[: len(pages) // 2]:
        partner._keep(
            {question["id"]: (question["choices"][dice.choice((1, 2, 3))]["id"], "") for question in page["questions"]}
        )
