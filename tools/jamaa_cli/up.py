"""`./jamaa up`: from a bare machine to a served database, each step done once."""

import os
import signal
import time

from . import apt, modules, node, odoo_source, postgres, venv
from .database import Database, new_password, web_name
from .ports import ADDRESS, need_free
from .process import become
from .server import WORKERS, Service, command, environment, logins, write_configuration
from .trouble import Trouble
from .ui import Step, say, table

LANGUAGES = {"ar": "ar_MA", "fr": "fr_MA", "zgh": "zgh", "en": "en_US"}
ODOO_SPACE = 1500  # MB for Odoo's code while it is unpacked
PYTHON_SPACE = 900  # MB for the Python packages
SPACE = 500  # MB for a first database, and what must stay free afterwards
DEFAULT_DATABASE = "jamaa"
DEFAULT_PORT = 8069


def prepare(home, test=False):
    """Install what is missing to serve (and to test), and return the Odoo to use."""
    if os.environ.get("JAMAA_ODOO"):
        odoo_source.current(home)  # a wrong one is refused before anything is installed
    home.prepare()
    home.lock()
    fetched = os.environ.get("JAMAA_ODOO") or home.stamp("odoo").read()
    installed = home.stamp("venv").read()
    home.need_space(SPACE + (0 if fetched else ODOO_SPACE) + (0 if installed else PYTHON_SPACE))
    needs = list(apt.SERVE)
    if os.environ.get("JAMAA_DB_HOST"):
        needs += apt.CLIENT_DATABASE
    elif not postgres.programs():
        needs += apt.SERVER_DATABASE
    apt.install(needs, home, "to serve")
    if test:
        apt.install(apt.TEST, home, "to test")
    odoo = odoo_source.get(home)
    venv.install(home, odoo, test=test)
    node.install(home)
    home.place_code()
    return odoo


def up(home, options):
    """Serve the database, making or upgrading what is needed first."""
    began = time.monotonic()
    service = Service(home)
    if not service.facts():
        need_free(options.port or DEFAULT_PORT)
    odoo = prepare(home)
    service.front.install()
    server = postgres.server(home)
    server.start()
    database = Database(home, server, odoo, options.db)
    facts = service.facts()
    if facts and facts["database"] != options.db:
        raise Trouble(
            f"The database « {facts['database']} » is being served on port {facts['port']}.",
            mend="./jamaa down, then ./jamaa up",
        )
    password = None
    if not facts and database.recover():
        say(f"  An upgrade had been interrupted: the database « {options.db} » was put back as before.")
    state = database.state()
    if state == "half":
        raise Trouble(
            f"The database « {options.db} » is not a completely installed one of Jamaa.",
            mend=f"./jamaa up --db OTHER, or remove it: ./jamaa psql --db postgres -c 'DROP DATABASE \"{options.db}\"'",
        )
    if state == "absent":
        facts = _stop(service, facts)
        password = _create(home, database, options)
    else:
        facts = _refresh(home, database, service, facts)
    if facts and options.port and options.port != facts["port"]:
        facts = _stop(service, facts)
    if not facts:
        facts = service.start(odoo, server, options.db, options.port or DEFAULT_PORT)
    home.unlock()
    show(home, database, facts, password, time.monotonic() - began, options.lang)
    if not options.background:
        _stay(service, server)


def serve(home, options):
    """Become Odoo, in the foreground, on every address: what a container runs.

    The database server may still be starting; the certificate and the public name are nginx's.
    """
    odoo = prepare(home)
    server = postgres.server(home)
    for _attempt in range(60):
        if server.managed or server.running():
            break
        time.sleep(1)
    server.start()
    database = Database(home, server, odoo, options.db)
    database.recover()
    state = database.state()
    if state == "half":
        raise Trouble(
            f"The database « {options.db} » is not a completely installed one of Jamaa.", mend="use --db OTHER"
        )
    if state == "absent":
        password = _create(home, database, options)
        if password:
            say(f"Administrator: admin, password {password} (shown once, kept nowhere)")
    else:
        _refresh(home, database, None, None)
    configuration = write_configuration(
        home,
        odoo,
        server,
        home.data / "odoo.conf",
        http_interface="0.0.0.0",
        http_port=DEFAULT_PORT,
        gevent_port=DEFAULT_PORT + 3,
        proxy_mode=True,
        workers=int(os.environ.get("JAMAA_WORKERS") or WORKERS),
        dbfilter=f"^{options.db}$",
    )
    home.unlock()
    become(home.account, command(home, odoo, "server", configuration, "-d", options.db), environment(home, server))


def _stop(service, facts):
    if facts:
        service.stop()


def _create(home, database, options):
    """Make the database; return the administrator's new password, or None with demo data."""
    demo = not options.no_demo and modules.DEMO in modules.manifests(home.code)
    password = new_password() if options.no_demo else None
    wanted = modules.UPSTREAM + modules.ours(home.code, demo=demo)
    lang = LANGUAGES.get(options.lang, options.lang)
    commune = options.commune and {"name": options.commune, "slug": web_name(options.commune), "lang": lang}
    settle = {"password": password, "lang": lang, "commune": commune}
    database.build(wanted, f"Creating the database « {options.db} »", settle=settle)
    return password


def _refresh(home, database, service, facts):
    """Upgrade the database when the code changed since; return what is still served."""
    demo = modules.DEMO in database.installed()
    new, changed = database.changes(modules.UPSTREAM + modules.ours(home.code, demo=demo))
    if not new and not changed:
        return facts
    _stop(service, facts)
    database.upgrade(new, changed)
    return None


def show(home, database, facts, password, seconds, lang=None):
    """Print the one table: addresses and who may log in."""
    base = f"http://{ADDRESS}:{facts['port']}"
    rows = [["Staff", f"{base}/odoo"]]
    rows += [["Citizens", f"{base}/c/{slug}"] for slug in _communes(database)]
    demo = modules.DEMO in database.installed()
    if password:
        rows.append(["Administrator", "admin", password])
    elif demo or modules.DEMO not in modules.manifests(home.code):
        rows += logins(home, lang)
    say()
    say(f"Jamaa is served ({seconds:.0f} s).")
    say("\n".join(table(rows, ["Who", "Address or login", "Password", "Commune"])))
    if password:
        say("  This password is shown once and kept nowhere: write it down.")
    say()
    say("  ./jamaa status · logs · down")


def _communes(database):
    """Return the slugs of at most three communes that have public pages, the demo's first."""
    column = "SELECT 1 FROM information_schema.columns WHERE table_name = 'res_company' AND column_name = '{}'"
    if not database.server.query(column.format("commune_slug"), database.name):
        return []
    order = "is_demo DESC NULLS LAST, id" if database.server.query(column.format("is_demo"), database.name) else "id"
    sql = f"SELECT commune_slug FROM res_company WHERE commune_slug IS NOT NULL ORDER BY {order} LIMIT 3"
    return [row[0] for row in database.server.query(sql, database.name)]


def _stay(service, server):
    """Stay in the foreground until Ctrl-C or until Odoo ends."""
    say("  Press Ctrl-C to stop.")

    def leave(_number, _frame):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, leave)
    pid = service.pid.pid()
    try:
        while service.pid.pid() == pid:
            time.sleep(0.5)
            _reap(pid)
    except KeyboardInterrupt:
        say()
        with Step("Stopping"):
            service.stop()
            server.stop()
        return
    if service.pid.pid() is None and service.facts_file.exists():
        service.front.stop()
        raise Trouble("Odoo ended by itself.", log=service.log)


def _reap(pid):
    """Collect the ended child, so that it does not look alive."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        pass


def down(home):
    """Stop what this home runs."""
    if not home.root.exists():
        say("Nothing runs: there is no state here yet.")
        return
    service, server = Service(home), postgres.server(home)
    with Step("Stopping"):
        ran = service.stop()
        ran = server.stop() or ran
    say("Stopped." if ran else "Nothing was running.")


def install(home):
    """Only install what serving needs: the step that builds an image."""
    odoo = prepare(home)
    say(f"Installed: Odoo {odoo.version}")
