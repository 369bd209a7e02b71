"""Running other programs: as whom, with what log, and how to stop them."""

import contextlib
import errno
import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

from .trouble import Trouble

SERVICE_USER = "jamaa"  # who runs PostgreSQL and Odoo when the tool is started by root


class CommandFailed(Exception):
    """A program ended with an error; `tail` holds its last lines."""

    def __init__(self, command, code, tail, log=None):
        super().__init__(f"{command[0]} ended with code {code}")
        self.command = command
        self.code = code
        self.tail = tail
        self.log = log

    def text(self):
        """Return the last lines as one text, to look for a known cause."""
        return "\n".join(self.tail)


class Account:
    """The account that runs the services: an unprivileged one, or whoever called."""

    def __init__(self, name, uid, gid):
        self.name = name
        self.uid = uid
        self.gid = gid

    @classmethod
    def current(cls):
        """Return the account of the caller."""
        uid = os.getuid()
        try:
            name = pwd.getpwuid(uid).pw_name
        except KeyError:
            name = str(uid)
        return cls(name, uid, os.getgid())

    @classmethod
    def for_services(cls):
        """Return the caller's account, or for root the unprivileged one (made when missing)."""
        if os.getuid() != 0:
            return cls.current()
        try:
            entry = pwd.getpwnam(SERVICE_USER)
        except KeyError:
            shell = shutil.which("nologin", path="/usr/sbin:/sbin") or "/bin/false"
            command = ["useradd", "--system", "--user-group", "--no-create-home"]
            command += ["--home-dir", "/nonexistent", "--shell", shell, SERVICE_USER]
            try:
                subprocess.run(command, check=True, capture_output=True)
            except (OSError, subprocess.CalledProcessError) as error:
                raise Trouble(
                    f"The unprivileged user « {SERVICE_USER} » could not be created.",
                    mend=" ".join(command),
                ) from error
            entry = pwd.getpwnam(SERVICE_USER)
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    def popen_options(self):
        """Return what `subprocess` needs to run a program as this account."""
        if os.getuid() == 0 and self.uid != 0:
            return {"user": self.uid, "group": self.gid, "extra_groups": []}
        return {}

    def own(self, path, mode=0o755):
        """Create the folder `path` if needed and give it to this account."""
        path.mkdir(parents=True, exist_ok=True)
        if os.getuid() == 0:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)

    def can_read(self, *paths):
        """Return whether this account can enter each folder of `paths` and read all it holds."""
        if os.getuid() != 0 or self.uid == 0:
            return all(os.access(path, os.R_OK | os.X_OK) for path in paths)
        command = ["find", *map(str, paths), "(", "!", "-readable"]
        command += ["-o", "-type", "d", "!", "-executable", ")", "-print", "-quit"]
        seen = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **self.popen_options())
        return seen.returncode == 0 and not seen.stdout.strip()


def run(command, *, log=None, account=None, env=None, cwd=None, text=None, on_line=None):
    """Run `command` to its end; its output goes to `log`, line by line.

    :param log: path of a file to append to; without it the output is only kept.
    :param account: who runs it (default: the caller).
    :param text: what the program reads on its standard input.
    :param on_line: called with each line, to show progress.
    :return: the lines of its output (the last 4,000).
    :raise CommandFailed: when it ends with another code than 0.
    """
    command = [str(part) for part in command]
    options = account.popen_options() if account else {}
    kept = []
    with contextlib.ExitStack() as stack:
        out = stack.enter_context(open(log, "a", encoding="utf-8")) if log else None
        if out:
            out.write(f"\n$ {' '.join(command)}\n")
            out.flush()
        try:
            child = subprocess.Popen(
                command,
                stdin=subprocess.PIPE if text is not None else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                env=env,
                cwd=cwd or "/",
                **options,
            )
        except OSError as error:
            raise CommandFailed(command, error.errno or 1, [str(error)], log) from error
        try:
            if text is not None:
                with contextlib.suppress(BrokenPipeError):
                    child.stdin.write(text)
                    child.stdin.close()
            for line in child.stdout:
                kept.append(line.rstrip("\n"))
                del kept[:-4000]
                if out:
                    out.write(line)
                    out.flush()
                if on_line:
                    on_line(line.rstrip("\n"))
            code = child.wait()
        except BaseException:
            child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(20)
            child.kill()
            raise
    if code:
        raise CommandFailed(command, code, kept[-60:], log)
    return kept


def start(command, *, log, account, env, cwd="/"):
    """Start `command` in the background, in a session of its own, and return its pid."""
    with open(log, "a", encoding="utf-8") as out:
        child = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            start_new_session=True,
            **account.popen_options(),
        )
    return child.pid


def become(account, line, env):
    """Replace this process by `line`, run as `account`."""
    if os.getuid() == 0 and account.uid != 0:
        os.setgroups([])
        os.setgid(account.gid)
        os.setuid(account.uid)
    os.chdir("/")
    os.execvpe(str(line[0]), [str(part) for part in line], env)


class PidFile:
    """Remembers a process that was started, safe against a number used again."""

    def __init__(self, path):
        self.path = Path(path)

    @staticmethod
    def _born(pid):
        """Return when process `pid` began (clock ticks since boot), or None when it is gone."""
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return None
        state, rest = stat.rpartition(")")[2].split()[0], stat.rpartition(")")[2].split()
        return None if state == "Z" else rest[19]

    def write(self, pid):
        """Remember process `pid`."""
        self.path.write_text(f"{pid} {self._born(pid)}\n")

    def pid(self):
        """Return the number of the process if it still runs, else None."""
        try:
            pid, born = self.path.read_text().split()
        except (OSError, ValueError):
            return None
        return int(pid) if self._born(pid) == born else None

    def stop(self, patience=40):
        """Ask the process to end, insist after `patience` seconds; return whether it ran."""
        pid = self.pid()
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
            for _ in range(patience * 10):
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, os.WNOHANG)
                if not self.pid():
                    break
                time.sleep(0.1)
            else:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)
        self.path.unlink(missing_ok=True)
        return bool(pid)


def is_disk_full(error):
    """Return whether `error` comes from a full disk."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(error, CommandFailed) and any(
        sign in error.text() for sign in ("No space left on device", "Disk quota exceeded", "Errno 28")
    )


def is_no_network(error):
    """Return whether the output of a failed download tells that nothing could be reached."""
    signs = (
        "Temporary failure resolving",
        "Temporary failure in name resolution",
        "Could not resolve",
        "Could not connect",
        "Cannot initiate the connection",
        "Network is unreachable",
        "Failed to establish a new connection",
        "Connection refused",
        "Connection timed out",
        "No address associated with hostname",
        "EAI_AGAIN",
        "ENOTFOUND",
        "ECONNREFUSED",
        "ETIMEDOUT",
        "NewConnectionError",
    )
    return isinstance(error, CommandFailed) and any(sign in error.text() for sign in signs)
