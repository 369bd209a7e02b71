"""The tool's own tests: what a person is told, and the cases that go wrong."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

from jamaa_cli import ui
from jamaa_cli.cli import parse


class TestCommandLine(unittest.TestCase):
    def test_up_has_its_defaults(self):
        options = parse(["up"])
        self.assertEqual((options.db, options.port, options.background, options.no_demo), ("jamaa", None, False, False))

    def test_test_hands_pytest_options_on(self):
        self.assertEqual(parse(["test", "tests", "-k", "words"]).rest, ["tests", "-k", "words"])

    def test_unknown_word_is_refused(self):
        with self.assertRaises(SystemExit):
            parse(["up", "--nonsense"])


class TestTable(unittest.TestCase):
    def test_columns_are_aligned(self):
        lines = ui.table([["a", "bb"], ["ccc", "d"]], ["X", "Y"])
        self.assertEqual(lines, ["  X    Y", "  ---  --", "  a    bb", "  ccc  d"])
