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
        # the log, desks, training and proximity
        "security/jamaa_log_rules.xml",
        "data/jamaa_reception_log_lists.xml",
        "data/jamaa_proximity_items.xml",
        "views/jamaa_reception_visit_views.xml",
        "views/jamaa_desk_views.xml",
        "views/jamaa_desk_skill_views.xml",
        "views/jamaa_reception_training_views.xml",
        "views/jamaa_reception_list_views.xml",
        "report/report_proximity.xml",
        "views/jamaa_proximity_views.xml",
        "views/jamaa_log_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "jamaa_reception/static/src/log/*",
        ],
    },
    "post_init_hook": "post_init_hook",
    "application": True,
}
