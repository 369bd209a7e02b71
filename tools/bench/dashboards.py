"""The officer's desk and the dashboard of figures, through the calls the screens make."""

from .clock import measure
from .screens import over

#: Most queries a dashboard may take, whatever the number of cases.
BUDGET = 20
TILE = {"code": {}, "waiting": {}, "is_urgent": {}}


def run(env, officer, size):
    """Return rows of the table for a database with `size` cases; what is over the budget says so."""
    own = env(user=officer.id, context={"allowed_company_ids": officer.company_id.ids, "lang": "fr_MA"})
    reports = own["jamaa.complaint.report"]
    form = env.ref("jamaa_complaints.jamaa_complaint_report_view_form_running")
    names = reports.get_view(form.id, "form")["models"]["jamaa.complaint.report"]
    spec = {name: {} for name in names if name in reports._fields}

    def desk():
        domain = own["jamaa.complaint.tile"]._open_desk()["domain"]
        own["jamaa.complaint.tile"].web_search_read(domain, TILE, limit=40)

    def dashboard():
        reports.browse(reports.action_dashboard()["res_id"]).web_read(spec)

    rows = []
    for name, action in {"officer's desk": desk, "dashboard of figures": dashboard}.items():
        queries, seconds = measure(env, action)
        rows.append((f"{name}, {size:,} cases{over(queries, BUDGET)}", queries, seconds))
    return rows
