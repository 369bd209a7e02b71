"""The counter's own route under many hands: the call the screen makes, to a running server, all at one moment.

`test_parallel_requests.py` proves two hundred at once and a killed worker on transactions; here each
hand goes through login, session, rights, the server's own second try and its log.
"""

import json
from concurrent.futures import ThreadPoolExecutor

import requests
from running_server import DATABASE, PASSWORD, psql, shell
from test_parallel_requests import SET_UP

HANDS = 8
ROUNDS = 3
PEOPLE = f"""
user = env["res.users"].with_context(no_reset_password=True).create(
    dict(name="counter", login="counter", password={PASSWORD!r}, company_id=commune.id,
         company_ids=[(6, 0, commune.ids)], group_ids=[(6, 0, env.ref("jamaa_base.group_reception_agent").ids)])
)
env.cr.commit()
print(json.dumps(dict(procedure=procedure.id, pieces=PIECES)))
"""


def counters(address):
    """Return a session of the receptionist for each hand."""
    sessions = []
    for _hand in range(HANDS):
        session = requests.Session()
        params = {"db": DATABASE, "login": "counter", "password": PASSWORD}
        answer = session.post(f"{address}/web/session/authenticate", json={"params": params}, timeout=60).json()
        assert answer["result"]["uid"]
        sessions.append(session)
    return sessions


def take(address, session, sheet, key):
    """Press « take » as the counter does; return what the screen gets."""
    values = {"answers": {}, "brought": sheet["pieces"], "site": False, "lang": "fr_MA"}
    args = [sheet["procedure"], values, {"name": "Several hands"}, key]
    params = {"model": "jamaa.reception.counter", "method": "counter_take", "args": args, "kwargs": {}}
    url = f"{address}/web/dataset/call_kw/jamaa.reception.counter/counter_take"
    answer = session.post(url, json={"params": params}, timeout=120).json()
    assert "error" not in answer, answer
    return answer["result"]


def test_counter_under_many_hands(server):
    address, log = server
    sheet = json.loads(shell(SET_UP + PEOPLE).splitlines()[-1])
    sessions = counters(address)
    before = log.read_text()
    with ThreadPoolExecutor(HANDS) as pool:
        for turn in range(ROUNDS):
            taken = list(
                pool.map(lambda n, turn=turn: take(address, sessions[n], sheet, f"{turn}-{n}" + "k" * 20), range(HANDS))
            )
            assert len({one["number"] for one in taken}) == HANDS, "a number twice"
            assert len({one["code"] for one in taken}) == HANDS, "a code twice"
        # one press that several hands, or an impatient one, sent at the same moment
        pressed = list(pool.map(lambda session: take(address, session, sheet, "one-press" + "k" * 20), sessions))
    assert len({one["id"] for one in pressed}) == 1, "sent eight times, taken once"
    ids = psql(
        "SELECT id FROM jamaa_procedure_request WHERE create_uid = (SELECT id FROM res_users WHERE login = 'counter')"
    )
    assert len(ids) == HANDS * ROUNDS + 1, "an accepted request is lost, or one is there twice"
    looks = psql(
        "SELECT count(*) FROM jamaa_reception_precheck p JOIN res_users u ON u.id = p.create_uid WHERE u.login = 'counter'"
    )
    assert looks == [str(len(ids))], "each is counted once at the desk"
    # Losing a race is no error for whoever reads the log.
    assert " ERROR " not in log.read_text()[len(before) :]
