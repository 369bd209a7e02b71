{
    "name": "Jamaa: demo data",
    "summary": "The programme of the source document, and three plainly fictional communes",
    "version": "19.0.1.0.0",
    "category": "Government/Jamaa",
    "author": "Jamaa",
    "license": "AGPL-3",
    "depends": ["jamaa_assessment", "jamaa_complaints", "jamaa_reception"],
    "data": [
        "data/programme_communes.xml",
        "data/programme.xml",
    ],
    "post_init_hook": "post_init_hook",
}
