"""The result as a table for people and as JSON for later comparison."""

import os
import platform
import sys
from pathlib import Path

WIDTH = (46, 5, 12, 12, 15, 6)


def line(figure):
    """One figure of a measurement as a line of the table."""
    passed = {True: "pass", False: "FAIL", None: ""}[figure.passed]
    cells = (
        f"  {figure.name}",
        figure.unit,
        number(figure.stock),
        number(figure.ours),
        figure.bar.text if figure.bar else "",
        passed,
    )
    return _row(cells, figure.note)


def head():
    """The first lines of the table."""
    title = _row(("", "unit", "stock", "ours", "bar", ""), "")
    return f"{title}\n{'-' * (sum(WIDTH) + len(WIDTH))}"


def _row(cells, note):
    name, unit, stock, ours, bar, passed = (
        str(cell) for cell in cells
    )  # numbers to the right, words to the left
    parts = [name.ljust(WIDTH[0]), unit.ljust(WIDTH[1]), stock.rjust(WIDTH[2]),
             ours.rjust(WIDTH[3]), f"  {bar}".ljust(WIDTH[4]), passed.ljust(WIDTH[5]),
             note]  # fmt: skip
    return " ".join(parts).rstrip()


def number(value):
    """A figure with the digits that mean something."""
    if value is None:
        return "–"
    if isinstance(value, int) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 1 else f"{value:.1f}"


def as_json(done, versions):
    """Measurements as ``{name: {…, figures: […]}}`` and the versions they ran with."""
    return {"versions": versions, "measurements": {m.name: _measured(m) for m in done}}


def _measured(measurement):
    result = {
        "description": measurement.description,
        "figures": [_figure(figure) for figure in measurement.figures],
    }
    for why in ("left_out", "error"):
        if text := getattr(measurement, why):
            result[why] = text
    return result


def _figure(figure):
    result = {
        "name": figure.name,
        "unit": figure.unit,
        "stock": _rounded(figure.stock),
        "ours": _rounded(figure.ours),
    }
    if figure.bar:
        result |= {"bar": figure.bar.text, "passed": figure.passed}
    if figure.note:
        result["note"] = figure.note
    return result


def _rounded(value):
    return round(value, 4) if isinstance(value, float) else value


def machine(postgres_version):
    """What the figures depend on besides the code."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": os.cpu_count(),
        "cpu": _cpu(),
        "memory_gib": round(memory, 1),
        "system": platform.system(),
        "python": ".".join(map(str, sys.version_info[:3])),
        "postgresql": postgres_version,
    }


def _cpu():
    """The name of the processor, as Linux tells it."""
    path = Path("/proc/cpuinfo")
    for text in path.read_text().splitlines() if path.exists() else ():
        if text.startswith("model name"):
            return text.partition(":")[2].strip()
    return platform.machine()
