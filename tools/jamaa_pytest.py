"""pytest plugin of `./jamaa test`: trouble in the log fails, skipped tests fail, tours are counted.

Loaded by `-p jamaa_pytest`; writes its counts to the file that JAMAA_TEST_COUNTS names.
"""

import importlib
import json
import logging
import os
import re

import pytest

# Lines that may appear, each with its reason. A logger's name and a pattern of the message.
EXEMPT = [
    # The browser's own complaints about tests' short-lived servers.
    ("odoo.tests.common.browser", r"websocket|net::ERR_|Aborted|Frame was detached"),
    # Odoo says this of its own JSON-RPC address, which OCA's and mobile clients still use.
    ("odoo.addons.rpc.controllers", r"deprecated"),
    ("odoo.addons.base.controllers.rpc", r"deprecated"),
]


class TroubleHandler(logging.Handler):
    """Keeps every WARNING, ERROR and CRITICAL line that no test expected."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        """Keep the line unless it is exempt."""
        message = record.getMessage()
        for name, pattern in EXEMPT:
            if record.name.startswith(name) and re.search(pattern, message):
                return
        self.lines.append(f"{record.levelname} {record.name}: {message}")

    def take(self):
        """Return the kept lines and forget them."""
        lines, self.lines = self.lines, []
        return lines


trouble = TroubleHandler()
# Findings of Odoo's test_lint that are not in our code: (file, its list, what is added to it).
NOT_OURS = [
    # OCA names an argument of these methods otherwise than mail does.
    (
        "test_override_signatures",
        "MODEL_METHODS_TO_IGNORE",
        {
            ("helpdesk.ticket", "message_new"),
            ("helpdesk.ticket", "message_update"),
            ("report.report_xlsx.partner_xlsx", "generate_xlsx_report"),
        },
    ),
    # Fields of OCA's tickets that OCA does not index.
    (
        "test_index",
        "BTREE_INDEX_IGNORE_FIELDS",
        {"helpdesk.ticket.duplicate_id", "helpdesk.ticket.partner_id"},
    ),
]
# Docstrings of upstream that name arguments which are not there: (module, class, method).
DOCSTRINGS_NOT_OURS = [
    ("odoo.addons.report_xlsx.report.report_abstract_xlsx", "ReportXlsxAbstract", "_get_objs_for_report"),
]
counts = {"passed": 0, "failed": 0, "skipped": 0, "tours": 0}
strict = os.environ.get("JAMAA_TEST_STRICT", "1") == "1"


@pytest.fixture(scope="session", autouse=True)
def only_our_modules(load_registry):
    """With JAMAA_TEST_LINT, let Odoo's own test_lint see the addons named there and no others."""
    names = set(filter(None, os.environ.get("JAMAA_TEST_LINT", "").split(",")))
    if not names:
        yield
        return
    from odoo.modules import Manifest

    plain = Manifest.all_addon_manifests
    Manifest.all_addon_manifests = staticmethod(lambda: [m for m in plain() if m.name in names])
    for file, name, more in NOT_OURS:
        known = getattr(importlib.import_module(f"odoo.addons.test_lint.tests.{file}"), name)
        known |= more
    for module, klass, method in DOCSTRINGS_NOT_OURS:
        getattr(getattr(importlib.import_module(module), klass), method).__doc__ = None
    yield
    Manifest.all_addon_manifests = staticmethod(plain)


@pytest.fixture(scope="session", autouse=True)
def watch_log_and_tours(load_registry):
    """Listen to the whole log, and count the browser runs that reached their end."""
    from odoo.tests import HttpCase

    plain = HttpCase.browser_js

    def counted(self, *args, **kwargs):
        result = plain(self, *args, **kwargs)
        counts["tours"] += 1
        return result

    HttpCase.browser_js = counted
    logging.getLogger().addHandler(trouble)
    trouble.take()
    yield
    logging.getLogger().removeHandler(trouble)
    HttpCase.browser_js = plain


def pytest_collection_modifyitems(config, items):
    """Leave out what a test file only imported, and core's own JavaScript suites it inherits."""
    kept, left = [], []
    for item in items:
        borrowed = item.cls is not None and item.cls.__module__ != item.module.__name__
        core_suite = item.function.__module__ == "odoo.addons.web.tests.test_js"
        (left if borrowed or core_suite else kept).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn unexpected log lines, and skips, into failures of the test at hand."""
    outcome = yield
    report = outcome.get_result()
    if not strict:
        return
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and a skipped test proves nothing: {reason}"
    elif call.when == "teardown" and report.passed:
        lines = trouble.take()
        if lines:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} left trouble in the log:\n" + "\n".join(lines)


def pytest_runtest_logreport(report):
    """Count each test once; the parts of a test (subTest) only when they fail."""
    if hasattr(report, "context") and not report.failed:
        return
    if report.failed:
        counts["failed"] += 1
        if report.when == "teardown" and counts["passed"]:
            counts["passed"] -= 1
    elif report.skipped:
        counts["skipped"] += 1
    elif report.when == "call":
        counts["passed"] += 1


def pytest_collectreport(report):
    """A file that cannot be read is a failure too."""
    if report.failed:
        counts["failed"] += 1


def pytest_sessionfinish(session):
    """Write the counts for the tool."""
    path = os.environ.get("JAMAA_TEST_COUNTS")
    if path:
        with open(path, "w", encoding="utf-8") as out:
            json.dump(counts, out)
