"""`./jamaa verify`: reads the tamper-evident register of every commune again."""

from .database import Database
from .process import run
from .server import command, environment, write_configuration
from .status import ready
from .trouble import Trouble
from .ui import say, table

HEAD = ["Commune", "Result", "Sealed", "Waiting", "Last place", "Last seal"]


def verify(home, options):
    """Print what each commune's register is worth; return 0 when nothing was changed, else 1."""
    odoo, server = ready(home)
    if Database(home, server, odoo, options.db).state() != "ready":
        raise Trouble(f"There is no complete database « {options.db} ».", mend="./jamaa up")
    configuration = write_configuration(home, odoo, server, home.root / "shell.conf")
    lines = run(
        command(home, odoo, "shell", configuration, "-d", options.db, "--no-http", "--log-level=warn"),
        account=home.account,
        env=environment(home, server),
        text=(home.code / "tools" / "scripts" / "verify.py").read_text(encoding="utf-8"),
        log=home.log("verify"),
    )
    rows, findings, good = [], [], True
    for line in lines:
        mark, *parts = line.split("\t")
        if mark == "REGISTER":
            state, name, *counts = parts
            good = good and state == "good"
            rows.append([name, "nothing was changed" if state == "good" else "CHANGED", *counts])
        elif mark == "FINDING":
            findings.append("\t".join(parts))
    say("\n".join(table(rows, HEAD)) if rows else "No register has an entry yet.")
    for finding in findings:
        say(f"  {finding}")
    return 0 if good else 1
