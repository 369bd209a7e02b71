"""A machine reads two sheets, where a free synthesiser is installed; marked provisional, as everywhere."""

from odoo.addons.jamaa_reception.tools import synthesiser

#: Sheets of the large commune that can be heard.
HEARD = ("civil-birth-extract", "paper-signature")
#: Darija and Amazigh wait for people: no free voice speaks them.
SPOKEN = ("ar", "fr")


def generate(communes):
    """Let two sheets be read; without a synthesiser there is nothing to hear, and pages say nothing of it.

    :param dict communes: what ``fictional_communes.generate`` returned, with published sheets
    """
    installed = synthesiser.voices()
    company = communes["large"].company
    procedures = company.env["jamaa.procedure"].search([("company_id", "=", company.id), ("code", "in", HEARD)])
    procedures.sheet_id._make_provisional(SPOKEN, installed)
