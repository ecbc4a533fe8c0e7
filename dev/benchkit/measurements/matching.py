"""How good the matching engine is on labelled contacts, without a database."""

import json
import subprocess
import tempfile
from pathlib import Path

from devkit import settings

from ..registry import Figure, Skip, measurement

BATCH_SCORES = {"as given": "pairs as warned of",
                "best threshold (uses the truth)": "pairs, best threshold"}  # fmt: skip


@measurement("matching", "The matching engine on labelled contacts", order=60, needs=())
def matching(bench):
    """Precision, recall and F1 of pairs in a file; hits while typing."""
    judge = bench.data / "matching" / "evaluate.py"
    if not judge.exists():
        raise Skip(f"there is no {judge}")
    batch = _judged(judge, "batch", "{records} {out}")
    for key, label in BATCH_SCORES.items():
        if key in batch:
            for score, value in zip(("precision", "recall", "F1"), batch[key][:3],
                                    strict=True):  # fmt: skip
                yield Figure(f"{label}, {score}", "share", ours=value)
    yield Figure("pairs, time", "s", ours=batch["seconds"])
    yield Figure("pairs, peak memory", "MiB", ours=batch["peak_mb"])
    joined, alike = map(sum, zip(*batch["lookalikes_joined"].values(), strict=True))
    yield Figure("look-alikes wrongly joined", "pairs", ours=joined, note=f"of {alike}")
    live = _judged(judge, "live", "{db} {queries} {out}")
    yield Figure("typing, right one first", "share", ours=live["recall@1"])
    yield Figure("typing, right one among five", "share", ours=live["recall@5"])
    yield Figure("typing, false warnings", "share", ours=live["false_warning_rate"])
    yield Figure("typing, time", "s", ours=live["seconds"])


def _judged(judge, mode, arguments):
    """The figures that the judge writes for ``matching_cli.py``."""
    tool = settings.ROOT / "dev" / "matching_cli.py"
    command = f"'{settings.PYTHON}' '{tool}' {mode} {arguments}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "figures.json"
        subprocess.run(
            [settings.PYTHON, judge, mode, judge.parent / "contacts", "--cmd", command,
             "--json", path],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        figures = json.loads(path.read_text())

    return figures
