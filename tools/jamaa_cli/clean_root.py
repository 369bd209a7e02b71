"""`./jamaa test --clean-root`: the installation proved in an empty Debian.

A machine that is set up already hides what an installation forgets. Here Debian's minimal
base is unpacked into a folder, entered with chroot, and `./jamaa up` has to do all the rest.
"""

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

from . import apt
from .ports import ADDRESS, pick
from .process import CommandFailed, run
from .trouble import Trouble
from .ui import Step, say

ROOM = 6000  # MB
# How this machine reaches its package sources; carried into the root at run time only.
CLIENT_VARIABLES = re.compile(r"^(PIP_|NPM_CONFIG_|NODE_EXTRA_CA_CERTS|SSL_CERT_|REQUESTS_CA|CURL_CA|.*_proxy$)", re.I)
CLIENT_FILES = ("/etc/pip.conf", "/etc/npmrc", "/etc/hosts", "/etc/resolv.conf")
CLIENT_FILES_OF_ROOT = (".config/pip/pip.conf", ".pip/pip.conf", ".npmrc")
LEFT_OUT = shutil.ignore_patterns(".git", ".jamaa", "__pycache__", "node_modules")


class CleanRoot:
    """An empty Debian in a folder, with this repository in it.

    :param suite: Debian's name of the release, for example `bookworm`.
    """

    def __init__(self, home, suite):
        self.home = home
        self.suite = suite
        self.folder = home.root / f"clean-{suite}"
        self.log = home.log(f"clean-{suite}")
        self.mounted = []

    def make(self):
        """Unpack Debian's minimal base and carry the machine's client settings into it."""
        self.remove()
        site = next(iter(apt.mirror_sites()), None)
        if not site:
            raise Trouble("This machine names no Debian package source.")
        with Step(f"Unpacking Debian's minimal base ({self.suite})"):
            run(["debootstrap", "--variant=minbase", self.suite, self.folder, site], log=self.log)
        self._sources(site)
        for name in CLIENT_FILES:
            self._carry(Path(name), Path(name))
        for name in CLIENT_FILES_OF_ROOT:
            self._carry(Path.home() / name, Path("/root") / name)
        authorities = Path("/usr/local/share/ca-certificates")
        if authorities.is_dir():
            shutil.copytree(authorities, self.folder / "usr/local/share/ca-certificates", dirs_exist_ok=True)
        shutil.copytree(self.home.repository, self.folder / "srv/jamaa", ignore=LEFT_OUT, symlinks=True)
        self._mount("-t", "proc", "proc", self.folder / "proc")
        self._mount("--rbind", "/dev", self.folder / "dev")
        for local in self._local_indexes():
            target = self.folder / str(local).lstrip("/")
            target.mkdir(parents=True, exist_ok=True)
            self._mount("--bind", local, target)

    def _sources(self, site):
        """Name the same package source as the machine's, with its corrections."""
        lines = [f"deb {site} {self.suite} main", f"deb {site} {self.suite}-updates main"]
        lines += [f"deb {other} {self.suite}-security main" for other in apt.security_sites()]
        (self.folder / "etc/apt/sources.list").write_text("\n".join(lines) + "\n")
        settings = subprocess.run(["apt-config", "dump", "Acquire"], capture_output=True, text=True, check=False).stdout
        kept = [
            line
            for line in settings.splitlines()
            if re.match(r"Acquire::(Check-|(https?|ftp)::(Proxy|CAInfo|Verify))", line)
        ]
        (self.folder / "etc/apt/apt.conf.d/90host").write_text("\n".join(kept) + "\n")

    def _carry(self, source, target):
        if source.is_file():
            place = self.folder / str(target).lstrip("/")
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)

    @staticmethod
    def _local_indexes():
        """Return the folders of this machine that pip's settings name as sources of packages."""
        asked = subprocess.run(["python3", "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
        named = re.findall(
            r"(?:file://)?(/[^\s']+)", "\n".join(line for line in asked.stdout.splitlines() if "cert" not in line)
        )
        # An index is the folder `simple`; the files it points to lie beside it.
        folders = [path.parent if path.name == "simple" else path for path in map(Path, named)]
        return [path for path in dict.fromkeys(folders) if path.is_dir()]

    def _mount(self, *words):
        command = ["mount", *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Trouble(f"Mounting failed: {done.stderr.strip()}")
        self.mounted.append(Path(words[-1]))
        if words[0] == "--rbind":
            subprocess.run(["mount", "--make-rslave", str(words[-1])], check=True)

    def enter(self, *command, show=True):
        """Run `command` inside the root as its root user; return its output."""
        env = {key: value for key, value in os.environ.items() if CLIENT_VARIABLES.match(key)}
        env |= {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8"}
        line = ["chroot", self.folder, *command]
        return run(line, log=self.log, env=env, on_line=(lambda text: say(f"    {text}")) if show else None)

    def keep_logs(self):
        """Copy what the tool wrote inside the root beside our own log; return where."""
        inside, outside = self.folder / "srv/jamaa/.jamaa/logs", self.log.with_suffix(".logs")
        if not inside.is_dir():
            return self.log
        shutil.rmtree(outside, ignore_errors=True)
        shutil.copytree(inside, outside)
        return outside

    def remove(self):
        """Stop what still runs in the root, unmount, and remove the folder."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                inside = (process / "root").resolve() == self.folder
            except OSError:
                continue
            if inside:
                os.kill(int(process.name), signal.SIGTERM)
        for place in reversed(self.mounted):
            subprocess.run(["umount", "-R", "-l", str(place)], check=False, capture_output=True)
        self.mounted = []
        table = Path("/proc/mounts").read_text()
        if f" {self.folder}/" in table:
            for line in reversed(table.splitlines()):
                place = line.split()[1]
                if place.startswith(f"{self.folder}/"):
                    subprocess.run(["umount", "-l", place], check=False, capture_output=True)
        if f" {self.folder}/" in Path("/proc/mounts").read_text():
            raise Trouble(f"Something is still mounted in {self.folder}.", mend=f"umount it, then remove {self.folder}")
        shutil.rmtree(self.folder, ignore_errors=True)


def run_all(home, options):
    """Prove the installation in a clean root of the wanted suite; return 0 when it stands."""
    if os.getuid() != 0:
        raise Trouble("A clean root can only be made by root.", mend="sudo ./jamaa test --clean-root")
    home.prepare()
    home.lock()
    home.need_space(ROOM)
    apt.install(["debootstrap"], home, "to make a clean root")
    root = CleanRoot(home, options.suite)
    began = time.monotonic()
    passed = 0
    try:
        root.make()
        port = pick(8079)
        for title, check in _checks(root, port):
            start = time.monotonic()
            check()
            passed += 1
            say(f"  ✓ {title}  ({time.monotonic() - start:.0f} s)")
    except (CommandFailed, Trouble, OSError) as error:
        logs = root.keep_logs()
        say(f"1 failed, {passed} passed in {time.monotonic() - began:.2f}s")
        what = f"{' '.join(error.command[2:])}." if isinstance(error, CommandFailed) else str(error)
        raise Trouble(f"In the clean root this failed: {what}", log=logs) from error
    finally:
        if not os.environ.get("JAMAA_KEEP_ROOT"):
            root.remove()
    say(f"{passed} passed in {time.monotonic() - began:.2f}s")
    return 0


def _checks(root, port):
    """Yield (title, function) of what must hold."""
    tool = "/srv/jamaa/jamaa"
    base = f"http://{ADDRESS}:{port}"

    def page(path, words):
        def check():
            with urllib.request.urlopen(base + path, timeout=60) as answer:
                text = answer.read().decode("utf-8", "replace")
            if words not in text:
                raise Trouble(f"{base}{path} does not hold « {words} ».", log=root.log)

        return check

    def no_python():
        if (root.folder / "usr/bin/python3").exists():
            raise Trouble("The clean root has a Python already: it proves nothing.")

    def names(*words):
        def check():
            text = "\n".join(root.enter(*words[:-1], show=False))
            if not re.search(words[-1], text):
                raise Trouble(f"« {' '.join(words[:-1])} » does not tell {words[-1]}.", log=root.log)

        return check

    yield "there is no Python yet", no_python
    yield "./jamaa up, from nothing", lambda: root.enter(tool, "up", "--background", "--port", str(port))
    yield "the login page comes", page("/web/login", "login")
    yield "the websocket's worker answers", page("/websocket/health", "pass")
    yield "status says that it is served", names(tool, "status", str(port))
    yield "a second up", lambda: root.enter(tool, "up", "--background", "--port", str(port), show=False)
    yield "doctor finds nothing wrong", lambda: root.enter(tool, "doctor")
    yield "./jamaa down", lambda: root.enter(tool, "down", show=False)
    yield "up after down", lambda: root.enter(tool, "up", "--background", "--port", str(port), show=False)
    yield "the login page comes again", page("/web/login", "login")
    yield "./jamaa down again", lambda: root.enter(tool, "down", show=False)
