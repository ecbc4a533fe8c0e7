"""Importing a large file, each side in a process of its own."""

import json
import os
import sys
from pathlib import Path

from devkit import settings

from ..process import run_measured
from ..registry import Figure, measurement
from ..rows import write_file

ROWS = 100_000
ROWS_SMALL = 5_000


@measurement("importing", "Importing a file", order=90)
def importing(bench):
    """The same rows through our import and through ``load``, both committed."""
    rows = ROWS_SMALL if bench.small else min(ROWS, bench.contacts)
    folder = settings.WORK / "bench"
    path = folder / "import.csv"
    new = write_file(path, rows, _known_emails(bench.stock, rows // 50))
    stock = _run("stock", bench.stock, path, folder)
    ours = _run("ours", bench.ours, path, folder)
    yield Figure(f"{rows:,} rows", "s", stock["seconds"], ours["seconds"],
                 note="stock finds no duplicates and links no companies")  # fmt: skip
    yield Figure("speed", "row/s", rows / stock["seconds"], rows / ours["seconds"])
    yield Figure("peak memory", "MiB", stock["peak_mb"], ours["peak_mb"])
    for phase, took in ours["phases"].items():
        yield Figure(f"  of this: {phase}", "s", ours=took)
    for fate, count in ours["counts"].items():
        yield Figure(f"  rows {fate}", "rows", stock["counts"].get(fate), count)
    created = ours["counts"].get("created", 0)
    yield Figure("  new people taken for known ones", "share",
                 ours=max(0.0, 1 - created / new), note=f"of {new:,}")  # fmt: skip


def _known_emails(side, number):
    """Name and email of contacts that the file is to repeat."""
    return side.query(
        "SELECT name, email FROM res_partner WHERE NOT is_company AND email IS NOT NULL"
        " ORDER BY hashint4(id) LIMIT %s",
        [number],
    )


def _run(kind, side, path, folder):
    result = folder / f"import-{kind}.json"
    log = folder / f"import-{kind}.log"
    log.unlink(missing_ok=True)
    result.unlink(missing_ok=True)
    command = [sys.executable, "-m", "benchkit.import_child", kind, side.database, path,
               result]  # fmt: skip
    usage = run_measured(command, os.environ, log)
    if usage.code:
        raise RuntimeError(f"The import failed:\n{Path(log).read_text()[-3000:]}")
    return {**json.loads(result.read_text()), "peak_mb": usage.peak_mb}
