"""The people of reception in the first commune, and the procedure whose requests are counted by the thousand."""

from types import SimpleNamespace

#: A sheet with a question, papers that hang on it, a fee and a text, in the exchange format.
SHEET = {
    "summary": {"ar": "رخصة للقياس.", "fr": "Une autorisation pour la mesure."},
    "steps": [{"text": {"ar": "اذهب إلى المكتب.", "fr": "Allez au bureau."}, "pictogram": "counter"}],
    "questions": [
        {
            "key": "who",
            "text": {"ar": "من يطلبها؟", "fr": "Qui la demande ?"},
            "answers": [
                {"key": "self", "text": {"ar": "أنا", "fr": "Moi"}},
                {"key": "proxy", "text": {"ar": "وكيل", "fr": "Un mandataire"}},
            ],
        }
    ],
    "pieces": [
        {"name": {"ar": "التصميم", "fr": "Plan"}, "form": "copy"},
        {"name": {"ar": "عقد الملكية", "fr": "Titre de propriété"}, "form": "copy"},
        {"name": {"ar": "الوكالة", "fr": "Procuration"}, "form": "original", "when": ["who.proxy"]},
    ],
    "fees": [{"label": {"ar": "تنبر", "fr": "Timbre"}, "amount": 20, "channel": "counter", "legal": "12-90"}],
    "regime": "bench_receipt",
    "silence": {"effect": "refusal"},
    "channels": ["counter"],
    "legal": [{"name": {"ar": "قانون التعمير", "fr": "Loi"}, "reference": "12-90", "dated": "1992-06-17"}],
}
PROCEDURE = {
    "format": "jamaa-procedure/1",
    "code": "bench-permit",
    "name": {"ar": "رخصة القياس", "fr": "Autorisation de mesure"},
    "life_events": ["building"],
    "audiences": ["resident"],
    "words": ["رخصة", "autorisation"],
    "sites": {"done": ["headquarters"]},
    "sheet": SHEET,
}


def make(env, communes):
    """Return commune, procedures by commune, service, site, and one user each of reception, service and direction."""
    commune = communes[0]
    env["jamaa.legal.regime"].create(
        {
            "name": "Bench",
            "code": "bench_receipt",
            "nature": "legal",
            "days": 30,
            "unit": "calendar",
            "valid_from": "2000-01-01",
            "source_text": "For the measures.",
            "alert_days": 5,
        }
    )
    env["res.company"]._cron_prepare_sequences()
    procedures = env["jamaa.procedure"]
    for company in communes:
        site = env["jamaa.site"].search([("company_id", "=", company.id)], limit=1)
        site.kind = "headquarters"
        procedure = procedures._import_procedure(PROCEDURE, company)
        procedure.department_id = env["hr.department"].create({"name": company.name, "company_id": company.id})
        procedure.draft_sheet_id.action_submit()
        procedure.draft_sheet_id.action_publish()
        procedures |= procedure
    site = env["jamaa.site"].search([("company_id", "=", commune.id)], limit=1)
    people = {
        "receptionist": _person(env, "reception_agent", commune, site=site),
        "agent of the service": _person(env, "service_agent", commune, department=procedures[0].department_id),
        "director": _person(env, "director", commune),
    }
    env.flush_all()
    env.cr.commit()
    return SimpleNamespace(commune=commune, procedures=procedures, site=site, people=people)


def take(env, room):
    """Take one request as the counter does, with everything around it, and return it as superuser."""
    procedure = room.procedures[0]
    question = procedure.sheet_id.question_ids
    values = {
        "answers": {question.id: question.answer_ids[0].id},
        "pieces": procedure.sheet_id.piece_ids.ids,
        "site_id": room.site.id,
        "lang": "fr_MA",
    }
    requests = env["jamaa.procedure.request"].with_user(room.people["receptionist"])
    requests = requests.with_context(allowed_company_ids=room.commune.ids)
    return requests._take(
        room.commune.with_env(requests.env), procedure.with_env(requests.env), values, {"name": "Bench"}
    )


def _person(env, role, commune, department=None, site=None):
    user = env["res.users"].create(
        {
            "name": f"Bench {role}",
            "login": f"bench-{role}",
            "company_id": commune.id,
            "company_ids": [(6, 0, commune.ids)],
            "group_ids": [(6, 0, env.ref(f"jamaa_base.group_{role}").ids)],
        }
    )
    env["hr.employee"].create(
        {
            "name": user.name,
            "user_id": user.id,
            "company_id": commune.id,
            "department_id": department.id if department else False,
            "site_id": site.id if site else False,
        }
    )
    return user
