"""The register under two hundred hands at once: real transactions on a database of its own."""

import json

from running_server import shell

HANDS = 200
# Each hand is a thread with its own cursor. One transaction with an entry is held open meanwhile.
WRITE_AT_ONCE = f"""
import json, threading
from concurrent.futures import ThreadPoolExecutor
from odoo.modules.registry import Registry
from odoo.api import Environment
registry, company = env.registry, env["res.company"].search([("commune_slug", "=", "race")]).id
KIND, FACTS = "delegation_granted", dict(act="1", kind="signature")
env["jamaa.register.entry"]._cron_seal()
env.cr.execute("SELECT coalesce(max(position), 0) FROM jamaa_register_entry WHERE company_id = %s", [company])
start = env.cr.fetchone()[0]
env.cr.commit()

def enter(cr):
    inner = Environment(cr, 1, {{}})
    return inner["jamaa.register.entry"]._enter(inner["res.company"].browse(company), KIND, FACTS).id

def hand(number):
    # Whoever has to wait for the transaction that is held open all the while fails.
    with registry.cursor() as cr:
        cr.execute("SET LOCAL lock_timeout = '5s'")
        enter(cr)

def seal():
    with registry.cursor() as cr:
        Environment(cr, 1, {{}})["jamaa.register.entry"]._cron_seal()

slow = registry.cursor()
enter(slow)
with ThreadPoolExecutor(20) as pool:
    writing = [pool.submit(hand, number) for number in range({HANDS})]
    sealing = [pool.submit(seal) for number in range(8)]
    for job in (*writing, *sealing):
        job.result()
seal()
env.cr.execute("SELECT count(*) FROM jamaa_register_entry WHERE company_id = %s AND position > %s", [company, start])
while_open = env.cr.fetchone()[0]
slow.commit()
slow.close()
env.cr.commit()
seal()
env.cr.commit()
env.cr.execute("SELECT position FROM jamaa_register_entry WHERE company_id = %s ORDER BY position", [company])
places = [row[0] for row in env.cr.fetchall()]
check = env["jamaa.register.check"].create(dict(company_id=company))
check._run()
print(json.dumps(dict(start=start, while_open=while_open, places=places, state=check.state, findings=check.findings)))
"""


def test_two_hundred_entries_at_once_make_one_whole_chain(database):
    out = json.loads(shell(WRITE_AT_ONCE).splitlines()[-1])
    assert out["while_open"] == HANDS, "an open transaction held the others up"
    assert out["places"] == list(range(1, out["start"] + HANDS + 2))
    assert (out["state"], out["findings"]) == ("good", False)
