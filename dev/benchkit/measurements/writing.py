"""Creating and writing many contacts, as a salesperson does through RPC."""

from ..registry import Figure, measurement
from ..rows import contact_values
from ..timing import alternate, seconds

BATCH = 1_000


@measurement("writing", "Creating and writing 1,000 contacts", order=40)
def writing(bench):
    """One call for a thousand; what is written is rolled back."""
    runs = 3
    create = [_created(side) for side in bench.sides]
    yield Figure("create, one call", "ms", *alternate(create, runs))
    for label, vals in (
        ("write of a phone, one call", {"phone": "+45 33 12 34 56"}),
        ("write of the owner, one call", {"user_id": bench.stock.uid}),
    ):
        write = [_written(side, vals) for side in bench.sides]
        yield Figure(label, "ms", *alternate(write, runs))


def _created(side):
    def create(env):
        country = env["res.country"].search([("code", "=", "DK")], limit=1).id
        parents = env["res.partner"].search([("is_company", "=", True)], limit=50).ids
        vals = list(contact_values(BATCH, country, parents))
        env["res.partner"].browse(parents).mapped("name")

        def call():
            env["res.partner"].create(vals)
            env.flush_all()

        return seconds(call)[0]

    return lambda: _inside(side, create)


def _written(side, vals):
    def write(env):
        env.cr.execute(
            "SELECT id FROM res_partner WHERE NOT is_company AND user_id <> %s"
            " ORDER BY hashint4(id) LIMIT %s",
            [env.uid, BATCH],
        )
        partners = env["res.partner"].browse(row[0] for row in env.cr.fetchall())

        def call():
            partners.write(dict(vals))
            env.flush_all()

        return seconds(call)[0]

    return lambda: _inside(side, write)


def _inside(side, function):
    with side.env() as env:
        return function(env)
