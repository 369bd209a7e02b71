"""What else befalls invented cases: refusals, questions, orders, second looks, groups, a report on a person."""

import io
import random
from datetime import timedelta

from PIL import Image, ImageDraw

from odoo.addons.jamaa_base.tools.uploads import clean_image

from .cases import LANGS
from .wording import create, words

SEED = 20171201
OPERATORS = {
    "large": (
        ("waste", words("Cleaning operator (invented)", "Délégataire de la propreté (fictif)", "مفوض النظافة (خيالي)")),
        (
            "lighting",
            words("Lighting operator (invented)", "Délégataire de l'éclairage (fictif)", "مفوض الإنارة (خيالي)"),
        ),
        ("water_power", words("Water operator (invented)", "Opérateur de l'eau (fictif)", "موزع الماء (خيالي)")),
    ),
    "middle": (
        ("waste", words("Cleaning operator (invented)", "Délégataire de la propreté (fictif)", "مفوض النظافة (خيالي)")),
    ),
    "small": (),
}
#: What is ordered, by category, and what was done: in Arabic, as whoever carries it out reads it.
WORK = {
    "lighting": ("تغيير المصباح ومراقبة الأسلاك", "غير المصباح وربطت الأسلاك من جديد."),
    "roads": ("ردم الحفرة وتسوية الطريق", "ردمت الحفرة وسويت الطريق."),
    "cleanliness": ("جمع النفايات وتنظيف المكان", "جمعت النفايات ونظف المكان."),
    "green": ("تشذيب الأشجار وتنظيف الحديقة", "شذبت الأشجار ونظفت الحديقة."),
    "water": ("معاينة القناة وإصلاح التسرب", "أصلحت القناة وأوقف التسرب."),
}
ANY_WORK = ("معاينة المكان وإنجاز الإصلاح", "عوين المكان وأنجز الإصلاح.")
#: Orders in turn: (days since it was issued, days it had, days until it was done or none, checked).
FATES = (
    (0, 10, None, False),
    (24, 12, 9, True),
    (20, 6, None, False),
    (15, 10, 14, False),
    (9, 14, 4, True),
    (3, 5, None, False),
)
REASON = {
    "ar": "الأمر معروض على القضاء حسب ما صرح به المشتكي نفسه.",
    "fr": "L'affaire est devant la justice, d'après le réclamant lui-même.",
}
QUESTION = {
    "ar": ("رقم المنزل الأقرب أو صورة للمكان", "لم تتمكن المصلحة من تحديد المكان."),
    "fr": ("Le numéro de la maison la plus proche, ou une photo", "Le service n'a pas trouvé l'endroit."),
}
AGAIN = {
    "ar": "أصلح جزء فقط وبقي المشكل كما كان.",
    "fr": "Une partie seulement a été réparée ; le problème reste le même.",
}
PROMISE = {
    "ar": "استكمال الأشغال المتبقية",
    "fr": "Achever les travaux restants",
}
REPORT = (
    "تبليغ عن طلب مبلغ مقابل خدمة",
    "طلب مني شخص في الشباك رقم 2 مبلغا ماليا مقابل تسريع الملف.",
)


def drawn(mended):
    """A drawn place, broken or mended: no photo of a real one.

    :rtype: jamaa_base.tools.uploads.Picture
    """
    picture = Image.new("RGB", (640, 420), "#bcd4e6")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 210, 640, 420), fill="#8d8d8d")
    draw.rectangle((0, 300, 640, 312), fill="#f2f2f2")
    if not mended:
        draw.ellipse((230, 330, 420, 395), fill="#3a2f28", outline="#5a4a3f", width=8)
    output = io.BytesIO()
    picture.save(output, "PNG")
    return clean_image(output.getvalue())


def generate(env, communes, staff):
    """Let some cases of each commune take the other ways there are.

    :param dict communes: what ``fictional_communes.generate`` returned
    :param dict staff: what ``people.generate`` returned
    """
    chance = random.Random(SEED)
    for size, commune in communes.items():
        desk = Desk(env, commune.company, staff[size])
        operators = [
            create(env, "jamaa.complaint.operator", {"name": name, "kind": kind, "company_id": commune.company.id})
            for kind, name in OPERATORS[size]
        ]
        desk.order_work(operators, chance)
        desk.ask()
        desk.reject()
        desk.promise()
        desk.look_again()
        if size == "large":
            desk.group()
        desk.report_on_a_person()


class Desk:
    """The people of one complaint unit and the cases they find before them."""

    def __init__(self, env, company, staff):
        self.env, self.company, self.staff = env, company, staff
        self.officer = next(
            user for user in staff.users.values() if user.has_group("jamaa_base.group_complaint_officer")
        )
        self.today = env["helpdesk.ticket"]._commune_today()

    def _cases(self, limit, *domain):
        cases = self.env["helpdesk.ticket"].with_user(self.officer)
        cases = cases.with_context(allowed_company_ids=self.company.ids)
        base = [("company_id", "=", self.company.id), ("kind", "!=", False), ("confidentiality", "=", "normal")]
        return cases.search([*base, *domain], limit=limit, order="id")

    @staticmethod
    def _short(case):
        return next(short for short, code in LANGS.items() if code == case.public_lang)

    def order_work(self, operators, chance):
        """Some works are ordered from the service in charge, some from an operator."""
        orders = self.env["jamaa.complaint.order"].with_user(self.officer)
        old_enough = ("legal_receipt_date", "<=", self.today - timedelta(days=FATES[1][0]))
        found = self._cases(12, ("service_id", "!=", False), ("answer_state", "in", ("none", "draft")), old_enough)
        for rank, case in enumerate(found):
            operator = operators[rank % len(operators)] if operators and rank % 2 else None
            age, days, took, checked = FATES[rank % len(FATES)]
            work, done = self._work(case)
            order = orders._issue(
                case,
                {
                    "name": work,
                    "place": case.quarter_id.name_ar or case.place_text,
                    "service_id": False if operator else case.service_id.id,
                    "operator_id": operator.id if operator else False,
                    "due_date": self.today + timedelta(days=days + chance.randint(0, 3)),
                },
            )
            self._backdate_order(order, age)
            if took is not None:
                self._do(order, order.issued_on + timedelta(days=took), done, checked)

    def _work(self, case):
        """What to do, and what was done, by the category of the case."""
        by_category = {self.env.ref(f"jamaa_complaints.category_{name}"): texts for name, texts in WORK.items()}
        return by_category.get(case.category_id, ANY_WORK)

    def _backdate_order(self, order, age):
        """Invented facts of the past: their dates are set in the database, the one place where it is possible."""
        order.write(
            {
                "issued_on": order.issued_on - timedelta(days=age),
                "due_date": order.due_date - timedelta(days=age),
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE jamaa_complaint_order_step SET date = date - make_interval(days => %s) WHERE order_id = %s",
            (age, order.id),
        )
        self.env.invalidate_all()

    def _do(self, order, day, note, checked):
        """The work is reported with photos before and after; the unit checks some of it."""
        workers = order.service_id.user_ids or self.officer
        worker = next((user for user in workers if order.with_user(user)._may("report")), None)
        if not worker:
            # a service whose people have no login reports on paper
            return
        order.with_user(worker)._report_done(day, note, before=[drawn(False)], after=[drawn(True)])
        checking = order.with_user(self.officer)
        if checked and checking._may("check"):
            checking.action_check()

    def ask(self):
        """Citizens are asked for what is missing."""
        for case in self._cases(3, ("answer_state", "=", "none"), ("ask_on", "=", False), ("is_anonymous", "=", False)):
            if case._may("ask"):
                case._ask_citizen(*QUESTION[self._short(case)], self.today + timedelta(days=15))

    def reject(self):
        """Two rejections are proposed and wait for whoever signs."""
        ground = self.env.ref("jamaa_complaints.ground_court")
        for case in self._cases(40, ("answer_state", "=", "none"), ("kind", "=", "complaint"), ("ask_on", "=", False))[
            -2:
        ]:
            if case._may("reject"):
                reason = REASON[self._short(case)]
                case._propose_rejection(ground, reason, case._rejection_letter(ground, reason, None))

    def promise(self):
        """Answers that announce work: it is followed until it is done."""
        for rank, case in enumerate(
            self._cases(4, ("outcome", "=", "partly"), ("answer_state", "in", ("draft", "to_approve")))
        ):
            self.env["jamaa.complaint.promise"].with_user(self.officer).create(
                {
                    "case_id": case.id,
                    "what": PROMISE[self._short(case)],
                    "due_on": self.today + timedelta(days=10 * (rank + 1)),
                }
            )

    def look_again(self):
        """Some are not content: one waits for a decision, one was opened again, one appealed."""
        answered = self._cases(
            60, ("answer_state", "=", "sent"), ("answered_on", ">=", self.today - timedelta(days=20))
        )
        asked = answered.filtered(lambda case: case._may("ask_again"))[:2]
        for case in asked:
            case._ask_again_at_desk(AGAIN[self._short(case)])
        if len(asked) > 1:
            asked[1]._decide_reopening(True, AGAIN[self._short(asked[1])])
        appealing = (answered - asked).filtered(lambda case: case._may("appeal"))[:1]
        for case in appealing:
            case._appeal_at_desk(AGAIN[self._short(case)])

    def group(self):
        """Neighbours with the same trouble are handled together."""
        category = self.env.ref("jamaa_complaints.category_lighting")
        domain = [("category_id", "=", category.id), ("answer_state", "=", "none"), ("kind", "=", "complaint")]
        cases = self._cases(4, *domain, ("service_id", "!=", False))
        if len(cases) > 1:
            self.env["jamaa.complaint.group"].with_user(self.officer)._found(cases, "")

    def report_on_a_person(self):
        """A report without identity that names a person: for the president and the director only."""
        subject, facts = REPORT
        self.env["helpdesk.ticket"]._lodge(
            self.company,
            {
                "kind": "report",
                "subject": subject,
                "facts": facts,
                "names_person": True,
                "category_id": self.env.ref("jamaa_complaints.category_reception").id,
            },
            channel="web",
            lang="ar_MA",
        )
