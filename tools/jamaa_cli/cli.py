"""The command line: what was asked, and how failures are told."""

import argparse
import os
import signal
import sys
import traceback
from pathlib import Path

from .process import CommandFailed, is_disk_full, is_no_network
from .trouble import Trouble

COMMANDS = {
    "up": "install what is missing, start everything, print addresses and logins",
    "down": "stop what runs",
    "status": "what runs where",
    "logs": "follow the server's log",
    "test": "build the test database and run every test (or the paths and pytest options given)",
    "lint": "check style, XML, JavaScript and translations",
    "shell": "Odoo's Python shell on the database",
    "psql": "the database's prompt",
    "verify": "read the tamper-evident register of every commune again: was anything changed?",
    "voices": "let a free synthesiser, if one is installed, read published procedure sheets until people do",
    "papers": "print every published procedure sheet once and name those that do not fit on one page",
    "bench": "fill a database of its own with many cases and measure figures and screens",
    "doctor": "what is missing or wrong on this machine, with what mends it",
    "install": "only install what serving needs (used to build an image)",
    "serve": "in a container: create or upgrade the database of JAMAA_DB_*, then serve every address",
}


def parser():
    """Return the parser of the command line."""
    called = os.path.basename(os.environ.get("JAMAA_CALLED_AS", "jamaa"))
    top = argparse.ArgumentParser(
        prog=f"./{called}",
        description="Jamaa: local services of communes on Odoo 19.0. One tool for all.",
        epilog="Variables: JAMAA_HOME, JAMAA_ODOO, JAMAA_DB_HOST, JAMAA_DB_PORT, JAMAA_DB_USER, JAMAA_DB_PASSWORD.",
    )
    every = top.add_subparsers(dest="command", metavar="command", required=True)
    made = {}
    for name, words in COMMANDS.items():
        made[name] = every.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        made[name].add_argument("--home", metavar="DIR", help="folder of all state (default: .jamaa here)")
    for name in ("up", "serve", "shell", "psql", "verify", "voices", "papers"):
        made[name].add_argument("--db", metavar="NAME", default="jamaa", help="database (default: jamaa)")
    one = made["up"]
    one.add_argument("--background", action="store_true", help="return once it is served")
    one.add_argument("--port", type=_port, metavar="N", help="port on 127.0.0.1 (default: 8069)")
    for name in ("up", "serve"):
        one = made[name]
        one.add_argument("--no-demo", action="store_true", help="no demo data; a generated password is shown once")
        one.add_argument("--lang", metavar="CODE", help="first language: ar, fr, zgh, en, or a code such as ar_MA")
        one.add_argument("--commune", metavar="NAME", help="create this commune first")
    one = made["voices"]
    one.add_argument("--commune", metavar="NAME", help="only this one, as in its addresses (default: every commune)")
    one.add_argument("--variety", choices=("ar", "fr"), help="only this one (default: both)")
    one = made["papers"]
    one.add_argument("--commune", metavar="NAME", help="only this one, as in its addresses (default: every commune)")
    one.add_argument("--lang", choices=("ar", "fr"), help="only this language (default: both)")
    made["test"].add_argument("--clean-root", action="store_true", help="prove the installation in an empty Debian")
    made["test"].add_argument("--suite", default="bookworm", help="Debian suite of --clean-root (default: bookworm)")
    made["bench"].add_argument(
        "--seed",
        metavar="WHAT=N",
        nargs="+",
        default=["complaints=100000"],
        help="what to fill it with: complaints, requests, sheets (default: complaints=100000)",
    )
    made["lint"].add_argument("--fix", action="store_true", help="also mend what can be mended")
    return top


def _port(text):
    """Return the port number `text` stands for."""
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is not a port (1 to 65535)")
    return int(text)


def parse(arguments):
    """Return the options; what a command hands on to another program is in `rest`."""
    options, rest = parser().parse_known_args(arguments)
    if rest and rest[0] == "--":
        rest = rest[1:]
    if rest and options.command not in ("test", "shell", "psql"):
        parser().error(f"unknown: {' '.join(rest)}")
    options.rest = rest
    return options


def main(arguments):
    """Run one command; return the code to end with. No stack trace ever reaches the screen."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.umask(0o022)
    options = parse(arguments)
    home = None
    try:
        from .places import Home

        home = Home(options.home)
        return dispatch(home, options) or 0
    except Trouble as trouble:
        _tell(trouble)
    except KeyboardInterrupt:
        print("\nInterrupted; nothing is broken: the same command goes on from here.", file=sys.stderr)
        return 130
    except Exception as error:  # whatever it is, the person gets one sentence
        _tell(_known(error, home))
    return 1


def dispatch(home, options):
    """Run the command that was asked for."""
    from . import bench, clean_root, doctor, lint, papers, status, tests, up, verify, voices

    return {
        "up": lambda: up.up(home, options),
        "down": lambda: up.down(home),
        "status": lambda: status.status(home),
        "logs": lambda: status.logs(home),
        "test": lambda: clean_root.run_all(home, options) if options.clean_root else tests.test(home, options.rest),
        "lint": lambda: lint.lint(home, options.fix),
        "shell": lambda: status.shell(home, options),
        "psql": lambda: status.psql(home, options),
        "verify": lambda: verify.verify(home, options),
        "voices": lambda: voices.voices(home, options),
        "papers": lambda: papers.papers(home, options),
        "bench": lambda: bench.bench(home, options),
        "doctor": lambda: doctor.doctor(home),
        "install": lambda: up.install(home),
        "serve": lambda: up.serve(home, options),
    }[options.command]()


def _known(error, home):
    """Turn any error into one clear sentence, keeping the details in a log."""
    log = _keep_trace(home)
    if is_disk_full(error):
        return Trouble("The disk is full.", mend="free some space, run this again: it goes on from here", log=log)
    if is_no_network(error):
        return Trouble("The network cannot be reached.", mend="check it, run this again: it goes on from here", log=log)
    if isinstance(error, CommandFailed):
        last = next((line for line in reversed(error.tail) if line.strip()), "")
        program = os.path.basename(error.command[0])
        return Trouble(f"{program} failed: {last.strip()}", log=error.log or log)
    if isinstance(error, PermissionError):
        return Trouble(f"This account may not write to {error.filename}.", mend="choose a folder with --home", log=log)
    return Trouble(f"Something unforeseen happened ({type(error).__name__}: {error}).", log=log)


def _keep_trace(home):
    """Write the stack trace to the tool's own log and return the log's place."""
    try:
        folder = home.logs if home and home.logs.is_dir() else Path("/tmp")
        path = folder / "jamaa.log"
        with open(path, "a", encoding="utf-8") as out:
            traceback.print_exc(file=out)
        return path
    except OSError:
        return None


def _tell(trouble):
    """Print a failure: what happened, what mends it, where the log is."""
    sys.stdout.flush()
    first, *others = trouble.lines()
    print(f"jamaa: {first}", file=sys.stderr)
    for line in others:
        print(f"       {line}", file=sys.stderr)
