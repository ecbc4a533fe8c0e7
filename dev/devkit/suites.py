"""``dev/test --odoo``: Odoo's own tests, without the addon and with it."""

import json
import os
import subprocess
import time

from . import cluster, databases, server, settings, template
from .settings import ADDON, Trouble, say, spawn, wait

DEFAULT = (
    "base",
    "contacts",
    "phone_validation",
    "sales_team",
    "crm",
    "calendar",
    "hr",
)
# Of base only what concerns partners: the rest takes long and never meets the addon.
PARTNER_TESTS = (
    "TestPartner",
    "TestPartnerAddressCompany",
    "TestPartnerForm",
    "TestPartnerRecursion",
    "TestPartnerCategory",
    "TestResPartnerBank",
    "TestMergePartner",
)

# What the addon is meant to change: each of these tests saves, as a salesperson, a
# second person with a known email, which the rule "Same email" refuses.
_CRM = "odoo.addons.crm.tests"
MEANT = frozenset(
    (
        f"{_CRM}.test_crm_lead_convert_mass.TestLeadConvertMass"
        ".test_mass_convert_deduplicate",
        f"{_CRM}.test_crm_rainbowman.TestCrmLeadRainbowmanMessages"
        ".test_leads_rainbowman",
    )
)
REFUSAL = "DuplicateContactError"


def main(modules):
    """Both runs, the two lists, and 1 when the addon makes a test fail."""
    modules = tuple(modules) or DEFAULT
    with cluster.for_tests() as postgres:
        os.environ.update(postgres.environment)
        databases.sweep(postgres)
        base = template.ensure(
            postgres, (*template.BASIC, *(set(modules) - {"base"})), demo=True
        )
        without = _run(postgres, base, modules, with_addon=False)
        with_it = _run(postgres, base, modules, with_addon=True)
        new = _repeat_suspects(postgres, base, without, with_it)
        meant = _meant(new)
    return _report(without, with_it, new, meant)


def _meant(new):
    """Take out of ``new`` the failures that are meant, if the log shows the refusal."""
    refused = (settings.WORK / "odoo-suites" / "with-addon.log").read_text(
        errors="replace"
    )
    meant = []
    for name in sorted(MEANT & new.keys()):
        method = name.rsplit(".", 1)[1]
        after = refused.partition(f"{method} (login=")[2][:6_000]
        if REFUSAL in after:
            meant.append(name)
            del new[name]
    return meant


def tags(modules):
    """Odoo's ``--test-tags`` for the modules."""
    wanted = []
    for module in modules:
        if module == "base":
            wanted += [f"/base:{name}" for name in PARTNER_TESTS]
        else:
            wanted.append(f"/{module}")
    return ",".join(wanted)


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


def _run(postgres, base, modules, *, with_addon, only=None):
    label = "with" if with_addon else "without"
    folder = settings.WORK / "odoo-suites"
    config = server.write_config(
        folder / "odoo.conf", folder / "data", screenshots=folder / "screenshots"
    )
    env = server.environment(postgres, config, with_kit=True)
    log = folder / f"{label}-addon.log"
    if not only:
        log.unlink(missing_ok=True)
    with databases.fresh_copy(base, label) as database:
        if with_addon:
            server.install_addon(database, env, folder / "install.log")
        return _suite(database, only or tags(modules), env, log, label)


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


def _repeat_suspects(postgres, base, without, with_it):
    """Run each new failure once more: what passes then depends on the moment."""
    suspects = new_failures(without, with_it)
    failed = [name for name, outcome in suspects.items() if outcome == "failed"]
    only = ",".join(sorted({_tag(name) for name in failed} - {None}))
    if not only:
        return suspects
    again = _run(postgres, base, (), with_addon=True, only=only)
    for name in failed:
        if again.get(name) == "passed":
            print(f"UNSTABLE {name}: failed once, passed when repeated")
            with_it[name] = "passed"
            del suspects[name]
    return suspects


def _tag(name):
    """``/module:Class.method`` of a test's full name, or None for a class's setup."""
    parts = name.split(".")
    if parts[:2] != ["odoo", "addons"] or len(parts) < 6:
        return None
    return f"/{parts[2]}:{parts[-2]}.{parts[-1]}"


def _report(without, with_it, new, meant):
    for label, outcomes in (("without", without), ("with", with_it)):
        counts = {
            kind: sum(value == kind for value in outcomes.values())
            for kind in ("passed", "failed", "skipped")
        }
        print(f"{label} {ADDON}: " + ", ".join(f"{n} {k}" for k, n in counts.items()))
        for name, outcome in sorted(outcomes.items()):
            if outcome != "passed":
                print(f"    {outcome:8}{name}")
    for name in meant:
        print(f"MEANT {name}: the addon refuses the known email that the test saves")
    for name, outcome in sorted(new.items()):
        print(f"NEW FAILURE {name}: {without.get(name, 'not run')} -> {outcome}")
    passed = sum(value == "passed" for value in with_it.values())
    print(f"{passed} passed, {len(new)} failed")
    return 1 if new or not passed else 0
