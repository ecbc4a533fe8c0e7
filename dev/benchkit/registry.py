"""What can be measured. A new measurement is a function in ``measurements/``:

    @measurement("opening", "Opening the list")
    def opening(bench):
        yield Figure("80 rows", "ms", stock=…, ours=…, bar=at_most_times(1.2))

``bench`` is a ``session.Bench``. Nothing else has to be told of the new file.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field

CONTACTS = "contacts"
SMALL = "small"


@dataclass(frozen=True)
class Bar:
    """A limit that a figure must keep; ``holds`` gets the ``Figure``."""

    text: str
    holds: Callable


@dataclass
class Figure:
    """One line of the result; what was not measured or does not exist is ``None``."""

    name: str
    unit: str
    stock: float | None = None
    ours: float | None = None
    bar: Bar | None = None
    note: str = ""

    @property
    def passed(self):
        """Whether the bar holds; ``None`` without one."""
        return None if self.bar is None else bool(self.bar.holds(self))


def at_most(limit):
    """Ours is at most ``limit``."""
    return Bar(f"≤ {limit:g}", lambda figure: figure.ours <= limit)


def at_least(limit):
    """Ours is at least ``limit``."""
    return Bar(f"≥ {limit:g}", lambda figure: figure.ours >= limit)


def at_most_times(factor):
    """Ours takes at most ``factor`` times as long as stock."""
    return Bar(
        f"≤ {factor:g} × stock", lambda figure: figure.ours <= factor * figure.stock
    )


def faster_by(factor):
    """Stock takes at least ``factor`` times as long as ours."""
    return Bar(
        f"{factor:g} × faster", lambda figure: figure.stock >= factor * figure.ours
    )


@dataclass
class Measurement:
    """A function that yields figures, under the name by which it is asked for."""

    name: str
    description: str
    function: Callable
    order: int
    needs: tuple = ()
    left_out: str = ""
    error: str = ""
    figures: list = field(default_factory=list)


_found = {}


def measurement(name, description, *, order=50, needs=(CONTACTS,)):
    """Register a function; what changes the databases for good comes last.

    ``needs``: the databases it works on, ``CONTACTS`` (the two big ones), ``SMALL``.
    """

    def register(function):
        _found[name] = Measurement(name, description, function, order, needs)
        return function

    return register


class Skip(Exception):
    """Raised by a measurement that can't be made here; the message says why."""


def measurements():
    """All measurements by name, in the order in which they run."""
    package = importlib.import_module("benchkit.measurements")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return dict(sorted(_found.items(), key=lambda item: (item[1].order, item[0])))
