"""PostgreSQL: a private cluster on a Unix socket, or the server that JAMAA_DB_* names."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from .process import CommandFailed, is_disk_full, run
from .trouble import Trouble
from .ui import Step

ROLE = "odoo"  # Odoo refuses to work as the superuser
SUPERUSER = "postgres"
OLDEST = 13
EXTENSIONS = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
ALTER FUNCTION unaccent(text) IMMUTABLE;
"""
# Arabic text must give trigrams, or searching in Arabic finds nothing, without a word.
ARABIC_TRIGRAMS = "SELECT array_length(show_trgm('شكاية'), 1) IS NOT NULL"


def programs():
    """Return the folder of PostgreSQL's server programs (the newest on this machine), or None."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    found = [path for path in found if path.parent.name.isdigit() and int(path.parent.name) >= OLDEST]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    aside = shutil.which("initdb")
    return Path(aside).resolve().parent if aside else None


class Server:
    """How to reach a PostgreSQL server.

    :param host: a host's name, or the folder of the socket.
    :param managed: whether it is a cluster of ours, that we start and stop.
    """

    managed = False

    def __init__(self, home, host, port, user, password=None):
        self.home = home
        self.host = str(host)
        self.port = str(port)
        self.user = user
        self.password = password

    def environment(self):
        """Return the variables by which PostgreSQL's own programs reach the server."""
        found = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        found |= {"PGHOST": self.host, "PGPORT": self.port, "PGUSER": self.user, "LC_ALL": "C.UTF-8"}
        if self.password:
            found["PGPASSWORD"] = self.password
        return found

    def settings(self):
        """Return the lines of Odoo's configuration that name this server."""
        lines = [f"db_host = {self.host}", f"db_port = {self.port}", f"db_user = {self.user}"]
        if self.password:
            lines.append(f"db_password = {self.password}")
        return lines

    def query(self, sql, database="postgres", user=None):
        """Run one SQL statement and return its rows, each a list of texts.

        :raise CommandFailed: with what PostgreSQL said.
        """
        environment = self.environment()
        if user:
            environment["PGUSER"] = user
        command = ["psql", "-X", "-q", "-A", "-t", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql]
        lines = run(command, account=self.home.account, env=environment)
        return [line.split("\x1f") for line in lines if line]

    def tool(self, *command, log=None):
        """Run one of PostgreSQL's client programs (createdb, dropdb, pg_dump)."""
        return run(command, account=self.home.account, env=self.environment(), log=log or self.home.log("postgres"))

    def start(self):
        """Check that the server answers (a server that is not ours is not started)."""
        try:
            version = self.query("SHOW server_version_num")[0][0]
        except CommandFailed as error:
            raise Trouble(
                f"PostgreSQL at {self.host}, port {self.port} (JAMAA_DB_*) does not answer: {_reason(error)}.",
                mend="check JAMAA_DB_HOST, JAMAA_DB_PORT, JAMAA_DB_USER and JAMAA_DB_PASSWORD",
            ) from error
        if int(version) // 10000 < OLDEST:
            raise Trouble(f"PostgreSQL {int(version) // 10000} is too old; {OLDEST} or newer is needed.")

    def stop(self):
        """A server that is not ours is left alone."""
        return False

    def running(self):
        """Return whether the server answers."""
        try:
            return bool(self.query("SELECT 1"))
        except CommandFailed:
            return False

    def describe(self):
        """Return one line on the server."""
        state = "answers" if self.running() else "does not answer"
        return f"existing server at {self.host}:{self.port} ({state})"

    def check_search(self, database):
        """Make sure that Arabic and French search work in `database`.

        :return: the problem as (sentence, what mends it), or None.
        """
        try:
            trigrams = self.query(ARABIC_TRIGRAMS, database)[0][0] == "t"
        except CommandFailed:
            return "The extension pg_trgm is missing.", f"as superuser in {database}: CREATE EXTENSION pg_trgm;"
        if not trigrams:
            return (
                "Arabic text gives no trigrams: the database is not UTF-8.",
                "make the database with UTF-8 and C.UTF-8",
            )
        immutable = "SELECT provolatile FROM pg_proc WHERE oid = to_regprocedure('unaccent(text)')"
        rows = self.query(immutable, database)
        if not rows or rows[0][0] != "i":
            sql = "CREATE EXTENSION IF NOT EXISTS unaccent; ALTER FUNCTION unaccent(text) IMMUTABLE;"
            return (
                "unaccent is missing or not immutable: accents are not forgiven.",
                f"as superuser in {database}: {sql}",
            )
        return None


class Cluster(Server):
    """A private cluster of this home, run by the unprivileged account, without any network port.

    :param name: `pg` for what people work with; `pg-test` for tests.
    :param durable: False only for tests, whose data may be lost when the power goes.
    """

    managed = True

    def __init__(self, home, name="pg", durable=True):
        super().__init__(home, home.socket_folder(name), 5432, ROLE)
        self.name = name
        self.durable = durable
        self.folder = home.root / name
        self.log = home.service_log(name)

    def start(self):
        """Create the cluster at the first time, start it, and make its role."""
        if self.running():
            return
        bin_folder = programs()
        if not bin_folder:
            raise Trouble("PostgreSQL's server is not installed.", mend="apt-get install postgresql")
        account = self.home.account
        if account.uid == 0:
            raise Trouble("PostgreSQL cannot run as root.", mend="run this as another user")
        stamp = self.home.stamp(self.name)
        if not stamp.matches(str(self.folder)) or not (self.folder / "PG_VERSION").exists():
            self._create(bin_folder)
            stamp.write(str(self.folder))
        self._same_version(bin_folder)
        account.own(Path(self.host), 0o700)
        self._forget_dead_server()
        try:
            self._control(bin_folder, "-w", "-t", "60", "-l", self.log, "start")
        except CommandFailed as error:
            if is_disk_full(error) or "No space left" in _tail(self.log):
                raise Trouble(
                    "PostgreSQL cannot start: the disk is full.", mend="free some space", log=self.log
                ) from error
            raise Trouble("PostgreSQL did not start.", log=self.log) from error
        if not self.query(f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'", user=SUPERUSER):
            self.query(f"CREATE ROLE {ROLE} LOGIN CREATEDB", user=SUPERUSER)
        for statement in EXTENSIONS.strip().splitlines():
            self.query(f"SET client_min_messages = error; {statement}", "template1", SUPERUSER)

    def _create(self, bin_folder):
        with Step("Creating the private PostgreSQL cluster"):
            shutil.rmtree(self.folder, ignore_errors=True)
            self.home.account.own(self.folder, 0o700)
            command = [bin_folder / "initdb", "-D", self.folder, "--username", SUPERUSER, "--auth=trust"]
            command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
            if not self.durable:
                command.append("--no-sync")
            run(command, account=self.home.account, env={**os.environ, "LC_ALL": "C.UTF-8"}, log=self.log)
            self._configure()

    def _configure(self):
        """Write our own settings: no network port, memory for one machine."""
        lines = [
            "listen_addresses = ''",
            f"unix_socket_directories = '{self.host}'",
            "unix_socket_permissions = 0700",
            "max_connections = 100",
            "shared_buffers = 256MB",
            "work_mem = 16MB",
            "maintenance_work_mem = 128MB",
            "effective_cache_size = 1GB",
            "random_page_cost = 1.1",
            "jit = off",
            "timezone = 'UTC'",
            "log_timezone = 'UTC'",
        ]
        if not self.durable:
            lines += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
        text = "# Written by ./jamaa.\n" + "\n".join(lines) + "\n"
        path = self.folder / "jamaa.conf"
        path.write_text(text)
        main = self.folder / "postgresql.conf"
        if "include = 'jamaa.conf'" not in main.read_text():
            with main.open("a") as out:
                out.write("\ninclude = 'jamaa.conf'\n")
        if os.getuid() == 0:
            for file in (path, main):
                os.chown(file, self.home.account.uid, self.home.account.gid)

    def _same_version(self, bin_folder):
        made_by = (self.folder / "PG_VERSION").read_text().strip()
        has = bin_folder.parent.name
        if has.isdigit() and has != made_by:
            if (Path("/usr/lib/postgresql") / made_by / "bin/initdb").exists():
                return
            raise Trouble(
                f"The data in {self.folder} were made by PostgreSQL {made_by}, and this machine has {has}.",
                mend=f"install postgresql-{made_by}, or dump and restore into a new --home",
            )

    def _control(self, bin_folder, *words):
        made_by = (self.folder / "PG_VERSION").read_text().strip()
        exact = Path("/usr/lib/postgresql") / made_by / "bin"
        program = (exact if exact.exists() else bin_folder) / "pg_ctl"
        # pg_ctl hands its standard output on to the server: it must not be our pipe.
        command = [str(program), "-s", "-D", str(self.folder), *map(str, words)]
        with open(self.log, "a", encoding="utf-8") as out:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                check=False,
                cwd="/",
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                start_new_session=True,
                **self.home.account.popen_options(),
            )
        if done.returncode:
            raise CommandFailed(command, done.returncode, _tail(self.log).splitlines(), self.log)

    def _forget_dead_server(self):
        """Drop the lock a killed server left behind, when its number is now somebody else's."""
        path = self.folder / "postmaster.pid"
        try:
            pid = int(path.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return
        try:
            name = Path(f"/proc/{pid}/comm").read_text().strip()
        except OSError:
            name = ""
        if "postgres" not in name:
            path.unlink(missing_ok=True)

    def stop(self):
        """Stop the cluster; return whether it ran."""
        bin_folder = programs()
        if not (self.folder / "postmaster.pid").exists() or not bin_folder:
            return False
        try:
            self._control(bin_folder, "-m", "fast", "-w", "-t", "60", "stop")
        except CommandFailed:
            return False
        return True

    def describe(self):
        """Return one line on the cluster."""
        state = "runs" if self.running() else "stopped"
        return f"private cluster in {self.folder} ({state})"


def server(home):
    """Return the PostgreSQL of this home: the one JAMAA_DB_* names, or a private cluster."""
    if os.environ.get("JAMAA_DB_HOST"):
        return Server(
            home,
            os.environ["JAMAA_DB_HOST"],
            os.environ.get("JAMAA_DB_PORT") or "5432",
            os.environ.get("JAMAA_DB_USER") or ROLE,
            os.environ.get("JAMAA_DB_PASSWORD"),
        )
    return Cluster(home)


def _tail(path):
    try:
        return "\n".join(Path(path).read_text(errors="replace").splitlines()[-40:])
    except OSError:
        return ""


def _reason(error):
    """Return the heart of psql's complaint."""
    text = " ".join(error.tail[-2:]) if error.tail else str(error)
    return re.sub(r"\s+", " ", text.replace("psql: error:", "")).strip().rstrip(".")
