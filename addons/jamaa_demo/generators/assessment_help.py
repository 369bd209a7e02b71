"""Two communes offer help, one asks for it; two of them agreed and met."""

from datetime import timedelta

from odoo import fields

from .assessment_days import as_user, date, on, president_of
from .wording import words

OFFER = words(
    "Come and see it on a market day: our desk shows you how it runs.",
    "Venez voir un jour de marché : le guichet vous montrera comment cela se passe.",
    "تفضلوا بزيارتنا في يوم السوق: سيبين لكم الشباك كيف نشتغل.",
)
ASK = words(
    "We have one agent at the desk and would like to begin simply.",
    "Nous avons un seul agent au guichet et voulons commencer simplement.",
    "لدينا موظف واحد بالشباك ونريد أن نبدأ ببساطة.",
)
VISIT = words(
    "Half a day at the desk, then an hour with the head of reception.",
    "Une demi-journée au guichet, puis une heure avec la responsable de l'accueil.",
    "نصف يوم بالشباك، ثم ساعة مع مسؤول الاستقبال.",
)
OUTCOME = words(
    "The notice was taken over as it is; a call is planned in two months.",
    "L'affiche a été reprise telle quelle ; un appel est prévu dans deux mois.",
    "أخذ الإعلان كما هو، ومكالمة مبرمجة بعد شهرين.",
)
DECLARED, AGREED, MET = 12, 9, 3


def generate(env, rounds, staff):
    """Let the large commune help the small one with reception; the middle one offers help with complaints.

    :param dict rounds: what ``assessment.generate`` returned
    :param dict staff: what ``people.generate`` returned
    """
    today = fields.Date.context_today(env["res.company"])
    users = {size: president_of(one.users) for size, one in staff.items()}
    last = {size: [one for one in held if one.state == "validated"][-1] for size, held in rounds.items()}
    strong = {line.item_id.key: line for line in last["large"].consensus_ids if _fits(line, "offer")}
    weak = [line for line in last["small"].consensus_ids if _fits(line, "ask") and line.item_id.key in strong]
    offer = _declare(strong[weak[0].item_id.key], "offer", OFFER["ar"], users["large"])
    ask = _declare(weak[0], "ask", ASK["ar"], users["small"])
    other = _declare(
        last["middle"].consensus_ids.filtered(lambda line: _fits(line, "offer"))[:1],
        "offer",
        OFFER["fr"],
        users["middle"],
    )
    ask.action_request()
    as_user(offer.side_ids, users["large"]).action_accept()
    as_user(env["jamaa.assessment.help.followup"], users["small"]).create(
        {
            "side_id": ask.side_ids.id,
            "kind": "visit",
            "date": today - timedelta(days=MET),
            "note": VISIT["ar"],
            "outcome": OUTCOME["ar"],
        }
    )
    _date(offer.sudo() | ask.sudo() | other.sudo(), today)


def _fits(line, kind):
    """Whether the level allows an offer, or a request."""
    level = line._value()
    if line.kind != "level" or not isinstance(level, int):
        return False
    return level >= 4 if kind == "offer" else level <= 2


def _declare(line, kind, note, user):
    mine = as_user(line, user)
    return mine.env["jamaa.assessment.help"].create({"line_id": mine.id, "kind": kind, "note": note})


def _date(rows, today):
    """Declared, sent and accepted in the days before."""
    begun, agreed = today - timedelta(days=DECLARED), today - timedelta(days=AGREED)
    date(rows, declared_on=on(begun))
    date(rows.side_ids, opened_on=begun)
    date(rows.side_ids.match_id, agreed_on=on(agreed))
    date(rows.step_ids, done_on=on(begun))
    date(rows.step_ids.filtered(lambda step: step.event == "agreed"), done_on=on(agreed))
