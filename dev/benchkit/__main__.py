"""``dev/bench``: make the databases, measure in a child with Odoo, tell the result."""

import argparse
import json
import os
import sys
from pathlib import Path

import psycopg2
from devkit import cluster, settings, template
from devkit import databases as server_databases
from devkit.settings import Trouble

from . import databases, report
from .registry import CONTACTS, SMALL, measurements

MILLION = 1_000_000
SMALL_SIZE = 20_000
DATA = settings.ROOT.parent / "shared" / "data"
# A server for a million contacts; the tests' own setting is for many small databases.
TUNING = {
    "shared_buffers": "2GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "512MB",
    "effective_cache_size": "8GB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
}


def main(arguments):
    """Run the measurements; 1 when a bar is not met, else 0."""
    known = measurements()
    options = _options(arguments, known)
    if options.list:
        for one in known.values():
            print(f"{one.name:12} {one.description}")
        return 0
    with _server() as postgres:
        os.environ.update(postgres.environment)
        server_databases.sweep(postgres)
        result = _measure(postgres, options, known)
        result["machine"] = report.machine(_postgres_version())
    return _tell(result, options)


def _options(arguments, known):
    parser = argparse.ArgumentParser(
        prog="dev/bench", description="Measure the addon beside stock Odoo."
    )
    parser.add_argument("--contacts", type=int, metavar="N", help="default 1,000,000")
    parser.add_argument("--small", action="store_true",
                        help="20,000 contacts and fewer repetitions")  # fmt: skip
    parser.add_argument("--only", nargs="+", choices=known, metavar="NAME",
                        help=" ".join(known))  # fmt: skip
    parser.add_argument("--keep", action="store_true", help="keep the databases")
    parser.add_argument("--json", type=Path, help="where the figures go")
    parser.add_argument("--list", action="store_true", help="names and meanings")
    options = parser.parse_args(arguments)
    options.contacts = options.contacts or (SMALL_SIZE if options.small else MILLION)
    if options.contacts < 1_000:
        parser.error("at least 1,000 contacts are needed")
    # Only figures of the full size are worth keeping beside the code.
    if not options.json and options.contacts == MILLION:
        options.json = settings.ROOT / "dev" / "bench.json"
    options.json = options.json or settings.WORK / "bench" / "bench.json"
    return options


def _server():
    if not settings.PG_BIN:
        return cluster.OwnServer()
    postgres = cluster.Cluster(settings.STATE / "bench-cluster", durable=False)
    postgres.options.update(TUNING)
    return postgres


def _measure(postgres, options, known):
    names = [name for name in known if not options.only or name in options.only]
    needs = {need for name in names for need in known[name].needs}
    bench = {
        "stock_database": "", "ours_database": "", "small_database": "",
        "contacts": options.contacts, "small": options.small, "facts": {},
        "data": str(DATA),
    }  # fmt: skip
    made, kept = [], []
    try:
        if CONTACTS in needs:
            _prepare_contacts(postgres, bench, made, kept)
        if SMALL in needs:
            source = template.ensure(postgres, demo=False, warm=False)
            made.append(databases.run_copy(source, "small"))
            bench["small_database"] = made[-1]
            databases.install(postgres, made[-1])
        return _run_session(postgres, bench, names) | {"contacts": options.contacts}
    finally:
        for name in made if options.keep else made + kept:
            server_databases.drop(name)


def _prepare_contacts(postgres, bench, made, kept):
    kept.append(databases.stock(postgres, bench["contacts"]))
    kept.append(databases.with_addon(postgres, kept[0]))
    databases.drop_outdated(kept)
    bench["facts"] = databases.facts(kept[1])
    for key, source in zip(("stock", "ours"), kept, strict=True):
        made.append(databases.run_copy(source, key))
        bench[f"{key}_database"] = made[-1]


def _run_session(postgres, bench, names):
    """Measure in a child, so that Odoo reads the configuration that is ready now."""
    path = settings.WORK / "bench" / "result.json"
    path.unlink(missing_ok=True)
    print(report.head(), flush=True)
    command = [settings.PYTHON, "-m", "benchkit.session", "--bench", json.dumps(bench),
               "--result", str(path), *names]  # fmt: skip
    child = settings.spawn(command, env=databases.environment(postgres))
    if settings.wait(child):
        raise Trouble("The measurement ended with an error, which is above.")
    return json.loads(path.read_text())


def _postgres_version():
    connection = psycopg2.connect(dbname="postgres")
    try:
        version = connection.server_version
    finally:
        connection.close()
    return f"{version // 10000}.{version % 10000}"


def _tell(result, options):
    """Write the figures, with those that were not measured anew; count the bars."""
    options.json.parent.mkdir(parents=True, exist_ok=True)
    measured = list(result["measurements"].values())
    if options.only and options.json.exists():
        before = json.loads(options.json.read_text())
        if before.get("contacts") == result["contacts"]:
            result["measurements"] = before["measurements"] | result["measurements"]
    text = json.dumps(result, indent=1, sort_keys=True, ensure_ascii=False)
    options.json.write_text(f"{text}\n")
    passed = [
        figure["passed"]
        for one in measured
        for figure in one["figures"]
        if "passed" in figure
    ]
    print(f"\n{sum(passed)} of {len(passed)} bars met; figures in {options.json}")
    failed = [one["description"] for one in measured if "error" in one]
    if failed:
        print(f"Ended with an error: {', '.join(failed)}")
    return 0 if all(passed) and not failed else 1


if __name__ == "__main__":
    sys.exit(settings.main(main))
