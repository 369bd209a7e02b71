"""Further fictional communes with validated rounds and nothing else, for the band that needs five others."""

import random
from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .assessment_days import as_user, date, on
from .dissemination import FICTIONAL_PROGRAMME
from .people import MARK
from .wording import words

GRIDS = ("reception-site", "complaint-handling")
NAMES = [
    ("المثال الشمالية", "Exemple-du-Nord"),
    ("المثال الجنوبية", "Exemple-du-Sud"),
    ("المثال الشرقية", "Exemple-de-l'Est"),
    ("المثال الغربية", "Exemple-de-l'Ouest"),
    ("المثال السفلى", "Exemple-la-Basse"),
    ("المثال العليا", "Exemple-la-Haute"),
]
PRESIDENT = words("President of the council", "Président du conseil", "رئيس المجلس")
EVIDENCE = words("File of the round", "Dossier de l'évaluation", "ملف التقييم")


def generate(env):
    """Make six communes, each with one validated round of the grids a band is drawn for, put into the band.

    They have no case, and no login that works: scores alone, on communes marked as fictional.

    :return: the rounds
    """
    rounds = env["jamaa.assessment.round"]
    programme = env["jamaa.programme"].search([("name", "=", FICTIONAL_PROGRAMME["en"])], limit=1)
    for rank, names in enumerate(NAMES):
        company = _commune(env, rank, *names)
        env["jamaa.programme.member"].create({"programme_id": programme.id, "company_id": company.id})
        site = company.env["jamaa.site"].create({"name": "المقر", "kind": "headquarters", "company_id": company.id})
        mine = rounds.browse().union(*(_round(company, site, code, rank) for code in GRIDS))
        _put_in(mine, programme)
        rounds |= mine
    return rounds


def _commune(env, rank, name_ar, name_fr):
    company = env["res.company"].create(
        {
            "name": f"{name_fr} (demo)",
            "name_ar": name_ar,
            "name_fr": name_fr,
            "is_commune": True,
            "commune_slug": f"exemple-pair-{rank + 1}",
            "is_demo": True,
            "population": 20000 + 9000 * rank,
            "province_ar": "المثال",
            "province_fr": "l’Exemple",
        }
    )
    return company.with_context(allowed_company_ids=company.ids)


def _round(company, site, code, rank):
    """Make a validated round from agreed levels alone: a panel would cost a thousand answers nobody ever opens."""
    env = company.env
    grid = env["jamaa.assessment.grid"].search([("code", "=", code), ("company_id", "=", False)])
    one = env["jamaa.assessment.round"].create(
        {
            "name": f"{grid.with_context(lang='ar_MA').name} ({rank + 1})",
            "company_id": company.id,
            "version_id": grid.version_id.id,
            "site_id": site.id if grid.subject_kind == "site" else False,
            "date": fields.Date.context_today(company) - timedelta(days=45 + 11 * rank),
            "facilitator_id": False,
        }
    )
    one._move("consensus")
    dice = random.Random(f"{code}/{rank}")
    env["jamaa.assessment.consensus"].create(
        [
            {
                "round_id": one.id,
                "item_id": item.id,
                "verdict": "agreed",
                "answer": dice.choice(("yes", "yes", "no")) if item.kind == "gate" else dice.choice("01122334"),
                "evidence": EVIDENCE["ar"],
            }
            for item in one.version_id.item_ids
        ]
    )
    one.action_validate()
    date(one.step_ids, done_on=on(one.date))
    return one


def _put_in(rounds, programme):
    """Let the rounds of a commune count in the band; who put them in holds a mandate and has no login any more."""
    company = rounds.company_id
    env = rounds.env
    today = fields.Date.context_today(company)
    user = env["res.users"].with_context(no_reset_password=True).create(
        {
            "name": f"{PRESIDENT['ar']} ({MARK})",
            "login": f"president@{company.commune_slug}.example",
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.set(env.ref("jamaa_base.group_president").ids)],
        }
    )  # fmt: skip
    function = company._function("president") or env["jamaa.function"].create(
        {"name": PRESIDENT["ar"], "code": "president", "company_id": company.id}
    )
    env["jamaa.function.holder"].create(
        {
            "function_id": function.id,
            "partner_id": user.partner_id.id,
            "date_from": today - timedelta(days=400),
            "act_number": "DEMO-1",
            "act_date": today - timedelta(days=400),
        }
    )
    for one in rounds:
        copy = env["jamaa.assessment.peer"].with_user(user)._contribute(as_user(one, user), programme.with_user(user))
        date(copy.sudo(), published_on=on(one.date + timedelta(days=3)))
    user.active = False
