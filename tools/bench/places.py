"""The communes of the benchmark, their sites, services and one officer."""

CODES = ("bench-a", "bench-b", "bench-c")


def make(env):
    """Return the communes; the officer belongs to the first, which has half of the cases."""
    companies = env["res.company"]
    for code in CODES:
        companies |= companies.create(
            {"name": code, "name_fr": code, "is_commune": True, "commune_slug": code, "commune_code": code}
        )
    for company in companies:
        env["jamaa.site"].create([{"name": f"{company.name} {rank}", "company_id": company.id} for rank in (1, 2)])
        env["helpdesk.ticket.team"].create(
            [
                {
                    "name": f"{company.name} S{rank}",
                    "company_id": company.id,
                    "case_role": "service",
                    "show_in_portal": False,
                }
                for rank in range(1, 6)
            ]
        )
    officer = env["res.users"].create(
        {
            "name": "Bench",
            "login": "bench-officer",
            "company_id": companies[0].id,
            "company_ids": [(6, 0, companies[0].ids)],
            "group_ids": [(6, 0, env.ref("jamaa_base.group_complaint_officer").ids)],
        }
    )
    companies[0]._complaint_unit().user_ids = officer
    env.flush_all()
    return companies, officer
