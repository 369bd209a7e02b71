"""`./jamaa papers`: prints every published sheet once and says which do not fit on one page."""

from .database import Database
from .process import run
from .server import command, environment, write_configuration
from .status import ready
from .trouble import Trouble
from .ui import say, table

HEAD = ["Commune", "Language", "Sheets", "On one page", "In one column", "In two", "Small", "Tiny"]
LANGS = {"ar": "ar_MA", "fr": "fr_MA"}


def papers(home, options):
    """Print how many papers fit, by commune and language; return 0 when all do, else 1."""
    odoo, server = ready(home)
    if Database(home, server, odoo, options.db).state() != "ready":
        raise Trouble(f"There is no complete database « {options.db} ».", mend="./jamaa up")
    configuration = write_configuration(home, odoo, server, home.root / "shell.conf")
    langs = [LANGS[options.lang]] if options.lang else list(LANGS.values())
    wanted = {"commune": options.commune or "", "langs": langs}
    script = (home.code / "tools" / "scripts" / "papers.py").read_text(encoding="utf-8")
    lines = run(
        command(home, odoo, "shell", configuration, "-d", options.db, "--no-http", "--log-level=warn"),
        account=home.account,
        env=environment(home, server),
        text=f"WANTED = {wanted!r}\n{script}",
        log=home.log("papers"),
    )
    rows, long = [], []
    for line in lines:
        mark, *parts = line.split("\t")
        if mark == "LONG":
            long.append(parts)
        elif mark == "PAPERS" and parts[0] == "nowhere":
            raise Trouble("There is no commune of this name in addresses.", mend="as in /c/<commune>/ar")
        elif mark == "PAPERS":
            rows.append(parts[1:])
    say("\n".join(table(rows, HEAD)) if rows else "No commune has published a sheet yet.")
    for commune, code, lang, pages in long:
        say(f"  {commune}: {code} ({lang}) takes {pages} pages: shorten its texts.")
    return 1 if long else 0
