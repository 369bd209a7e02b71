{
    "name": "Jamaa: complaints",
    "summary": "Complaints, remarks and proposals of citizens, from the counter to the answer",
    "version": "19.0.1.0.0",
    "category": "Government/Jamaa",
    "author": "Jamaa",
    "license": "AGPL-3",
    "depends": ["jamaa_base", "helpdesk_mgmt"],
    "data": [
        "security/jamaa_complaints_groups.xml",
        "security/ir.model.access.csv",
    ],
    "application": True,
}
