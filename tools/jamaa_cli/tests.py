"""`./jamaa test`: builds the test databases and runs everything.

One database holds all addons without demo data; what needs the demo runs on a copy with it.
"""

import json
import re
import subprocess
import time

from . import modules, venv
from .database import Database
from .places import digest
from .postgres import Cluster
from .server import environment, write_configuration
from .trouble import Trouble
from .ui import say
from .up import prepare

BASE, MAIN, DEMO = "jamaa_upstream", "jamaa_test", "jamaa_test_demo"
HELPDESK = "helpdesk_mgmt"
# Odoo's own checks of code and models. Not run: its pylint (in `lint`), its eslint (needs the
# whole of Odoo), and what looks at every model of upstream or at localisations.
LINT_FILES = [
    "test_docstring",
    "test_dunderinit",
    "test_i18n",
    "test_index",
    "test_jstranslate",
    "test_manifests",
    "test_markers",
    "test_naming",
    "test_onchange_domains",
    "test_orm_import",
    "test_override_signatures",
    "test_pofile",
    "test_routes",
    "test_test_holes",
]
NO_TEST_RAN = 5  # pytest's code when it collected nothing


class Totals:
    """Adds up the results of several runs of pytest."""

    def __init__(self):
        self.began = time.monotonic()
        self.passed = self.failed = self.skipped = self.tours = 0
        self.broken = []

    def add(self, title, code, counts):
        """Add one run; a run that collected nothing or broke down is a failure."""
        self.passed += counts.get("passed", 0)
        self.failed += counts.get("failed", 0)
        self.skipped += counts.get("skipped", 0)
        self.tours += counts.get("tours", 0)
        if code and not counts.get("failed"):
            self.broken.append(f"{title}: no test ran" if code == NO_TEST_RAN else f"{title}: pytest ended with {code}")

    @property
    def good(self):
        """Return whether everything passed."""
        return not self.failed and not self.broken and self.passed > 0

    def line(self):
        """Return the summary in pytest's own words."""
        parts = [f"{self.failed + len(self.broken)} failed"] if not self.good else []
        parts.append(f"{self.passed} passed")
        if self.skipped:
            parts.append(f"{self.skipped} skipped")
        return f"{', '.join(parts)} in {time.monotonic() - self.began:.2f}s"


def test(home, words):
    """Run the tests that `words` name (paths, pytest options), or all of them.

    :return: 0 when all passed, else 1.
    """
    totals = Totals()
    odoo = prepare(home, test=True)
    server = Cluster(home, "pg-test", durable=False)
    server.start()
    try:
        plan = _plan(home.code, words)
        _build(home, server, odoo, with_demo=bool(plan["demo"]))
        _run_all(home, server, odoo, words, plan, totals)
    finally:
        server.stop()
    if totals.tours:
        say(f"browser tours that ran: {totals.tours}")
    for sentence in totals.broken:
        say(sentence)
    say(totals.line())
    return 0 if totals.good else 1


def _plan(code, words):
    """Return the paths to run without and with the demo, and pytest's options; no path named means all."""
    for_demo = [path for path in (f"addons/{modules.DEMO}/tests", "tests/demo") if (code / path).is_dir()]
    paths = [word for word in words if not word.startswith("-") and (code / word.split("::")[0]).exists()]
    options = [word for word in words if word not in paths]
    if paths:
        demo = [path for path in paths if path.startswith(tuple(for_demo))] if for_demo else []
        main = [path for path in paths if path not in demo]
    else:
        demo = for_demo if modules.DEMO in modules.manifests(code) else []
        main = [str(path.relative_to(code)) for path in sorted(code.glob("addons/*/tests"))]
        main = [path for path in main if path not in demo]
        main += ["tests"] if list((code / "tests").glob("test_*.py")) else []
    return {"main": main, "demo": demo, "options": options}


def _build(home, server, odoo, with_demo):
    """Make the test databases, or keep those that still match the code; the demo's only where it is asked for."""
    code = home.code
    ours = modules.ours(code)
    known = modules.manifests(code)
    outside = sorted({need for name in known for need in known[name].get("depends", []) if need not in known})
    wanted = sorted(set(modules.UPSTREAM) | set(outside))
    base = Database(home, server, odoo, BASE, "test-build.conf")
    key = f"{digest(home.repository / venv.LOCKS / 'requirements.lock')} {odoo.version} {','.join(wanted)}"
    stamp = home.stamp("test-upstream")
    if not stamp.matches(key) or not base.exists():
        base.drop()
        base.build(wanted, "Building the test database: what ours stand on")
        stamp.write(key)
        home.stamp("test-main").clear()
    _build_ours(home, Database(home, server, odoo, MAIN, "test-build.conf"), ours, base.name, "test-main")
    if with_demo:
        demo = Database(home, server, odoo, DEMO, "test-build.conf")
        _build_ours(home, demo, [*ours, modules.DEMO], MAIN, "test-demo", [modules.DEMO])


def _build_ours(home, database, names, base, stamp_name, install=None):
    """Install our addons on a copy of `base`; a warning in the log of ours fails."""
    key = json.dumps(modules.fingerprints(home.code, names))
    stamp = home.stamp(stamp_name)
    if stamp.matches(key) and database.exists():
        return
    stamp.clear()
    database.drop()
    log = home.log(f"database-{database.name}")
    log.unlink(missing_ok=True)
    database.build(install or names, f"Building the test database: {', '.join(install or ['our addons'])}", base=base)
    bad = [line for line in log.read_text().splitlines() if re.match(r"\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) ", line)]
    if bad:
        say("\n".join(bad[:20]))
        database.drop()
        raise Trouble("Installing our addons left trouble in the log.", log=log)
    stamp.write(key)


def _run_all(home, server, odoo, words, plan, totals):
    """Run pytest on each database it needs."""
    code = home.code
    main_paths, demo_paths, options = plan["main"], plan["demo"], plan["options"]
    everything = not words
    if main_paths:
        _pytest(home, server, odoo, MAIN, main_paths, options, totals, "our tests")
    if demo_paths:
        _pytest(home, server, odoo, DEMO, demo_paths, options, totals, "tests on the demo")
    upstream = venv.packages_folder(home) / "odoo/addons" / HELPDESK / "tests"
    needed = any(HELPDESK in manifest.get("depends", []) for manifest in modules.manifests(code).values())
    if everything and needed and upstream.is_dir():
        _pytest(home, server, odoo, MAIN, [str(upstream)], options, totals, "helpdesk_mgmt's own tests")
    rules = odoo.package / "addons" / "test_lint" / "tests"
    if everything and rules.is_dir():
        files = [str(rules / f"{name}.py") for name in LINT_FILES]
        ours = {"JAMAA_TEST_LINT": ",".join(modules.ours(code, demo=True))}
        _pytest(home, server, odoo, MAIN, files, options, totals, "Odoo's own test_lint on our addons", ours)


def _pytest(home, server, odoo, database, paths, options, totals, title, extra=None):
    """Run pytest on `paths` with an HTTP server on `database`, its output shown as it comes."""
    configuration = write_configuration(home, odoo, server, home.root / f"{database}.conf", workers=0)
    counts_file = home.data / "test-counts.json"
    counts_file.unlink(missing_ok=True)
    env = environment(home, server) | {
        "PYTHONPATH": str(home.code / "tools"),
        "JAMAA_TEST_COUNTS": str(counts_file),
        "JAMAA_TEST_STRICT": "0" if title.startswith(HELPDESK) else "1",
        "JAMAA_TEST_DATABASE": database,
        "JAMAA_TEST_CONFIG": str(configuration),
        "JAMAA_TEST_ODOO": str(odoo.script),
        **(extra or {}),
    }
    line = [venv.python(home), "-m", "pytest", "-p", "no:cacheprovider", "-p", "jamaa_pytest"]
    line += ["--rootdir", home.code, "-c", home.code / "pytest.ini"]
    line += [f"--odoo-config={configuration}", f"--odoo-database={database}"]
    line += ["--odoo-log-level=warn", "--odoo-http", *paths, *options]
    say(f"== {title}")
    done = subprocess.run(
        [str(part) for part in line],
        check=False,
        stdin=subprocess.DEVNULL,
        cwd=home.code,
        env=env,
        **home.account.popen_options(),
    )
    counts = json.loads(counts_file.read_text()) if counts_file.exists() else {}
    totals.add(title, done.returncode, counts)
