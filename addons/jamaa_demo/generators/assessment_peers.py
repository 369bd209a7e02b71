"""Further fictional communes with validated rounds and nothing else, for the band that needs five others."""

import random
from datetime import timedelta

from odoo import fields

GRIDS = ("reception-site", "complaint-handling")
NAMES = [
    ("المثال الشمالية", "Exemple-du-Nord"),
    ("المثال الجنوبية", "Exemple-du-Sud"),
    ("المثال الشرقية", "Exemple-de-l'Est"),
    ("المثال الغربية", "Exemple-de-l'Ouest"),
    ("المثال السفلى", "Exemple-la-Basse"),
    ("المثال العليا", "Exemple-la-Haute"),
]


def generate(env):
    """Make six communes, each with one validated round of the grids a band is drawn for.

    They have no login and no case: scores alone, on communes marked as fictional. Sharing them with
    the programme and with peers is the caller's to add.

    :return: the rounds
    """
    rounds = env["jamaa.assessment.round"]
    for rank, (name_ar, name_fr) in enumerate(NAMES):
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
        company = company.with_context(allowed_company_ids=company.ids)
        site = company.env["jamaa.site"].create({"name": "المقر", "kind": "headquarters", "company_id": company.id})
        for code in GRIDS:
            rounds |= _round(company, site, code, rank)
    return rounds


def _round(company, site, code, rank):
    """Hold one round: two paper forms that say the same, so that the meeting has nothing to discuss."""
    env = company.env
    grid = env["jamaa.assessment.grid"].search([("code", "=", code), ("company_id", "=", False)])
    one = env["jamaa.assessment.round"].create(
        {
            "name": f"{grid.with_context(lang='ar_MA').name} ({rank + 1})",
            "company_id": company.id,
            "version_id": grid.version_id.id,
            "site_id": site.id if grid.subject_kind == "site" else False,
            "date": fields.Date.context_today(company) - timedelta(days=20 + 11 * rank),
            "facilitator_id": False,
            "rater_ids": [(0, 0, {"role": "staff", "label": f"{number}"}) for number in (1, 2)],
        }
    )
    one.action_start()
    dice = random.Random(f"{code}/{rank}")
    answers = {
        item.id: dice.choice(("yes", "yes", "no")) if item.kind == "gate" else dice.choice("01122334")
        for item in one.version_id.item_ids
    }
    env["jamaa.assessment.score"].create(
        [
            {"rater_id": rater.id, "item_id": item, "answer": answer, "evidence_link": "https://exemple.example/preuve"}
            for rater in one.rater_ids
            for item, answer in answers.items()
        ]
    )
    one.rater_ids.action_finish()
    one.action_open_consensus()
    one.action_validate()
    return one
