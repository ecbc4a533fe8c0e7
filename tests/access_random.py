"""Organisations made by chance, the same for the same seed."""

from random import Random

from .access_oracle import (
    Company,
    Contact,
    Department,
    Employee,
    Organisation,
    Rule,
    Team,
    User,
)

VISIBILITIES = ("everyone", "private", "selected", "creator")
# Company 2 is a branch of company 0.
COMPANIES = (None, None, 0)
# The one who left owns and creates contacts like the others, but is never asked.
USERS = (
    User(companies=(0,), company=0),
    User(companies=(0, 1), company=0),
    User(companies=(0, 1), company=1),
    User(companies=(1,), company=1),
    User(companies=(2,), company=2),
    User(companies=(0, 1, 2), company=2),
    User(companies=(0, 1), company=0, manager=True),
    User(companies=(0,), company=0, editor=False),
    User(companies=(0, 1), company=1, active=False),
)
# As many organisations as share their people.
FRESH = 4
EMPLOYERS = (0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2)


class Chance(Random):
    """A seeded source of choices over the numbers of things."""

    def maybe(self, choices, chance=0.8):
        """Return one of the choices, or None."""
        choices = list(choices)
        return self.choice(choices) if choices and self.random() < chance else None

    def some(self, count, chance):
        return {number for number in range(count) if self.random() < chance}


def organisation(seed):
    """Return the organisation of a seed.

    Every fourth is another one; those between are the one before, a while later and
    with other contacts: Odoo takes a second to hire a dozen people.
    """
    org = _organisation(seed - seed % FRESH)
    for step in range(1, seed % FRESH + 1):
        chance = Chance(seed - seed % FRESH + step + 0.5)
        for _change in range(8):
            change(chance, org)
        org.contacts = _contacts(chance)
    return org


def _organisation(seed):
    chance = Chance(seed)
    return Organisation(
        companies=[_company(chance, parent) for parent in COMPANIES],
        users=list(USERS),
        employees=_employees(chance),
        departments=_departments(chance),
        teams=[Team(members=_working(chance.some(8, 0.3))) for _team in range(3)],
        rules=[_rule(chance) for _rule_ in range(3)],
        contacts=_contacts(chance),
    )


def _contacts(chance):
    creators = chance.sample(range(len(USERS)), 4)
    return [_contact(chance, creators) for _contact_ in range(15)]


def _working(users):
    return {user for user in users if USERS[user].active}


def _company(chance, parent):
    return Company(
        parent=parent,
        default_visibility=chance.choice(VISIBILITIES),
        everyone_write=chance.random() < 0.5,
        superior_scope=chance.choice(("direct", "all")),
    )


def _employees(chance):
    """Return people with bosses at random, so that loops occur."""
    employees = []
    for company in EMPLOYERS:
        taken = {job.user for job in employees if job.company == company}
        free = [
            number
            for number, user in enumerate(USERS)
            if company in user.companies and number not in taken
        ]
        employees.append(
            Employee(
                company=company,
                user=chance.maybe(free, 0.85),
                boss=chance.maybe(range(len(EMPLOYERS)), 0.75),
                department=chance.maybe(range(5)),
                active=chance.random() < 0.85,
            )
        )
    return employees


def _departments(chance):
    """Return departments, each below an earlier one: Odoo refuses loops of these."""
    return [
        Department(
            parent=chance.maybe(range(number), 0.6),
            head=chance.maybe(range(len(EMPLOYERS)), 0.7),
        )
        for number in range(5)
    ]


def _rule(chance):
    return Rule(
        access=chance.choice(("read", "write")),
        active=chance.random() < 0.8,
        source_users=chance.some(8, 0.15),
        source_departments=chance.some(5, 0.15),
        source_teams=chance.some(3, 0.15),
        target_users=chance.some(8, 0.1),
        target_departments=chance.some(5, 0.1),
        target_teams=chance.some(3, 0.1),
    )


def _contact(chance, creators):
    users = range(len(USERS))
    members = chance.some(len(users), 0.12)
    person = chance.random() < 0.93
    return Contact(
        creator=chance.choice(creators),
        visibility=chance.choice((None, *VISIBILITIES, "private", "private")),
        owner=chance.maybe(users),
        company=chance.maybe(range(len(COMPANIES)), 0.4),
        person=person,
        voided=person and chance.random() < 0.05,
        link=chance.choice((None, "account", "lead", "former")),
        members={user: chance.choice(("read", "write")) for user in sorted(members)},
        visible_users=chance.some(8, 0.2),
        visible_teams=chance.some(3, 0.25),
    )


# ------------------------------------------------------------
# CHANGES
# ------------------------------------------------------------


def change(chance, org):
    """Change one thing in an organisation, and return what was changed, in words."""
    return chance.choice(CHANGES)(chance, org)


def _new_boss(chance, org):
    employee = chance.choice(org.employees)
    employee.boss = chance.maybe(range(len(org.employees)))
    return "boss"


def _moved_to_department(chance, org):
    chance.choice(org.employees).department = chance.maybe(range(5))
    return "department"


def _left(chance, org):
    employee = chance.choice(org.employees)
    employee.active = not employee.active
    return "employee archived or back"


def _new_login(chance, org):
    employee = chance.choice([job for job in org.employees if job.user is not None])
    employee.user = None
    return "employee without user"


def _new_head(chance, org):
    chance.choice(org.departments).head = chance.maybe(range(len(org.employees)))
    return "head"


def _moved_department(chance, org):
    number = chance.randrange(1, 5)
    org.departments[number].parent = chance.maybe(range(number))
    return "parent of department"


def _left_team(chance, org):
    team = chance.choice(org.teams)
    team.members ^= {chance.choice(range(8))}
    return "team"


def _rule_switched(chance, org):
    rule = chance.choice(org.rules)
    rule.active = not rule.active
    return "rule on or off"


def _rule_changed(chance, org):
    rule = chance.choice(org.rules)
    rule.access = "read" if rule.access == "write" else "write"
    rule.source_users ^= {chance.choice(range(8))}
    rule.target_teams ^= {chance.choice(range(3))}
    return "rule"


def _contact_of(chance, org):
    return chance.choice([one for one in org.contacts if one.person and not one.voided])


def _new_owner(chance, org):
    _contact_of(chance, org).owner = chance.maybe(range(len(org.users)))
    return "owner"


def _new_member(chance, org):
    contact = _contact_of(chance, org)
    if contact.members and chance.random() < 0.5:
        contact.members.popitem()
    else:
        user = chance.choice(range(8))
        contact.members[user] = chance.choice(("read", "write"))
    return "member"


def _new_visibility(chance, org):
    _contact_of(chance, org).visibility = chance.choice(VISIBILITIES)
    return "visibility"


def _newly_named(chance, org):
    contact = _contact_of(chance, org)
    contact.visible_users ^= {chance.choice(range(8))}
    contact.visible_teams ^= {chance.choice(range(3))}
    return "named"


def _new_setting(chance, org):
    company = chance.choice(org.companies)
    company.superior_scope = "all" if company.superior_scope == "direct" else "direct"
    company.everyone_write = not company.everyone_write
    return "setting"


CHANGES = (
    _new_boss,
    _moved_to_department,
    _left,
    _new_login,
    _new_head,
    _moved_department,
    _left_team,
    _rule_switched,
    _rule_changed,
    _new_owner,
    _new_member,
    _new_visibility,
    _newly_named,
    _new_setting,
)
