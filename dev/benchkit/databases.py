"""The databases that are measured: stock Odoo with contacts, and a copy with the addon.

Both are kept pristine under a name that tells what is in them, and measured in copies.
"""

import hashlib
import json
import os
import time

from devkit import databases, server, settings, template
from devkit.settings import ADDON, Trouble, digest, say

from . import population
from .process import run_measured

PREFIX = "cp_bench"
# What of the addon ends up in a database when it is installed.
INSTALLED = (
    "__init__.py __manifest__.py exceptions.py hooks.py models wizards controllers"
    " report tools data security views"
).split()


def stock(cluster, contacts):
    """The name of a stock database of that size, made if it is not there.

    Its facts (``facts``) tell how long that took.
    """
    key = digest(settings.ODOO_ID, population.fingerprint(), contacts)
    name = f"{PREFIX}_stock_{contacts}_{key}"
    if databases.exists(name):
        say(f"Using the stock database of {contacts:,} contacts from before")
        return name
    source = template.ensure(cluster, demo=False, warm=False)
    half = f"{name}.half"
    databases.drop(half)
    databases.copy(source, half)
    _make_users(cluster, half)
    say(f"Making {contacts:,} contacts")
    seconds = population.fill(half, contacts)
    _remember(half, {"population_seconds": round(seconds, 1)})
    databases.rename(half, name)
    return name


def with_addon(cluster, source):
    """The name of a copy of ``source`` with the addon in it, made if not there."""
    name = f"{source.replace('stock', 'ours')}_{digest(_addon_fingerprint())}"
    if databases.exists(name):
        say("Using the database with this very addon from before")
        return name
    say("Installing the addon into a copy")
    half = f"{name}.half"
    databases.drop(half)
    databases.copy(source, half)
    usage = install(cluster, half)
    start = time.monotonic()
    # What autovacuum would do within minutes of such an installation.
    _vacuum(half)
    _remember(
        half,
        {
            "install_seconds": round(usage.seconds, 1),
            "install_peak_mb": round(usage.peak_mb),
            "vacuum_seconds": round(time.monotonic() - start, 1),
        },
    )
    databases.rename(half, name)
    return name


def install(cluster, database):
    """Install the addon; the usage of the process that did it."""
    log = settings.WORK / "bench" / "install.log"
    log.unlink(missing_ok=True)
    command = [settings.PYTHON, "-m", "odoo", "-d", database, "-i", ADDON,
               "--stop-after-init", "--no-http", "--without-demo"]  # fmt: skip
    usage = run_measured(command, environment(cluster), log)
    if usage.code:
        raise Trouble(f"Installing failed. The end of {log}:\n{server.tail(log, 40)}")
    server.show(server.complaints(log))
    return usage


def environment(cluster):
    """The environment of every child that uses Odoo."""
    folder = settings.WORK / "bench"
    config = server.write_config(
        folder / "odoo.conf", folder / "data", limit_time_cpu=0, limit_time_real=0
    )
    return server.environment(cluster, config, with_kit=True)


def facts(database):
    """What was noted when the database was made, as ``{name: number}``."""
    [[text]] = databases.query(
        database, "SELECT value FROM ir_config_parameter WHERE key = %s", [PREFIX]
    )
    return json.loads(text)


def drop_outdated(kept):
    """Remove databases of the same size whose generator or addon is not today's."""
    stem = kept[0].rsplit("_", 1)[0]
    with_same_size = (f"{stem}_", f"{stem.replace('stock', 'ours')}_")
    for [name] in databases.query("postgres", "SELECT datname FROM pg_database"):
        if name.startswith(with_same_size) and name not in kept:
            databases.drop(name)


def run_copy(source, label):
    """A copy that may be changed; ``devkit`` sweeps it away should it be left."""
    name = f"{databases.RUN_PREFIX}{os.getpid()}_{label}"
    databases.drop(name)
    databases.copy(source, name)
    return name


def _remember(database, figures):
    """Note figures in the database itself, beside those that are there."""
    databases.execute(
        database,
        """
        INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)
        ON CONFLICT (key) DO UPDATE SET value =
            (ir_config_parameter.value::jsonb || EXCLUDED.value::jsonb)::text
        """,
        [PREFIX, json.dumps(figures)],
    )


def _make_users(cluster, database):
    script = "from benchkit.population.users import make_users\nmake_users(env)\n"
    log = settings.WORK / "bench" / "users.log"
    template.run_script(database, script, environment(cluster), log)


def _vacuum(database):
    connection = databases.psycopg2.connect(dbname=database)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    finally:
        connection.close()


def _addon_fingerprint():
    sources = hashlib.sha256()
    for part in INSTALLED:
        root = settings.ROOT / part
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.suffix in (".py", ".xml", ".csv", ".json", ".tsv"):
                sources.update(f"{path.name}\n".encode() + path.read_bytes())
    return sources.hexdigest()
