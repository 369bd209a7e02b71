"""Lets a synthesiser read published sheets; run by Odoo's shell, which gives `env` and `WANTED`.

The last lines printed are one per commune: name, sheets, made, kept, failed; or what is missing.
"""
# ruff: noqa: F821

from odoo.addons.jamaa_reception.tools import synthesiser
from odoo.addons.jamaa_reception.tools.varieties import VARIETIES

installed = synthesiser.voices()
spoken = [code for code in WANTED["varieties"] or VARIETIES if VARIETIES[code].synthesiser in installed]
if not spoken:
    print("VOICES", "none", sep="\t")
communes = env["res.company"].search([("is_commune", "=", True), ("commune_slug", "!=", False)])
if WANTED["commune"]:
    communes = communes.filtered(lambda commune: commune.commune_slug == WANTED["commune"])
if not communes:
    print("VOICES", "nowhere", sep="\t")
for commune in communes if spoken else []:
    sheets = env["jamaa.procedure.sheet"].search([("company_id", "=", commune.id), ("state", "=", "published")])
    total = {"made": 0, "kept": 0, "failed": 0}
    for sheet in sheets:
        for what, count in sheet._make_provisional(spoken, installed).items():
            total[what] += count
        # What was made stays, whatever happens to the next one.
        env.cr.commit()
    print("VOICES", "commune", commune.name, len(sheets), *total.values(), sep="\t")
