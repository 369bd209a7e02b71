"""A server of its own, for what cannot be seen inside the one transaction of an ordinary test."""

import os
import socket
import subprocess
import sys

import pytest
import requests

from odoo.tools import mute_logger

DATABASE = "jamaa_races"
PASSWORD = "race-password"
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
    case.with_user(officer).with_context(allowed_company_ids=commune.ids).sudo(False).write(dict(answer="Yes.", outcome="solved"))
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


@pytest.fixture(scope="session")
def database():
    """Install a database of its own with what `SET_UP` puts in; it goes away at the end."""
    subprocess.run(["dropdb", "--if-exists", "--force", DATABASE], check=True, capture_output=True)
    subprocess.run(["createdb", "-T", "template1", DATABASE], check=True)
    try:
        line = odoo("server", "-i", "jamaa_complaints,jamaa_queue", "--stop-after-init", "--no-http")
        done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=900)
        assert done.returncode == 0, done.stderr[-4000:]
        shell(SET_UP)
        yield DATABASE
    finally:
        subprocess.run(["dropdb", "--if-exists", "--force", DATABASE], check=True, capture_output=True)


# One server a file: Odoo's own test cases take a process that outlives them for a forgotten one.
@pytest.fixture(scope="module")
def server(database, tmp_path_factory):
    """Give the address of a server on the database, and its log."""
    log = tmp_path_factory.mktemp("races") / "server.log"
    process = None
    try:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        line = odoo(
            "server", f"--db-filter=^{database}$", f"--http-port={port}", "--http-interface=127.0.0.1",
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


def shell(script):
    """Run a script in Odoo's shell on the server's database and return what it printed.

    :param str script: Python that has ``env``; nothing is committed unless it says so
    """
    done = subprocess.run(
        odoo("shell", "--no-http"), input=script, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr[-4000:]
    assert " ERROR " not in done.stderr, done.stderr[-4000:]
    return done.stdout
