{
    "name": "Jamaa: shared ground",
    "summary": "Communes, sites, functions, legal clock, identity vault, public pages",
    "version": "19.0.1.0.0",
    "category": "Government/Jamaa",
    "author": "Jamaa",
    "license": "AGPL-3",
    "depends": ["mail", "portal", "hr", "hr_skills", "resource"],
    "data": [
        "security/jamaa_groups.xml",
        "security/ir.model.access.csv",
        "views/jamaa_menus.xml",
    ],
    "post_init_hook": "post_init_hook",
    "application": True,
}
