"""The closing touch on a new or upgraded database; read by Odoo's shell, which gives `env` and `FACTS`.

FACTS has `password` of the administrator, `lang` (a code), and `commune` (name, slug, lang), each
or None. Last the bundles of pages are drawn, left-to-right and right-to-left, so that nobody waits
for them at the first page.
"""
# ruff: noqa: F821

import re

BUNDLES = [
    "web.assets_web",
    "web.assets_web_print",
    "web.assets_frontend",
    "web.assets_frontend_minimal",
    "web.assets_frontend_lazy",
]


def settle_language(admin, code):
    """Activate the language and make it the administrator's; return whether there is such a one."""
    languages = env["res.lang"].with_context(active_test=False)
    lang = languages.search([("code", "=", code)], limit=1)
    if not lang:
        return False
    env["res.lang"]._activate_and_install_lang(lang.code)
    admin.lang = lang.code
    env["ir.default"].set("res.partner", "lang", lang.code)
    return True


def settle_commune(admin, commune):
    """Create the commune and let the administrator work in it."""
    companies = env["res.company"]
    company = companies.search([("commune_slug", "=", commune["slug"])], limit=1)
    if not company:
        own = "name_ar" if re.search("[\u0600-\u06ff]", commune["name"]) else "name_fr"
        values = {"name": commune["name"], own: commune["name"], "is_commune": True, "commune_slug": commune["slug"]}
        if commune["lang"] in ("ar_MA", "fr_MA"):
            values["commune_lang"] = commune["lang"]
        company = companies.create(values)
    admin.write({"company_ids": [(4, company.id)], "company_id": company.id})


def draw_bundles():
    """Make the style and script files of the client and of Odoo's own pages."""
    for rtl in (False, True):
        for name in BUNDLES:
            bundle = env["ir.qweb"]._get_asset_bundle(name, css=True, js=not rtl, rtl=rtl)
            bundle.css()
            if not rtl:
                bundle.js()


def settle():
    """Do all of it; the last word printed tells the tool how it went."""
    admin = env.ref("base.user_admin")
    if FACTS["password"]:
        admin.password = FACTS["password"]
    if FACTS["lang"] and not settle_language(admin, FACTS["lang"]):
        return "JAMAA-NO-SUCH-LANGUAGE"
    if FACTS["commune"]:
        settle_commune(admin, FACTS["commune"])
    env.cr.commit()
    draw_bundles()
    env.cr.commit()
    return "JAMAA-DONE"


print(settle())
