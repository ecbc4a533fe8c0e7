"""What the import finds in files in which faults and duplicates were planted."""

import base64
import json

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry

from ..registry import SMALL, Figure, Skip, at_least, at_most, measurement

EXACT = ("exact_email", "upper")


@measurement("accuracy", "What the import finds in six files", order=61, needs=(SMALL,))
def accuracy(bench):
    """File by file: planted duplicates, faults, and clean rows wrongly accused."""
    folder = bench.data / "import"
    if not folder.exists():
        raise Skip(f"there is no {folder}")
    expected = json.loads((folder / "expected.json").read_text())
    with Registry(bench.small_database).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        env = env(user=env.ref("base.user_admin").id)
        for name in sorted(expected):
            rows = _imported(env, folder / name)
            yield from _judge(name, rows, expected[name])
            cr.rollback()


def _imported(env, path):
    data = base64.b64encode(path.read_bytes()).decode()
    result = env["contact.import"].run_file(path.name, data)
    if sum(result["counts"].values()) != len(result["rows"]):
        raise ValueError(f"{path.name}: the fates do not add up to the rows")
    return result["rows"]


def _judge(name, rows, planted):
    """Figures of one file; ``planted`` is its part of ``expected.json``."""
    repeats = {found["row"]: found for found in planted["duplicates"]}
    faults = {found["row"] for found in planted["faults"]}
    accused = {row["row"] for row in rows if row["duplicate_of_row"] is not None}
    complained = {
        row["row"] for row in rows if row["fate"] == "rejected" or row.get("warning")
    }
    rejected = {row["row"] for row in rows if row["fate"] == "rejected"}
    exact = {row for row, found in repeats.items() if found["kind"] in EXACT}
    missed = sorted({repeats[row]["kind"] for row in repeats.keys() - accused})
    note = f"of {len(repeats)}; missed: {', '.join(missed) or '–'}"
    clean = len(rows) - len(repeats)
    found = len(accused & repeats.keys())
    yield Figure(f"{name}: duplicates found", "share", ours=found / len(repeats),
                 note=note)  # fmt: skip
    if exact:
        yield Figure("  exact repeats found", "share",
                     ours=len(accused & exact) / len(exact), bar=at_least(1),
                     note=f"of {len(exact)}")  # fmt: skip
    wrongly = len(accused - repeats.keys())
    yield Figure("  clean rows wrongly accused", "share", ours=wrongly / clean,
                 note=f"of {clean}")  # fmt: skip
    caught = len(complained & faults)
    yield Figure("  faults caught", "share", ours=caught / len(faults),
                 bar=at_least(1), note=f"of {len(faults)}")  # fmt: skip
    yield Figure("  rows without a flaw refused", "rows",
                 ours=len(rejected - faults), bar=at_most(0))  # fmt: skip
