"""The tool's own tests: what a person is told, and the cases that go wrong."""

import contextlib
import io
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from jamaa_cli import apt, modules, odoo_source, ports, postgres, server, ui, xml_check  # noqa: E402
from jamaa_cli.cli import _known, parse  # noqa: E402
from jamaa_cli.database import MAKING, Database, new_password, web_name  # noqa: E402
from jamaa_cli.places import Home  # noqa: E402
from jamaa_cli.process import CommandFailed, PidFile, run  # noqa: E402
from jamaa_cli.tests import NO_TEST_RAN, Totals  # noqa: E402
from jamaa_cli.trouble import Trouble  # noqa: E402


def tool(*words, **variables):
    """Run ./jamaa as a person would; return (code, everything it printed)."""
    done = subprocess.run(
        [str(ROOT / "jamaa"), *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **variables},
    )
    return done.returncode, done.stdout + done.stderr


class Folder(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        super().setUp()
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = Path(place.name)

    def odoo_tree(self, major, minor=0):
        """Make a tree that says it is Odoo `major`.`minor`."""
        (self.folder / "odoo").mkdir()
        (self.folder / "odoo-bin").touch()
        text = f"version_info = ({major!r}, {minor}, 0, FINAL, 0, '')\n"
        (self.folder / "odoo" / "release.py").write_text(text)
        return self.folder


class TestCommandLine(unittest.TestCase):
    def test_up_has_its_defaults(self):
        options = parse(["up"])
        self.assertEqual((options.db, options.port, options.background, options.no_demo), ("jamaa", None, False, False))

    def test_up_takes_all_its_options(self):
        options = parse("up --background --port 9000 --home /x --db y --no-demo --lang ar --commune Z".split())
        self.assertEqual(
            (
                options.background,
                options.port,
                options.home,
                options.db,
                options.no_demo,
                options.lang,
                options.commune,
            ),
            (True, 9000, "/x", "y", True, "ar", "Z"),
        )

    def test_test_hands_pytest_options_on(self):
        self.assertEqual(parse(["test", "tests", "-k", "words"]).rest, ["tests", "-k", "words"])

    def test_nonsense_is_refused(self):
        for words in (
            ["up", "--nonsense"],
            ["up", "--port", "0"],
            ["up", "--port", "70000"],
            ["up", "--port", "x"],
            [],
        ):
            with self.subTest(words=words), contextlib.redirect_stderr(io.StringIO()), self.assertRaises(SystemExit):
                parse(words)


class TestTable(unittest.TestCase):
    def test_columns_are_aligned(self):
        lines = ui.table([["a", "bb"], ["ccc", "d"]], ["X", "Y"])
        self.assertEqual(lines, ["  X    Y", "  ---  --", "  a    bb", "  ccc  d"])

    def test_arabic_marks_take_no_room(self):
        self.assertEqual(ui.width("شَ"), 1)

    def test_nothing_gives_nothing(self):
        self.assertEqual(ui.table([]), [])


class TestLogins(Folder):
    def test_logins_come_from_the_demo(self):
        data = self.folder / "addons" / modules.DEMO / "data"
        data.mkdir(parents=True)
        entries = [
            {"login": "admin", "password": "admin", "role_en": "Administrator", "commune": "*"},
            {"login": "officer", "password": "demo", "role_en": "Officer", "role_fr": "Agent", "commune": "large"},
        ]
        (data / "logins.json").write_text(json.dumps(entries))
        home = mock.Mock(code=self.folder)
        self.assertEqual(
            server.logins(home), [["Administrator", "admin", "admin", "all"], ["Officer", "officer", "demo", "large"]]
        )
        self.assertEqual(server.logins(home, "fr_MA")[1][0], "Agent")

    def test_without_demo_there_is_the_administrator(self):
        self.assertEqual(server.logins(mock.Mock(code=self.folder)), [["Administrator", "admin", "admin", ""]])


class TestOdooSeries(Folder):
    def test_19_is_taken(self):
        self.assertEqual(odoo_source.from_tree(self.odoo_tree(19)).origin, "tree")

    def test_another_series_is_refused(self):
        with self.assertRaises(Trouble) as caught:
            odoo_source.from_tree(self.odoo_tree(18))
        self.assertIn("is 18.0; Jamaa needs 19.0", caught.exception.sentence)

    def test_a_series_between_two_is_refused(self):
        with self.assertRaises(Trouble) as caught:
            odoo_source.from_tree(self.odoo_tree("saas~19", 1))
        self.assertIn("is saas~19.1; Jamaa needs 19.0", caught.exception.sentence)

    def test_no_odoo_at_all(self):
        with self.assertRaises(Trouble) as caught:
            odoo_source.from_tree(self.folder)
        self.assertIn("No Odoo was found", caught.exception.sentence)

    def test_the_tool_refuses_before_it_installs_anything(self):
        home = self.folder / "home"
        code, said = tool("up", "--home", str(home), JAMAA_ODOO=str(self.odoo_tree(18)))
        self.assertEqual(code, 1)
        self.assertIn("is 18.0; Jamaa needs 19.0", said)
        self.assertNotIn("Traceback", said)
        self.assertFalse((home / "venv").exists())


class TestPorts(Folder):
    def setUp(self):
        super().setUp()
        self.taken = socket.socket()
        self.addCleanup(self.taken.close)
        self.taken.bind(("127.0.0.1", 0))
        self.taken.listen()
        self.port = self.taken.getsockname()[1]

    def test_a_taken_port_is_seen(self):
        self.assertFalse(ports.is_free(self.port))
        self.assertNotEqual(ports.pick(self.port), self.port)
        self.assertIn(f"process {os.getpid()}", ports.holder(self.port))

    def test_the_tool_says_who_has_it(self):
        home = self.folder / "home"
        code, said = tool("up", "--background", "--home", str(home), "--port", str(self.port))
        self.assertEqual(code, 1)
        self.assertIn(f"Port {self.port} is taken by ", said)
        self.assertIn("./jamaa up --port ", said)
        self.assertNotIn("Traceback", said)
        self.assertFalse((home / "venv").exists())

    def test_a_free_port_passes(self):
        self.taken.close()
        ports.need_free(self.port)


class TestHome(Folder):
    def test_a_full_disk_is_told_before_the_work(self):
        home = Home(self.folder)
        home.prepare()
        with self.assertRaises(Trouble) as caught:
            home.need_space(10**9)
        self.assertIn("too full", caught.exception.sentence)

    def test_one_command_at_a_time(self):
        home, other = Home(self.folder), Home(self.folder)
        home.prepare()
        home.lock()
        with self.assertRaises(Trouble):
            other.lock()
        home.unlock()
        other.lock()
        other.unlock()

    def test_a_socket_path_stays_short(self):
        deep = self.folder.joinpath(*["a-rather-long-folder"] * 6)
        self.assertNotIn("a-rather", str(Home(deep).socket_folder("pg")))
        self.assertLess(len(str(Home(deep).socket_folder("pg-test"))) + len("/.s.PGSQL.5432.lock"), 107)

    def test_a_step_is_done_again_only_for_other_inputs(self):
        home = Home(self.folder)
        home.prepare()
        stamp = home.stamp("step")
        self.assertFalse(stamp.matches("a"))
        stamp.write("a")
        self.assertTrue(stamp.matches("a"))
        self.assertFalse(stamp.matches("b"))

    def test_a_folder_without_rights_is_told(self):
        self.folder.chmod(0o500)
        code, said = tool("up", "--home", str(self.folder / "home"), "--port", str(ports.pick(18069)))
        self.assertEqual(code, 1)
        self.assertIn("cannot be written to", said)
        self.assertNotIn("Traceback", said)


class TestFailuresAreTold(unittest.TestCase):
    def told(self, *tail):
        return _known(CommandFailed(["pip"], 1, list(tail)), None).sentence

    def test_known_causes(self):
        self.assertEqual(self.told("OSError: [Errno 28] No space left on device"), "The disk is full.")
        self.assertEqual(self.told("Temporary failure resolving 'x'"), "The network cannot be reached.")
        self.assertEqual(self.told("something odd"), "pip failed: something odd")

    def test_a_surprise_is_one_sentence_too(self):
        trouble = _known(ValueError("odd"), None)
        self.assertIn("ValueError: odd", trouble.sentence)
        self.assertTrue(trouble.log.exists())

    def test_a_program_that_is_not_there(self):
        with self.assertRaises(CommandFailed):
            run(["/nonexistent/program"])


class TestPackages(unittest.TestCase):
    def test_without_root_and_sudo_the_packages_are_named(self):
        with (
            mock.patch.object(apt, "missing", return_value=["left", "right"]),
            mock.patch.object(apt, "_prefix", return_value=None),
            self.assertRaises(Trouble) as caught,
        ):
            apt.install(["left", "right"], None, "to serve")
        self.assertIn("apt-get install --no-install-recommends left right", caught.exception.mend)

    def test_what_is_there_is_not_missing(self):
        self.assertEqual(apt.missing(["bash", "no-such-package-anywhere"]), ["no-such-package-anywhere"])


class TestProcesses(Folder):
    def test_a_number_used_again_is_not_our_process(self):
        file = PidFile(self.folder / "x.pid")
        file.write(os.getpid())
        self.assertEqual(file.pid(), os.getpid())
        file.path.write_text(f"{os.getpid()} 1\n")
        self.assertIsNone(file.pid())

    def test_stop(self):
        child = subprocess.Popen(["sleep", "60"], start_new_session=True)
        file = PidFile(self.folder / "x.pid")
        file.write(child.pid)
        self.assertTrue(file.stop())
        self.assertFalse(file.path.exists())
        self.assertFalse(file.stop())


class TestDatabase(Folder):
    """On the PostgreSQL that these tests run on."""

    def setUp(self):
        super().setUp()
        home = Home(self.folder)
        home.prepare()
        host, port, user = (os.environ[f"PG{name}"] for name in ("HOST", "PORT", "USER"))
        self.server = postgres.Server(home, host, port, user)
        self.database = Database(home, self.server, None, f"tool_{os.getpid()}")
        self.addCleanup(self.database.drop)

    def test_absent_half_and_ready(self):
        self.assertEqual(self.database.state(), "absent")
        self.server.tool("createdb", self.database.name)
        self.assertEqual(self.database.state(), "half", "an empty database is not one of Jamaa")
        self.server.query("CREATE TABLE ir_module_module (name text, state text)", self.database.name)
        self.server.query("INSERT INTO ir_module_module VALUES ('jamaa_base', 'installed')", self.database.name)
        self.assertEqual(self.database.state(), "ready")
        self.server.query("INSERT INTO ir_module_module VALUES ('hr', 'to install')", self.database.name)
        self.assertEqual(self.database.state(), "half", "an interrupted installation is not whole")

    def test_an_interrupted_upgrade_is_put_back(self):
        self.server.tool("createdb", self.database.name)
        self.server.query("CREATE TABLE half (x int)", self.database.name)
        self.server.tool("createdb", self.database.name + "__before")
        self.assertTrue(self.database.recover())
        self.assertEqual(self.server.query("SELECT to_regclass('half') IS NULL", self.database.name), [["t"]])
        self.assertFalse(self.database.recover())

    def test_the_rest_of_an_interrupted_creation_is_removed(self):
        making = self.database.name + MAKING
        self.server.tool("createdb", making)
        self.server.query("CREATE TABLE half (x int)", making)
        self.server.query('CREATE TABLE "ir_config_parameter" (key text UNIQUE, value text)', making)
        with mock.patch.multiple(Database, odoo_modules=mock.DEFAULT, remember=mock.DEFAULT, _ours=mock.DEFAULT):
            self.database.build(["base"], "Creating")
        self.assertFalse(self.database.exists(making))
        self.assertEqual(self.server.query("SELECT to_regclass('half') IS NULL", self.database.name), [["t"]])

    def test_search_in_arabic_is_checked(self):
        self.server.tool("createdb", "-T", "template1", self.database.name)
        self.assertIsNone(self.server.check_search(self.database.name))
        self.server.query("DROP EXTENSION pg_trgm CASCADE", self.database.name, user=postgres.SUPERUSER)
        self.assertIn("pg_trgm", self.server.check_search(self.database.name)[0])

    def test_a_database_that_is_not_utf8_is_told(self):
        options = ["-T", "template0", "-E", "SQL_ASCII", "--locale=C"]
        self.server.tool("createdb", *options, self.database.name)
        self.server.query("CREATE EXTENSION pg_trgm", self.database.name)
        self.assertIn("no trigrams", self.server.check_search(self.database.name)[0])

    def test_strange_names_are_refused(self):
        for name in ("a b", "x'y", "", "1st", "a;b"):
            with self.subTest(name=name), self.assertRaises(Trouble):
                Database(self.database.home, self.server, None, name)

    def test_a_server_that_does_not_answer_is_told(self):
        silent = postgres.Server(self.database.home, str(self.folder), "5432", "odoo")
        self.assertFalse(silent.running())
        with self.assertRaises(Trouble) as caught:
            silent.start()
        self.assertIn("does not answer", caught.exception.sentence)

    def test_a_password_is_not_guessed(self):
        self.assertRegex(new_password(), r"^[A-Za-z0-9]{16}$")
        self.assertNotEqual(new_password(), new_password())


class TestWebName(unittest.TestCase):
    def test_a_name_becomes_part_of_an_address(self):
        for name, slug in (
            ("Béni Mellal", "beni-mellal"),
            ("Commune d'essai", "commune-d-essai"),
            ("جماعة", "commune-1"),
        ):
            self.assertEqual(web_name(name), slug)


class TestTotals(unittest.TestCase):
    def test_the_last_line_counts_everything(self):
        totals = Totals()
        totals.add("a", 0, {"passed": 3, "tours": 1})
        totals.add("b", 0, {"passed": 2, "skipped": 1})
        self.assertTrue(totals.good)
        self.assertRegex(totals.line(), r"^5 passed, 1 skipped in \d+\.\d\ds$")

    def test_a_run_without_tests_fails(self):
        totals = Totals()
        totals.add("a", 0, {"passed": 3})
        totals.add("b", NO_TEST_RAN, {})
        self.assertFalse(totals.good)
        self.assertRegex(totals.line(), r"^1 failed, 3 passed in ")

    def test_nothing_at_all_fails(self):
        self.assertFalse(Totals().good)


class TestXml(Folder):
    def faults(self, text):
        path = self.folder / "x.xml"
        path.write_text(text, encoding="utf-8")
        return " ".join(words for _line, words in xml_check.check(path))

    def test_a_good_file(self):
        good = '<?xml version="1.0" encoding="utf-8"?>\n<odoo>\n    <menuitem id="a"/>\n</odoo>\n'
        self.assertEqual(self.faults(good), "")

    def test_faults(self):
        head = '<?xml version="1.0" encoding="utf-8"?>\n'
        for text, words in (
            ("<odoo/>\n", "does not start"),
            (head + "<odoo>\n", "no element found"),
            (head + "<odoo>\n  <a/>\n</odoo>\n", "starts at column 2"),
            (head + "<odoo>\n\t<a/>\n</odoo>\n", "tab"),
            (head + "<odoo> \n</odoo>\n", "ends with spaces"),
            (head + "<odoo/>", "line end"),
            (head + "<odoo>\n    <a>\n        </a>\n</odoo>\n", "closes at column 8"),
            (head + '<odoo>\n    <menuitem id="a"/>\n    <menuitem id="a"/>\n</odoo>\n', "was named"),
        ):
            with self.subTest(words=words):
                self.assertIn(words, self.faults(text))


class TestModules(Folder):
    def addon(self, name, depends=()):
        folder = self.folder / "addons" / name
        folder.mkdir(parents=True)
        (folder / "__manifest__.py").write_text(repr({"name": name, "depends": list(depends)}))
        return folder

    def test_each_addon_comes_after_what_it_needs(self):
        self.addon("jamaa_a", ["jamaa_z"])
        self.addon("jamaa_z", ["base"])
        self.assertEqual(modules.in_order(self.folder), ["jamaa_z", "jamaa_a"])

    def test_the_demo_is_left_out(self):
        self.addon("jamaa_a")
        self.addon(modules.DEMO)
        self.assertEqual(modules.ours(self.folder), ["jamaa_a"])
        self.assertIn(modules.DEMO, modules.ours(self.folder, demo=True))

    def test_only_what_reaches_the_database_asks_for_an_upgrade(self):
        folder = self.addon("jamaa_a")
        before = modules.fingerprints(self.folder, ["jamaa_a"])
        (folder / "tests").mkdir()
        (folder / "tests" / "test_x.py").touch()
        self.assertEqual(modules.fingerprints(self.folder, ["jamaa_a"]), before)
        (folder / "views.xml").write_text("<odoo/>")
        self.assertNotEqual(modules.fingerprints(self.folder, ["jamaa_a"]), before)


class TestRepository(unittest.TestCase):
    def test_ci_runs_what_readme_names(self):
        script = (ROOT / ".ci" / "run").read_text() if (ROOT / ".ci").exists() else None
        if script is not None:
            commands = re.findall(r"^\./jamaa (\w+)", script, re.M)
            self.assertEqual(commands, ["lint", "test"])

    def test_locks_name_no_host(self):
        for path in [*ROOT.glob("tools/lock/*"), *ROOT.glob("tools/npm/*/*.json")]:
            with self.subTest(path=path.name):
                self.assertNotRegex(
                    path.read_text(), r"--(extra-)?index-url|\"resolved\"|https?://[^\"\s]*(pypi|npmjs)"
                )
