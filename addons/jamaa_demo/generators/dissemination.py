"""A report sent to twelve functions: one vacant, one that came back, one on paper, one by its stand-in."""

import base64
from datetime import timedelta

from odoo import fields

from odoo.addons.jamaa_base.tools.pdf import html_to_pdf

from .people import MARK
from .wording import create, translate, words

SENT_DAYS_AGO = 9
TITLE = words(
    "Report of the first forum (invented)", "Rapport du premier forum (fictif)", "تقرير المنتدى الأول (خيالي)"
)
SUMMARY = words(
    "What nine delegations told each other about reception and complaints, and what each takes home.",
    "Ce que neuf délégations se sont dit de l'accueil et des réclamations, et ce que chacune en retient.",
    "ما تبادلته تسعة وفود حول الاستقبال والشكايات، وما احتفظ به كل وفد.",
)
MESSAGE = words(
    "Please read it and confirm receipt: one press of a button is enough.",
    "Merci de le lire et d'en accuser réception : un seul bouton suffit.",
    "المرجو الاطلاع عليه وتأكيد التوصل به: يكفي الضغط على زر واحد.",
)
HEADS = {
    "vacant": words("Head of the roads service", "Chef du service Voirie", "رئيس مصلحة الطرق"),
    "stand_in": words(
        "Head of the public lighting service", "Chef du service Éclairage public", "رئيس مصلحة الإنارة العمومية"
    ),
}
# function -> (day after sending, how, as what); who is not here has not received it
RECEIPTS = {
    "president": (1, "link", "secretariat"),
    "vice_president": (2, "tool", "holder"),
    "council_secretary": (1, "link", "holder"),
    "director": (0, "tool", "holder"),
    "complaint_head": (0, "link", "holder"),
    "reception_head": (5, "paper", "holder"),
    "registry_head": (1, "link", "holder"),
    "reference_person": (0, "tool", "holder"),
    "stand_in": (3, "link", "stand_in"),
}
FICTIONAL_PROGRAMME = words("Fictional programme", "Programme fictif", "مشروع خيالي")


def generate(env, communes):
    """Send the report in the large commune; publish the reference persons to a fictional programme.

    :param dict communes: what ``fictional_communes.generate`` returned
    """
    _contacts(communes)
    _programme(env, communes)
    _report(communes["large"])


def _contacts(communes):
    """Official addresses that lead nowhere (RFC 2606), some of them long unchecked."""
    for commune in communes.values():
        today = fields.Date.context_today(commune.company)
        for rank, (code, function) in enumerate(commune.functions.items()):
            function.write(
                {
                    "contact_email": f"{code.replace('_', '.')}@{commune.company.commune_slug}.example",
                    "contact_phone": f"+212 5 00 00 00 {rank:02d}",
                    "contact_checked_on": today - timedelta(days=40 + rank * 60),
                    "in_programme_list": code == "reference_person",
                }
            )


def _programme(env, communes):
    """The three fictional communes are members of a programme that is fictional too."""
    programme = create(
        env, "jamaa.programme", {"name": FICTIONAL_PROGRAMME, "company_id": env.ref("base.main_company").id}
    )
    for commune in communes.values():
        env["jamaa.programme.member"].create({"programme_id": programme.id, "company_id": commune.company.id})


def _heads(commune):
    """Two more functions: one nobody holds, one whose holder is away and replaced."""
    env = commune.company.env
    heads = {
        key: create(
            env,
            "jamaa.function",
            {
                "name": name,
                "code": "service_head",
                "company_id": commune.company.id,
                "parent_id": commune.functions["director"].id,
                "contact_email": f"service.{key.replace('_', '.')}@{commune.company.commune_slug}.example",
            },
        )
        for key, name in HEADS.items()
    }
    person = env["res.partner"].create({"name": f"نائب رئيس المصلحة ({MARK})", "company_id": commune.company.id})
    env["jamaa.function.holder"].create(
        {
            "function_id": heads["stand_in"].id,
            "partner_id": person.id,
            "role": "stand_in",
            "date_from": fields.Date.context_today(commune.company) - timedelta(days=30),
        }
    )
    return heads


def _paper(title, text, lang):
    direction = "rtl" if lang == "ar" else "ltr"
    page = f'<html lang="{lang}" dir="{direction}"><body><h1>{title}</h1><p>{text}</p></body></html>'
    return base64.b64encode(html_to_pdf(page))


def _report(commune):
    env = commune.company.env
    company = commune.company
    functions = {**commune.functions, **_heads(commune)}
    document = create(
        env,
        "jamaa.document",
        {"name": TITLE, "company_id": company.id, "theme_id": env.ref("jamaa_base.theme_complaints").id},
    )
    version = create(
        env,
        "jamaa.document.version",
        {
            "document_id": document.id,
            "file_ar": _paper(TITLE["ar"], SUMMARY["ar"], "ar"),
            "file_ar_name": "rapport-ar.pdf",
            "file_fr": _paper(TITLE["fr"], SUMMARY["fr"], "fr"),
            "file_fr_name": "rapport-fr.pdf",
        },
    )
    version.with_context(lang="en_US").summary = SUMMARY["en"]
    translate(version, "summary", SUMMARY)
    sending = create(env, "jamaa.dissemination", {"version_id": version.id, "message": MESSAGE})
    rows = {
        key: env["jamaa.dissemination.recipient"].create(
            {
                "dissemination_id": sending.id,
                "function_id": function.id,
                "channel": "paper" if key == "reception_head" else "email",
            }
        )
        for key, function in functions.items()
    }
    sending.action_send()
    # Everything below happened in the days since.
    sent = fields.Datetime.now() - timedelta(days=SENT_DAYS_AGO)
    sending.write({"sent_on": sent, "date_due": sending.date_due - timedelta(days=SENT_DAYS_AGO)})
    for key, row in rows.items():
        _live(row, key)
    _cancel_mails(sending)


def _live(row, key):
    """What became of one recipient in the days since."""
    env = row.env
    now = fields.Datetime.now()
    if key == "committee_secretary":
        row._bounced(env._("The mail to %(address)s came back.", address=row.address))
        return
    row._mail_left()
    if row.state != "sent":
        return
    sent = now - timedelta(days=SENT_DAYS_AGO)
    today = fields.Date.context_today(row)
    row.write({"sent_on": sent, "next_reminder_on": row.next_reminder_on and today - timedelta(days=2)})
    if key in RECEIPTS:
        days, via, quality = RECEIPTS[key]
        row._receive(via, quality, on=sent + timedelta(days=days, hours=2), user=row.user_id if via == "tool" else None)
    else:
        row._remind(today - timedelta(days=6))
        row._remind(today - timedelta(days=2))


def _cancel_mails(sending):
    """Nothing of the demo leaves the machine."""
    env = sending.env
    env["mail.mail"].search([("model", "=", sending.recipient_ids._name), ("state", "=", "outgoing")]).cancel()
