"""Odoo's own test runner, started with every module loaded, and its results as JSON.

Usage: python -m devkit.suite_runner RESULTS ODOO-ARGUMENTS…

Odoo runs the tests marked ``at_install`` while modules load, so an addon that comes
later would not be there yet. Here they run with the others after loading, which is
what a user of the addon has.
"""

import json
import sys
from pathlib import Path

OUTCOMES = {}
_RANK = {"passed": 0, "skipped": 1, "failed": 2}


def note(test, outcome):
    """Keep the worst outcome of a test; subtests count for their test."""
    test = getattr(test, "test_case", test)
    name = test.id() if hasattr(test, "id") else str(test)
    if _RANK[outcome] >= _RANK[OUTCOMES.get(name, "passed")]:
        OUTCOMES[name] = outcome


def watch_results():
    """Write down what Odoo's result object is told."""
    from odoo.tests.result import OdooTestResult

    for method, outcome in {
        "startTest": "passed",
        "addError": "failed",
        "addFailure": "failed",
        "addSkip": "skipped",
    }.items():
        setattr(
            OdooTestResult, method, _noting(getattr(OdooTestResult, method), outcome)
        )


def _noting(original, outcome):
    def method(self, test, *arguments):
        # A test that Odoo repeats after a failure counts as its last try.
        if not self._soft_fail:
            note(test, outcome)
        return original(self, test, *arguments)

    return method


def join_positions():
    """Have the suite after loading hold the tests of both positions."""
    from odoo.tests import loader
    from odoo.tests.suite import OdooSuite

    original = loader.make_suite

    def make_suite(module_names, position="at_install"):
        if position == "at_install":
            return OdooSuite([])
        names = list(module_names)
        return OdooSuite(
            [*original(names, "at_install"), *original(names, "post_install")]
        )

    loader.make_suite = make_suite


def main():
    """Run Odoo with these changes and write the outcomes, whatever happens."""
    results, arguments = Path(sys.argv[1]), sys.argv[2:]
    import odoo.cli

    watch_results()
    join_positions()
    sys.argv = ["odoo", *arguments]
    try:
        odoo.cli.main()
    finally:
        results.write_text(json.dumps(OUTCOMES, indent=1))


if __name__ == "__main__":
    main()
