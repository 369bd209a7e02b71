"""`./jamaa bench`: fills a database of its own with many cases, and measures."""

from . import tests
from .database import Database
from .postgres import Cluster
from .process import run
from .server import command, environment, write_configuration
from .trouble import Trouble
from .ui import Step, say, table
from .up import prepare

NAME = "jamaa_bench"
KINDS = ("complaints", "requests", "sheets", "assessments")
HEAD = ["What", "Queries", "Seconds"]


def bench(home, options):
    """Print the table of measures; return 0. The database is dropped and made anew each time."""
    seed = dict(_seed(one) for one in options.seed)
    odoo = prepare(home, test=True)
    server = Cluster(home, "pg-test", durable=False)
    server.start()
    try:
        tests._build(home, server, odoo, with_demo=False)
        Database(home, server, odoo, NAME).copy(tests.MAIN, NAME)
        rows = _measure(home, server, odoo, seed)
    finally:
        server.stop()
    say("\n".join(table(rows, HEAD)))
    return 0


def _seed(text):
    """Return (kind, number) of one `WHAT=N`."""
    what, _equals, number = text.partition("=")
    if what not in KINDS or not number.isdigit() or not 0 < int(number) <= 1_000_000:
        raise Trouble(f"« {text} » cannot be seeded.", mend="./jamaa bench --seed requests=100000 sheets=2000")
    return what, int(number)


def _measure(home, server, odoo, seed):
    """Run the measurements in Odoo's shell; return the rows of the table."""
    configuration = write_configuration(home, odoo, server, home.root / "bench.conf")
    tools = str(home.code / "tools")
    with Step("Measuring with " + ", ".join(f"{number:,} {what}" for what, number in seed.items())):
        lines = run(
            command(home, odoo, "shell", configuration, "-d", NAME, "--no-http", "--log-level=warn"),
            account=home.account,
            env=environment(home, server),
            text=f"import sys\nsys.path.insert(0, {tools!r})\nfrom bench import run\nrun.main(env, {seed})\n",
            log=home.log("bench"),
        )
    rows = [line.split("\t")[1:] for line in lines if line.startswith("BENCH\t")]
    if not rows:
        raise Trouble("Nothing was measured.", log=home.log("bench"))
    return rows
