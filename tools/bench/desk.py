"""What the officer's list, kanban and form read, through the calls the screens make."""

from .clock import measure

VIEWS = {"list": "helpdesk_ticket_view_list_case", "kanban": "helpdesk_ticket_view_kanban_case"}
FORM = "helpdesk_ticket_view_form_case"


def run(env, officer, size):
    """Return rows of the table for a database with `size` cases."""
    company = officer.company_id
    cases = env["helpdesk.ticket"].with_user(officer)
    cases = cases.with_context(allowed_company_ids=company.ids, jamaa_cases=True)
    domain = [("kind", "!=", False), ("stage_id.closed", "=", False)]
    spec = {name: _fields(cases, view, name) for name, view in VIEWS.items()}
    form = _fields(cases, FORM, "form")
    one = cases.search(domain, limit=1, order="due_date, id").id

    def listing():
        cases.web_search_read(domain, spec["list"], limit=80, order="due_date, id", count_limit=10001)

    def kanban():
        cases.web_read_group(
            domain, ["stage_id"], ["__count"], auto_unfold=True, unfold_read_specification=spec["kanban"]
        )

    actions = {"list": listing, "kanban": kanban, "form": lambda: cases.browse(one).web_read(form)}
    return [(f"{name}, {size:,} cases", *measure(env, action)) for name, action in actions.items()]


def _fields(cases, view, kind):
    """The fields a client reads for a view, with the names of linked records."""
    arch = cases.get_view(cases.env.ref(f"jamaa_complaints.{view}").id, kind)
    known = {name: cases._fields[name].type for name in arch["models"]["helpdesk.ticket"] if name in cases._fields}
    named = {"fields": {"display_name": {}}}
    return {
        name: named if kind == "many2one" else {**named, "limit": 40} if kind in ("one2many", "many2many") else {}
        for name, kind in known.items()
    }
