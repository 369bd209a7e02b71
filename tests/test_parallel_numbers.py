"""Outgoing letters under two hundred hands at once: real transactions on a database of its own."""

import json

from running_server import shell

HANDS = 200
NUMBER_AT_ONCE = f"""
import json
from concurrent.futures import ThreadPoolExecutor
from odoo.modules.registry import Registry
from odoo.api import Environment
registry, company = env.registry, env["res.company"].search([("commune_slug", "=", "race")]).id
YEAR = env["jamaa.mail.entry"]._today().year

def number(cr, subject):
    inner = Environment(cr, 1, {{}})
    letter = dict(correspondent="The governor", subject=subject)
    return inner["jamaa.mail.entry"]._number_outgoing(inner["res.company"].browse(company), letter).number

def hand(rank):
    # Whoever has to wait for the transaction that is held open all the while fails. Every tenth changes its mind.
    with registry.cursor() as cr:
        cr.execute("SET LOCAL lock_timeout = '5s'")
        number(cr, f"Letter {{rank}}")
        cr.rollback() if rank % 10 == 0 else cr.commit()

slow = registry.cursor()
held = number(slow, "Held open")
with ThreadPoolExecutor(20) as pool:
    for job in [pool.submit(hand, rank) for rank in range({HANDS})]:
        job.result()
slow.commit()
slow.close()
# What was given back goes to the next letters, until no hole is left.
with registry.cursor() as cr:
    cr.execute("SELECT count(*) FROM jamaa_mail_freed WHERE company_key = %s AND taken_at IS NULL", [company])
    holes = cr.fetchone()[0]
for rank in range(holes):
    with registry.cursor() as cr:
        number(cr, f"Later {{rank}}")
# A number that stands on a letter is not handed out, even if a row says it is free.
env["jamaa.mail.freed"]._give_back(company, "outgoing", YEAR, held)
with registry.cursor() as cr:
    number(cr, "After a false row")
env.cr.commit()
env.cr.execute("SELECT number FROM jamaa_mail_entry WHERE company_id = %s AND direction = 'outgoing' ORDER BY 1", [company])
print(json.dumps(dict(held=held, holes=holes, numbers=[row[0] for row in env.cr.fetchall()])))
"""


def test_two_hundred_letters_at_once(database):
    out = json.loads(shell(NUMBER_AT_ONCE).splitlines()[-1])
    assert out["held"] == 1
    # twenty changed their minds; some of their numbers may have gone to others meanwhile
    assert len(out["numbers"]) == 2 + HANDS - HANDS // 10 + out["holes"]
    assert out["numbers"] == list(range(1, len(out["numbers"]) + 1)), "a number twice, or one missing"
