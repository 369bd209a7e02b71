"""Where things live: the code, and the folder that holds all state."""

import fcntl
import hashlib
import os
import shutil
from pathlib import Path

from .process import Account
from .trouble import Trouble
from .ui import say

REPOSITORY = Path(__file__).resolve().parents[2]
CODE_FOLDERS = ("addons", "i18n", "tests", "tools", "docker", "docs")
CODE_FILES = ("pytest.ini", "jamaa", "README.md", "CHANGELOG.md", "ruff.toml", ".gitignore", ".pylintrc")
SOCKET_LIMIT = 107  # bytes of a Unix socket's path that the system accepts


class Home:
    """The state folder and what is found in it.

    :param wanted: the folder named by the caller, or None for the default.
    """

    def __init__(self, wanted=None):
        self.repository = REPOSITORY
        self.account = Account.for_services()
        self.named = bool(wanted or os.environ.get("JAMAA_HOME"))
        self.root = self._choose(wanted or os.environ.get("JAMAA_HOME"))
        self.logs = self.root / "logs"
        self.venv = self.root / "venv"
        self.node = self.root / "node"
        self.odoo = self.root / "odoo"
        self.downloads = self.root / "downloads"
        self.stamps = self.root / "stamps"
        self.data = self.root / "data"
        self.run = self.root / "run"
        self.pids = self.root / "pids"
        self.code = REPOSITORY
        self._lock = None

    @property
    def tag(self):
        """Return a short name for this folder, for what must live outside it."""
        return hashlib.sha256(str(self.root).encode()).hexdigest()[:10]

    def _choose(self, wanted):
        if wanted:
            root = Path(wanted).expanduser().absolute()
            if not self._enterable(root):
                raise Trouble(
                    f"The user « {self.account.name} » who runs the services cannot enter {root}.",
                    mend="choose another folder with --home, for example under /var/lib",
                )
            return root
        root = REPOSITORY / ".jamaa"
        if self._enterable(root):
            return root
        tag = hashlib.sha256(str(REPOSITORY).encode()).hexdigest()[:10]
        return Path(f"/var/lib/jamaa-{tag}")

    def _enterable(self, path):
        """Return whether the services' account can reach `path` (or its first parent that is there)."""
        while not path.exists():
            path = path.parent
        if os.getuid() == 0 and self.account.uid != 0:
            return all(self._passable(part) for part in (path, *path.parents))
        return os.access(path, os.X_OK)

    def _passable(self, folder):
        state = folder.stat()
        if state.st_uid == self.account.uid:
            return bool(state.st_mode & 0o100)
        if state.st_gid == self.account.gid:
            return bool(state.st_mode & 0o010)
        return bool(state.st_mode & 0o001)

    def exists(self):
        """Return whether something was installed here already."""
        return self.stamps.is_dir()

    def prepare(self):
        """Create the folders, each with the owner that needs it, and find readable code."""
        try:
            # What root writes lies in folders of root: the services' account owns only its data.
            for folder in (self.root, self.downloads, self.stamps, self.logs, self.pids):
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(0o755)
            for folder in (self.data, self.data / "home"):
                self.account.own(folder, 0o750)
            self.account.own(self.run, 0o700)
            self.account.own(self.root / "cache", 0o755)
        except PermissionError as error:
            raise Trouble(f"The folder {self.root} cannot be written to.", mend="choose another with --home") from error
        if not self.named and self.root != REPOSITORY / ".jamaa":
            say(f"  State is kept in {self.root}: « {self.account.name} » cannot enter this folder.")

    def place_code(self):
        """Set `code` to a tree that the services' account can read: this one, or a copy of it."""
        there = [REPOSITORY / name for name in CODE_FOLDERS if (REPOSITORY / name).is_dir()]
        if self._enterable(REPOSITORY) and self.account.can_read(*there):
            self.code = REPOSITORY
            return
        self.code = self.root / "code"
        for name in CODE_FOLDERS:
            shutil.rmtree(self.code / name, ignore_errors=True)
            if (REPOSITORY / name).is_dir():
                shutil.copytree(
                    REPOSITORY / name,
                    self.code / name,
                    symlinks=True,
                    ignore=shutil.ignore_patterns("__pycache__", "node_modules"),
                )
        for name in CODE_FILES:
            if (REPOSITORY / name).is_file():
                shutil.copy2(REPOSITORY / name, self.code / name)
        for folder, _folders, files in os.walk(self.code):
            os.chmod(folder, 0o755)
            for name in files:
                path = Path(folder) / name
                path.chmod(path.stat().st_mode | 0o444)

    def socket_folder(self, name):
        """Return a folder for a Unix socket, outside the home when its path would be too long."""
        inside = self.run / name
        if len(str(inside / ".s.PGSQL.5432.lock").encode()) <= SOCKET_LIMIT - 7:
            return inside
        base = Path("/run") if os.getuid() == 0 else Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp")
        return base / f"jamaa-{self.account.uid}-{self.tag}-{name}"

    def log(self, name):
        """Return the path of the log of the step `name`."""
        return self.logs / f"{name}.log"

    def service_log(self, name):
        """Return the path of a log that a service opens itself: the file is its account's."""
        path = self.log(name)
        if self.logs.is_dir() and not path.exists():
            path.touch(0o640)
            if os.getuid() == 0:
                os.chown(path, self.account.uid, self.account.gid)
        return path

    def lock(self):
        """Make sure that one command at a time works in this folder."""
        self._lock = open(self.root / "lock", "w")
        if os.getuid() == 0:
            # In an image root installs, and the services' account goes on from there.
            os.chown(self.root / "lock", self.account.uid, self.account.gid)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Trouble(
                f"Another ./jamaa command is working in {self.root}.", mend="wait for it to end, then run this again"
            ) from error

    def unlock(self):
        """Let other commands work in this folder."""
        if self._lock:
            self._lock.close()
            self._lock = None

    def stamp(self, name):
        """Return the stamp file of step `name`; it exists once that step was completed."""
        return Stamp(self.stamps / name)

    def need_space(self, megabytes):
        """Check that the disk has room before a heavy step."""
        free = shutil.disk_usage(self.root).free // 2**20
        if free < megabytes:
            raise Trouble(
                f"The disk that holds {self.root} is too full: {free} MB are free, {megabytes} MB are needed.",
                mend="free some space, or choose a folder on another disk with --home",
            )


class Stamp:
    """Remembers with what inputs a step was completed, so that it is done once."""

    def __init__(self, path):
        self.path = path

    def matches(self, value):
        """Return whether the step was completed with exactly this input."""
        try:
            return self.path.read_text(encoding="utf-8") == value
        except OSError:
            return False

    def read(self):
        """Return what was stamped, or an empty text."""
        try:
            return self.path.read_text(encoding="utf-8")
        except OSError:
            return ""

    def write(self, value):
        """Mark the step as completed with this input, in one move."""
        fresh = self.path.with_suffix(".new")
        fresh.write_text(value, encoding="utf-8")
        fresh.replace(self.path)

    def clear(self):
        """Forget that the step was completed."""
        self.path.unlink(missing_ok=True)


def digest(*paths):
    """Return one hash for the contents of `paths`."""
    total = hashlib.sha256()
    for path in paths:
        total.update(Path(path).read_bytes())
    return total.hexdigest()
