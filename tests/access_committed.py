from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, new_test_user

from .access_world import QUIET
from .common import CONTACT


class CommittedAccess(BaseCase):
    """A small organisation that is committed, so that others see it change.

    +--------+----------------------------------------------------------+
    | user   | what he is                                               |
    +========+==========================================================+
    | reader | asks; head of a department, boss, member as the test says |
    | owner  | owns the contact, which is private                       |
    +--------+----------------------------------------------------------+
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.made = []
        cls.addClassCleanup(cls.remove)
        with cls.registry.cursor() as cr:
            cls.build(api.Environment(cr, SUPERUSER_ID, QUIET))

    @classmethod
    def build(cls, env):
        def keep(record):
            cls.made.append((record._name, record.id))
            return record.id

        reader, owner = (
            new_test_user(env, f"cp_process_{name}", groups=CONTACT)
            for name in ("reader", "owner")
        )
        cls.reader, cls.owner = keep(reader), keep(owner)
        keep(reader.partner_id)
        keep(owner.partner_id)
        employee = env["hr.employee"]
        cls.boss = keep(employee.create({"name": "Boss", "user_id": reader.id}))
        cls.staff = keep(employee.create({"name": "Staff", "user_id": owner.id}))
        cls.department = keep(env["hr.department"].create({"name": "Process"}))
        cls.team = keep(env["crm.team"].create({"name": "Process"}))
        values = {"name": "Seen by process", "user_id": owner.id}
        values["contact_visibility"] = "private"
        cls.contact = keep(env["res.partner"].create(values))
        rule = {"name": "Process", "source_user_ids": [Command.set(owner.ids)]}
        rule["target_team_ids"] = [Command.set([cls.team])]
        cls.rule = keep(env["contact.sharing.rule"].create(rule))

    @classmethod
    def remove(cls):
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, QUIET)
            for employee in env["hr.employee"].browse([cls.boss, cls.staff]):
                employee.user_id = False
            for model, record in reversed(cls.made):
                if model != "res.partner" or record == cls.contact:
                    env[model].browse(record).exists().unlink()
            partners = [one for model, one in cls.made if model == "res.partner"]
            env["res.partner"].browse(partners).exists().unlink()

    def change(self, model, record, **values):
        """Change something in a transaction of this process."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, QUIET)
            env[model].browse(record).write(values)
        self.registry.signal_changes()

    def changes(self):
        """Yield what to call, and whether the reader sees the contact afterwards."""
        contact = "res.partner", self.contact
        staff, rule = ("hr.employee", self.staff), ("contact.sharing.rule", self.rule)
        department = "hr.department", self.department
        member = [Command.create({"user_id": self.reader, "access": "read"})]
        in_team = [Command.create({"user_id": self.reader})]
        yield "boss", True, staff, {"parent_id": self.boss}
        yield "boss gone", False, staff, {"parent_id": False}
        yield "department", False, staff, {"department_id": self.department}
        yield "head", True, department, {"manager_id": self.boss}
        yield "no head", False, department, {"manager_id": False}
        yield (
            "joins team",
            True,
            ("crm.team", self.team),
            {"crm_team_member_ids": in_team},
        )
        yield "rule off", False, rule, {"active": False}
        yield "rule on", True, rule, {"active": True}
        yield (
            "leaves team",
            False,
            ("crm.team", self.team),
            {"crm_team_member_ids": [Command.clear()]},
        )
        yield "member", True, contact, {"contact_member_ids": member}
        yield "no member", False, contact, {"contact_member_ids": [Command.clear()]}
        yield "owner", True, contact, {"user_id": self.reader}
        yield "owner back", False, contact, {"user_id": self.owner}
        named = {"contact_visibility": "selected"}
        named["contact_visible_user_ids"] = [Command.set([self.reader])]
        yield "named", True, contact, named
        yield "private", False, contact, {"contact_visibility": "private"}
        yield "everyone", True, contact, {"contact_visibility": "everyone"}
