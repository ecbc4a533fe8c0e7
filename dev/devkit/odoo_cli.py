"""``dev/odoo``: Odoo's own command line on the databases of ``dev/run``."""

import sys

from . import cluster, run, server, settings


def main(arguments):
    """Pass everything on; standard input and the exit code are Odoo's."""
    with cluster.for_run() as postgres:
        env = run.prepare(postgres)
        child = server.odoo(arguments, env)
        return settings.wait_through_interrupts(child)


if __name__ == "__main__":
    sys.exit(settings.main(main))
