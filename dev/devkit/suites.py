"""``dev/test --odoo``: Odoo's own tests, without the addon and with it."""

import json
import os
import re
import subprocess
import time

from . import cluster, databases, server, settings, template
from .settings import ADDON, Trouble, digest, say, spawn, wait
from .suite_choice import MEANT, PRIVATE, tags, wanted

FOLDER = settings.WORK / "odoo-suites"

# The policy for contacts as an administrator changes it in Settings, for the contacts
# that there are and for the companies that the tests will make, too.
PRIVATE_POLICY = """
companies = env["res.company"].search([])
companies.contact_default_visibility = "private"
env["ir.default"].set("res.company", "contact_default_visibility", "private")
changes = env["contact.visibility.change"]
changes.create([{"company_id": company.id} for company in companies]).action_apply()
changes._cron_run()
env.cr.commit()
"""


def main(modules, *, private=False):
    """Both runs, the two lists, and 1 when the addon makes a test fail.

    :param bool private: the company's policy for contacts is "private"
    """
    for label in ("with", "without"):
        _log(label).unlink(missing_ok=True)
    without, with_it, new, idle = {}, {}, {}, []
    with cluster.for_tests() as postgres:
        os.environ.update(postgres.environment)
        databases.sweep(postgres)
        for part in _parts(postgres, wanted(modules), private):
            before, after = part.without(), part.run(tags(part.choice), with_it=True)
            new |= part.repeat_suspects(before, after)
            idle += part.idle(before)
            without |= before
            with_it |= after
    expected = _meant(new) | (_known(new) if private else {})
    for module in idle:
        print(f"NO TESTS of {module} ran; see {_log('without')}")
    return _report(without, with_it, new, expected) or bool(idle)


def _parts(postgres, choice, private):
    """What the addon's own apps bring with them, and what needs further apps.

    Each has its database: the numbers of queries that Odoo's tests of crm allow are
    those of a database without sales.
    """
    base = template.ensure(postgres, demo=True)
    rows = databases.query(
        base, "SELECT name FROM ir_module_module WHERE state = 'installed'"
    )
    there = {name for [name] in rows}
    near = {name: choice[name] for name in choice if name in there}
    further = {name: choice[name] for name in choice if name not in there}
    if near:
        yield Part(postgres, base, near, private)
    if further:
        base = template.ensure(postgres, (*template.BASIC, *further), demo=True)
        yield Part(postgres, base, further, private)


class Part:
    """The tests that run in copies of one database."""

    def __init__(self, postgres, base, choice, private):
        self.postgres = postgres
        self.base = base
        self.choice = choice
        self.private = private

    def without(self):
        """The outcomes without the addon.

        They change with Odoo and not with the addon: those of an earlier run of the
        same tests in the same database are taken.
        """
        wanted_tags = tags(self.choice)
        kept = FOLDER / f"without-{digest(self.base, wanted_tags)}.json"
        if kept.exists():
            say(f"Outcomes without the addon are there; to repeat, remove {kept}")
            return json.loads(kept.read_text())
        outcomes = self.run(wanted_tags, with_it=False)
        kept.write_text(json.dumps(outcomes, indent=1))
        return outcomes

    def idle(self, outcomes):
        """The modules of which no test ran, as theirs can't be imported."""
        ran = {name.split(".")[2] for name in outcomes if name.count(".") > 2}
        return [module for module in self.choice if module not in ran]

    def run(self, wanted_tags, *, with_it):
        """The outcomes of one run, ``{full name of the test: outcome}``."""
        label = "with" if with_it else "without"
        config = server.write_config(
            FOLDER / "odoo.conf", FOLDER / "data", screenshots=FOLDER / "screenshots"
        )
        env = server.environment(self.postgres, config, with_kit=True)
        with databases.fresh_copy(self.base, label) as database:
            if with_it:
                log = FOLDER / "install.log"
                server.install_addon(database, env, log)
                if self.private:
                    template.run_script(database, PRIVATE_POLICY, env, log)
            return _suite(database, wanted_tags, env, _log(label), label)

    def repeat_suspects(self, without, with_it):
        """Run each new failure once more: what passes then depends on the moment."""
        suspects = new_failures(without, with_it)
        failed = [name for name, outcome in suspects.items() if outcome == "failed"]
        only = ",".join(sorted({_tag(name) for name in failed} - {None}))
        if not only:
            return suspects
        again = self.run(only, with_it=True)
        for name in failed:
            if again.get(name) == "passed":
                print(f"UNSTABLE {name}: failed once, passed when repeated")
                with_it[name] = "passed"
                del suspects[name]
        return suspects


def new_failures(without, with_it):
    """Tests that pass, or don't fail, without the addon but fail or vanish with it."""
    found = {}
    for name, before in without.items():
        after = with_it.get(name, "missing")
        if after != before and after != "passed" and before != "failed":
            found[name] = after
    for name in with_it.keys() - without.keys():
        if with_it[name] == "failed":
            found[name] = "failed"
    return found


def _log(label):
    return FOLDER / f"{label}-addon.log"


def _suite(database, test_tags, env, log, label):
    start = time.monotonic()
    say(f"Odoo's own tests {label} the addon; log: {log}")
    results = log.with_suffix(".json")
    results.unlink(missing_ok=True)
    command = [
        settings.PYTHON,
        "-m",
        "devkit.suite_runner",
        str(results),
        "-d",
        database,
        "--test-tags",
        test_tags,
        "--stop-after-init",
        f"--http-port={settings.free_port()}",
    ]
    with log.open("a") as output:
        wait(
            spawn(
                command,
                env=env,
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )
        )
    if not results.exists():
        raise Trouble(f"The run ended early:\n{server.tail(log, 30)}")
    outcomes = json.loads(results.read_text())
    say(f"{len(outcomes)} tests in {databases.seconds_since(start)} s")
    return outcomes


def _tag(name):
    """``/module:Class.method`` of a test's full name, or None for a class's setup."""
    parts = name.split(".")
    if parts[:2] != ["odoo", "addons"] or len(parts) < 6:
        return None
    return f"/{parts[2]}:{parts[-2]}.{parts[-1]}"


def _meant(new):
    """Take out of ``new`` what is meant to fail, where the log says so."""
    text = _log("with").read_text(errors="replace")
    meant = {}
    for name in sorted(MEANT.keys() & new.keys()):
        sign, reason = MEANT[name]
        failure = "(?:ERROR|FAIL): (?:Subtest )?" + re.escape(_short(name))
        if any(sign in text[at.end() :][:6_000] for at in re.finditer(failure, text)):
            meant[name] = reason
            del new[name]
    return meant


def _short(name):
    """``Class.method`` of a test's full name."""
    return ".".join(name.rsplit(".", 2)[1:])


def _known(new):
    """Take out of ``new`` what the policy "private" is known to make fail."""
    known = {name: PRIVATE[name] for name in sorted(PRIVATE.keys() & new.keys())}
    for name in known:
        del new[name]
    return known


def _report(without, with_it, new, expected):
    for label, outcomes in (("without", without), ("with", with_it)):
        counts = {
            kind: sum(value == kind for value in outcomes.values())
            for kind in ("passed", "failed", "skipped")
        }
        print(f"{label} {ADDON}: " + ", ".join(f"{n} {k}" for k, n in counts.items()))
        for name, outcome in sorted(outcomes.items()):
            if outcome != "passed":
                print(f"    {outcome:8}{name}")
    for name, reason in expected.items():
        print(f"MEANT {name}: {reason}")
    for name, outcome in sorted(new.items()):
        print(f"NEW FAILURE {name}: {without.get(name, 'not run')} -> {outcome}")
    passed = sum(value == "passed" for value in with_it.values())
    print(f"{passed} passed, {len(new)} failed")
    return 1 if new or not passed else 0
