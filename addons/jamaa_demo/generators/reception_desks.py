"""Desks of the fictional communes, what is needed at them, and the trainings of their people."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .wording import create, words

CIVIL, PAPERS, PERMITS = (
    ("civil-", "burial-"),
    ("paper-",),
    ("building-", "repair-", "occupancy-", "land-", "demolition-"),
)
TRADE = ("business-", "public-domain-", "tax-")
#: Rank of the site → desks: kind, starts of the codes it serves, service, languages.
DESKS = {
    "large": {
        0: (
            ("reception", (), "administration", ("arabic", "tachelhit", "french")),
            ("civil_status", CIVIL, "civil_status", ("arabic", "french")),
            ("legalisation", PAPERS, "legalisation", ("arabic", "sign_language")),
            ("urbanism", PERMITS, "urbanism", ("arabic",)),
            ("economy", TRADE, "economy", ("arabic", "french")),
        ),
        1: (("civil_status", (*CIVIL, *PAPERS), "civil_status", ("arabic", "tamazight")),),
        2: (("civil_status", (*CIVIL, *PAPERS), "civil_status", ("arabic",)),),
        3: (("legalisation", PAPERS, "legalisation", ("arabic",)),),
        4: (("legalisation", PAPERS[:1], "legalisation", ("arabic",)),),
        5: (("reception", PAPERS, "administration", ("arabic", "tachelhit")),),
    },
    "middle": {
        0: (
            ("reception", (), "administration", ("arabic",)),
            ("civil_status", (*CIVIL, *PAPERS), "civil_status", ("arabic", "french")),
            ("urbanism", PERMITS, "administration", ("arabic",)),
        ),
        1: (("civil_status", (*CIVIL, *PAPERS), "civil_status", ("arabic", "tamazight")),),
    },
    "small": {
        0: (
            ("reception", ("information-", "elsewhere-", "building-"), "administration", ("arabic",)),
            ("civil_status", (*CIVIL, *PAPERS), "administration", ("arabic", "tamazight")),
        )
    },
}
#: What a procedure asks of whoever serves it: code, skill, level (1 to 4).
NEEDED = (
    ("civil-birth-declaration", "civil_status", 4),
    ("civil-death-declaration", "listening", 3),
    ("paper-signature", "legalisation", 3),
    ("information-request", "data_protection", 2),
)
EXTRACTS = words(
    "Extracts and copies of birth: which papers, in which case",
    "Extraits et copies de naissance : quels papiers, dans quel cas",
    "نسخ وعقود الازدياد: أي وثائق وفي أي حالة",
)
WELCOME = words(
    "Receiving people who do not read or do not hear",
    "Accueillir les personnes qui ne lisent pas ou n'entendent pas",
    "استقبال من لا يقرأ أو لا يسمع",
)
PERMIT = words(
    "Small building projects on the platform", "Les petits projets sur la plateforme", "المشاريع الصغرى على المنصة"
)
#: Subject, first letters of the procedures, skill, day from today, hours, people, what became of it.
TRAININGS = {
    "large": (
        (EXTRACTS, "civil-birth-", "civil_status", -84, 12, 9, "held"),
        (WELCOME, None, "listening", 12, 6, 0, "planned"),
        (PERMIT, "building-", None, -20, 3, 0, "cancelled"),
    ),
    "middle": ((EXTRACTS, "civil-birth-", "civil_status", 20, 6, 0, "planned"),),
    "small": ((WELCOME, None, "listening", -75, 3, 1, "held"),),
}
TRAINER = "قسم التكوين (خيالي)"


def generate(env, communes):
    """Set up desks, their needs and their trainings.

    :param dict communes: what ``fictional_communes.generate`` returned, with adopted procedures;
        ``desks`` is new
    """
    for size, commune in communes.items():
        commune.desks = _desks(commune, DESKS[size])
        _needs(commune)
        for row in TRAININGS[size]:
            _training(commune, row)


def _procedures(commune, starts):
    procedures = commune.company.env["jamaa.procedure"].search([("company_id", "=", commune.company.id)])
    return procedures.filtered(lambda one: one.code.startswith(tuple(starts)))


def _desks(commune, plan):
    env, desks = commune.company.env, commune.company.env["jamaa.desk"]
    staff = env["hr.employee"].search([("company_id", "=", commune.company.id), ("user_id", "=", False)], order="id")
    for rank, rows in plan.items():
        site = commune.reception_sites[rank]
        for number, (kind, starts, service, languages) in enumerate(rows, start=1):
            people = staff.filtered(lambda one, site=site: one.site_id == site)
            desks |= create(
                env,
                "jamaa.desk",
                {
                    "name": words(f"Desk {number}", f"Guichet {number}", f"الشباك {number}"),
                    "sequence": number,
                    "site_id": site.id,
                    "company_id": commune.company.id,
                    "kind_id": env.ref(f"jamaa_reception.desk_kind_{kind}").id,
                    "department_id": commune.services.get(service, commune.services["administration"]).id,
                    "procedure_ids": [Command.set(_procedures(commune, starts).ids if starts else [])],
                    # Where there are several desks each has its own person; the others share the site's.
                    "employee_ids": [Command.set(people[number - 1 : number].ids if len(rows) > 1 else [])],
                    "language_ids": [Command.set([env.ref(f"jamaa_base.skill_{code}").id for code in languages])],
                },
            )
    return desks


def _needs(commune):
    env = commune.company.env
    rows = []
    for code, skill, level in NEEDED:
        skill = env.ref(f"jamaa_base.skill_{skill}")
        rows += [
            {
                "procedure_id": procedure.id,
                "company_id": commune.company.id,
                "skill_id": skill.id,
                "level_id": skill.skill_type_id.skill_level_ids.sorted("level_progress")[level - 1].id,
                "importance": "needed",
                "date_from": fields.Date.context_today(commune.company) - timedelta(days=200),
            }
            for procedure in _procedures(commune, [code])
        ]
    env["jamaa.skill.requirement"].create(rows)


def _training(commune, row):
    name, start, skill, day, hours, people, state = row
    env = commune.company.env
    first = fields.Date.context_today(commune.company) + timedelta(days=day)
    procedures = _procedures(commune, [start]) if start else env["jamaa.procedure"]
    training = create(
        env,
        "jamaa.reception.training",
        {
            "name": name,
            "company_id": commune.company.id,
            "date": first,
            "date_to": first + timedelta(days=1) if hours > 6 else False,
            "hours": hours,
            "trainer": TRAINER,
            "trained_count": people,
            "procedure_ids": [Command.set(procedures.ids)],
            "desk_ids": [Command.set((procedures.desk_ids & commune.desks or commune.desks[:2]).ids)],
            "skill_ids": [Command.set(env.ref(f"jamaa_base.skill_{skill}").ids if skill else [])],
        },
    )
    if state == "held":
        training.action_held()
    elif state == "cancelled":
        training.action_cancel()
