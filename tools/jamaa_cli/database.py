"""The databases: made under a temporary name, renamed when whole, upgraded with a way back."""

import json
import re
import secrets
import shutil
import string
import unicodedata

from . import modules
from .process import CommandFailed, is_disk_full, run
from .server import command, environment, write_configuration
from .trouble import Trouble
from .ui import Step

MAKING = "__making"  # suffix of a database that is not whole yet
REMEMBERED = "jamaa.addons_when_upgraded"
BEFORE = "__before"  # suffix of the copy kept while a database is upgraded
LETTERS = string.ascii_letters + string.digits


class Database:
    """One Odoo database of this home.

    :param server: the PostgreSQL it is on.
    :param configuration: name of the Odoo configuration file used to build it.
    """

    def __init__(self, home, server, odoo, name, configuration="build.conf"):
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]{0,50}", name):
            raise Trouble(f"« {name} » cannot be the name of a database.", mend="use letters, digits, - and _")
        self.home = home
        self.server = server
        self.odoo = odoo
        self.name = name
        self.configuration = home.root / configuration

    def remember(self, name, installed):
        """Keep, in the database itself, the state of the addons it was made or upgraded with."""
        facts = modules.fingerprints(self.home.code, installed)
        text = json.dumps(facts).replace("'", "''")
        self.server.query(
            "INSERT INTO ir_config_parameter (key, value, create_uid, create_date, write_uid, write_date) "
            f"VALUES ('{REMEMBERED}', '{text}', 1, now(), 1, now()) "
            "ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, write_date = EXCLUDED.write_date",
            name,
        )

    def remembered(self):
        """Return {addon: hash} as the database was last made or upgraded with."""
        rows = self.server.query(f"SELECT value FROM ir_config_parameter WHERE key = '{REMEMBERED}'", self.name)
        try:
            return json.loads(rows[0][0]) if rows else {}
        except ValueError:
            return {}

    def exists(self, name=None):
        """Return whether PostgreSQL has a database of that name."""
        rows = self.server.query(f"SELECT 1 FROM pg_database WHERE datname = '{name or self.name}'")
        return bool(rows)

    def state(self):
        """Return `absent`, `half` (not completely installed), or `ready`."""
        if not self.exists():
            return "absent"
        try:
            rows = self.server.query("SELECT state FROM ir_module_module WHERE name = 'jamaa_base'", self.name)
            waiting = self.server.query(
                "SELECT name FROM ir_module_module WHERE state IN ('to install', 'to upgrade', 'to remove')", self.name
            )
        except CommandFailed:
            return "half"
        return "ready" if rows == [["installed"]] and not waiting else "half"

    def installed(self, name=None):
        """Return the names of the installed modules."""
        rows = self.server.query("SELECT name FROM ir_module_module WHERE state = 'installed'", name or self.name)
        return {row[0] for row in rows}

    def size(self):
        """Return the size of the database as people say it, for example « 75 MB »."""
        return self.server.query(f"SELECT pg_size_pretty(pg_database_size('{self.name}'))")[0][0]

    def drop(self, name=None):
        """Remove a database and its files, if there is one."""
        name = name or self.name
        self.server.tool("dropdb", "--if-exists", "--force", name)
        shutil.rmtree(self._files(name), ignore_errors=True)

    def copy(self, source, target):
        """Copy database `source` to `target`, files included (they are linked, not doubled)."""
        self.drop(target)
        self.server.tool("createdb", "-T", source, target)
        if self._files(source).exists():
            run(["cp", "-al", self._files(source), self._files(target)], account=self.home.account)

    def rename(self, source, target):
        """Rename database `source` to `target`, files included."""
        self.server.query(f'ALTER DATABASE "{source}" RENAME TO "{target}"')
        if self._files(source).exists():
            shutil.rmtree(self._files(target), ignore_errors=True)
            self._files(source).rename(self._files(target))

    def _files(self, name):
        return self.home.data / "filestore" / name

    def build(self, wanted, title, base=None, settle=None):
        """Make the database with the modules `wanted`, under a temporary name until it is whole.

        :param base: a database to start from instead of an empty one.
        :param settle: facts for the closing script (password, lang, commune), or None for none.
        """
        making = self.name + MAKING
        left = self.exists(making)
        with Step(title) as step:
            if left:
                step.detail("removing what an interrupted run left")
                self.drop(making)
            if base:
                self.copy(base, making)
            else:
                self.server.tool("createdb", "-T", "template1", "-E", "UTF8", making)
            self.odoo_modules(making, "-i", wanted, step)
            if settle is not None:
                step.detail("settings and pages")
                self.settle(making, settle)
            self.remember(making, self._ours(making))
            self.rename(making, self.name)

    def odoo_modules(self, name, option, wanted, step):
        """Install (`-i`) or upgrade (`-u`) modules in database `name`."""
        write_configuration(self.home, self.odoo, self.server, self.configuration)
        log = self.home.log(f"database-{self.name}")
        line = command(self.home, self.odoo, "server", self.configuration, "-d", name)
        line += [option, ",".join(wanted), "--stop-after-init", "--no-http"]
        seen = []

        def watch(text):
            found = re.search(r"Loading module (\S+) \((\d+)/(\d+)\)", text)
            if found:
                step.detail(f"module {found[2]} of {found[3]}: {found[1]}")
            if re.match(r"\S+ \S+ \d+ (ERROR|CRITICAL) ", text):
                seen.append(text)

        try:
            run(line, account=self.home.account, env=environment(self.home, self.server), log=log, on_line=watch)
        except CommandFailed as error:
            if is_disk_full(error):
                raise
            raise Trouble(f"The modules could not be installed in the database « {name} ».", log=log) from error
        lacking = sorted(set(wanted) - self.installed(name))
        if lacking:
            raise Trouble(f"These modules did not get installed: {', '.join(lacking)}.", log=log)

    def settle(self, name, facts):
        """Give the administrator a password and a language, name the first commune, draw the pages."""
        log = self.home.log(f"database-{self.name}")
        path = self.home.code / "tools" / "scripts" / "settle.py"
        script = f"FACTS = {facts!r}\nexec(compile(open({str(path)!r}).read(), {str(path)!r}, 'exec'))\n"
        line = command(self.home, self.odoo, "shell", self.configuration, "-d", name, "--no-http")
        try:
            lines = run(line, account=self.home.account, env=environment(self.home, self.server), log=log, text=script)
        except CommandFailed as error:
            raise Trouble("The first settings could not be made.", log=log) from error
        if any("JAMAA-NO-SUCH-LANGUAGE" in text for text in lines):
            raise Trouble(
                f"There is no language « {facts['lang']} ».", mend="use ar, fr, zgh or en, or a code such as ar_MA"
            )
        if not any("JAMAA-DONE" in text for text in lines):
            raise Trouble("The first settings could not be made.", log=log)

    def changes(self, wanted):
        """Return the modules (to install, to upgrade) that make the database match the code."""
        there = self.installed()
        new = [name for name in wanted if name not in there]
        now = modules.fingerprints(self.home.code, modules.ours(self.home.code, demo=True))
        then = self.remembered()
        changed = [name for name in now if name in there and then.get(name) != now[name]]
        return new, changed

    def recover(self):
        """Put back the copy that an interrupted upgrade left; return whether there was one."""
        before = self.name + BEFORE
        if not self.exists(before):
            return False
        # While the copy exists the upgrade was not finished: the copy is the whole one.
        self.drop()
        self.rename(before, self.name)
        return True

    def upgrade(self, new, changed):
        """Bring the database to the code's state; when that fails, the database is as before."""
        before = self.name + BEFORE
        self.copy(self.name, before)
        try:
            with Step(f"Upgrading the database ({', '.join(new + changed)})") as step:
                if changed:
                    self.odoo_modules(self.name, "-u", changed, step)
                if new:
                    self.odoo_modules(self.name, "-i", new, step)
                self.settle(self.name, {"password": None, "lang": None, "commune": None})
        except Trouble as trouble:
            self.drop()
            self.rename(before, self.name)
            raise Trouble(
                f"The database « {self.name} » could not be upgraded; it is as it was before.", log=trouble.log
            ) from trouble
        self.remember(self.name, self._ours(self.name))
        self.drop(before)

    def _ours(self, name):
        """Return those of our addons that database `name` has."""
        there = self.installed(name)
        return [addon for addon in modules.ours(self.home.code, demo=True) if addon in there]


def new_password():
    """Return a random password that can be typed (about 95 bits)."""
    return "".join(secrets.choice(LETTERS) for _ in range(16))


def web_name(name):
    """Return the part of public addresses for a commune of that name (Latin letters, digits, hyphens)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "commune-1"
