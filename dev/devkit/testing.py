"""``dev/test``: every test there is, or the part that was asked for."""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from . import (
    cluster,
    databases,
    neighbours,
    server,
    settings,
    suites,
    template,
    translations,
)
from .pytest_gate import FULL_RUN, RESULTS
from .settings import ROOT, Trouble, say, spawn, wait

NO_TESTS = 5  # pytest's exit code when nothing matched
PURE = Path("tests/pure")


class Tally:
    """Outcomes by name, and the closing line."""

    def __init__(self):
        self.outcomes = {}
        self.tests = 0

    def add_tests(self, outcomes):
        """What pytest found; names are its own."""
        self.outcomes |= outcomes
        self.tests += len(outcomes)

    def add(self, name, problems=()):
        """One check of our own; it failed when there are problems."""
        self.outcomes[name] = "failed" if problems else "passed"
        for problem in problems:
            print(f"FAILED {name}: {problem}", file=sys.stderr)

    def count(self, outcome):
        """How many tests ended so."""
        return sum(value == outcome for value in self.outcomes.values())

    def close(self):
        """Print the last line; the exit code."""
        for name, outcome in self.outcomes.items():
            if outcome == "failed":
                print(f"FAILED {name}")
        passed, failed = self.count("passed"), self.count("failed")
        print(f"{passed} passed, {failed} failed, 0 skipped", flush=True)
        return 1 if failed or not passed else 0


def main(arguments):
    """Run and count; a part when paths or a name are given, everything otherwise."""
    options = _parse(arguments)
    if options.odoo is not None:
        modules = [*options.odoo, *options.paths]
        return suites.main(modules, private=options.private)
    pure, odoo = _sort_paths(options.paths)
    whole = not options.paths and not options.name
    tally = Tally()
    if pure or not options.paths:
        _run_pure(pure or [str(ROOT / PURE)], options, tally)
    if odoo or not options.paths:
        _run_odoo(odoo, options, tally, whole)
    if not tally.tests:
        raise Trouble("No test matches.")
    return tally.close()


def _parse(arguments):
    parser = argparse.ArgumentParser(prog="dev/test", description=__doc__)
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files or folders of tests, FILE::CLASS::METHOD too",
    )
    parser.add_argument("-k", dest="name", metavar="NAME", help="as in pytest")
    parser.add_argument(
        "--odoo",
        nargs="*",
        metavar="MODULE",
        help="Odoo's own tests of these modules, with the addon and "
        "without; a failure that only the addon brings fails",
    )
    parser.add_argument(
        "--private",
        action="store_true",
        help="with --odoo: contacts are visible to owner, team and superiors only",
    )
    parser.add_argument("--log", action="store_true", help="show pytest's log capture")
    return parser.parse_args(arguments)


def _sort_paths(paths):
    """Two lists: of the pure tests and of those that need Odoo."""
    pure, odoo = [], []
    for path in paths:
        file, colons, rest = path.partition("::")
        place = Path(file) if Path(file).is_absolute() else _find(file)
        if not place.exists():
            raise Trouble(f"There is no {file}.")
        inside = place.resolve().relative_to(ROOT)
        if PURE in (inside, *inside.parents):
            pure.append(f"{ROOT / inside}{colons}{rest}")
        else:
            odoo.append(f"{inside}{colons}{rest}")
    return pure, odoo


def _find(file):
    """A path from the folder where the user is, else from the clone."""
    here = Path(os.environ.get("CP_CALLED_FROM", ".")) / file
    return here if here.exists() else ROOT / file


def _pytest(arguments, env, options, results):
    """Run pytest; its outcomes, or None when nothing matched."""
    command = [
        settings.PYTHON,
        "-m",
        "pytest",
        "-q",
        "-rfE",
        "--tb=short",
        "-p",
        "devkit.pytest_gate",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:warnings",
        "-o",
        "addopts=",
        *arguments,
    ]
    if not options.log:
        command.append("--show-capture=no")
    if options.name:
        command += ["-k", options.name]
    results.unlink(missing_ok=True)
    env = env | {RESULTS: str(results)}
    code = wait(spawn(command, env=env, cwd=settings.WORK, stdin=subprocess.DEVNULL))
    if not results.exists():
        raise Trouble(f"pytest did not get to its end (exit code {code}).")
    found = json.loads(results.read_text())
    outcomes = found["outcomes"] | dict.fromkeys(found["strays"], "failed")
    if code not in (0, 1, NO_TESTS):
        outcomes[f"pytest ended with exit code {code}"] = "failed"
    if code == 1 and "failed" not in outcomes.values():
        outcomes["pytest reported a failure that belongs to no test"] = "failed"
    return outcomes


def _run_pure(paths, options, tally):
    if not any((ROOT / PURE).rglob("test_*.py")):
        return
    say("Pure Python tests")
    env = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "dev")]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    env.pop(FULL_RUN, None)
    pure = str(ROOT / PURE)
    arguments = [
        f"--confcutdir={pure}",
        f"--rootdir={pure}",
        "-p",
        "no:odoo",
        "--import-mode=importlib",
        *paths,
    ]
    results = settings.WORK / "pure-results.json"
    tally.add_tests(_pytest(arguments, env, options, results))


def _run_odoo(paths, options, tally, whole):
    with cluster.for_tests() as postgres:
        os.environ.update(postgres.environment)
        databases.sweep(postgres)
        base = template.ensure(postgres)
        with databases.fresh_copy(base, "test") as database:
            _test_copy(postgres, database, paths, options, tally, whole)
        if whole:
            _check_lifecycle(postgres, tally)


def _test_copy(postgres, database, paths, options, tally, whole):
    folder = settings.WORK / "test"
    log = folder / "install.log"
    log.unlink(missing_ok=True)
    config = server.write_config(
        folder / "odoo.conf",
        folder / "data",
        db_name=database,
        screenshots=folder / "screenshots",
    )
    env = server.environment(postgres, config, with_kit=True)
    start = time.monotonic()
    say(f"Installing the addon in a fresh database; log: {log}")
    problems = server.install_addon(database, env, log)
    tally.add("the addon installs without a warning in the log", problems)
    say(f"Installed after {databases.seconds_since(start)} s; Odoo tests")
    _test_parts(database, paths, env, options, folder, tally, whole)


def _test_parts(database, paths, env, options, folder, tally, whole):
    near = [path for path in paths if Path(path).is_relative_to(neighbours.TESTS)]
    rest = [path for path in paths if path not in near]
    if rest or not paths:
        full = {FULL_RUN: "1"} if whole else {}
        arguments = _targets(rest or ["tests"], PURE, neighbours.TESTS)
        results = folder / "results.json"
        tally.add_tests(_pytest(arguments, env | full, options, results))
    if whole:
        found = translations.export(database, env, folder)
        tally.add("the file of terms is up to date", translations.outdated(found))
    if near or whole:
        near = _targets(near or [neighbours.TESTS])
        _test_neighbours(database, near, env, options, folder, tally)


def _targets(paths, *ignored):
    addon = settings.expose_addon()
    return [
        "--odoo-http",
        "--odoo-log-level=info",
        f"--rootdir={addon}",
        *(f"--ignore={addon / path}" for path in ignored),
        *(f"{addon}/{path}" for path in paths),
    ]


def _test_neighbours(database, arguments, env, options, folder, tally):
    say(f"Installing {neighbours.APPS} beside the addon")
    log = folder / "neighbours.log"
    log.unlink(missing_ok=True)
    for name, problems in neighbours.arrive(database, env, log):
        tally.add(name, problems)
    results = folder / "neighbours.json"
    tally.add_tests(_pytest(arguments, env, options, results))
    for name, problems in neighbours.leave(database, env, log):
        tally.add(name, problems)


def _check_lifecycle(postgres, tally):
    from . import lifecycle

    for name, problems in lifecycle.checks(postgres):
        tally.add(name, problems)


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(settings.main(main))
