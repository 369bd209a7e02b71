"""Network ports on the loopback address: free or taken, and by whom."""

import os
import socket
from pathlib import Path

from .trouble import Trouble

ADDRESS = "127.0.0.1"


def is_free(port):
    """Return whether `port` can be listened on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
        return True


def pick(preferred, avoid=()):
    """Return `preferred` when it is free, else any free port that is not in `avoid`."""
    if preferred not in avoid and preferred < 65536 and is_free(preferred):
        return preferred
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind((ADDRESS, 0))
            port = probe.getsockname()[1]
        if port not in avoid:
            return port


def holder(port):
    """Return « name (process number) » of who listens on `port`, or None when it cannot be seen."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            parts = line.split()
            if parts[3] == "0A" and int(parts[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(f"socket:[{parts[9]}]")
    for process in Path("/proc").glob("[0-9]*") if inodes else ():
        try:
            if any(os.readlink(link) in inodes for link in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text().strip()} (process {process.name})"
        except OSError:
            continue
    return None


def need_free(port):
    """Refuse a port that somebody else listens on, or that this account may not take."""
    if port < 1024 and os.getuid() != 0:
        raise Trouble(f"Port {port} is reserved to root.", mend="choose one above 1023 with --port")
    if not is_free(port):
        who = holder(port)
        raise Trouble(
            f"Port {port} is taken{f' by {who}' if who else ''}.",
            mend=f"stop that program, or choose another port: ./jamaa up --port {pick(port + 10)}",
        )
