"""Searching a name in the list and in a many2one field."""

from ..registry import Figure, faster_by, measurement
from ..timing import alternate

# A choice field asks for one more than the seven it shows.
CHOICES = 8
NOWHERE = "Wqzxvetla Nykqubor"
# The first of those that occur once, in the order of a hash, so never by accident.
RARE = """
SELECT name FROM res_partner WHERE NOT is_company AND name ~ '^[[:ascii:]]+$'
 GROUP BY name HAVING count(*) = 1
 ORDER BY hashtextextended(name, 1) LIMIT 1
"""
COUNT = "SELECT count(*) FROM res_partner WHERE name ILIKE %s"


@measurement("searching", "Searching a name", order=21)
def searching(bench):
    """A frequent name, a rare one, and one that nobody has."""
    stock, ours = bench.sides
    [[rare]] = stock.query(RARE)
    for label, name in ("frequent", "Nielsen"), ("rare", rare), ("nowhere", NOWHERE):
        [[count]] = stock.query(COUNT, [f"%{name}%"])
        bar = faster_by(50) if name == NOWHERE else None
        note = f"{name!r}, {count:,} contacts"
        times = alternate([_list(stock, name), _list(ours, name)], bench.runs)
        yield Figure(f"list, {label} name", "ms", *times, bar=bar, note=note)
        times = alternate([_choices(stock, name), _choices(ours, name)], bench.runs)
        yield Figure(f"choice field, {label} name", "ms", *times, bar=bar)


def _list(side, name):
    return lambda: side.timed_list(lambda view: view.name_domain(name))


def _choices(side, name):
    def call(env):
        return env["res.partner"].name_search(name, limit=CHOICES)

    return lambda: side.timed(call)
