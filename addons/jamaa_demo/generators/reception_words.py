"""What people brought, searched, understood and said at the exit; papers that nobody may ask."""

import random
from datetime import timedelta

from .cases import rows
from .past import Past, workday

SEED = 20200306
DAYS = 182
#: Looks at papers that ended with “bring these”, for a hundred requests.
SENT_HOME = 38
#: Answers about clarity, faces at the exit, by commune.
CLARITY = {"large": 130, "middle": 40, "small": 14}
FACES = {"large": 420, "middle": 110, "small": 45}
#: How well people leave each site, by its rank: shares of 1, 2, 3.
MOODS = ((2, 3, 10), (2, 3, 7), (3, 3, 6), (1, 2, 9))
#: Share of clear answers: these sheets are less clear than the others.
#: Reports of papers older than this many days are at least being looked into.
LOOKED_AFTER = 7
HARD = ("building-permit-small", "occupancy-permit", "tax-unbuilt-land", "civil-family-booklet-update")
TABLET, POSTER = "لوحة عند المخرج", "ملصق قاعة الانتظار"


def generate(communes, desks):
    """Add what is counted beside the requests.

    :param dict communes: what ``fictional_communes.generate`` returned, with desks
    :param dict desks: what ``reception_requests.generate`` returned
    """
    for size, desk in desks.items():
        said = Said(desk, communes[size], size)
        said.look_at_papers()
        said.report_pieces()
        said.search()
        said.find_clear()
        said.leave()


class Said:
    """One commune's visitors, without a name."""

    def __init__(self, desk, commune, size):
        self.desk, self.commune, self.size = desk, commune, size
        self.env, self.company, self.today = desk.env, commune.company, desk.today
        self.chance = random.Random(f"{SEED}{size}")

    def _day(self):
        return workday(self.today - timedelta(days=self.chance.randint(0, DAYS)), self.today)

    def _procedures(self, codes=None):
        return self.desk.procedures.filtered(lambda one: codes is None or one.code in codes)

    def look_at_papers(self):
        """Each request began with a look at its papers; others went home with a list and came back complete."""
        requests = self.env["jamaa.procedure.request"].browse(self.desk.ages)
        facts = [
            self._look(one.sheet_id, one.site_id, one.received_on, one.lang, self._left_out(one), one.insisted)
            for one in requests
        ]
        for _number in range(len(requests) * SENT_HOME // 100):
            procedure = self.desk.pick()
            _answers, needed = self.desk.case(procedure.sheet_id)
            if needed:
                # The same papers are forgotten again and again.
                missing = needed[-1:] if self.chance.random() < 0.6 else needed.browse(self.chance.choice(needed.ids))
                lang = self.chance.choice(("ar_MA", "ar_MA", "fr_MA"))
                site = self.desk.site_for(procedure)
                facts.append(self._look(procedure.sheet_id, site, self._day(), lang, missing, None))
        # sudo: jamaa.reception.precheck - added by the counter alone
        self.env["jamaa.reception.precheck"].sudo().create(_by_day(facts, "date"))

    @staticmethod
    def _left_out(request):
        """Papers that were missing on the day of the request."""
        late = request.piece_ids.filtered(lambda line: line.asked or line.state == "missing")
        return late.piece_id

    @staticmethod
    def _look(sheet, site, day, lang, missing, insisted):
        outcome = "slip" if insisted is None else "insisted" if insisted else "complete"
        return {
            "company_id": sheet.company_id.id,
            "procedure_id": sheet.procedure_id.id,
            "sheet_id": sheet.id,
            "site_id": site.id,
            "date": day,
            "lang": lang,
            "missing_ids": missing.ids,
            "missing_count": len(missing),
            "outcome": outcome,
            "return_avoided": int(outcome == "slip"),
        }

    def report_pieces(self):
        """Papers that were asked although no sheet lists them; heads answer most of it."""
        reports = self.env["jamaa.piece.report"]
        past = Past(self.env, reports._name)
        for row in rows("wrong_pieces.csv"):
            procedure = self._procedures([row["procedure"]])
            if not procedure:
                continue
            # sudo: jamaa.piece.report - the visitor has no login
            report = (
                reports._from_public(
                    self.company, procedure, row["piece"], row["words"], site=self.desk.site_for(procedure)
                )
                if row["said_by"] == "citizen"
                else reports.with_user(self.desk.agent)
                .with_context(allowed_company_ids=self.company.ids)
                .create(
                    {
                        "procedure_id": procedure.id,
                        "piece": row["piece"],
                        "words": row["words"],
                        "site_id": self.desk.site_for(procedure).id,
                    }
                )
                .sudo()
            )
            day = workday(self.today - timedelta(days=int(row["days"])), self.today)
            past.columns["date"][report.id] = day
            if row["finding"]:
                report.write({"finding": row["finding"], "answer": row["answer"]})
                report.with_user(self._head(procedure)).sudo().action_answer()
                past.columns["looked_on"][report.id] = workday(day + timedelta(days=1), self.today)
                past.columns["answered_on"][report.id] = workday(day + timedelta(days=4), self.today)
                if int(row["days"]) > 50:
                    report.with_user(self._head(procedure)).sudo().action_close()
            elif int(row["days"]) > LOOKED_AFTER:
                report.with_user(self._head(procedure)).sudo().action_look()
                past.columns["looked_on"][report.id] = workday(day + timedelta(days=2), self.today)
        for name, days in past.columns.items():
            past.set(name, days)
        self.env.invalidate_all()

    def _head(self, procedure):
        """Who answers for a service; in the small commune the president does."""
        head = procedure.department_id.manager_id.user_id
        heads = head.has_group("jamaa_base.group_service_head") if head else False
        return head if heads else self.desk.signer.user_id

    def search(self):
        """Words that led nowhere; an editor made everyday words of two of them."""
        share = {"large": 1, "middle": 2, "small": 4}[self.size]
        facts, meant = [], {}
        for row in rows("searches.csv")[::share]:
            meant[row["text"]] = row["procedure"]
            for time in range(int(row["times"])):
                day = self.today - timedelta(days=max(int(row["days"]) - 9 * time, 0))
                facts.append({"company_id": self.company.id, "text": row["text"], "lang": row["lang"], "day": day})
        # sudo: jamaa.search.miss - citizens have no rights on it
        misses = self.env["jamaa.search.miss"].sudo().create(_by_day(facts))
        for text, code in meant.items():
            procedure = self._procedures([code])
            if code and procedure:
                misses.filtered(lambda miss, text=text: miss.text == text)[:1].procedure_id = procedure

    def find_clear(self):
        """One tap under a sheet; some say what was not clear."""
        unclear = [row for row in rows("said.csv") if row["value"] == "unclear"]
        facts = []
        for _number in range(CLARITY[self.size]):
            procedure = self.desk.pick()
            fact = {"sheet_id": procedure.sheet_id.id, "day": self._day()}
            if self.chance.random() < (0.45 if procedure.code in HARD else 0.13):
                row = self.chance.choice(unclear)
                fact.update(lang=row["lang"], value="unclear", what=row["kind"], comment=row["words"] or False)
            else:
                fact.update(lang=self.chance.choice(("ar_MA", "ar_MA", "fr_MA")), value="clear")
            facts.append(fact)
        # sudo: jamaa.procedure.clarity - citizens have no rights on it
        self.env["jamaa.procedure.clarity"].sudo().create(_by_day(facts))

    def leave(self):
        """Faces at the exits and on the pages of requests that were handed over."""
        taken = self.env["jamaa.procedure.request"].browse(self.desk.ages).sudo()
        # Where hardly anybody is asked, nothing may be shown of any site.
        taken = taken.filtered(lambda one: one.stage == "handed_over" and one.site_id in self.commune.sites)
        ended = {one.id: one.ended_on for one in taken if self.chance.random() < 0.3}
        # sudo: jamaa.satisfaction - nobody has rights on answers
        faces = self.env["jamaa.satisfaction"].sudo()
        of_requests = faces.create(
            [self._face(one, one.site_id, 0, procedure=one.procedure_id) for one in taken.browse(ended)]
        )
        days = dict(zip(of_requests.ids, ended.values(), strict=True))
        comments = [row["words"] for row in rows("said.csv") if row["kind"] == "exit"]
        points = self._points()
        facts = []
        for number in range(FACES[self.size]):
            rank = min(int(self.chance.expovariate(0.9)), len(points) - 1)
            point = points[rank]
            here = self.commune.desks.filtered(lambda desk, site=point.site_id: desk.site_id == site)
            fact = self._face(point, point.site_id, rank, desk=self.chance.choice(list(here)))
            fact.update(point_id=point.id, comment=self.chance.choice(comments) if number % 19 == 0 else False)
            facts.append(fact)
        at_exit = faces.create(facts)
        days.update({face.id: self._day() for face in at_exit})
        Past(self.env, faces._name).created(faces, days)

    def _face(self, subject, site, rank, **about):
        return {
            **self.env["jamaa.satisfaction"]._values_of_visit(self.company, site, **about),
            "res_model": subject._name,
            "res_id": subject.id,
            "value": self.chance.choices((1, 2, 3), MOODS[rank % len(MOODS)])[0],
        }

    def _points(self):
        """A tablet at each exit of the commune's own sites, and a poster at the headquarters."""
        sites = self.commune.sites
        points = [(site, "tablet", TABLET) for site in sites] + [(sites[0], "poster", POSTER)]
        return self.env["jamaa.satisfaction.point"].create(
            [
                {"name": name, "kind": kind, "site_id": site.id, "company_id": self.company.id}
                for site, kind, name in points
            ]
        )


def _by_day(facts, name="day"):
    """Facts in the order in which they came."""
    return sorted(facts, key=lambda fact: fact[name])
