"""The Odoo server: its configuration, starting it, and knowing that it answers."""

import contextlib
import json
import os
import secrets
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import modules, node, venv
from .front import Front
from .ports import ADDRESS, need_free, pick
from .process import PidFile, start
from .trouble import Trouble
from .ui import Step

WORKERS = 2
PATIENCE = 120  # seconds until the first page must have come


def environment(home, server=None):
    """Return the environment in which Odoo runs: rtlcss on the PATH, bytecode in the home."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PG", "PYTHON", "VIRTUAL_ENV", "ODOO", "OPENERP"))
    }
    kept |= {
        "PATH": node.environment_path(home),
        "HOME": str(home.data / "home"),
        "PYTHONPYCACHEPREFIX": str(home.root / "cache"),
        "PYTHONUNBUFFERED": "1",
        "LC_ALL": "C.UTF-8",
    }
    if server:
        kept |= {key: value for key, value in server.environment().items() if key.startswith("PG")}
    return kept


def write_configuration(home, odoo, server, path, **settings):
    """Write an Odoo configuration that only the services' account can read, and return its path."""
    secret = home.root / "master-password"
    if not secret.exists():
        secret.write_text(secrets.token_hex(24))
        secret.chmod(0o600)
    folders = [*map(str, odoo.addons), str(home.code / "addons")]
    settings = {"http_interface": ADDRESS, **settings}
    lines = [
        "[options]",
        f"addons_path = {','.join(folders)}",
        f"data_dir = {home.data}",
        *server.settings(),
        "db_template = template1",
        "skip_auto_install = True",
        "unaccent = True",
        "list_db = False",
        f"admin_passwd = {secret.read_text()}",
        "max_cron_threads = 1",
        "limit_time_real = 600",
        "limit_time_cpu = 300",
        *(f"{key} = {value}" for key, value in settings.items()),
    ]
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text("\n".join(lines) + "\n")
    if os.getuid() == 0:
        os.chown(fresh, home.account.uid, home.account.gid)
    fresh.replace(path)
    return path


def command(home, odoo, verb, configuration, *words):
    """Return the command line of Odoo's own script (under `-m` the websocket worker would die)."""
    return [venv.python(home), odoo.script, verb, "-c", configuration, *words]


class Service:
    """Odoo with what stands in front of it, as started by `up`."""

    def __init__(self, home):
        self.home = home
        self.pid = PidFile(home.pids / "odoo.pid")
        self.front = Front(home)
        self.facts_file = home.root / "serving.json"
        self.log = home.log("odoo-server")

    def facts(self):
        """Return what is served now (port, database, mode …), or None when nothing is."""
        if not self.pid.pid():
            return None
        try:
            return json.loads(self.facts_file.read_text())
        except (OSError, ValueError):
            return None

    def start(self, odoo, server, database, port):
        """Start serving `database` on `port` and wait for the first page."""
        need_free(port)
        front = self.front.program()
        http = pick(port + 1, {port}) if front else port
        chat = pick(port + 3, {port, http})
        configuration = write_configuration(
            self.home,
            odoo,
            server,
            self.home.root / "odoo.conf",
            http_port=http,
            gevent_port=chat,
            proxy_mode=bool(front),
            workers=WORKERS if front else 0,
            dbfilter=f"^{database}$",
        )
        with Step("Starting Odoo") as step:
            line = command(self.home, odoo, "server", configuration, "-d", database)
            env = environment(self.home, server)
            self.pid.write(start(line, log=self.log, account=self.home.account, env=env))
            try:
                if front:
                    self.front.start(port, http, chat)
                # The websocket's worker loads everything once more, after the pages' workers.
                self._wait(port, step, ["/web/health", "/web/login", *(["/websocket/health"] if front else [])])
            except BaseException:
                self.stop()
                raise
        facts = {
            "port": port,
            "database": database,
            "odoo": odoo.version,
            "mode": f"{WORKERS} workers and the websocket worker behind nginx" if front else "one process, no nginx",
        }
        self.facts_file.write_text(json.dumps(facts))
        return facts

    def _wait(self, port, step, pages):
        """Wait until each of `pages` comes; say why when they do not."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if not self.pid.pid():
                break
            with contextlib.suppress(OSError, urllib.error.URLError):
                for page in pages:
                    with urllib.request.urlopen(f"http://{ADDRESS}:{port}{page}", timeout=60) as answer:
                        answer.read()
                return
            step.detail("waiting for the first page")
            time.sleep(0.3)
        raise Trouble("Odoo did not start." if not self.pid.pid() else "Odoo gives no page.", log=self.log)

    def stop(self):
        """Stop Odoo and its front; return whether it ran."""
        self.front.stop()
        ran = self.pid.stop()
        self.facts_file.unlink(missing_ok=True)
        return ran


def logins(home, lang=None):
    """Return the demo logins to show: rows of (who, login, password, commune).

    :param lang: language of the words, `ar` or `fr`; English otherwise.
    """
    path = Path(home.code) / "addons" / modules.DEMO / "data" / "logins.json"
    if not path.exists():
        return [["Administrator", "admin", "admin", ""]]
    rows = []
    for entry in json.loads(path.read_text(encoding="utf-8")):
        who = entry.get(f"role_{(lang or 'en')[:2]}") or entry.get("role_en", "")
        commune = entry.get("commune", "")
        rows.append([who, entry["login"], entry["password"], "all" if commune == "*" else commune])
    return rows
