"""Twenty clerks who call at the same moment from a thousand tickets: real transactions, a database of its own."""

import json

from running_server import shell

CLERKS, TICKETS = 20, 1000
HALL = f"""
import json, time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from odoo.api import Environment
registry, commune = env.registry, env["res.company"].search([("commune_slug", "=", "race")])
own = dict(company_id=commune.id)
site = env["jamaa.site"].create(dict(name="Hall", **own))
kind = env.ref("jamaa_reception.desk_kind_civil_status").id
desks = env["jamaa.desk"].create([dict(name=str(rank), site_id=site.id, kind_id=kind, **own) for rank in range({CLERKS})])
queue = env["jamaa.queue"].create(dict(name="Hall", prefix="H", last_number=9999, site_id=site.id, desk_ids=[(6, 0, desks.ids)]))
desks._queue_set_state("open")
env.cr.commit()

def inside(cr, model, record_id):
    return Environment(cr, 1, dict(allowed_company_ids=commune.ids))[model].browse(record_id)
"""
CALL = f"""
elderly = env.ref("jamaa_queue.queue_reason_elderly")
Ticket = env["jamaa.queue.ticket"]
for rank in range({TICKETS}):
    # Every seventh has a credit: the order is not that of the numbers.
    ticket = Ticket._issue(site, [(queue, env["jamaa.procedure"], 1)], "reception", reasons=rank % 7 == 0 and elderly)
env.cr.commit()
env.cr.execute("SELECT id FROM jamaa_queue_ticket WHERE queue_id = %s ORDER BY effective_at, id", [queue.id])
wanted = [row[0] for row in env.cr.fetchall()]
env.cr.commit()
start = Barrier({CLERKS})

def clerk(desk_id):
    # The hands of one clerk: call, commit, finish, commit, until nobody waits. Every fifth call is given back.
    calls, rank = [], 0
    start.wait()
    while True:
        rank += 1
        with registry.cursor() as cr:
            desk = inside(cr, "jamaa.desk", desk_id)
            desk.name  # the transaction looks at the database before it calls, as every request does
            began = time.monotonic()
            ticket = desk.env["jamaa.queue.ticket"]._next_for(desk)
            if not ticket:
                return calls
            cr.flush()
            number, kept = ticket.id, rank % 5 != 0
            cr.commit() if kept else cr.rollback()
            calls.append((number, began, time.monotonic(), kept))
            if not kept:
                continue
            ticket._serve()
            ticket._finish()

with ThreadPoolExecutor({CLERKS}) as pool:
    hands = list(pool.map(clerk, desks.ids))
env.cr.commit()
env.cr.execute("SELECT state, count(*) FROM jamaa_queue_ticket WHERE queue_id = %s GROUP BY state", [queue.id])
states = dict(env.cr.fetchall())
env.cr.execute("SELECT count(*), count(DISTINCT ticket_id) FROM jamaa_queue_event WHERE queue_id = %s AND kind = 'called'", [queue.id])
print(json.dumps(dict(wanted=wanted, hands=hands, states=states, called=env.cr.fetchone())))
"""
ISSUE = f"""
start = Barrier({CLERKS})

def kiosk(hand):
    codes = []
    start.wait()
    for rank in range(10):
        with registry.cursor() as cr:
            one = inside(cr, "jamaa.queue", queue.id)
            wishes = [(one, one.env["jamaa.procedure"], 1)]
            ticket = one.env["jamaa.queue.ticket"]._issue(one.site_id, wishes, "reception")
            cr.flush()
            if rank % 5 == 0:
                cr.rollback()
            else:
                cr.commit()
                codes.append(ticket.number)
    return codes

with ThreadPoolExecutor({CLERKS}) as pool:
    given = [number for codes in pool.map(kiosk, range({CLERKS})) for number in codes]
with registry.cursor() as cr:
    one = inside(cr, "jamaa.queue", queue.id)
    after = one.env["jamaa.queue.ticket"]._issue(one.site_id, [(one, one.env["jamaa.procedure"], 1)], "reception").number
    cr.rollback()
print(json.dumps(dict(given=given, after=after)))
"""


def test_twenty_clerks_one_queue(database):
    out = json.loads(shell(HALL + CALL).splitlines()[-1])
    wanted, hands = out["wanted"], out["hands"]
    taken = [call for calls in hands for call in calls if call[3]]
    assert sorted(call[0] for call in taken) == sorted(wanted), "somebody twice, or nobody called somebody"
    assert out["states"] == {"done": TICKETS}
    assert out["called"] == [TICKETS, TICKETS], "a call given back left no fact"
    place = {ticket: rank for rank, ticket in enumerate(wanted)}
    given_back = {}
    for ticket, began, ended, kept in (call for calls in hands for call in calls):
        if not kept:
            given_back.setdefault(ticket, []).append((began, ended))
    # Nobody was passed: when a later one was called, whoever stands before had been called, or was
    # just then in the hands of a clerk who gave the call back.
    for ticket, began, _ended, _kept in taken:
        for later, later_began, later_ended, _kept in taken:
            if place[later] > place[ticket] and later_ended < began:
                held = any(since <= later_ended and until >= later_began for since, until in given_back.get(ticket, ()))
                assert held, f"{ticket} was left standing while {later} was called"


def test_twenty_kiosks_one_series(database):
    out = json.loads(shell(HALL.replace("Hall", "Kiosks") + ISSUE).splitlines()[-1])
    given = out["given"]
    assert len(given) == len(set(given)) == CLERKS * 8, "a number twice"
    missing = set(range(1, max(given) + 1)) - set(given)
    # A number of a ticket that was given back is given to the next, as long as none beyond it went out.
    assert len(missing) <= CLERKS * 2
    assert out["after"] == max(given) + 1
