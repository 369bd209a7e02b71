"""Six months of the orientation log: what was done on the spot, where people were sent, who came back."""

import random
from datetime import timedelta

SEED = 19590901
DAYS = 182
#: Days of the week of the souk (0 is Monday): the small commune's is the busiest of all.
SOUK = {"large": 3, "middle": 1, "small": 2}
#: Visits a day at each site, by its rank, before the day of the week is looked at.
BUSY = {"large": (60, 22, 16, 12, 9, 14), "middle": (26, 9, 4), "small": (13,)}
#: How each weekday weighs; Friday ends early.
WEEK = (1.25, 1.0, 0.95, 1.0, 0.7)
SOUK_FACTOR = {"large": 1.2, "middle": 1.5, "small": 2.6}
#: What is done on the spot, with the procedure it is about and its weight.
ACTS = (
    ("signature", "paper-signature", 9),
    ("certified_copy", "paper-certified-copy", 8),
    ("extract", "civil-birth-extract", 7),
    ("information", None, 5),
    ("form_given", None, 2),
    ("certificate", "paper-life-certificate", 1),
)
BODIES = ("local_authority", "police", "treasury", "operator", "land_registry", "health")
CATEGORIES = ("elderly", "disabled", "infant", "not_reading", "far_douar", "abroad")
LANGUAGES = ("tachelhit", "tamazight", "french")
#: Day of the training after which fewer people come back for an extract, counted back from today.
TRAINED = 84


def generate(communes):
    """Count visits, one row for each button, site and day.

    :param dict communes: what ``fictional_communes.generate`` returned, with desks
    """
    for size, commune in communes.items():
        Log(commune, size).fill()


class Log:
    """The one-tap screen of one commune, six months of it."""

    def __init__(self, commune, size):
        self.commune, self.size = commune, size
        self.env = commune.company.env
        self.visits = self.env["jamaa.reception.visit"]
        self.chance = random.Random(f"{SEED}{size}")
        self.today = self.visits._commune_today()
        procedures = self.env["jamaa.procedure"].search(
            [("company_id", "=", commune.company.id), ("sheet_id", "!=", False)]
        )
        self.procedures = {one.code: one.id for one in procedures}
        self.lists = {
            prefix: {name: self.env.ref(f"{xmlid}_{name}").id for name in names}
            for prefix, xmlid, names in (
                ("act", "jamaa_reception.reception_act", [name for name, _code, _weight in ACTS]),
                ("body", "jamaa_reception.reception_body", BODIES),
                ("category", "jamaa_reception.category", CATEGORIES),
                ("language", "jamaa_base.skill", LANGUAGES),
            )
        }

    def fill(self):
        rows = []
        for ago in range(DAYS, -1, -1):
            day = self.today - timedelta(days=ago)
            if day.weekday() > 4:
                continue
            souk = day.weekday() == SOUK[self.size]
            factor = WEEK[day.weekday()] * (SOUK_FACTOR[self.size] if souk else 1)
            for rank, busy in enumerate(BUSY[self.size]):
                site = self.commune.reception_sites[rank]
                # The round of the douars follows the souk.
                if site.kind == "mobile" and not souk:
                    continue
                rows += self._day(site, day, ago, max(busy * factor * self.chance.uniform(0.8, 1.2), 1), rank)
        made = self.visits.create(rows)
        self._take_back(made)
        self._set_hours()

    def _day(self, site, day, ago, number, rank):
        """Rows of one site on one day."""
        base = {"company_id": self.commune.company.id, "site_id": site.id, "date": day}
        desks = self.commune.desks.filtered(lambda desk: desk.site_id == site)
        total = sum(weight for _name, _code, weight in ACTS)
        rows = []
        for name, code, weight in ACTS[: 6 if rank == 0 else 3]:
            count = round(number * 0.75 * weight / total)
            if count:
                rows.append(
                    {
                        **base,
                        "what": "act",
                        "act_id": self.lists["act"][name],
                        "procedure_id": self.procedures.get(code),
                        "quantity": count,
                        "desk_id": self._desk_of(desks, code),
                    }
                )
        if rank == 0 or self.chance.random() < 0.3:
            rows.append(self._sent(base, desks, max(round(number * 0.08), 1)))
        if rank == 0 and number > 8:
            rows.append(
                {**base, "what": "oriented", "body_id": self._any("body"), "quantity": round(number * 0.06) or 1}
            )
        # Fewer come back for an extract since the desks were trained.
        back = number * (0.05 if ago > TRAINED else 0.025)
        if back >= 1 or self.chance.random() < back:
            rows.append(
                {
                    **base,
                    "what": "returned",
                    "procedure_id": self.procedures["civil-birth-extract"],
                    "quantity": max(round(back), 1),
                }
            )
        if rows and self.chance.random() < 0.35:
            rows[-1]["category_id"] = self._any("category")
            rows[0]["language_id"] = self._any("language")
        return rows

    def _any(self, name):
        return self.chance.choice(list(self.lists[name].values()))

    def _desk_of(self, desks, code):
        if not code:
            return desks[:1].id
        serving = desks.filtered(lambda desk: self.procedures.get(code) in desk.procedure_ids.ids)
        return serving[:1].id

    def _sent(self, base, desks, count):
        """Sent to another desk of the house, or to another site."""
        others = self.commune.reception_sites.filtered(lambda site: site.id != base["site_id"])
        row = {**base, "what": "oriented", "quantity": count}
        if len(desks) > 1 and (not others or self.chance.random() < 0.7):
            return {**row, "sent_desk_id": self.chance.choice(desks[1:].ids)}
        return {**row, "sent_site_id": self.chance.choice(others[:2].ids)}

    def _take_back(self, visits):
        """A few taps were wrong, and were taken back."""
        for visit in visits[-40::20]:
            visit._counter(1, "نقرة بالخطأ")

    def _set_hours(self):
        """A row says when it was counted: that is the day itself, within hours."""
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE jamaa_reception_visit SET counted_at = date + make_interval(hours => 8 + id %% 7, mins => id %% 60)
                WHERE company_id = %s AND date < %s""",
            [self.commune.company.id, self.today],
        )
        self.env.invalidate_all()
