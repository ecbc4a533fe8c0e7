"""Additional fields: adding one among a hundred, and what a hundred cost a user."""

import threading
import time

import psycopg2

from odoo.api import SUPERUSER_ID, Environment

from ..registry import Figure, at_most, at_most_times, measurement
from ..timing import alternate, seconds
from ..webclient import FormView

# Types of the hundred, as an administrator mixes them.
MIX = (
    ["char"] * 55
    + ["integer"] * 10
    + ["date"] * 10
    + ["selection"] * 10
    + ["boolean"] * 10
    + ["many2one"] * 3
    + ["tags"] * 2
)
OPTIONS = [(0, 0, {"name": name}) for name in ("Red", "White", "Rosé")]


@measurement("fields", "A hundred additional fields", order=88)
def fields(bench):
    """Forms and lists beside those without; one more field while others read."""
    form, shown = _form(bench.ours), bench.ours.timed_list
    before = alternate([form, shown], bench.runs)
    took, _none = seconds(_define, bench.ours, MIX)
    yield Figure(f"adding {len(MIX)} in one call", "s", ours=took)
    _fill(bench.ours)
    after = alternate([form, shown], bench.runs)
    note = "“stock” is ours without additional fields"
    for name, without, with_ in zip(("a form", "the list"), before, after, strict=True):
        yield Figure(f"opening {name} with {len(MIX)}", "ms", without, with_,
                     bar=at_most_times(1.3), note=note)  # fmt: skip
    took, waited, reads = _add_while_reading(bench.ours)
    yield Figure("adding one more", "s", ours=took, bar=at_most(2))
    yield Figure("longest wait of a reader meanwhile", "ms", ours=1000 * waited,
                 bar=at_most(500), note=f"{reads} reads")  # fmt: skip


def _form(side):
    [[person]] = side.query(
        "SELECT id FROM res_partner WHERE NOT is_company AND parent_id IS NOT NULL"
        " AND type = 'contact' AND mod(id, 10) = 0 ORDER BY hashint4(id) LIMIT 1"
    )

    def timed():
        with side.env() as env:
            view = FormView(env, "res.partner")
            env.invalidate_all()
            return seconds(view.read, person)[0]

    return timed


def _define(side, kinds, start=0):
    """Define fields as an administrator does, and commit."""
    values = []
    for number, kind in enumerate(kinds, start):
        vals = {"name": f"Measured {number}", "field_type": kind}
        if kind in ("selection", "tags"):
            vals["option_ids"] = OPTIONS
        elif kind == "many2one":
            vals["relation_model"] = "res.country"
        values.append(vals)
    with side.registry.cursor() as cr:
        Environment(cr, SUPERUSER_ID, {})["contact.field"].create(values)
        cr.commit()
    side.registry.signal_changes()


def _fill(side):
    """Give every tenth contact a text in each."""
    columns = side.query(
        "SELECT field_name FROM contact_field WHERE field_type = 'char'"
    )
    texts = ", ".join(f"{name} = 'Measured'" for [name] in columns)
    with side.registry.cursor() as cr:
        cr.execute(f"UPDATE res_partner SET {texts} WHERE mod(id, 10) = 0")
        cr.commit()


def _add_while_reading(side):
    """Seconds to add one, the longest wait of a reader, and how often it read."""
    waits, stop = [], threading.Event()

    def read():
        connection = psycopg2.connect(dbname=side.database)
        connection.autocommit = True
        cursor = connection.cursor()
        while not stop.is_set():
            start = time.perf_counter()
            cursor.execute("SELECT name FROM res_partner ORDER BY id LIMIT 80")
            cursor.fetchall()
            waits.append(time.perf_counter() - start)
            time.sleep(0.005)
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        took, _none = seconds(_define, side, ["char"], len(MIX))
    finally:
        stop.set()
        reader.join()
    return took, max(waits), len(waits)
