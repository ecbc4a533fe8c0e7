"""The process that measures: it holds both databases open, so that calls alternate."""

import argparse
import json
import sys
import traceback
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import odoo
from odoo.tools import config

from . import report
from .registry import Skip, measurements
from .side import OURS, STOCK, Side


@dataclass
class Bench:
    """What a measurement has to work with.

    ``facts`` are the figures of the databases' making; ``runs`` how often a call is
    repeated at least; ``data`` the folder with labelled data, which may not be there.
    """

    stock_database: str
    ours_database: str
    small_database: str
    contacts: int
    small: bool
    facts: dict
    data: Path

    @cached_property
    def stock(self):
        """Stock Odoo."""
        return Side(self.stock_database, STOCK)

    @cached_property
    def ours(self):
        """The same contacts with the addon."""
        return Side(self.ours_database, OURS)

    @property
    def sides(self):
        """Stock first."""
        return [self.stock, self.ours]

    @property
    def runs(self):
        """How often a quick call is timed."""
        return 5 if self.small else 9


def main(arguments):
    """Measure what is asked for and write the result."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", required=True, help="the Bench as JSON")
    parser.add_argument("--result", required=True)
    parser.add_argument("names", nargs="+")
    options = parser.parse_args(arguments)
    given = json.loads(options.bench)
    bench = Bench(**{**given, "data": Path(given["data"])})
    config.parse_config(["--log-level=error"])
    known = measurements()
    done = []
    for name in options.names:
        print(f"\n{known[name].description} [{name}]", flush=True)
        try:
            for figure in known[name].function(bench):
                known[name].figures.append(figure)
                print(report.line(figure), flush=True)
        except Skip as reason:
            known[name].left_out = str(reason)
            print(f"  left out: {reason}", flush=True)
        except Exception as error:  # the other measurements are still worth making
            traceback.print_exc()
            known[name].error = f"{type(error).__name__}: {error}".split("\n")[0]
        done.append(known[name])
    versions = {"odoo": odoo.release.version}
    Path(options.result).write_text(json.dumps(report.as_json(done, versions)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
