"""A pytest plugin that makes "green" mean what it says.

- a skipped test is a failed one;
- a warning or error in the server's log that the test did not expect (with
  ``assertLogs`` or ``mute_logger``) fails that test;
- in a full run the tests must be exactly those that Odoo's own runner would run,
  so that a file which ``tests/__init__.py`` does not import can't go unnoticed.

The results go as JSON to the file that ``CP_RESULTS`` names.
"""

import ast
import json
import logging
import os
from pathlib import Path

import pytest

FULL_RUN = "CP_FULL_RUN"
RESULTS = "CP_RESULTS"
ADDON = "contact_person"


class _Watch(logging.Handler):
    """Collects what the server logs from WARNING on."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def take(self):
        lines, self.lines = self.lines, []
        return lines


class Gate:
    """The hooks; one object a run."""

    def __init__(self):
        self.watch = _Watch()
        self.outcomes = {}
        self.strays = []

    def pytest_sessionstart(self):
        """Watch the log from now on; Odoo has set its own handlers up before."""
        logging.getLogger().addHandler(self.watch)

    def pytest_collection_finish(self, session):
        """Hold the collected tests against Odoo's own loader."""
        if os.environ.get(FULL_RUN) and session.config.pluginmanager.has_plugin("odoo"):
            found = {_odoo_name(item) for item in session.items}
            self.strays += list(differences(found, _odoo_tests()))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        """Turn skips and unexpected log lines into failures."""
        report = yield
        if report.skipped and not hasattr(report, "wasxfail"):
            report.longrepr = f"skipped, which counts as failed: {report.longrepr}"
            report.outcome = "failed"
        elif call.when != "setup":
            lines = self.watch.take()
            if lines and report.passed:
                report.outcome = "failed"
                report.longrepr = "unexpected in the server's log:\n" + "\n".join(lines)
        self._note(report)
        return report

    def _note(self, report):
        before = self.outcomes.get(report.nodeid, "passed")
        self.outcomes[report.nodeid] = "failed" if report.failed else before

    def pytest_collectreport(self, report):
        """A file that can't be imported is a failure with a name."""
        if report.failed:
            self.outcomes[f"{report.nodeid} (can't be loaded)"] = "failed"

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self, session, exitstatus):
        """Write the results; what no test owns fails the run under its own name."""
        result = yield
        for line in self.watch.take():
            self.strays.append(f"outside any test, in the server's log: {line}")
        path = os.environ.get(RESULTS)
        if path:
            text = json.dumps({"outcomes": self.outcomes, "strays": self.strays})
            Path(path).write_text(text)
        return result

    def pytest_terminal_summary(self, terminalreporter):
        """Show what belongs to no test."""
        for stray in self.strays:
            terminalreporter.write_line(f"FAILED {stray}", red=True)


def differences(found, expected):
    """Sentences about tests that only one of the two runners knows."""
    for name in sorted(expected - found):
        yield f"{name}: Odoo runs it, but pytest did not find it"
    for name in sorted(found - expected):
        yield (
            f"{name}: pytest runs it, but Odoo would not; import its file in "
            "tests/__init__.py and write the test in the class that runs it"
        )


def _odoo_name(item):
    """``module.Class.method`` as Odoo's loader would name a collected test."""
    name = item.originalname if hasattr(item, "originalname") else item.name
    owner = item.cls.__qualname__ if item.cls else "?"
    return f"{item.module.__name__.rpartition('.')[2]}.{owner}.{name}"


def _odoo_tests():
    """The names of all tests that ``--test-tags /contact_person`` would run."""
    from odoo.tests import loader
    from odoo.tools import config

    before = config["test_tags"]
    config["test_tags"] = f"/{ADDON}"
    try:
        suites = [
            loader.make_suite([ADDON], at) for at in ("at_install", "post_install")
        ]
    finally:
        config["test_tags"] = before
    imported = _imported_files()
    return {
        f"{file}.{type(test).__qualname__}.{test._testMethodName}"
        for suite in suites
        for test in suite
        if (file := type(test).__module__.rpartition(".")[2]) in imported
    }


def _imported_files():
    """The modules that ``tests/__init__.py`` imports, read and not run.

    pytest has loaded every file by now, so Odoo's loader, which looks at what the
    package holds, would find those too that nothing imports.
    """
    from odoo.modules.module import get_module_path

    init = Path(get_module_path(ADDON)) / "tests" / "__init__.py"
    return {
        alias.name
        for statement in ast.parse(init.read_text()).body
        if isinstance(statement, ast.ImportFrom) and not statement.module
        for alias in statement.names
    }


def pytest_configure(config):
    """Register the hooks."""
    config.pluginmanager.register(Gate(), "contact_person_gate")
