"""Opening the list of contacts."""

from ..registry import Figure, at_most_times, measurement
from ..side import STOCK
from ..timing import alternate


@measurement("opening", "Opening the list", order=20)
def opening(bench):
    """First page and count, as the web client asks for them."""
    stock, ours = bench.sides
    times = alternate(
        [stock.timed_list, ours.timed_list, lambda: ours.timed_list(action=STOCK)],
        bench.runs,
    )
    yield Figure("80 rows and the count", "ms", *times[:2], bar=at_most_times(1.2))
    yield Figure("the list of Odoo's own Contacts app", "ms", times[0], times[2],
                 bar=at_most_times(1.2))  # fmt: skip
