"""Where the fictional communes receive people, and the services that answer for procedures."""

from .wording import create, words

ADMINISTRATION = "administration"
#: Services beside those that mend things; in a smaller commune the first does the work of the others.
SERVICES = {
    ADMINISTRATION: words("Administrative affairs", "Affaires administratives", "الشؤون الإدارية"),
    "civil_status": words("Civil status", "État civil", "الحالة المدنية"),
    "legalisation": words("Legalisation office", "Bureau de légalisation", "مكتب تصحيح الإمضاءات"),
    "economy": words("Economic affairs", "Affaires économiques", "الشؤون الاقتصادية"),
    "taxes": words("Taxes and fees", "Taxes et redevances", "الجبايات والرسوم"),
    "social": words("Social and cultural affairs", "Affaires sociales et culturelles", "الشؤون الاجتماعية والثقافية"),
}
HERE = {
    "large": tuple(SERVICES),
    "middle": (ADMINISTRATION, "civil_status", "taxes"),
    "small": (ADMINISTRATION,),
}
STATE_ROLE = words(
    "The commune has one desk here for signatures; everything else is the State's.",
    "La commune y tient un guichet pour les signatures ; le reste relève de l'État.",
    "للجماعة شباك واحد هنا لتصحيح الإمضاءات، وما عداه من اختصاص الدولة.",
)
#: Sites beside headquarters and annexes: (kind, name, quarter, what the commune does there).
MORE_SITES = {
    "large": (
        (
            "administrative_annex",
            words("Administrative annexe 1", "Annexe administrative 1", "الملحقة الإدارية 1"),
            words("Example quarter 4", "Quartier de l'Exemple 4", "حي المثال 4"),
            STATE_ROLE,
        ),
        (
            "mobile",
            words("Mobile reception of the douars", "Accueil mobile des douars", "الاستقبال المتنقل للدواوير"),
            words("Example douars, in turn", "Douars de l'Exemple, à tour de rôle", "دواوير المثال بالتناوب"),
            None,
        ),
    ),
    "middle": (
        (
            "administrative_annex",
            words("Administrative annexe", "Annexe administrative", "الملحقة الإدارية"),
            words("Example quarter 2", "Quartier de l'Exemple 2", "حي المثال 2"),
            STATE_ROLE,
        ),
    ),
    "small": (),
}
#: Logins that work at the headquarters without heading a service.
AT_COUNTER = {"accueil.grande", "site.grande", "accueil.moyenne"}
#: Service → login of who heads it.
HEADS = {
    "large": {
        **dict.fromkeys(SERVICES, "chef.affaires.grande"),
        "urbanism": "urbanisme.grande",
        **dict.fromkeys(("roads", "lighting", "green", "hygiene", "cleaning"), "chef.voirie.grande"),
    },
    "middle": dict.fromkeys((*HERE["middle"], "roads", "lighting", "cleaning"), "chef.moyenne"),
    "small": dict.fromkeys((ADMINISTRATION, "roads"), "accueil.petite"),
}


def generate(env, communes, staff):
    """Add sites and services, and say where each login works.

    :param dict communes: what ``fictional_communes.generate`` returned; ``services`` grows,
        ``reception_sites`` is new
    :param dict staff: what ``people.generate`` returned
    """
    for size, commune in communes.items():
        _sites(commune, MORE_SITES[size])
        _services(commune, HERE[size])
        _employees(commune, staff[size], HEADS[size])


def _sites(commune, rows):
    sites = commune.sites
    for rank, (kind, name, quarter, role) in enumerate(rows, start=1):
        sites |= create(
            commune.company.env,
            "jamaa.site",
            {
                "name": name,
                "kind": kind,
                "company_id": commune.company.id,
                "quarter": quarter,
                "sequence": 20 + rank,
                "parent_id": commune.sites[0].id,
                **({"commune_role": role} if role else {}),
            },
        )
    commune.reception_sites = sites


def _services(commune, keys):
    department = commune.company.env["hr.department"]
    for key in keys:
        above = commune.services.get(ADMINISTRATION, department)
        commune.services[key] = create(
            commune.company.env,
            "hr.department",
            {"name": SERVICES[key], "company_id": commune.company.id, "parent_id": above.id},
        )


def _employees(commune, staff, heads):
    """Each login of reception and of a service is somebody who works somewhere."""
    env = commune.company.env
    of_service = {}
    for key, login in heads.items():
        of_service.setdefault(login, commune.services[key])
    for login, key in (("voirie.grande", "roads"), ("eclairage.grande", "lighting")):
        of_service.setdefault(login, commune.services.get(key))
    rows = [
        {
            "name": user.name,
            "user_id": user.id,
            "company_id": commune.company.id,
            "site_id": commune.sites[0].id,
            "department_id": of_service[login].id if of_service.get(login) else False,
        }
        for login, user in staff.users.items()
        if login in AT_COUNTER or of_service.get(login)
    ]
    people = {person.user_id.login: person for person in env["hr.employee"].create(rows)}
    for login, person in people.items():
        headed = [commune.services[key].id for key, head in heads.items() if head == login]
        env["hr.department"].browse(headed).write({"manager_id": person.id})
