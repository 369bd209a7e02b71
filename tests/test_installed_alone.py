"""Each addon installs alone in a fresh database: a full one hides a dependency that was not declared."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parents[1] / "addons"
BASE = "jamaa_alone_base"


def names():
    """Return the addons that can be installed."""
    manifests = sorted(ADDONS.glob("*/__manifest__.py"))
    return [path.parent.name for path in manifests if ast.literal_eval(path.read_text()).get("installable", True)]


def odoo(database, module):
    """Install `module` in `database` with nothing that was not asked for; return the log's lines."""
    command = [sys.executable, os.environ["JAMAA_TEST_ODOO"], "server", "-c", os.environ["JAMAA_TEST_CONFIG"]]
    command += ["-d", database, "-i", module, "--stop-after-init", "--no-http", "--log-level=warn"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stderr.splitlines()


def psql(database, sql):
    """Return the first column of a query, as a list of texts."""
    command = ["psql", "-X", "-A", "-t", "-d", database, "-c", sql]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


@pytest.fixture(scope="module")
def base():
    """Give a database that holds Odoo's `base` and nothing else."""
    subprocess.run(["dropdb", "--if-exists", BASE], check=True, capture_output=True)
    subprocess.run(["createdb", "-T", "template1", BASE], check=True)
    odoo(BASE, "base")
    yield BASE
    subprocess.run(["dropdb", "--force", BASE], check=True)


@pytest.mark.parametrize("name", names())
def test_installs_alone(base, name):
    database = f"jamaa_alone_{name}"
    subprocess.run(["dropdb", "--if-exists", database], check=True, capture_output=True)
    subprocess.run(["createdb", "-T", base, database], check=True)
    try:
        lines = odoo(database, name)
        trouble = [line for line in lines if re.match(r"\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) ", line)]
        assert not trouble, "\n".join(trouble)
        states = psql(database, f"SELECT state FROM ir_module_module WHERE name = '{name}'")
        assert states == ["installed"]
    finally:
        subprocess.run(["dropdb", "--force", database], check=True)
