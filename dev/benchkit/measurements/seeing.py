"""Lists and searches of users who may see a part of the contacts."""

from odoo.api import SUPERUSER_ID, Environment

from .. import databases
from ..population import organisation
from ..population.organisation import WATCHED
from ..registry import Figure, at_most, at_most_times, measurement
from ..side import CONTEXT, OURS
from ..timing import alternate, seconds
from ..webclient import ListView
from .searching import CHOICES, NOWHERE, RARE

# A subquery of the members and an OR: how one would write the rule in Odoo.
PLAIN = """['|', '|', '|', '|',
    ('is_contact_person', '=', False), ('contact_visibility', '=', 'everyone'),
    ('create_uid', '=', user.id), ('user_id', 'in', {users}),
    ('contact_member_ids.user_id', 'in', {users})]"""
RULES = ("res_partner_rule_read", "res_partner_rule_write")
NAME = "Nielsen"


@measurement("seeing", "What users see who don't see everything", order=95)
def seeing(bench):
    """No rule, our rule and the plain one, in turn; ``stock`` is without a rule.

    Gives all contacts other owners, and so comes last.
    """
    if bench.small:
        organisation.RULES = 50
    registry = bench.ours.registry
    with registry.cursor() as cr:
        took, users = seconds(organisation.fill, Environment(cr, SUPERUSER_ID, {}))
        cr.commit()
    databases._vacuum(registry.db_name)
    yield Figure("making the organisation", "s", ours=took)
    [[rare]] = bench.ours.query(RARE)
    names = {"frequent": NAME, "rare": rare, "nowhere": NOWHERE}
    choices = {f"choice field, {x} name": _choices(names[x]) for x in names}
    for label, (place, _below) in WATCHED.items():
        for name, call in {**CALLS, **choices}.items():
            ways = [_way(registry, users[place], call, rule) for rule in _WAYS]
            none, ours, plain = alternate(ways, bench.runs)
            yield Figure(f"{name}, a user who sees {label}", "ms", none, ours,
                         bar=at_most_times(2),
                         note=f"plain rule {plain:,.1f}")  # fmt: skip
    yield Figure(
        "a new boss of who owns 5 %, and her first list", "ms",
        ours=_promoted(registry, users), bar=at_most(2_000),
    )  # fmt: skip


def _promoted(registry, users):
    """Put the manager of 100 below who sees 0.1 % and read the list as she sees it."""
    boss, place = WATCHED["0.1 %"][0], WATCHED["5 %"][0]

    def change(env):
        below, above = (
            env["hr.employee"].search([("user_id", "=", users[who])])
            for who in (place, boss)
        )
        below.parent_id = above
        env.flush_all()
        env = Environment(env.cr, users[boss], dict(CONTEXT))
        ListView(env, *OURS).read()

    with registry.cursor() as cr:
        try:
            return 1000 * seconds(change, Environment(cr, SUPERUSER_ID, {}))[0]
        finally:
            cr.rollback()


def _choices(name):
    return lambda env, view: env["res.partner"].name_search(name, limit=CHOICES)


def _no_rule(env, uid):
    # to an administrator of contacts the rule is no condition at all
    manager = env.ref("contact_person.group_contact_manager")
    env["res.users"].browse(uid).group_ids |= manager


def _our_rule(env, uid):
    pass


def _plain_rule(env, uid):
    reach = env["res.users"].browse(uid).sudo().contact_reach
    users = sorted({uid, *reach.subordinates, *reach.shared})
    rules = _rules(env)
    rules[1:].active = False
    rules[0].domain_force = PLAIN.format(users=users)


_WAYS = (_no_rule, _our_rule, _plain_rule)


def _rules(env):
    return env["ir.rule"].union(*(env.ref(f"contact_person.{x}") for x in RULES))


def _way(registry, uid, call, prepare):
    def timed():
        with registry.cursor() as cr:
            try:
                prepare(Environment(cr, SUPERUSER_ID, {}), uid)
                env = Environment(cr, uid, dict(CONTEXT))
                env.user.has_group("base.group_user")  # a session has read its user
                view = ListView(env, *OURS)
                call(env, view)  # the worker has served this user before
                env.invalidate_all()
                return seconds(call, env, view)[0]
            finally:
                cr.rollback()
                registry.clear_all_caches()

    return timed


CALLS = {
    "80 rows and the count": lambda env, view: view.read(),
    f"search {NAME!r}": lambda env, view: view.read(view.name_domain(NAME)),
    "group by owner": lambda env, view: env["res.partner"].web_read_group(
        view.domain, ["user_id"], ["__count"], limit=80
    ),
}
