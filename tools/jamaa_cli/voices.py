"""`./jamaa voices`: provisional recordings of published sheets by a free synthesiser, if one is installed."""

from .database import Database
from .process import run
from .server import command, environment, write_configuration
from .status import ready
from .trouble import Trouble
from .ui import say, table

HEAD = ["Commune", "Sheets", "Made", "Kept", "Failed"]
#: Varieties a free synthesiser speaks; there is none for Darija and Amazigh.
SPOKEN = ("ar", "fr")


def voices(home, options):
    """Make the recordings that are missing; return 0 when none failed, else 1."""
    odoo, server = ready(home)
    if Database(home, server, odoo, options.db).state() != "ready":
        raise Trouble(f"There is no complete database « {options.db} ».", mend="./jamaa up")
    configuration = write_configuration(home, odoo, server, home.root / "shell.conf")
    wanted = {"commune": options.commune or "", "varieties": [options.variety] if options.variety else list(SPOKEN)}
    script = (home.code / "tools" / "scripts" / "voices.py").read_text(encoding="utf-8")
    lines = run(
        command(home, odoo, "shell", configuration, "-d", options.db, "--no-http", "--log-level=warn"),
        account=home.account,
        env=environment(home, server),
        text=f"WANTED = {wanted!r}\n{script}",
        log=home.log("voices"),
    )
    rows = []
    for line in lines:
        mark, *parts = line.split("\t")
        if mark != "VOICES":
            continue
        if parts[0] == "none":
            raise Trouble(
                "No synthesiser is installed on this machine: no recording was made.",
                mend="apt-get install espeak-ng opus-tools, or record people's voices on the sheets",
            )
        if parts[0] == "nowhere":
            raise Trouble("There is no commune of this name in addresses.", mend="as in /c/<commune>/ar")
        rows.append(parts[1:])
    say("\n".join(table(rows, HEAD)))
    say("  These voices are a machine's and marked so; recorded ones of the commune take their place.")
    return 1 if any(row[-1] != "0" for row in rows) else 0
