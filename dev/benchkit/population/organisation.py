"""A company of 2,000 users in which hardly anybody sees everything, to measure access.

One chief above all but forty; below her a director above 1,200 of them, a manager above
100 and a salesperson above one. Each contact is private and owned by one of them, every
tenth has a member, and 500 rules share what three own with two.
"""

import random

USERS = 2_000
RULES = 500
# By the share of all contacts that one sees: his place among the users, and how many
# are below him. They own contacts of their own, too.
WATCHED = {
    "0.1 %": (1_000, 1),
    "5 %": (1_100, 99),
    "60 %": (1, 1_200),
    "98 %": (0, 1_959),
}

# Contacts by a hash of their id, so that an owner's lie all over the table.
_CONTACTS = """
UPDATE res_partner
   SET user_id = (%(users)s::int[])[1 + (hashint4(id) & 2147483647) %% %(count)s],
       create_uid = (%(users)s::int[])[1 + (hashint4(id) & 2147483647) %% %(count)s],
       contact_visibility = 'private'
 WHERE is_contact_person
"""
_MEMBERS = """
INSERT INTO contact_team_member (partner_id, user_id, access)
SELECT id, (%(users)s::int[])[1 + (hashint4(id + 7) & 2147483647) %% %(count)s], 'read'
  FROM res_partner WHERE is_contact_person AND id %% 10 = 0
"""


def bosses(count=USERS):
    """The place of each user's boss among the users, or None."""
    above = [0] * count
    above[0] = None
    for place in range(2, 1_201):
        above[place] = 1
    above[1_001] = 1_000
    for place in range(1_101, 1_200):
        above[place] = 1_100
    for place in range(count - 40, count):
        above[place] = None
    return above


def fill(env):
    """Make the users, their rules and what they own; return the users' ids in order."""
    groups = env.ref("base.group_user") | env.ref("sales_team.group_sale_salesman")
    quiet = {"no_reset_password": True, "tracking_disable": True}
    users = (
        env["res.users"]
        .with_context(**quiet)
        .create(
            [
                {
                    "login": f"org_{place}",
                    "name": f"Org {place}",
                    "group_ids": [(6, 0, groups.ids)],
                }
                for place in range(USERS)
            ]
        )
    )
    employees = (
        env["hr.employee"]
        .with_context(**quiet)
        .create([{"name": user.name, "user_id": user.id} for user in users])
    )
    for place, boss in enumerate(bosses()):
        if boss is not None:
            employees[place].parent_id = employees[boss]
    _share(env, users)
    env.flush_all()
    for statement in (_CONTACTS, _MEMBERS):
        env.cr.execute(statement, {"users": users.ids, "count": USERS})
    return users.ids


def _share(env, users):
    draw = random.Random(2_000)
    env["contact.sharing.rule"].create(
        [
            {
                "name": f"Rule {number}",
                "source_user_ids": [(6, 0, draw.sample(users.ids, 3))],
                "target_user_ids": [(6, 0, draw.sample(users.ids, 2))],
            }
            for number in range(RULES)
        ]
    )
