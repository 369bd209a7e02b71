"""Requests of six months at the counters of the fictional communes, at every stage of their way."""

import random
from datetime import timedelta

from .cases import LANGS, rows
from .past import Past, workday

SEED = 20230508
DAYS = 182
#: How many requests each commune took in that time.
REQUESTS = {"large": 250, "middle": 100, "small": 50}
#: What is asked most; other procedures weigh 1.
ASKED = {
    "civil-birth-extract": 16,
    "civil-birth-full-copy": 8,
    "civil-family-booklet": 6,
    "civil-family-booklet-update": 4,
    "civil-birth-declaration": 6,
    "civil-death-declaration": 3,
    "civil-death-extract": 3,
    "burial-permit": 3,
    "building-permit-small": 12,
    "repair-permit": 5,
    "occupancy-permit": 4,
    "paper-certified-copy": 3,
    "paper-signature": 3,
    "road-trench": 4,
    "tree-cutting": 3,
    "street-light": 5,
    "public-domain-no-building": 4,
    "association-subsidy": 3,
    "tax-unbuilt-land": 3,
}
#: Rules of time under which one mostly leaves with the paper.
AT_ONCE = ("procedure_on_the_spot", "procedure_same_day", "procedure_civil_copy", "procedure_family_booklet")
AGENTS = {"large": "accueil.grande", "middle": "accueil.moyenne", "small": "accueil.petite"}
CHANNELS = ("counter",) * 12 + ("proxy",) * 3 + ("online", "post", "phone", "mobile")
EXTENSION = {
    "ar": "يتطلب الملف خبرة تقنية في عين المكان مع المصالح الخارجية.",
    "fr": "Le dossier demande une expertise sur place avec les services extérieurs.",
}
WITHDRAWN = {"ar": "تخلى صاحب الطلب عن مشروعه.", "fr": "Le demandeur renonce à son projet."}
LAPSED = {
    "ar": "لم يدل صاحب الطلب بالوثائق الناقصة في الأجل.",
    "fr": "Les pièces demandées ne sont pas venues à temps.",
}
WAIVED = {"ar": "تبين أن الوثيقة توجد في أرشيف الجماعة.", "fr": "La commune a ce papier dans ses archives."}
NOTES = {
    "ar": "اتصل بالمعني بالأمر هاتفيا، وينتظر حضوره هذا الأسبوع.",
    "fr": "Appelé au téléphone, il passe cette semaine.",
}


def generate(env, communes, staff):
    """Take requests and walk them some way.

    :param dict communes: what ``fictional_communes.generate`` returned, with published sheets
    :param dict staff: what ``people.generate`` returned
    :return: dict of size to what was taken, for those who tell about it
    """
    env["res.company"]._cron_prepare_sequences()
    reasons = {(row["outcome"], row["lang"]): row["reason"] for row in rows("decisions.csv")}
    desks = {}
    for size, commune in communes.items():
        desk = RequestDesk(commune, staff[size], size, reasons)
        desk.take(REQUESTS[size])
        desk.live()
        desks[size] = desk
    _tell_late(env)
    for desk in desks.values():
        desk.set_back()
    return desks


def _tell_late(env):
    """What the nightly run would have told: services before a date, citizens after it."""
    requests = env["jamaa.procedure.request"]
    while pending := requests._pending_alerts():
        requests._tell_alerts(pending)


class RequestDesk:
    """The counter of one commune and the services behind it."""

    def __init__(self, commune, staff, size, reasons):
        self.commune, self.company, self.staff, self.reasons = commune, commune.company, staff, reasons
        self.chance = random.Random(f"{SEED}{size}")
        self.agent = staff.users[AGENTS[size]]
        self.env = self.company.env(context={**self.company.env.context, "tracking_disable": True})
        self.past = Past(self.env, "jamaa.procedure.request")
        self.papers = Past(self.env, "jamaa.procedure.request.piece")
        self.requests = self.env["jamaa.procedure.request"]
        self.today = self.requests._commune_today()
        self.signer = self.company._function("president").current_holder_id
        published = self.env["jamaa.procedure"].search(
            [("company_id", "=", self.company.id), ("sheet_id", "!=", False)]
        )
        self.procedures = published.filtered(lambda one: not one.code.startswith("elsewhere-"))
        self.ages, self.completed = {}, {}

    # ---------- at the counter ----------

    def case(self, sheet):
        """Answers somebody gives to the questions of a sheet, and the papers this calls for.

        :return: answers (question id → answer id), pieces to be brought
        """
        answers = {}
        while following := sheet._walk(answers).following:
            question = sheet.question_ids.browse(following)
            # The first answer is the plain case of most sheets.
            answers[following] = self.chance.choice(question.answer_ids[:1].ids * 2 + question.answer_ids.ids)
        needed = sheet._needed(sheet.piece_ids, sheet._walk(answers))["yes"]
        return answers, needed.filtered(lambda piece: not piece.held_by_us)

    def site_for(self, procedure):
        """A site where it is asked for, mostly the headquarters; None where no site is named."""
        sites = procedure.site_line_ids.filtered(lambda line: line.what in ("done", "deposit")).site_id
        sites = sites or self.commune.sites[:1]
        return self.chance.choice(list(sites[:1]) * 2 + list(sites))

    def pick(self):
        """A procedure, those asked most more often."""
        weights = [ASKED.get(one.code, 1) for one in self.procedures]
        return self.chance.choices(list(self.procedures), weights)[0]

    def _age(self, number):
        """Days since it came: all over six months, the last weeks more."""
        if number % 12 == 0:
            return number // 12 % 4
        return self.chance.randint(1, 28) if number % 5 == 0 else self.chance.randint(1, DAYS)

    def take(self, count):
        """Take requests; the days they came on are set afterwards, and with them the dates they are due."""
        # Numbers are given in the order in which people came.
        ages = sorted((self._age(number) for number in range(1, count + 1)), reverse=True)
        for number, age in enumerate(ages, start=1):
            procedure = self.pick()
            answers, needed = self.case(procedure.sheet_id)
            brought = needed
            if needed and self.chance.random() < 0.17:
                left_out = self.chance.sample(needed.ids, k=min(self.chance.randint(1, 2), len(needed)))
                brought = needed.filtered(lambda piece, out=left_out: piece.id not in out)
            lang = self.chance.choice(("ar", "ar", "fr"))
            request = self.requests.with_user(self.agent)._take(
                self.company,
                procedure,
                {
                    "answers": answers,
                    "pieces": brought.ids,
                    "site_id": self.site_for(procedure).id,
                    "lang": LANGS[lang],
                    "channel": self.chance.choice(CHANNELS),
                    "insisted": True,
                },
                {
                    "name": f"مرتفق(ة) {number} (خيالي)" if lang == "ar" else f"Usager(ère) {number} (fictif)",
                    "phone": f"+212 5 00 01 {number // 100:02d} {number % 100:02d}",
                },
            )
            day = workday(self.today - timedelta(days=age), self.today)
            self.ages[request.id] = (self.today - day).days
        self._receive_earlier()

    def _receive_earlier(self):
        """A request dates itself today: invented ones came before, and their time runs since."""
        taken = self.requests.browse(self.ages)
        self.past.set("received_on", {one.id: self._day(one) for one in taken})
        self.past.set("complete_on", {one.id: self._day(one) for one in taken if one.complete_on})
        brought = taken.piece_ids.filtered("received_on")
        self.papers.set("received_on", {line.id: self._day(line.request_id) for line in brought})
        self.env.invalidate_all()
        taken.sudo()._set_clock()

    def _day(self, request):
        return self.today - timedelta(days=self.ages[request.id])

    # ---------- behind it ----------

    def _by_service(self, request):
        """The request in the hands of who heads its service."""
        return self._by(request, request.department_id.manager_id.user_id or self.agent)

    @staticmethod
    def _by(request, user):
        """As somebody who writes in the language of whoever reads it."""
        return request.with_user(user).sudo().with_context(lang=request.lang)

    def _short(self, request):
        return next(short for short, code in LANGS.items() if code == request.lang)

    def live(self):
        """Let each request go some way."""
        taken = self.requests.browse(self.ages).sudo()
        for request in taken:
            if request.stage == "incomplete":
                self._incomplete(request)
            if request.stage == "received":
                self._complete(request)
        self._extend(taken)
        self._lapse(taken)
        self._withdraw(taken)

    def _incomplete(self, request):
        """Asked once; most then bring it, one paper turns out not to be needed."""
        age = self.ages[request.id]
        if age < 2:
            return
        asked = workday(self.today - timedelta(days=age - 1), self.today)
        self._by_service(request)._ask(self.today + timedelta(days=30))
        self.past.dates(request, "asked", asked, ask_on=asked, ask_until=asked + timedelta(days=30))
        if age < 8 or self.chance.random() < 0.35:
            return
        brought = workday(asked + timedelta(days=self.chance.randint(2, 20)), self.today)
        missing = self._by(request, self.agent).piece_ids.filtered(lambda line: line.state == "missing")
        if len(missing) > 1 and self.chance.random() < 0.4:
            missing[-1]._waive(WAIVED[self._short(request)])
            missing = missing[:-1]
        missing.action_received()
        self.papers.columns["received_on"].update(dict.fromkeys(missing.ids, brought))
        self.past.dates(request, "piece_received", brought)
        self.past.dates(request, "piece_waived", brought)
        self.completed[request.id] = brought
        self.past.dates(request, "completed", brought, complete_on=brought)

    def _complete(self, request):
        received = self.completed.get(request.id, request.received_on)
        age = (self.today - received).days
        if request.sheet_id.regime_id.code in AT_ONCE and self.chance.random() < 0.82:
            self._by(request, self.agent)._deliver(*self._collector(request))
            self.past.dates(request, "decided", received, decided_on=received)
            self.past.dates(request, "ready", received, ready_on=received)
            self.past.dates(request, "handed_over", received, ended_on=received)
            return
        limit = (request.due_date - received).days if request.due_date else 20
        if age == 0:
            return
        lazy = self.chance.random()
        if lazy < 0.12 and age <= limit:
            return
        service = self._by_service(request)
        service.action_work()
        taken = workday(received + timedelta(days=min(self.chance.randint(1, 4), age)), self.today)
        self.past.dates(request, "taken", taken)
        # Most decisions come well before the date, some after it, some not at all.
        span = self.chance.choice((0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.25)) * max(limit, 1)
        if span >= age or lazy > 0.93:
            if lazy > 0.8:
                service.write({"note": NOTES[self._short(request)]})
            return
        self._decide(request, service, workday(received + timedelta(days=max(int(span), 1)), self.today))

    def _decide(self, request, service, day):
        outcome = self.chance.choices(("granted", "partly", "refused"), (16, 1, 3))[0]
        if not request.department_id or request.procedure_id.code.startswith(("civil-", "paper-", "burial-")):
            outcome = "granted"
        reason = self.reasons[outcome, self._short(request)]
        # What is granted is the act itself; a refusal leaves as a numbered letter.
        signer = self.signer.with_context(lang=request.lang)
        service._decide(outcome, reason, signer, day, by_letter=outcome != "granted")
        self.past.dates(request, "decided", day)
        if outcome == "refused" or self.chance.random() < 0.1:
            return
        ready = workday(day + timedelta(days=1), self.today)
        service._set_ready(request.site_id)
        self.past.dates(request, "ready", ready, ready_on=ready)
        if self.chance.random() < 0.15:
            return
        ended = workday(ready + timedelta(days=self.chance.randint(0, 9)), self.today)
        self._by(request, self.agent)._hand_over(*self._collector(request))
        self.past.dates(request, "handed_over", ended, ended_on=ended)

    def _collector(self, request):
        """Who collects it: one in eight sends somebody."""
        if self.chance.random() < 0.12:
            return "proxy", {"name": "وكيل(ة) (خيالي)" if request.lang == LANGS["ar"] else "Mandataire (fictif)"}
        return "self", None

    def _owed(self, taken, *stages):
        return taken.filtered(lambda one: one.stage in stages)

    def _extend(self, taken):
        """A few get more time, once and with a reason."""
        able = self._owed(taken, "in_work").filtered(lambda one: one._may_be_extended())
        for request in able.sorted("due_date")[: max(len(able) // 4, 1)]:
            self._by_service(request)._extend(EXTENSION[self._short(request)])
            day = workday(self.today - timedelta(days=min(self.ages[request.id] // 2, 20)), self.today)
            self.past.dates(request, "extended", day, extended_on=day)

    def _lapse(self, taken):
        """What was asked did not come in the time that was given."""
        self.past.flush()
        over = self._owed(taken, "incomplete").filtered(lambda one: one._ask_is_over())
        for request in over[: (len(over) + 1) // 2]:
            self._by_service(request)._lapse(LAPSED[self._short(request)])
            day = workday(request.ask_until + timedelta(days=5), self.today)
            self.past.dates(request, "lapsed", day, ended_on=day)

    def _withdraw(self, taken):
        for request in self._owed(taken, "in_work", "received")[::14]:
            self._by(request, self.agent)._withdraw(WITHDRAWN[self._short(request)])
            day = workday(self.today - timedelta(days=self.ages[request.id] // 2), self.today)
            self.past.dates(request, "withdrawn", day, ended_on=day)

    # ---------- when it happened ----------

    def set_back(self):
        """Date the facts of each request, now that all of them are there."""
        taken = self.requests.browse(self.ages).sudo()
        for request in taken:
            day = self._day(request)
            for code in ("received", "insisted"):
                self.past.dates(request, code, day)
            if request.complete_on == day:
                self.past.dates(request, "completed", day)
            if request.silence_passed_on:
                passed = request.due_date + timedelta(days=1)
                for code in ("due_passed", "silence_agreement", "silence_refusal"):
                    self.past.dates(request, code, passed, silence_passed_on=passed)
        self.past.flush()
        self.papers.set("received_on", self.papers.columns["received_on"])
        self.past.created(taken, {one.id: one.received_on for one in taken})
