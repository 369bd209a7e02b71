{
    "name": "Jamaa: complaints and action plans",
    "summary": "What comes back in complaints becomes an action; who complained is told when it is done",
    "version": "19.0.1.0.0",
    "category": "Government/Jamaa",
    "author": "Jamaa",
    "license": "AGPL-3",
    "depends": ["jamaa_complaints", "jamaa_actionplan"],
    "data": [
        "data/mail_templates.xml",
        "views/jamaa_complaint_recurrence_views.xml",
        "views/project_task_views.xml",
    ],
    "auto_install": True,
}
