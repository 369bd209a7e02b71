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
HEAD = ["What", "Queries", "Seconds"]


def bench(home, options):
    """Print the table of measures; return 0. The database is dropped and made anew each time."""
    what, _equals, number = options.seed.partition("=")
    if what != "complaints" or not number.isdigit() or not 0 < int(number) <= 1_000_000:
        raise Trouble(f"« {options.seed} » cannot be seeded.", mend="./jamaa bench --seed complaints=100000")
    odoo = prepare(home, test=True)
    server = Cluster(home, "pg-test", durable=False)
    server.start()
    try:
        tests._build(home, server, odoo, with_demo=False)
        Database(home, server, odoo, NAME).copy(tests.MAIN, NAME)
        rows = _measure(home, server, odoo, int(number))
    finally:
        server.stop()
    say("\n".join(table(rows, HEAD)))
    return 0


def _measure(home, server, odoo, number):
    """Run the measurements in Odoo's shell; return the rows of the table."""
    configuration = write_configuration(home, odoo, server, home.root / "bench.conf")
    tools = str(home.code / "tools")
    with Step(f"Measuring with {number:,} cases"):
        lines = run(
            command(home, odoo, "shell", configuration, "-d", NAME, "--no-http", "--log-level=warn"),
            account=home.account,
            env=environment(home, server),
            text=f"import sys\nsys.path.insert(0, {tools!r})\nfrom bench import run\nrun.main(env, {number})\n",
            log=home.log("bench"),
        )
    rows = [line.split("\t")[1:] for line in lines if line.startswith("BENCH\t")]
    if not rows:
        raise Trouble("Nothing was measured.", log=home.log("bench"))
    return rows
