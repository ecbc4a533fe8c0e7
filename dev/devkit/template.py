"""Databases with Odoo's own modules, made once and copied for every test run."""

import ast
import fcntl
import time

from . import databases, server, settings
from .settings import ADDON, digest, say

BASIC = ("contacts", "crm", "hr", "phone_validation")

# A copied database has no file store of its own, so attachments live in the table.
KEEP_FILES_IN_DATABASE = """
env["ir.config_parameter"].set_param("ir_attachment.location", "db")
env["ir.attachment"].force_storage()
env.cr.commit()
"""
WARM_ASSETS = """
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
"""


def addon_depends():
    """The modules that the addon's manifest asks for."""
    manifest = ast.literal_eval((settings.ROOT / "__manifest__.py").read_text())
    return tuple(manifest.get("depends", ()))


def ensure(cluster, modules=BASIC, *, demo=False, warm=True):
    """The name of a template with ``modules`` and what the addon depends on.

    It is named after this Odoo, the modules and whether it has demo data and the
    browser's assets (``warm``), so a template of something else is never mistaken
    for it.
    """
    modules = sorted({*modules, *addon_depends()} - {ADDON})
    name = f"cp_template_{digest(settings.ODOO_ID, *modules, demo, warm)}"
    lock_path = settings.STATE / "template.lock"
    with lock_path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not databases.exists(name):
            _build(cluster, name, modules, demo, warm)
    return name


def _build(cluster, name, modules, demo, warm):
    start = time.monotonic()
    with_demo = " and demo data" if demo else ""
    say(f"Making the template database (once): {', '.join(modules)}{with_demo}")
    folder = settings.STATE / "template"
    config = server.write_config(folder / "odoo.conf", folder / "data")
    env = server.environment(cluster, config)
    log = folder / f"{name}.log"
    log.unlink(missing_ok=True)
    half = f"{name}.half"
    databases.drop(half)
    demo_option = ["--with-demo"] if demo else ["--without-demo"]
    once = ["-d", half, "--stop-after-init", "--no-http", *demo_option]
    server.odoo_quietly([*once, "-i", "base"], env, log)
    run_script(half, KEEP_FILES_IN_DATABASE, env, log)
    server.odoo_quietly([*once, "-i", ",".join(modules)], env, log)
    if warm:
        run_script(half, WARM_ASSETS, env, log)
    databases.rename(half, name)
    say(f"Template ready after {databases.seconds_since(start)} s")


def run_script(database, script, env, log):
    """Run lines of Python in ``odoo shell``, where ``env`` is the superuser's.

    A line that raises ends the shell with an error, as it should.
    """
    server.odoo_quietly(
        ["shell", "-d", database, "--no-http", "--log-level=warn"],
        env,
        log,
        stdin=script,
    )
