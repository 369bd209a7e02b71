"""Studies of proximity: one decided and nearly carried out, one the law stands against, one just begun."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .wording import create, words

DOUARS = words(
    "Signatures and certified copies nearer to the douars",
    "Signatures et copies certifiées plus près des douars",
    "تقريب تصحيح الإمضاءات ومطابقة النسخ من الدواوير",
)
QUESTION = words(
    "People of the douars lose half a day for a signature: do we go to them, and how?",
    "Les habitants des douars perdent une demi-journée pour une signature : allons-nous à eux, et comment ?",
    "يفقد سكان الدواوير نصف يوم من أجل تصحيح إمضاء: هل ننتقل إليهم، وكيف؟",
)
EXTRACTS = words("Birth extracts at annexe 3", "Extraits de naissance à l'annexe 3", "عقود الازدياد بالملحقة 3")
ASK_EXTRACTS = words(
    "Can extracts be given at annexe 3, where no register is kept?",
    "Peut-on délivrer des extraits à l'annexe 3, où le registre n'est pas tenu ?",
    "هل يمكن تسليم العقود بالملحقة 3 حيث لا يمسك السجل؟",
)
SECOND_DAY = words(
    "A second day of reception in the quarter", "Un deuxième jour d'accueil dans le quartier", "يوم استقبال ثان بالحي"
)
ASK_SECOND = words(
    "Is one desk more at the annexe worth its cost?",
    "Un guichet de plus à l'annexe vaut-il ce qu'il coûte ?",
    "هل يستحق شباك إضافي بالملحقة كلفته؟",
)
#: Quarter, people a year, minutes to get there, minutes of waiting.
QUARTERS = (
    (words("Example douar 1", "Douar de l'Exemple 1", "دوار المثال 1"), 420, 55, 40),
    (words("Example douar 2", "Douar de l'Exemple 2", "دوار المثال 2"), 310, 70, 40),
    (words("Example douar 3", "Douar de l'Exemple 3", "دوار المثال 3"), 190, 95, 40),
    (words("Example quarter 5", "Quartier de l'Exemple 5", "حي المثال 5"), 650, 25, 35),
)
CENTRAL = words("Keep everything at the headquarters", "Tout garder au siège", "الإبقاء على كل شيء بالمقر")
PERMANENCE = words("One day a week at annexe 3", "Un jour par semaine à l'annexe 3", "يوم في الأسبوع بالملحقة 3")
MOBILE = words(
    "A round of the douars, twice a week",
    "Une tournée des douars, deux fois par semaine",
    "جولة بالدواوير مرتين في الأسبوع",
)
OPTIONS = (
    {"kind": "central", "name": CENTRAL, "site": 0, "minutes": (60, 40), "days": 5, "staff": 2, "cost": (0, 0)},
    {"kind": "permanence", "name": PERMANENCE, "site": 3, "minutes": (35, 15), "days": 1, "staff": 1, "cost": (8000, 42000)},
    {"kind": "mobile", "name": MOBILE, "site": 5, "minutes": (10, 15), "days": 2, "staff": 2, "cost": (65000, 98000)},
)  # fmt: skip
REASONS = "أكثر من تسعمئة شخص من الدواوير يربحون قرابة ساعتين في كل تنقل، والجولة لا تتطلب مقرا جديدا."
ACT = "محضر اجتماع المكتب رقم 6 (خيالي)"
PAPERS = ("paper-signature", "paper-certified-copy", "paper-life-certificate")
DECIDED_DAYS_AGO = 65
#: Steps of the roll-out still to be done.
LEFT = 2


def generate(communes):
    """Prepare the studies, decide one and carry most of it out.

    :param dict communes: what ``fictional_communes.generate`` returned, with six months of visits
    """
    large = communes["large"]
    study = _study(large, DOUARS, QUESTION, PAPERS, OPTIONS)
    _decide(large, study)
    barred = _study(large, EXTRACTS, ASK_EXTRACTS, ("civil-birth-extract",), OPTIONS[:2])
    barred.action_ready()
    _study(communes["middle"], SECOND_DAY, ASK_SECOND, PAPERS[:2], ())


def _study(commune, name, question, codes, options):
    env, today = commune.company.env, fields.Date.context_today(commune.company)
    procedures = env["jamaa.procedure"].search([("company_id", "=", commune.company.id), ("code", "in", codes)])
    study = create(
        env,
        "jamaa.proximity.study",
        {
            "name": name,
            "question": question,
            "company_id": commune.company.id,
            "procedure_ids": [Command.set(procedures.ids)],
            "date_from": today - timedelta(days=182),
            "date_to": today,
        },
    )
    study.action_fill_demand()
    study.demand_ids.write({"travel_minutes": 30, "wait_minutes": 35})
    for quarter, people, travel, wait in QUARTERS if options else ():
        create(
            env,
            "jamaa.proximity.demand",
            {
                "study_id": study.id,
                "quarter": quarter,
                "procedure_id": procedures[:1].id,
                "site_id": commune.sites[0].id,
                "people": people,
                "travel_minutes": travel,
                "wait_minutes": wait,
            },
        )
    typed = study.demand_ids.filtered(lambda row: row.source == "typed")
    for option in options:
        create(
            env,
            "jamaa.proximity.option",
            {
                "study_id": study.id,
                "kind": option["kind"],
                "name": option["name"],
                "site_id": commune.reception_sites[option["site"]].id,
                "demand_ids": [Command.set(typed.ids)],
                "travel_minutes": option["minutes"][0],
                "wait_minutes": option["minutes"][1],
                "days_a_week": option["days"],
                "staff_needed": option["staff"],
                "skill_ids": [Command.set(env.ref("jamaa_base.skill_legalisation").ids)],
                "cost_once": option["cost"][0],
                "cost_a_year": option["cost"][1],
            },
        )
    return study


def _decide(commune, study):
    """Decided by the bureau some weeks ago; the round runs, two steps are left."""
    env = commune.company.env
    day = fields.Date.context_today(commune.company) - timedelta(days=DECIDED_DAYS_AGO)
    study.action_ready()
    study.write(
        {
            "decision_id": study.option_ids.filtered(lambda option: option.kind == "mobile").id,
            "decided_on": day,
            "decided_by": "bureau",
            "act_reference": ACT,
            "decision_reason": REASONS,
        }
    )
    study.action_decide()
    functions = list(commune.functions.values())
    for rank, task in enumerate(study.task_ids):
        done = day + timedelta(days=4 * rank + 3)
        task.write(
            {
                "due": done + timedelta(days=4),
                "function_id": functions[rank % len(functions)].id,
                "done_on": done if rank < len(study.task_ids) - LEFT else False,
            }
        )
    study.action_measure()
    env["jamaa.proximity.figure"].create(
        {
            "study_id": study.id,
            "measure": "satisfaction",
            "before": 58,
            "before_on": day,
            "after": 74,
            "after_on": day + timedelta(days=60),
        }
    )
