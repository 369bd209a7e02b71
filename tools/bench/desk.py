"""What the officer's list, kanban and form read, through the calls the screens make."""

from .clock import measure
from .screens import spec

FORM = "jamaa_complaints.helpdesk_ticket_view_form_case"


def run(env, officer, size):
    """Return rows of the table for a database with `size` cases."""
    company = officer.company_id
    cases = env["helpdesk.ticket"].with_user(officer)
    cases = cases.with_context(allowed_company_ids=company.ids, jamaa_cases=True)
    domain = [("kind", "!=", False), ("stage_id.closed", "=", False)]
    columns = spec(cases, "jamaa_complaints.helpdesk_ticket_view_list_case", "list")
    cards = spec(cases, "jamaa_complaints.helpdesk_ticket_view_kanban_case", "kanban")
    form = spec(cases, FORM, "form")
    one = cases.search(domain, limit=1, order="due_date, id").id

    def listing():
        cases.web_search_read(domain, columns, limit=80, order="due_date, id", count_limit=10001)

    def kanban():
        cases.web_read_group(domain, ["stage_id"], ["__count"], auto_unfold=True, unfold_read_specification=cards)

    actions = {"list": listing, "kanban": kanban, "form": lambda: cases.browse(one).web_read(form)}
    return [(f"{name}, {size:,} cases", *measure(env, action)) for name, action in actions.items()]
