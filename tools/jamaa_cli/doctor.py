"""`./jamaa doctor`: what is missing or wrong on this machine, each with what mends it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import apt, node, odoo_source, postgres, venv
from .database import Database
from .ports import holder, is_free
from .process import CommandFailed, run
from .server import Service
from .trouble import Trouble
from .ui import say
from .up import DEFAULT_PORT, SPACE

FONTS = {"Arabic": "ar", "Tifinagh": "ber", "French": "fr"}


def doctor(home):
    """Look at everything; print each finding; return 0 when nothing is wrong, else 1."""
    wrong = 0
    for title, look in _looks(home):
        try:
            words = look()
        except Trouble as trouble:
            wrong += 1
            say(f"  ✗ {title}: {trouble.sentence}")
            if trouble.mend:
                say(f"      {trouble.mend}")
        else:
            say(f"  ✓ {title}: {words}")
    say("Nothing is wrong." if not wrong else f"{wrong} wrong.")
    return 1 if wrong else 0


def _looks(home):
    """Yield (title, function); the function returns a good word or raises Trouble."""
    yield "Python", lambda: sys.version.split()[0]
    yield "system packages", _packages
    yield "disk", lambda: _disk(home)
    yield "state folder", lambda: f"{home.root}, services run as {home.account.name}"
    yield "Odoo", lambda: _odoo(home)
    if not home.exists():
        return
    yield "Python packages", lambda: _imports(home)
    yield "rtlcss", lambda: _rtlcss(home)
    yield "letters", _letters
    server = postgres.server(home)
    yield "PostgreSQL", lambda: _server(server)
    if server.running():
        names = server.query(
            "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY 1"
        )
        for (name,) in names:
            yield f"database {name}", lambda name=name: _database(home, server, name)
    yield "port", lambda: _port(home)


def _packages():
    lacking = apt.missing(apt.SERVE)
    if not os.environ.get("JAMAA_DB_HOST") and not postgres.programs():
        lacking += apt.missing(apt.SERVER_DATABASE)
    if lacking:
        line = "apt-get install --no-install-recommends " + " ".join(lacking)
        raise Trouble(f"missing: {', '.join(lacking)}.", mend=line)
    return "all there"


def _disk(home):
    folder = home.root
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 2**20
    if free < SPACE:
        raise Trouble(f"{free} MB are free.", mend="free some space, or choose another --home")
    return f"{free} MB free"


def _odoo(home):
    found = odoo_source.current(home) if home.exists() or os.environ.get("JAMAA_ODOO") else None
    if not found:
        raise Trouble("not fetched yet.", mend="./jamaa up")
    return found.version


def _imports(home):
    """Import what must not be missing, WeasyPrint above all: it needs system libraries."""
    script = "import odoo.release, psycopg2, lxml, weasyprint, holidays, magic, qrcode; print(weasyprint.__version__)"
    try:
        lines = run([venv.python(home), "-c", script])
    except CommandFailed as error:
        raise Trouble(f"an import fails: {(error.tail or [''])[-1]}", mend="./jamaa up") from error
    return f"import well (WeasyPrint {lines[-1]})"


def _rtlcss(home):
    path = node.programs(home) / "rtlcss"
    try:
        version = run([path, "--version"], env={"PATH": node.environment_path(home)})
    except CommandFailed as error:
        raise Trouble("Arabic pages would keep left-to-right style.", mend="./jamaa up") from error
    return version[-1]


def _letters():
    """Look for fonts with Arabic and Tifinagh letters (for the office's own papers and previews)."""
    lacking = []
    for name, lang in FONTS.items():
        seen = subprocess.run(["fc-list", f":lang={lang}", "family"], capture_output=True, text=True, check=False)
        if not seen.stdout.strip():
            lacking.append(name)
    if lacking and not Path("/usr/share/fonts/truetype/noto").is_dir():
        raise Trouble(f"no font has {', '.join(lacking)} letters.", mend="apt-get install fonts-noto-core")
    return "Arabic, Tifinagh, French"


def _server(server):
    if not server.running():
        if server.managed:
            return server.describe()
        server.start()
    return server.describe()


def _database(home, server, name):
    state = Database(home, server, None, name).state()
    if state != "ready":
        mend = f"./jamaa psql --db postgres -c 'DROP DATABASE \"{name}\"', then ./jamaa up --db {name}"
        raise Trouble("it is not a completely installed database of Jamaa.", mend=mend)
    problem = server.check_search(name)
    if problem:
        raise Trouble(problem[0], mend=problem[1])
    return "complete; Arabic and French search work"


def _port(home):
    facts = Service(home).facts()
    if facts:
        return f"{facts['port']} is served by us"
    if not is_free(DEFAULT_PORT):
        raise Trouble(
            f"{DEFAULT_PORT} is taken by {holder(DEFAULT_PORT) or 'another program'}.", mend="./jamaa up --port 8079"
        )
    return f"{DEFAULT_PORT} is free"
