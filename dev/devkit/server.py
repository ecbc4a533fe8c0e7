"""Running Odoo's own command line with the configuration of these tools."""

import os
import re
import subprocess
import sys

from . import settings
from .settings import ADDON, Trouble, spawn, wait

LOG_LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) (?P<rest>.*)$"
)
BAD_LEVELS = {"WARNING", "ERROR", "CRITICAL"}


def write_config(path, data_dir, **options):
    """An Odoo configuration file; the database server comes from the environment."""
    settings.expose_addon()
    lines = {
        "addons_path": f"{settings.ODOO_ADDONS},{settings.WORK / 'addons'}",
        "data_dir": data_dir,
        "admin_passwd": "admin",
        "max_cron_threads": 1,
        "http_interface": "127.0.0.1",
        **options,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    data_dir.mkdir(parents=True, exist_ok=True)
    body = "".join(f"{key} = {value}\n" for key, value in lines.items())
    path.write_text(f"[options]\n{body}")
    return path


def environment(cluster, config, *, with_kit=False):
    """The environment in which ``python -m odoo`` finds everything.

    ``with_kit`` puts these tools on Python's path too, for plugins.
    """
    path = [settings.ODOO]
    if with_kit:
        path.append(str(settings.ROOT / "dev"))
    return (
        os.environ
        | cluster.environment
        | {
            "ODOO_RC": str(config),
            "PYTHONPATH": os.pathsep.join(path),
            "PYTHONUNBUFFERED": "1",
        }
    )


def odoo(arguments, env, **options):
    """Odoo's command line as a child that ends when this tool ends."""
    command = [settings.PYTHON, "-m", "odoo", *map(str, arguments)]
    return spawn(command, env=env, **options)


def odoo_quietly(arguments, env, log, *, stdin=None):
    """Run Odoo to its end with all output in ``log``; Trouble when it fails.

    ``stdin`` is a text for commands that read one, such as ``shell``.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a") as output:
        child = odoo(
            arguments,
            env,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            text=True,
        )
        if stdin:
            child.stdin.write(stdin)
            child.stdin.close()
        code = wait(child)
    if code:
        raise Trouble(f"Odoo failed. The end of {log}:\n{tail(log, 40)}")


def tail(log, lines):
    """The last lines of a log, for a message."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def complaints(log):
    """Every warning or error of a server log, each with the lines that follow it."""
    found, open_entry = [], None
    for line in log.read_text(errors="replace").splitlines():
        match = LOG_LINE.match(line)
        if match:
            bad = match["level"] in BAD_LEVELS
            open_entry = [f"{match['level']} {match['rest']}"] if bad else None
            if bad:
                found.append(open_entry)
        elif open_entry is not None:
            open_entry.append(line)
    return ["\n".join(entry) for entry in found]


def install_addon(database, env, log, *options, module=ADDON):
    """Install the addon, or another one, and return the complaints of the log."""
    start = len(complaints(log)) if log.exists() else 0
    odoo_quietly(
        ["-d", database, "-i", module, "--stop-after-init", "--no-http", *options],
        env,
        log,
    )
    return complaints(log)[start:]


def show(entries):
    """Print complaints of a log, indented, to standard error."""
    for entry in entries:
        print("    " + entry.replace("\n", "\n    "), file=sys.stderr)
