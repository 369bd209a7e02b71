"""Rounds of the fictional communes go to the programme's team and into the band of peers, as each commune chose."""

from datetime import timedelta

from odoo import fields

from .assessment_days import as_user, date, on, president_of
from .wording import words

WITHDRAWN = words(
    "Sent before the council had seen it.", "Envoyé avant d'être vu par le conseil.", "أرسل قبل عرضه على المجلس."
)


def generate(env, rounds, staff):
    """Share rounds; needs the peers' to stand in the band already.

    :param dict rounds: what ``assessment.generate`` returned
    :param dict staff: what ``people.generate`` returned
    """
    first_of_month = fields.Date.context_today(env["res.company"]).replace(day=1)
    validated = {size: [one for one in held if one.state == "validated"] for size, held in rounds.items()}
    # Standing in the band when the month began, beside the peers; the others count from the next one on.
    _put_in(validated["middle"][-1], president_of(staff["middle"].users))
    env["jamaa.assessment.pool"]._take(first_of_month)
    for size in ("large", "small"):
        _put_in(validated[size][-1], president_of(staff[size].users))
    _give_team(validated["large"][-1], president_of(staff["large"].users))
    taken_back = _give_team(validated["middle"][-1], president_of(staff["middle"].users))
    taken_back._withdraw(WITHDRAWN["fr"])


def _put_in(one, user):
    mine = as_user(one, user)
    copy = mine.env["jamaa.assessment.peer"]._contribute(mine, _programme(mine))
    date(copy.sudo(), published_on=on(one.date + timedelta(days=2)))


def _give_team(one, user):
    mine = as_user(one, user)
    share = mine.env["jamaa.share"]._publish(
        mine, mine._share_kind(), mine.name, mine._share_payloads(), "programme", programme=_programme(mine)
    )
    date(share.sudo(), published_on=on(one.date + timedelta(days=4)))
    return share


def _programme(one):
    return one.env["jamaa.share"]._programmes_of(one.company_id)[:1]
