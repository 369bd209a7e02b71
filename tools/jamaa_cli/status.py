"""`./jamaa status`, `logs`, `shell`, `psql`: looking at what runs."""

import os
import time

from . import modules, node, odoo_source, postgres
from .database import Database
from .process import become
from .server import Service, command, environment, write_configuration
from .trouble import Trouble
from .ui import say, table


def status(home):
    """Print what runs where; return 0 when Odoo is served, else 3."""
    service = Service(home)
    facts = service.facts()
    rows = [["State folder", home.root], ["Services run as", home.account.name], ["Odoo", odoo_source.describe(home)]]
    if home.exists():
        server = postgres.server(home)
        rows.append(["PostgreSQL", server.describe()])
        if server.running():
            names = server.query("SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'")
            for (name,) in names:
                database = Database(home, server, None, name)
                rows.append(["Database", f"{name}: {database.state()}, {database.size()}"])
    if facts:
        rows.append(["Serving", f"http://127.0.0.1:{facts['port']} ({facts['mode']}), database {facts['database']}"])
    else:
        rows.append(["Serving", "nothing"])
    ours = modules.in_order(home.code)
    rows.append(["Addons", ", ".join(ours)])
    say("\n".join(table(rows)))
    return 0 if facts else 3


def logs(home):
    """Follow the server's log until Ctrl-C."""
    path = Service(home).log
    if not path.exists():
        raise Trouble("There is no server log yet.", mend="./jamaa up")
    with path.open(encoding="utf-8", errors="replace") as log:
        for line in log.readlines()[-60:]:
            say(line.rstrip("\n"))
        while True:
            line = log.readline()
            if line:
                say(line.rstrip("\n"))
            elif not os.isatty(1):
                return
            else:
                time.sleep(0.3)


def ready(home):
    """Return the Odoo and the started PostgreSQL of this home."""
    odoo = odoo_source.current(home) if home.exists() else None
    if not odoo:
        raise Trouble("Nothing is installed here yet.", mend="./jamaa up")
    home.prepare()
    home.place_code()
    server = postgres.server(home)
    server.start()
    return odoo, server


def shell(home, options):
    """Open Odoo's Python shell on the database."""
    odoo, server = ready(home)
    if Database(home, server, odoo, options.db).state() != "ready":
        raise Trouble(f"There is no complete database « {options.db} ».", mend="./jamaa up")
    configuration = write_configuration(home, odoo, server, home.root / "shell.conf")
    line = command(home, odoo, "shell", configuration, "-d", options.db, "--no-http", "--log-level=warn", *options.rest)
    become(home.account, line, environment(home, server))


def psql(home, options):
    """Open PostgreSQL's prompt on the database."""
    _odoo, server = ready(home)
    if not Database(home, server, None, options.db).exists():
        raise Trouble(f"There is no database « {options.db} ».", mend="./jamaa up")
    env = server.environment() | {"PATH": node.environment_path(home), "TERM": os.environ.get("TERM", "dumb")}
    env["HOME"] = str(home.data / "home")
    become(home.account, ["psql", "-d", options.db, *options.rest], env)
