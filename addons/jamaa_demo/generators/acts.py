"""Invented acts at every point of their way, and the visas that two kinds of act need."""

import base64
from datetime import timedelta

from odoo.addons.jamaa_base.tools.pdf import html_to_pdf

# Subject in the language it is written in, kind, how far it went.
ACTS = {
    "large": [
        ("قرار تنظيم السير بشارع تجريبي", "order", "filed"),
        ("رسالة إلى السيد العامل حول أشغال الإنارة (تجريبي)", "outgoing_letter", "to_sign"),
        ("Réponse à l'association fictive du quartier", "outgoing_letter", "visas"),
        ("Ordre de service fictif n° 4", "order", "signed"),
        ("Convocation du comité de suivi (fictif)", "convocation", "external"),
        ("قرار تعيين شخص مرجعي (تجريبي)", "appointment", "draft"),
        ("Courrier annulé, adresse fausse (fictif)", "outgoing_letter", "void"),
    ],
    "small": [
        ("رسالة إلى مصلحة الماء (تجريبي)", "outgoing_letter", "alone"),
        ("قرار فتح السوق الأسبوعي (تجريبي)", "order", "filed"),
    ],
}
TITLE = "نص تجريبي / texte fictif"


def generate(env, communes, staff):
    """Set the paths of visas and take acts along them.

    :param dict communes: what ``fictional_communes.generate`` returned
    :param dict staff: what ``people.generate`` returned
    """
    for size, acts in ACTS.items():
        commune, people = communes[size], staff[size]
        _paths(commune)
        for rank, (title, kind, reached) in enumerate(acts, start=1):
            _one(commune, people, title, kind, reached, rank)


def _paths(commune):
    """Letters are read by the director, or by whoever does the director's work."""
    env = commune.company.env
    candidates = [commune.company._function(code) for code in ("director", "complaint_head")]
    function = next((one for one in candidates if one.current_holder_id.user_id), None)
    if function:
        env["jamaa.act.path"].create(
            {
                "company_id": commune.company.id,
                "kind_id": env.ref("jamaa_base.act_kind_outgoing_letter").id,
                "function_id": function.id,
            }
        )


def _pdf(title):
    """A short text on paper, marked as invented."""
    return html_to_pdf(
        f"<html lang='fr'><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>{title}</p></body></html>"
    )


def _one(commune, people, title, kind, reached, rank):
    env, company = commune.company.env, commune.company
    users = people.users.values()
    author = next(u for u in users if u.has_group("jamaa_base.group_complaint_officer"))
    clerk = next((u for u in users if u.has_group("jamaa_base.group_registry_clerk")), author)
    president = company._function("president").current_holder_id
    document = _pdf(title)
    act = (
        env["jamaa.act"]
        .with_user(author)
        .with_context(allowed_company_ids=company.ids)
        .create(
            {
                "company_id": company.id,
                "title": title,
                "kind_id": env["jamaa.act.kind"].search([("code", "=", kind)]).id,
                "document": base64.b64encode(document),
                "document_name": "texte.pdf",
            }
        )
    )
    if reached == "draft":
        return
    act.action_submit()
    if reached == "visas":
        return
    if act.state == "visas":
        # sudo: jamaa.act - whoever holds the function that reads it next
        reader = act.sudo().next_function_id.current_holder_id.user_id
        act.with_user(reader).action_give_visa()
    if reached in ("to_sign", "alone") or not president:
        return
    if reached == "void":
        act.with_user(clerk)._make_void("عنوان خاطئ / adresse fausse")
        return
    day = act._today() - timedelta(days=rank)
    as_clerk = act.with_user(clerk)
    if reached == "external":
        as_clerk._sign(president, day, "external", file=document, file_name="convocation-signee.pdf")
        return
    as_clerk._sign(president, day, stamped=True, typed_number=f"{rank}/{day.year}" if kind == "order" else None)
    if reached == "filed":
        as_clerk._file_scan(document, "scan.pdf")
