"""Three plainly fictional communes, small, middle and large, with sites, services and functions."""

from types import SimpleNamespace

from .wording import create, words

# (key, web name, Arabic, French, profile, population, annexes, services)
COMMUNES = [
    (
        "large",
        "exemple-la-grande",
        "المثال الكبرى",
        "Exemple-la-Grande",
        "standard",
        180000,
        3,
        ("roads", "lighting", "cleaning", "green", "urbanism", "hygiene"),
    ),
    (
        "middle",
        "exemple-la-moyenne",
        "المثال الوسطى",
        "Exemple-la-Moyenne",
        "standard",
        42000,
        1,
        ("roads", "lighting", "cleaning"),
    ),
    ("small", "exemple-la-petite", "المثال الصغرى", "Exemple-la-Petite", "small", 7500, 0, ("roads",)),
]

SERVICES = {
    "roads": words("Roads service", "Service Voirie", "مصلحة الطرق"),
    "lighting": words("Public lighting service", "Service Éclairage public", "مصلحة الإنارة العمومية"),
    "cleaning": words("Cleaning service", "Service Propreté", "مصلحة النظافة"),
    "green": words("Green spaces service", "Service Espaces verts", "مصلحة المساحات الخضراء"),
    "urbanism": words("Town planning service", "Service Urbanisme", "مصلحة التعمير"),
    "hygiene": words("Hygiene office", "Bureau d'hygiène", "مكتب حفظ الصحة"),
}

# (code, name, code it reports to, only in these communes)
FUNCTIONS = [
    ("president", words("President of the council", "Président du conseil", "رئيس المجلس"), None, None),
    (
        "vice_president",
        words("First vice-president", "Premier vice-président", "النائب الأول للرئيس"),
        "president",
        None,
    ),
    ("council_secretary", words("Secretary of the council", "Secrétaire du conseil", "كاتب المجلس"), "president", None),
    ("council_member", words("Council member", "Conseiller", "عضو المجلس"), None, None),
    ("director", words("Director of services", "Directeur des services", "مدير المصالح"), "president", None),
    (
        "complaint_head",
        words(
            "Head of the complaint unit", "Responsable de l'unité des réclamations", "مسؤول الوحدة المكلفة بالشكايات"
        ),
        "director",
        None,
    ),
    ("reception_head", words("Head of reception", "Responsable de l'accueil", "مسؤول الاستقبال"), "director", None),
    (
        "registry_head",
        words("Head of the mail registry", "Responsable du bureau d'ordre", "مسؤول مكتب الضبط"),
        "director",
        None,
    ),
    (
        "reference_person",
        words("Reference person, complaints", "Personne de référence, réclamations", "الشخص المرجعي، الشكايات"),
        "director",
        ("large", "middle"),
    ),
    (
        "committee_secretary",
        words("Secretary of the follow-up committee", "Secrétaire du comité de suivi", "كاتب لجنة التتبع"),
        "director",
        ("large",),
    ),
]


def generate(env):
    """Create the communes.

    :return: dict of size to a namespace with ``company``, ``sites``, ``services`` and ``functions``
    """
    return {spec[0]: _commune(env, spec) for spec in COMMUNES}


def _commune(env, spec):
    key, slug, name_ar, name_fr, profile, population, annexes, services = spec
    company = env["res.company"].create(
        {
            "name": f"{name_fr} (demo)",
            "is_commune": True,
            "is_demo": True,
            "commune_slug": slug,
            "name_ar": name_ar,
            "name_fr": name_fr,
            "province_ar": "المثال",
            "province_fr": "l’Exemple",
            "profile": profile,
            "population": population,
        }
    )
    # The person who installs sees the fictional communes at once.
    env.user.company_ids |= company
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    company = company.with_env(env)
    return SimpleNamespace(
        key=key,
        company=company,
        sites=_sites(env, company, annexes),
        services=_services(env, company, services),
        functions=_functions(env, company, key),
    )


def _sites(env, company, annexes):
    sites = create(
        env,
        "jamaa.site",
        {
            "name": words("Headquarters", "Siège de la commune", "مقر الجماعة"),
            "kind": "headquarters",
            "company_id": company.id,
            "street": words("1 Example avenue", "1, avenue de l'Exemple", "شارع المثال 1"),
            "step_free": True,
            "seating": True,
            "toilet": True,
            "priority_desk": True,
        },
    )
    headquarters = sites
    for number in range(1, annexes + 1):
        sites |= create(
            env,
            "jamaa.site",
            {
                "name": words(f"Communal annexe {number}", f"Annexe communale {number}", f"الملحقة الجماعية {number}"),
                "kind": "annex",
                "company_id": company.id,
                "parent_id": headquarters.id,
                "sequence": 10 + number,
                "quarter": words(f"Example quarter {number}", f"Quartier de l'Exemple {number}", f"حي المثال {number}"),
                "step_free": number != 2,
                "seating": True,
            },
        )
    return sites


def _services(env, company, keys):
    return {key: create(env, "hr.department", {"name": SERVICES[key], "company_id": company.id}) for key in keys}


def _functions(env, company, size):
    functions = {}
    for code, name, above, only in FUNCTIONS:
        if only and size not in only:
            continue
        functions[code] = create(
            env,
            "jamaa.function",
            {
                "name": name,
                "code": code,
                "company_id": company.id,
                "parent_id": functions[above].id if above else False,
                "theme_id": env.ref("jamaa_base.theme_complaints").id if code == "reference_person" else False,
            },
        )
    return functions
