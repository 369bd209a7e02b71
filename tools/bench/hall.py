"""A full hall: twenty clerks who call at once, beside the bare statement the database offers for that."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from odoo.api import Environment

CLERKS = 20
BARE = """
    UPDATE bench_hall SET state = 'done' WHERE id = (
        SELECT id FROM bench_hall WHERE state = 'waiting' ORDER BY effective_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id"""


def run(env, commune, number):
    """Return rows of the table: tickets given out, called by one clerk and by twenty, and the bare statement."""
    number = min(number, 9_999)  # as many numbers as a day has
    queue, desks = _hall(env, commune)
    rows = [_row("giving out", number, _timed(lambda: _give(env, queue, number)))]
    # The same rows in the same order for the bare statement, in a table without anything else.
    env.cr.execute(
        """CREATE TABLE bench_hall AS SELECT id, state, effective_at FROM jamaa_queue_ticket WHERE queue_id = %s""",
        [queue.id],
    )
    env.cr.execute("CREATE INDEX ON bench_hall (effective_at, id) WHERE state = 'waiting'")
    env.cr.execute("CREATE INDEX ON bench_hall (id)")
    env.cr.commit()
    env.cr.execute("ANALYZE bench_hall; ANALYZE jamaa_queue_ticket")
    env.cr.commit()
    called, seconds = _together(lambda rank: _clerk(env.registry, desks[rank].id))
    rows.append(_row(f"{CLERKS} clerks call", called, seconds))
    bare, bare_seconds = _together(lambda _rank: _bare(env.registry))
    rows.append(_row(f"{CLERKS} hands, bare SKIP LOCKED", bare, bare_seconds))
    ratio = (called / seconds) / (bare / bare_seconds)
    rows.append((f"queue: our calls for one of the bare statement: {ratio:.3f}", "", None))
    env.cr.execute("DROP TABLE bench_hall")
    env.cr.commit()
    return rows


def _row(what, number, seconds):
    return (f"queue, {what}: {number:,}, {number / seconds:,.0f} a second", "", seconds)


def _hall(env, commune):
    site = env["jamaa.site"].create({"name": "Hall", "company_id": commune.id})
    kind = env.ref("jamaa_reception.desk_kind_civil_status").id
    desks = env["jamaa.desk"].create(
        [
            {"name": f"Desk {rank}", "site_id": site.id, "kind_id": kind, "company_id": commune.id}
            for rank in range(CLERKS)
        ]
    )
    values = {"name": "Hall", "prefix": "H", "last_number": 9999, "site_id": site.id}
    queue = env["jamaa.queue"].create({**values, "desk_ids": [(6, 0, desks.ids)]})
    desks._queue_set_state("open")
    env.cr.commit()
    return queue, desks


def _give(env, queue, number):
    for _one in range(number):
        env["jamaa.queue.ticket"]._issue(queue.site_id, [(queue, env["jamaa.procedure"], 1)], "reception")
        env.cr.commit()


def _timed(action):
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _together(hand):
    """Let all hands work until nothing is left; return how many they took, and the seconds."""
    began = time.perf_counter()
    with ThreadPoolExecutor(CLERKS) as pool:
        taken = sum(pool.map(hand, range(CLERKS)))
    return taken, time.perf_counter() - began


def _clerk(registry, desk_id):
    for taken in count():
        with registry.cursor() as cr:
            desk = Environment(cr, 1, {})["jamaa.desk"].browse(desk_id)
            ticket = desk.env["jamaa.queue.ticket"]._next_for(desk)
            if not ticket:
                return taken
            cr.commit()
            # What is measured is the call: the desk is made free again by the plainest statement.
            cr.execute("UPDATE jamaa_queue_ticket SET state = 'done' WHERE id = %s", [ticket.id])
    return 0


def _bare(registry):
    for taken in count():
        with registry.cursor() as cr:
            cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            cr.execute(BARE)
            if not cr.fetchone():
                return taken
    return 0
