{
    "name": "Jamaa: reception",
    "summary": "Procedures anyone can follow, and requests that cannot get lost",
    "version": "19.0.1.0.0",
    "category": "Government/Jamaa",
    "author": "Jamaa",
    "license": "AGPL-3",
    "depends": ["jamaa_base", "report_xlsx"],
    "data": [
        "security/ir.model.access.csv",
        "security/jamaa_catalogue_rules.xml",
        "data/jamaa_catalogue_lists.xml",
        "data/jamaa_procedure_regimes.xml",
        "views/jamaa_catalogue_list_views.xml",
        "views/jamaa_procedure_sheet_views.xml",
        "views/jamaa_procedure_views.xml",
        "views/jamaa_reception_menus.xml",
        # the rooms, each after the ground it stands on
        # public pages of procedures
        "security/jamaa_pages_rules.xml",
        "views/public_procedure_templates.xml",
        "views/public_sheet_templates.xml",
        "report/report_sheet.xml",
        "views/jamaa_pages_views.xml",
        # voices
        "security/jamaa_voice_rules.xml",
        "views/jamaa_voice_views.xml",
        "views/public_listen_templates.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "jamaa_reception/static/src/backend/**/*",
        ],
    },
    "post_init_hook": "post_init_hook",
    "application": True,
}
