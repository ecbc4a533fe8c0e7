"""Opening the form of a contact, of one with many leads and of a large company."""

from ..registry import Figure, at_most, at_most_times, measurement
from ..timing import alternate, seconds
from ..webclient import FormView

PEOPLE = 20_000
LEADS = 300


@measurement("forms", "Opening a form", order=25)
def forms(bench):
    """What the server does for it; the tabs that load by themselves on their own."""
    stock, ours = bench.sides
    [[person]] = stock.query(
        "SELECT id FROM res_partner WHERE NOT is_company AND parent_id IS NOT NULL"
        " AND type = 'contact' ORDER BY hashint4(id) LIMIT 1"
    )
    read = [_form(side, person) for side in bench.sides]
    yield Figure("a contact", "ms", *alternate([r[0] for r in read], bench.runs),
                 bar=at_most_times(2))  # fmt: skip
    yield Figure("  its queries", "", *(r[1]() for r in read))

    people = PEOPLE // 100 if bench.small else PEOPLE
    [[company]] = stock.query(
        "SELECT id FROM res_partner WHERE is_company ORDER BY hashint4(id) LIMIT 1"
    )
    read = [_form(side, company, people) for side in bench.sides]
    opened = alternate([r[0] for r in read], 3)
    yield Figure(f"a company with {people:,} contacts", "ms", *opened,
                 bar=at_most_times(1.1))  # fmt: skip
    page = _called(ours, company, people, lambda p: p.contact_account_persons())
    yield Figure("  its tab Contact persons", "ms", ours=alternate([page], 3)[0],
                 bar=at_most(1_000))  # fmt: skip
    leads = _called(ours, person, 0, lambda p: p.contact_connections("leads"), LEADS)
    yield Figure(f"the leads of a contact with {LEADS}", "ms",
                 ours=alternate([leads], 3)[0], bar=at_most(1_000))  # fmt: skip


def _prepare(env, res_id, people, leads):
    """Hire ``people`` and link ``leads``; rolled back with the environment."""
    if people:
        env.cr.execute(
            "UPDATE res_partner SET parent_id = %s, commercial_partner_id = %s"
            " WHERE id IN (SELECT id FROM res_partner WHERE NOT is_company"
            " AND type = 'contact' AND id <> %s ORDER BY hashint4(id) LIMIT %s)",
            [res_id, res_id, res_id, people],
        )
    if leads:
        made = env["crm.lead"].create(
            [{"name": f"Deal {n}", "user_id": env.uid} for n in range(leads)]
        )
        env["contact.relation"].create(
            [{"contact_id": res_id, "lead_id": lead.id} for lead in made]
        )
        env.flush_all()
    env.invalidate_all()


def _called(side, res_id, people, call, leads=0):
    def timed():
        with side.env() as env:
            _prepare(env, res_id, people, leads)
            return seconds(call, env["res.partner"].browse(res_id))[0]

    return timed


def _form(side, res_id, people=0):
    """Two functions: the seconds of reading a form, and its queries."""

    def read(env):
        view = FormView(env, "res.partner")
        _prepare(env, res_id, people, 0)
        return view

    def timed():
        with side.env() as env:
            return seconds(read(env).read, res_id)[0]

    def counted():
        with side.env() as env:
            view = read(env)
            before = env.cr.sql_log_count
            view.read(res_id)
            return env.cr.sql_log_count - before

    return timed, counted
