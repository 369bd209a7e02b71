"""Makes the paper of every published sheet; run by Odoo's shell, which gives `env` and `WANTED`.

The last lines printed are one per commune and language: name, language, sheets, on one page, then
one number per class of text; and one for each sheet that does not fit.
"""
# ruff: noqa: F821

from collections import Counter

from odoo.addons.jamaa_reception.models.jamaa_procedure_print import SIZES

communes = env["res.company"].search([("is_commune", "=", True), ("commune_slug", "!=", False)])
if WANTED["commune"]:
    communes = communes.filtered(lambda commune: commune.commune_slug == WANTED["commune"])
if not communes:
    print("PAPERS", "nowhere", sep="\t")
for commune in communes:
    sheets = env["jamaa.procedure.sheet"].search([("company_id", "=", commune.id), ("state", "=", "published")])
    if not sheets:
        continue
    for lang in WANTED["langs"]:
        sizes, fitting = Counter(), 0
        for sheet in sheets:
            _pdf, size, pages = sheet._fit_paper(lang)
            sizes[size] += 1
            fitting += pages == 1
            if pages > 1:
                print("LONG", commune.name, sheet.procedure_id.code, lang, pages, sep="\t")
        print("PAPERS", "commune", commune.name, lang, len(sheets), fitting, *(sizes[one] for one in SIZES), sep="\t")
