"""Two officers at one answer, and a worker killed in the middle of it: real transactions, real exits."""

import json
import subprocess

from running_server import odoo, psql, shell

KILLED = 9
LODGE = """
import json, os
from odoo.api import Environment
from odoo.modules.registry import Registry
registry, commune = env.registry, env["res.company"].search([("commune_slug", "=", "race")])
officer = env["res.users"].search([("login", "=", "first")])
def desk(cr, case):
    inner = Environment(cr, officer.id, dict(allowed_company_ids=commune.ids))
    return inner["helpdesk.ticket"].browse(case)
"""
APPROVED = """
case = env["helpdesk.ticket"]._lodge(
    commune,
    dict(kind="complaint", subject="Answer", facts="Two officers send one answer.", reply_by="email"),
    identity=dict(name="Citizen", email="citizen@example.com"),
)
case.write(dict(answer="Yes.", outcome="solved"))
case.write(dict(answer_state="approved"))
env["mail.mail"].search([]).unlink()
env.cr.commit()
"""
AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
HANDS = 8
start = Barrier(HANDS)

def press(_hand):
    try:
        with registry.cursor() as cr:
            mine = desk(cr, case.id)
            mine.answer_state
            start.wait(30)
            mine.action_send()
            cr.commit()
    except Exception as problem:
        return type(problem).__name__
    return "sent"

first, second = registry.cursor(), registry.cursor()
held = desk(first, case.id)._hold()
try:
    desk(second, case.id).action_send()
    told = "nothing"
except Exception as problem:
    told = type(problem).__name__
for cr in (first, second):
    cr.rollback()
    cr.close()
with ThreadPoolExecutor(HANDS) as pool:
    out = list(pool.map(press, range(HANDS)))
print(json.dumps(dict(case=case.id, out=sorted(out), told=told)))
"""
DIE_SENDING = """
registry["helpdesk.ticket"]._enter_answer_in_register = lambda self: os._exit(9)
desk(env.cr, CASE).action_send()
"""
SEND = """
desk(env.cr, CASE).action_send()
env.cr.commit()
"""
DIE_FILING = """
registry["ir.actions.report"]._render_qweb_pdf = lambda *args, **kwargs: os._exit(9)
env["helpdesk.ticket"]._cron_file_letters()
"""
FILE = """
env["helpdesk.ticket"]._cron_file_letters()
env.cr.commit()
"""


def die(script):
    """Run a script that ends its process as a kill does."""
    done = subprocess.run(
        odoo("shell", "--no-http"), input=script, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == KILLED, done.stderr[-2000:]


def facts_of(case):
    """How often the answer of a case was sent, queued, numbered, marked and filed."""
    return psql(
        f"""SELECT (SELECT count(*) FROM jamaa_complaint_milestone WHERE case_id = {case} AND code = 'sent')
            || ',' || (SELECT count(*) FROM mail_mail)
            || ',' || (SELECT count(*) FROM jamaa_mail_entry WHERE res_model = 'helpdesk.ticket' AND res_id = {case})
            || ',' || (SELECT count(*) FROM ir_attachment WHERE res_model = 'helpdesk.ticket' AND res_id = {case}
                        AND name LIKE '%answer.pdf')"""
    )[0]


def test_many_press_send_at_once(database):
    out = json.loads(shell(LODGE + APPROVED + AT_ONCE).splitlines()[-1])
    assert out["told"] == "LockError"
    assert out["out"].count("sent") == 1, out
    assert set(out["out"]) <= {"sent", "LockError", "AccessError", "SerializationFailure"}, out
    assert facts_of(out["case"]) == "1,1,1,0"


def test_killed_in_the_middle(database):
    out = shell(LODGE + APPROVED + "print(json.dumps(dict(case=case.id)))")
    case = json.loads(out.splitlines()[-1])["case"]
    here = f"{LODGE}\nCASE = {case}\n"
    die(here + DIE_SENDING)
    assert facts_of(case) == "0,0,0,0", "killed while sending: nothing is half sent"
    shell(here + SEND)
    assert facts_of(case) == "1,1,1,0", "sent, its mail in the queue, its letter still to be made"
    die(here + DIE_FILING)
    assert facts_of(case) == "1,1,1,0"
    for _turn in range(2):
        shell(here + FILE)
        assert facts_of(case) == "1,1,1,1", "the next run files it, and once"
