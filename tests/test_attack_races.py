"""The same moment, twice: real threads against a running server with a database of its own.

Transactions that wait for one another cannot be seen inside the single one of an ordinary
test. A few requests each, no load.
"""

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests
from running_server import DATABASE, PASSWORD, psql

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "addons" / "jamaa_base" / "tools"))

import proof_of_work

AT_ONCE = 8


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
        assert refused in ("odoo.exceptions.AccessError", "odoo.exceptions.LockError")
        facts = psql(f"SELECT count(*) FROM jamaa_complaint_milestone WHERE case_id = {case} AND code = 'submitted'")
        assert facts == ["1"]
    assert psql("SELECT count(*) FROM helpdesk_ticket WHERE answer_state = 'to_approve'") == ["5"]
