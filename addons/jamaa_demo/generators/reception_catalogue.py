"""The sheets of the fictional communes: adopted, reviewed by somebody else, published, some still on their way."""

from datetime import timedelta

from odoo import fields

from .reception_places import ADMINISTRATION
from .wording import say, words

#: What a smaller commune adopts; the large one takes all.
SMALL = (
    "civil-birth-declaration",
    "civil-birth-extract",
    "civil-death-declaration",
    "civil-family-booklet",
    "paper-signature",
    "paper-certified-copy",
    "building-permit-small",
    "burial-permit",
    "elsewhere-residence",
    "information-request",
)
MIDDLE = (
    *SMALL,
    "civil-birth-full-copy",
    "civil-family-booklet-update",
    "paper-life-certificate",
    "repair-permit",
    "occupancy-permit",
    "land-certificate",
    "street-light",
    "association-subsidy",
)
ADOPTED = {"large": None, "middle": MIDDLE, "small": SMALL}
#: Who writes, who reads and publishes; in the small commune there is nobody else.
EDITORS = {
    "large": ("redacteur.grande", "relecteur.grande"),
    "middle": ("redacteur.moyenne", "chef.moyenne"),
    "small": ("accueil.petite", "accueil.petite"),
}
#: Sheets that are not published yet, and one that waits for its reader.
IN_PREPARATION = {
    "large": ("business-classified", "land-subdivision", "hall-use"),
    "middle": ("association-subsidy", "land-certificate"),
    "small": ("information-request",),
}
IN_REVIEW = {"large": ("transport-hearse-ambulance",), "middle": ("repair-permit",), "small": ()}
#: Sheets whose yearly reading is late, sheets whose legal values somebody compared with the texts.
REVIEW_LATE = {"large": ("tax-drinks", "road-trench"), "middle": ("street-light",), "small": ("burial-permit",)}
VALUES_CHECKED = {
    "large": ("civil-birth-extract", "paper-signature", "building-permit-small"),
    "middle": ("paper-signature",),
    "small": (),
}
PUBLISHED_DAYS_AGO = 210
LATE_DAYS_AGO = 395
#: The first letters of a code → the service that answers; the first that is there in the commune.
SERVICE_OF = (
    ("civil-", "civil_status"),
    ("burial-", "civil_status"),
    ("paper-", "legalisation"),
    ("building-", "urbanism"),
    ("demolition-", "urbanism"),
    ("land-", "urbanism"),
    ("occupancy-", "urbanism"),
    ("repair-", "urbanism"),
    ("public-domain-with", "urbanism"),
    ("public-domain-no", "economy"),
    ("business-", "economy"),
    ("tax-", "taxes"),
    ("association-", "social"),
    ("hall-", "social"),
    ("road-", "roads"),
    ("street-", "lighting"),
    ("tree-", "green"),
    ("transport-", "hygiene"),
)
NO_REGISTER = words(
    "The civil status register is not kept here: go to the headquarters.",
    "Le registre d'état civil n'est pas tenu ici : allez au siège.",
    "سجل الحالة المدنية لا يمسك هنا: توجهوا إلى مقر الجماعة.",
)
NOT_OURS = words(
    "A desk of the commune is here for signatures and certified copies only.",
    "La commune n'a ici qu'un guichet, pour les signatures et les copies certifiées.",
    "للجماعة هنا شباك لتصحيح الإمضاءات ومطابقة النسخ فقط.",
)
ON_ROUND = words(
    "On the day of the round: ask for the paper, it is brought on the next round.",
    "Le jour de la tournée : on demande l'acte, il est remis à la tournée suivante.",
    "يوم الجولة: تطلب الوثيقة وتسلم في الجولة الموالية.",
)
#: The version that replaces a published sheet, and how many days ago.
NEW_VERSION = {"large": ("paper-life-certificate", 12), "middle": ("paper-life-certificate", 20)}
REVISED = {"large": ("public-domain-no-building",)}


def generate(env, communes, staff):
    """Adopt, place, review and publish the sheets of each commune.

    :param dict communes: what ``fictional_communes.generate`` returned, with the sites and
        services of ``reception_places``
    :param dict staff: what ``people.generate`` returned
    """
    for size, commune in communes.items():
        Catalogue(commune, staff[size], size).build()


def revise(communes, staff):
    """Replace one sheet by a new version and begin another, after requests were taken on the first.

    :param dict communes: as above
    :param dict staff: what ``people.generate`` returned
    """
    for size, commune in communes.items():
        Catalogue(commune, staff[size], size).revise()


class Catalogue:
    """The catalogue of one commune and the two who keep it."""

    def __init__(self, commune, staff, size):
        self.commune, self.company, self.size = commune, commune.company, size
        self.writer, self.reader = (staff.users[login] for login in EDITORS[size])
        self.today = fields.Date.context_today(self.company)

    def _as(self, user, model="jamaa.procedure"):
        env = self.company.env
        # The dates are set back below; a history of today would contradict them.
        context = {"allowed_company_ids": self.company.ids, "tracking_disable": True}
        return env[model].with_user(user).with_context(**context)

    def _ours(self, codes=None, user=None):
        domain = [("company_id", "=", self.company.id)]
        if codes is not None:
            domain.append(("code", "in", codes))
        return self._as(user or self.writer).search(domain)

    def build(self):
        domain = [("company_id", "=", False)]
        if ADOPTED[self.size]:
            domain.append(("code", "in", ADOPTED[self.size]))
        self._as(self.writer).search(domain).action_adopt()
        procedures = self._ours()
        self._give_to_services(procedures)
        self._place(procedures)
        waiting = procedures.filtered(lambda one: one.code not in IN_PREPARATION[self.size]).draft_sheet_id
        waiting.action_submit()
        (procedures.draft_sheet_id - waiting).action_check_writing()
        ready = waiting.filtered(lambda sheet: sheet.procedure_id.code not in IN_REVIEW[self.size])
        self._publish(ready, PUBLISHED_DAYS_AGO)
        late = ready.filtered(lambda sheet: sheet.procedure_id.code in REVIEW_LATE[self.size])
        self._date(late, LATE_DAYS_AGO)
        checked = ready.filtered(lambda sheet: sheet.procedure_id.code in VALUES_CHECKED[self.size])
        checked.with_user(self.reader).action_values_checked()

    def _publish(self, sheets, days_ago):
        sheets.with_user(self.reader).action_publish()
        self._date(sheets, days_ago)

    def _date(self, sheets, days_ago):
        """Let what was published just now have been published some time ago, with all that follows from it."""
        day = self.today - timedelta(days=days_ago)
        env = self.company.env
        env.flush_all()
        facts = {"ids": sheets.ids, "day": day, "due": day + timedelta(days=365)}
        for query in (
            """UPDATE jamaa_procedure_sheet SET published_on = %(day)s, reviewed_on = %(day)s, review_due = %(due)s
                WHERE id = ANY(%(ids)s)""",
            "UPDATE jamaa_procedure SET review_due = %(due)s WHERE sheet_id = ANY(%(ids)s)",
            "UPDATE jamaa_procedure_review SET reviewed_on = %(day)s, due = %(due)s WHERE sheet_id = ANY(%(ids)s)",
            "UPDATE jamaa_procedure_notice SET date = %(day)s WHERE sheet_id = ANY(%(ids)s)",
        ):
            env.cr.execute(query, facts)
        env.invalidate_all()

    def _give_to_services(self, procedures):
        services = self.commune.services
        by_service = {}
        for procedure in procedures:
            key = next((key for start, key in SERVICE_OF if procedure.code.startswith(start)), ADMINISTRATION)
            by_service[key] = by_service.get(key, procedures.browse()) | procedure
        for key, some in by_service.items():
            some.write({"department_id": services.get(key, services[ADMINISTRATION]).id})

    def _place(self, procedures):
        """Say of the sites that the models know nothing of what is done there, and where not."""
        annexes = self.commune.sites.filtered(lambda site: site.kind == "annex")
        if len(annexes) > 1:
            # The last annexe keeps no register.
            lines = self._as(self.writer, "jamaa.procedure.site").search(
                [("procedure_id", "in", procedures.ids), ("procedure_id.code", "=like", "civil-%")]
            )
            lines = lines.filtered(lambda line: line.site_id == annexes[-1])
            lines.write({"what": "not_here"})
            say(lines, "note", NO_REGISTER)
        rows = {"state": [], "mobile": []}
        for site in self.commune.reception_sites - self.commune.sites:
            mobile = site.kind == "mobile"
            for procedure in procedures:
                what = _what(procedure.code, mobile)
                if what:
                    rows["mobile" if mobile else "state"].append(
                        {"procedure_id": procedure.id, "site_id": site.id, "what": what, "sequence": 50}
                    )
        lines = self._as(self.writer, "jamaa.procedure.site")
        of_state = lines.create(rows["state"])
        say(of_state.filtered(lambda line: line.what == "not_here"), "note", NOT_OURS)
        say(lines.create(rows["mobile"]).filtered(lambda line: line.what == "deposit"), "note", ON_ROUND)

    def revise(self):
        code, days_ago = NEW_VERSION.get(self.size, (None, 0))
        for procedure in self._ours([code]):
            draft = procedure._new_draft()
            # Law 55-19: what can be done without is not asked any more.
            draft.piece_ids[-1:].unlink()
            draft.action_submit()
            former = procedure.sheet_id
            self._publish(draft, days_ago)
            # sudo: jamaa.procedure.sheet - dates are the tool's to set
            former.sudo().write({"superseded_on": self.today - timedelta(days=days_ago)})
        for procedure in self._ours(REVISED.get(self.size, ())):
            procedure._new_draft()


def _what(code, mobile):
    """What a site that the models do not know does for a procedure; None: it has no line."""
    if code in ("paper-signature", "paper-certified-copy", "paper-life-certificate"):
        return "done"
    if code.startswith("civil-"):
        return "deposit" if mobile and code.endswith(("extract", "full-copy")) else "not_here"
    if code.startswith("elsewhere-"):
        return None if mobile else "information"
    return "information" if mobile and code in ("street-light", "information-request") else None
