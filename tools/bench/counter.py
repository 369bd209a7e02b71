"""What reception and the services read of requests, through the calls their screens make."""

from .clock import measure
from .reception import take
from .screens import over, spec

LIST, FORM = 20, 35
OWED = [("stage", "in", ["incomplete", "received", "in_work"])]


def requests(env, room, size):
    """Return rows of the table for a database with `size` requests."""
    rows = []
    for who in ("agent of the service", "director", "receptionist"):
        mine = _as(env, room, who)["jamaa.procedure.request"]
        columns = spec(mine, "jamaa_reception.jamaa_request_view_list", "list")
        cards = spec(mine, "jamaa_reception.jamaa_request_view_kanban", "kanban")
        actions = {
            "list": lambda mine=mine, columns=columns: mine.web_search_read(OWED, columns, limit=80, count_limit=10001),
            "kanban": lambda mine=mine, cards=cards: mine.web_read_group(
                [], ["stage"], ["__count"], auto_unfold=True, unfold_read_specification=cards
            ),
        }
        rows += _measured(env, actions, LIST, f"{who}, {size:,} requests")
    mine = _as(env, room, "agent of the service")["jamaa.procedure.request"]
    form = spec(mine, "jamaa_reception.jamaa_request_view_form", "form")
    one = mine.browse(take(env, room).id)
    rows += _measured(env, {"form": lambda: one.web_read(form)}, FORM, f"agent of the service, {size:,} requests")
    rows += counter(env, room, f"{size:,} requests")
    queries, seconds = measure(env, lambda: take(env, room))
    return [*rows, (f"taking one, {size:,} requests", queries, seconds)]


def counter(env, room, size):
    """Return rows of the table: the counter opened, a search, a sheet with its papers."""
    desk = _as(env, room, "receptionist")["jamaa.reception.counter"]
    answers = {question.id: question.answer_ids[0].id for question in room.procedures[0].sheet_id.question_ids}
    actions = {
        "opening": desk.counter_start,
        "search": lambda: desk.counter_search("autorisation de mesure"),
        "sheet": lambda: desk.counter_sheet(room.procedures[0].id, answers),
    }
    return _measured(env, actions, LIST, f"counter, {size}")


def catalogue(env, room, size):
    """Return rows of the table: the editors' list of procedures."""
    mine = _as(env, room, "director")["jamaa.procedure"]
    columns = spec(mine, "jamaa_reception.jamaa_procedure_view_list", "list")
    listing = {"list": lambda: mine.web_search_read([], columns, limit=80, count_limit=10001)}
    return _measured(env, listing, LIST, f"procedures, {size:,} sheets")


def _as(env, room, who):
    return env(user=room.people[who].id, context={"allowed_company_ids": room.commune.ids, "lang": "fr_MA"})


def _measured(env, actions, budget, where):
    rows = []
    for name, action in actions.items():
        queries, seconds = measure(env, action)
        rows.append((f"{name}, {where}{over(queries, budget)}", queries, seconds))
    return rows
