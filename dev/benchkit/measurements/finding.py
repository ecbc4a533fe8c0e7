"""Finding the person who is being typed."""

import statistics
from collections import defaultdict

from ..registry import Figure, at_least, at_most, measurement
from ..timing import percentile, seconds
from ..typed import KINDS, typed_people

SHOWN = 5
EACH = 50  # of every kind of variation
# Stock reads the whole table for every question: a tenth of them is enough.
STOCK_SHARE = 10


@measurement("finding", "Finding a typed contact (contact_find_duplicates)", order=30)
def finding(bench):
    """How long it takes and how often the right person is among five."""
    people = typed_people(bench.stock, EACH)
    ours = _ask(bench.ours, people, _find_duplicates)
    stock = _ask(bench.stock, people[::STOCK_SHARE], _ilike)
    note = f"{len(people)} typed contacts, stock {len(people[::STOCK_SHARE])}"
    for name, of, bar in (
        ("median", statistics.median, None),
        ("95th percentile", lambda times: percentile(times, 0.95), at_most(25)),
        ("slowest", max, None),
    ):
        yield Figure(name, "ms", of(stock["ms"]), of(ours["ms"]), bar=bar, note=note)
        note = ""
    yield Figure("right person among five", "share", _share(stock["all"]),
                 _share(ours["all"]), bar=at_least(0.95))  # fmt: skip
    for kind in KINDS:
        of_stock = _share(stock[kind]) if stock[kind] else None
        yield Figure(f"  {kind}", "share", of_stock, _share(ours[kind]))


def _ask(side, people, question):
    """Times in ms and hits by kind; each person in a request of their own."""
    result = defaultdict(list)
    for person in people[:3]:
        with side.env() as env:
            question(env, person)
    for person in people:
        with side.env() as env:
            env.user.has_group("base.group_user")  # a session has read its user
            took, found = seconds(question, env, person)
        hit = any(person.is_right(partner_id) for partner_id in found)
        result["ms"].append(1000 * took)
        result["all"].append(hit)
        result[person.kind].append(hit)
    return result


def _find_duplicates(env, person):
    hits = env["res.partner"].contact_find_duplicates(person.values, limit=SHOWN)
    return [hit["id"] for hit in hits]


def _ilike(env, person):
    """What a user of stock types into the search box: the first thing known."""
    field = next(f for f in ("name", "email", "phone") if person.values.get(f))
    rows = env["res.partner"].search_read(
        [(field, "ilike", person.values[field])], ["display_name"], limit=SHOWN
    )
    return [row["id"] for row in rows]


def _share(hits):
    return sum(hits) / len(hits)
