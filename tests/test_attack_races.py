"""The same moment, twice: real threads against a running server with a database of its own.

Transactions that wait for one another cannot be seen inside the single one of an ordinary
test. A few requests each, no load.
"""

import os
import re
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from odoo.tools import mute_logger

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "addons" / "jamaa_base" / "tools"))

import proof_of_work

DATABASE = "jamaa_races"
PASSWORD = "race-password"
AT_ONCE = 8
SET_UP = f"""
env["ir.config_parameter"].set_param("jamaa_base.proof_bits", "4")
commune = env["res.company"].create(
    dict(name="Race", name_ar="السباق", name_fr="Course", is_commune=True, commune_slug="race", commune_code="race")
)
env.user.company_ids |= commune
for login in ("first", "second"):
    env["res.users"].with_context(no_reset_password=True).create(
        dict(
            name=login, login=login, password={PASSWORD!r}, company_id=commune.id, company_ids=[(6, 0, commune.ids)],
            group_ids=[(6, 0, env.ref("jamaa_base.group_complaint_officer").ids)],
        )
    )
officer = env["res.users"].search([("login", "=", "first")])
for number in range(5):
    case = env["helpdesk.ticket"]._lodge(
        commune, dict(kind="report", subject="Race", facts="Two officers press the same button.")
    )
    case.with_user(officer).with_context(allowed_company_ids=commune.ids).sudo(False).write(dict(answer="Yes."))
env.cr.commit()
"""


def odoo(command, *args):
    """Return the command line of Odoo on the tests' configuration."""
    line = [sys.executable, os.environ["JAMAA_TEST_ODOO"], command, "-c", os.environ["JAMAA_TEST_CONFIG"]]
    return [*line, "-d", DATABASE, "--log-level=warn", *args]


def psql(sql, database=DATABASE):
    """Return the first column of a query, as a list of texts."""
    command = ["psql", "-X", "-A", "-t", "-d", database, "-c", sql]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Give the address of a server, and its log; both go away with the database."""
    subprocess.run(["dropdb", "--if-exists", "--force", DATABASE], check=True, capture_output=True)
    subprocess.run(["createdb", "-T", "template1", DATABASE], check=True)
    log = tmp_path_factory.mktemp("races") / "server.log"
    process = None
    try:
        line = odoo("server", "-i", "jamaa_complaints", "--stop-after-init", "--no-http")
        done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=900)
        assert done.returncode == 0, done.stderr[-4000:]
        line = odoo("shell", "--no-http")
        done = subprocess.run(line, input=SET_UP, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr[-4000:]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        line = odoo(
            "server", f"--db-filter=^{DATABASE}$", f"--http-port={port}", "--http-interface=127.0.0.1",
            "--workers=0", "--max-cron-threads=0",
        )  # fmt: skip
        with log.open("w") as output:
            process = subprocess.Popen(line, stdout=output, stderr=output)
        address = f"http://127.0.0.1:{port}"
        wait_for(address)
        yield address, log
    finally:
        if process:
            process.terminate()
            process.wait(timeout=60)
        subprocess.run(["dropdb", "--if-exists", "--force", DATABASE], check=True, capture_output=True)


def wait_for(address):
    """Come back when the server answers."""
    retry = requests.adapters.HTTPAdapter(
        max_retries=requests.adapters.Retry(total=12, connect=12, backoff_factor=0.5, backoff_max=5)
    )
    with requests.Session() as session, mute_logger("urllib3.connectionpool"):
        session.mount(address, retry)
        with mute_logger("urllib3.connectionpool"):  # each knock before the door opens is a warning
            answer = session.get(f"{address}/c/race/fr", timeout=120)
        assert answer.status_code == 200


def filled_form(address, facts):
    """Open the form and fill it in."""
    page = requests.get(f"{address}/c/race/fr/complaint", timeout=60).text
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
    return {
        "form_token": token,
        "form_proof": proof_of_work.solve(token.split(".")[3], int(token.split(".")[2])),
        "kind": "report",
        "category": re.search(r'<option value="(\d+)"', page)[1],
        "facts": facts,
        "place": "Main street",
        "answer_by": "page",
    }


def send(address, forms):
    """Send all forms at the same moment."""
    with ThreadPoolExecutor(len(forms)) as pool:
        url = f"{address}/c/race/fr/complaint"
        return list(pool.map(lambda form: requests.post(url, data=form, timeout=120), forms))


def test_one_form_sent_at_once_is_one_case(server):
    address, log = server
    before = log.read_text()
    form = filled_form(address, "Sent eight times at the same moment, and meant once.")
    answers = send(address, [form] * AT_ONCE)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.url for answer in answers}) == 1
    assert psql("SELECT count(*) FROM helpdesk_ticket WHERE facts LIKE 'Sent eight%'") == ["1"]
    # Losing a race is no error for whoever reads the log.
    assert " ERROR " not in log.read_text()[len(before) :]


def test_forms_sent_at_once_get_numbers_without_gaps(server):
    address, _log = server
    first = int(psql("SELECT max(right(case_number, 5)::int) FROM helpdesk_ticket")[0])
    forms = [filled_form(address, f"One of many at the same moment, number {number}.") for number in range(AT_ONCE)]
    answers = send(address, forms)
    assert {answer.status_code for answer in answers} == {200}
    numbers = psql("SELECT right(case_number, 5)::int FROM helpdesk_ticket WHERE facts LIKE 'One of many%' ORDER BY 1")
    assert [int(number) for number in numbers] == list(range(first + 1, first + 1 + AT_ONCE))


def test_two_officers_press_the_same_button(server):
    address, _log = server
    sessions = []
    for login in ("first", "second"):
        session = requests.Session()
        params = {"db": DATABASE, "login": login, "password": PASSWORD}
        answer = session.post(f"{address}/web/session/authenticate", json={"params": params}, timeout=60).json()
        assert answer["result"]["uid"]
        sessions.append(session)
    for case in psql("SELECT id FROM helpdesk_ticket WHERE answer_state = 'draft'"):
        params = {"model": "helpdesk.ticket", "method": "action_submit", "args": [[int(case)]], "kwargs": {}}

        def press(session, params=params):
            url = f"{address}/web/dataset/call_button/helpdesk.ticket/action_submit"
            return session.post(url, json={"params": params}, timeout=120).json()

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(press, sessions))
        assert sorted("error" in answer for answer in answers) == [False, True], answers
        refused = next(answer["error"]["data"]["name"] for answer in answers if "error" in answer)
        assert refused == "odoo.exceptions.AccessError"
        facts = psql(f"SELECT count(*) FROM jamaa_complaint_milestone WHERE case_id = {case} AND code = 'submitted'")
        assert facts == ["1"]
    assert psql("SELECT count(*) FROM helpdesk_ticket WHERE answer_state = 'to_approve'") == ["5"]
