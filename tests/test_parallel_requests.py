"""Requests under two hundred hands at once, one key sent by many, and a worker killed in the middle."""

import json

from running_server import shell
from test_parallel_sending import die

HANDS = 200
SET_UP = """
import json, os
from concurrent.futures import ThreadPoolExecutor
from odoo.api import Environment
from odoo.modules.registry import Registry
registry, commune = env.registry, env["res.company"].search([("commune_slug", "=", "race")])
Procedure = env["jamaa.procedure"]
procedure = Procedure.search([("company_id", "=", commune.id), ("code", "=", "race-permit")])
if not procedure:
    both = lambda text: dict(ar=text, fr=text)
    sheet = dict(
        summary=both("A permit"), steps=[dict(text=both("Come"))], pieces=[dict(name=both("Plan"), form="copy")],
        silence=dict(effect="none"), channels=["counter"], legal=[dict(name=both("Law"), reference="55-19")],
    )
    values = dict(format="jamaa-procedure/1", code="race-permit", name=both("Permit"), sheet=sheet)
    procedure = Procedure._import_procedure(values, commune)
    procedure.draft_sheet_id.action_submit()
    procedure.draft_sheet_id.action_publish()
    env["res.company"]._cron_prepare_sequences()
    env.cr.commit()
PIECES = procedure.sheet_id.piece_ids.ids

def take(cr, name, key=None):
    inner = Environment(cr, 1, dict(allowed_company_ids=commune.ids))
    Request = inner["jamaa.procedure.request"]
    vals = dict(answers={}, pieces=PIECES, lang="fr_MA")
    return Request._take(inner["res.company"].browse(commune.id), inner["jamaa.procedure"].browse(procedure.id), vals, dict(name=name), key)
"""
AT_ONCE = f"""
def hand(rank):
    # Whoever has to wait for the transaction that is held open all the while fails. Every tenth changes its mind.
    with registry.cursor() as cr:
        cr.execute("SET LOCAL lock_timeout = '5s'")
        number = take(cr, f"Person {{rank}}").number
        cr.rollback() if rank % 10 == 0 else cr.commit()
        return number

slow = registry.cursor()
held = take(slow, "Held open").number
with ThreadPoolExecutor(20) as pool:
    numbers = list(pool.map(hand, range({HANDS})))
slow.commit()
slow.close()
env.cr.commit()
env.cr.execute("SELECT number FROM jamaa_procedure_request WHERE company_id = %s", [commune.id])
print(json.dumps(dict(held=held, numbers=numbers, kept=[row[0] for row in env.cr.fetchall()])))
"""
ONE_KEY = """
from psycopg2.errors import SerializationFailure
KEY = "k" * 32

def press(_hand):
    # The server runs the loser of a race again; here it is done by hand.
    for _try in range(10):
        try:
            with registry.cursor() as cr:
                found = take(cr, "Pressed twice", KEY).id
                cr.commit()
                return found
        except SerializationFailure:
            continue

with ThreadPoolExecutor(8) as pool:
    print(json.dumps(list(pool.map(press, range(8)))))
"""
COUNT = """
env.cr.execute(
    "SELECT (SELECT count(*) FROM jamaa_procedure_request WHERE company_id = %s), "
    "(SELECT count(*) FROM jamaa_complainant WHERE res_model = 'jamaa.procedure.request'), "
    "(SELECT count(*) FROM jamaa_register_entry WHERE kind_code = 'request_received'), "
    "(SELECT count(*) FROM jamaa_procedure_request_milestone WHERE code = 'received')",
    [commune.id],
)
print(json.dumps(env.cr.fetchone()))
"""
DIE = """
registry["jamaa.register.entry"]._enter = lambda self, *args, **kwargs: os._exit(9)
take(env.cr, "Killed", "d" * 32)
"""
AGAIN = """
first = take(env.cr, "Killed", "d" * 32).id
env.cr.commit()
print(json.dumps([first, take(env.cr, "Killed", "d" * 32).id]))
"""


def last(script):
    """Run a script after the set-up and read the line it ends with."""
    return json.loads(shell(SET_UP + script).splitlines()[-1])


def test_two_hundred_requests_at_once(database):
    out = last(AT_ONCE)
    everything = [out["held"], *out["numbers"]]
    assert len(set(everything)) == HANDS + 1, "a number twice"
    assert len(out["kept"]) == len(set(out["kept"])), "a number twice"
    # The database is shared with other races: those of this one count.
    assert len(set(out["kept"]) & set(everything)) == 1 + HANDS - HANDS // 10, "an accepted request is lost"


def test_one_key_sent_by_many(database):
    assert len(set(last(ONE_KEY))) == 1, "sent eight times, taken once"


def test_killed_in_the_middle(database):
    before = last(COUNT)
    die(SET_UP + DIE)
    assert last(COUNT) == before, "nothing is half taken"
    first, again = last(AGAIN)
    assert first == again, "the same key gives the same request"
    assert last(COUNT) == [one + 1 for one in before], "taken once, whole"
