"""``dev/env``: run any program with Odoo's environment and a database server."""

import argparse
import os
import sys

from . import cluster, databases, server, settings
from .settings import spawn


def main(arguments):
    """Start the server, run the program, stop the server if nobody else needs it."""
    parser = argparse.ArgumentParser(prog="dev/env")
    parser.add_argument("--cluster", choices=["test", "run"], default="test")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        parser.error("no command to run")
    choose = cluster.for_tests if options.cluster == "test" else cluster.for_run
    with choose() as postgres:
        os.environ.update(postgres.environment)
        if options.cluster == "test":
            databases.sweep(postgres)
        name = "odoo.conf" if options.cluster == "run" else "env.conf"
        data = settings.WORK / ("data" if options.cluster == "run" else "env-data")
        config = server.write_config(settings.WORK / name, data)
        env = server.environment(postgres, config, with_kit=True)
        env["PATH"] = f"{os.path.dirname(settings.PYTHON)}:{env['PATH']}"
        if command[0] == "python":
            command[0] = settings.PYTHON
        return settings.wait_through_interrupts(spawn(command, env=env))


if __name__ == "__main__":
    sys.exit(settings.main(main))
