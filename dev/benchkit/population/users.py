"""Run in ``odoo shell``: a sales force with a reporting line of four levels.

One head, three managers, twelve team leaders, forty-eight salespeople, each a user and
an employee. ``bench_03_00_00`` and the like; the number of underscores is the level.
"""

LEVELS = (1, 3, 4, 4)


def make_users(env):
    """Make the users and employees and commit."""
    groups = env.ref("base.group_user") | env.ref("sales_team.group_sale_salesman")
    above = [("bench", False)]
    for width in LEVELS:
        places = [
            (f"{login}_{number:02}", boss)
            for login, boss in above
            for number in range(width)
        ]
        vals_list = [
            {
                "login": login,
                "name": login.replace("_", " ").title(),
                "email": f"{login}@bench.example",
                "group_ids": [(6, 0, groups.ids)],
            }
            for login, _boss in places
        ]
        users = env["res.users"].with_context(no_reset_password=True).create(vals_list)
        employees = env["hr.employee"].create(
            [
                {"name": user.name, "user_id": user.id, "parent_id": boss}
                for user, (_login, boss) in zip(users, places, strict=True)
            ]
        )
        above = list(zip(users.mapped("login"), employees.ids, strict=True))
    env.cr.commit()
