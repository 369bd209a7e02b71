"""Readers' tests of sheets, receipts of what was changed, and reminders of late reviews."""

import random
from datetime import datetime, time, timedelta

from odoo import fields
from odoo.fields import Command

SEED = 20200928
#: Sheet, language, days since it was held (None: prepared only), readers by category, share understood.
TESTS = {
    "large": (
        ("civil-birth-extract", "ar_MA", 48, (("", 5), ("elderly", 3), ("not_reading", 2)), 0.8),
        ("building-permit-small", "ar_MA", 20, (("", 6), ("abroad", 2)), 0.55),
        ("civil-family-booklet", "fr_MA", None, (), 0),
    ),
    "middle": (("civil-birth-extract", "ar_MA", None, (), 0),),
    "small": (("paper-signature", "ar_MA", 33, (("", 3), ("not_reading", 2)), 0.85),),
}
NOT_UNDERSTOOD = "لم يفرق القراء بين النسخة الكاملة والنسخة الموجزة، وتساءلوا عن ثمن التنبر."
TO_CHANGE = "كتابة الفرق في سطر واحد، وذكر الثمن قبل الوثائق."


def generate(env, communes):
    """Hold tests, confirm most changes, remind of what is late.

    :param dict communes: what ``fictional_communes.generate`` returned, with published sheets
    """
    for size, commune in communes.items():
        chance = random.Random(f"{SEED}{size}")
        for row in TESTS[size]:
            _test(commune, chance, *row)
        _receive(commune, chance)
    procedures = env["jamaa.procedure"]
    procedures._review_to_ask(fields.Date.context_today(procedures))._ask_review()


def _test(commune, chance, code, lang, ago, readers, share):
    env, today = commune.company.env, fields.Date.context_today(commune.company)
    sheet = env["jamaa.procedure"].search([("company_id", "=", commune.company.id), ("code", "=", code)]).sheet_id
    test = env["jamaa.procedure.reader.test"].create(
        {"sheet_id": sheet.id, "lang": lang, "site_id": commune.sites[0].id}
    )
    if ago is None:
        return
    categories = {row.code: row.id for row in env["jamaa.access.category"].search([])}
    number = sum(count for _category, count in readers)
    test.write(
        {
            "date": today - timedelta(days=ago),
            "not_understood": NOT_UNDERSTOOD,
            "to_change": TO_CHANGE,
            "group_ids": [
                Command.create({"category_id": categories.get(category, False), "readers": count})
                for category, count in readers
            ],
            "task_ids": [
                Command.update(
                    task.id,
                    {"asked": number, "understood": min(number, round(number * share * chance.uniform(0.7, 1.2)))},
                )
                for task in test.task_ids
            ],
        }
    )
    test.action_held()


def _receive(commune, chance):
    """Old changes were read by nearly everybody; the last one waits on some desks."""
    env, today = commune.company.env, fields.Date.context_today(commune.company)
    receipts = env["jamaa.procedure.notice.receipt"].search([("company_id", "=", commune.company.id)])
    moments = {}
    for receipt in receipts:
        old = receipt.notice_id.date < today - timedelta(days=60)
        # The last change waits for whoever is at the counter.
        waits = not old and receipt.user_id.login.startswith("accueil")
        if chance.random() < (0 if waits else 0.93):
            day = min(receipt.notice_id.date + timedelta(days=chance.randint(0, 5)), today)
            moments.setdefault(day, receipts.browse())
            moments[day] |= receipt
    for day, some in moments.items():
        some.write({"received_on": datetime.combine(day, time(9))})
