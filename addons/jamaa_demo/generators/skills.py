"""People who receive citizens in the fictional communes, what they know and what is needed."""

from datetime import timedelta

from odoo import fields

MARK = "تجريبي"
# (Arabic title, rank of the site, skills with level, days until they end)
PEOPLE = [
    ("موظف الاستقبال", 0, {"arabic": 4, "french": 3, "listening": 3, "civil_status": 3}, {}),
    ("موظف الاستقبال", 0, {"arabic": 4, "tachelhit": 3, "legalisation": 3}, {}),
    ("موظف الحالة المدنية", 0, {"arabic": 4, "civil_status": 4, "data_protection": 2}, {"data_protection": -30}),
    ("موظف الاستقبال", 1, {"arabic": 4, "french": 2, "listening": 2, "data_protection": 3}, {"data_protection": 45}),
    ("موظف الملحقة", 1, {"arabic": 3, "tamazight": 3, "first_aid": 2}, {"first_aid": 400}),
]
# (skill, level, people, importance) for each site
SITE_NEEDS = [
    ("arabic", 3, 2, "critical"),
    ("tachelhit", 2, 1, "critical"),
    ("sign_language", 2, 1, "useful"),
    ("civil_status", 3, 2, "critical"),
    ("data_protection", 2, 1, "needed"),
]
FUNCTION_NEEDS = [("complaint_head", "complaints", 3, "critical"), ("reception_head", "listening", 3, "needed")]
COUNTS = {"large": 5, "middle": 4, "small": 1}


def generate(env, communes):
    """Create employees with skills and hours, and the skills that sites and functions need.

    :param dict communes: what ``fictional_communes.generate`` returned
    """
    for size, commune in communes.items():
        people = _people(commune, COUNTS[size])
        if len(people) > 1:
            # The one who speaks Tachelhit works in the mornings: the grid shows the afternoons without.
            people[1].resource_calendar_id = _mornings(commune)
        _needs(commune)


def _people(commune, count):
    env = commune.company.env
    today = fields.Date.context_today(commune.company)
    people = []
    for rank, (title, site, skills, ends) in enumerate(PEOPLE[:count], start=1):
        person = env["hr.employee"].create(
            {
                "name": f"{title} {rank} ({MARK})",
                "company_id": commune.company.id,
                "site_id": commune.sites[site % len(commune.sites)].id,
                "resource_calendar_id": commune.company.resource_calendar_id.id,
            }
        )
        people.append(person)
        for code, level in skills.items():
            skill = env.ref(f"jamaa_base.skill_{code}")
            env["hr.employee.skill"].create(
                {
                    "employee_id": person.id,
                    "skill_type_id": skill.skill_type_id.id,
                    "skill_id": skill.id,
                    "skill_level_id": skill.skill_type_id.skill_level_ids.sorted("level_progress")[level - 1].id,
                    "valid_from": today - timedelta(days=500),
                    "valid_to": today + timedelta(days=ends[code]) if code in ends else False,
                }
            )
    return people


def _mornings(commune):
    calendar = commune.company.resource_calendar_id.copy({"name": "الفترة الصباحية / Matinées"})
    calendar.attendance_ids.filtered(lambda line: line.day_period != "morning").unlink()
    return calendar


def _needs(commune):
    env = commune.company.env
    rows = [("site_id", site, *need) for site in commune.sites for need in SITE_NEEDS]
    rows += [
        ("function_id", commune.functions[function], skill, level, 1, importance)
        for function, skill, level, importance in FUNCTION_NEEDS
    ]
    for name, requirer, code, level, number, importance in rows:
        skill = env.ref(f"jamaa_base.skill_{code}")
        env["jamaa.skill.requirement"].create(
            {
                name: requirer.id,
                "company_id": commune.company.id,
                "skill_id": skill.id,
                "level_id": skill.skill_type_id.skill_level_ids.sorted("level_progress")[level - 1].id,
                "people_needed": number,
                "importance": importance,
                "date_from": fields.Date.context_today(commune.company) - timedelta(days=200),
            }
        )
