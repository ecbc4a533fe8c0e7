import os

from odoo import SUPERUSER_ID, api, sql_db
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged

from .access_world import QUIET
from .common import CONTACT


class Worker:
    """A second process with caches of its own, as Odoo forks them for requests.

    It waits for a line and answers whether the user sees the contact, each time in a
    new transaction.
    """

    def __init__(self, user_id, contact_id):
        self.user_id, self.contact_id = user_id, contact_id
        asked, self.ask = os.pipe()
        self.answered, answer = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            try:
                os.close(self.ask)
                self._serve(asked, answer)
            finally:
                os._exit(0)
        os.close(asked)
        os.close(answer)

    def _serve(self, asked, answer):
        # Connections are no good in two processes. The old pool is kept, not closed:
        # closing would end the connections of the first process.
        self.old_pools = sql_db._Pool, sql_db._Pool_readonly
        sql_db._Pool = sql_db._Pool_readonly = None
        registry = Registry(get_db_name())
        self.old_db, registry._db = registry._db, sql_db.db_connect(get_db_name())
        registry._db_readonly = None
        while os.read(asked, 1):
            try:
                seen = sees(registry, self.user_id, self.contact_id)
                os.write(answer, b"1" if seen else b"0")
            except Exception:  # noqa: B902 the test must not wait for ever
                os.write(answer, b"E")

    def sees(self):
        os.write(self.ask, b"?")
        return {b"1": True, b"0": False}[os.read(self.answered, 1)]

    def stop(self):
        os.close(self.ask)
        os.waitpid(self.pid, 0)
        os.close(self.answered)


def sees(registry, user_id, contact_id):
    """Ask as a request does: look for signals first, then begin a transaction."""
    registry.check_signaling()
    with registry.cursor() as cr:
        env = api.Environment(cr, user_id, {})
        contact = env["res.partner"].search([("id", "=", contact_id)])
        allowed = env["res.partner"].browse(contact_id).has_access("read")
        if bool(contact) != allowed:
            raise AssertionError("search and access disagree")
        return allowed


@tagged("post_install", "-at_install")
class TestAccessProcesses(BaseCase):
    """What one process commits counts at the next request of another.

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

    def test_a_change_counts_at_the_next_request_of_every_process(self):
        worker = Worker(self.reader, self.contact)
        self.addCleanup(worker.stop)
        self.assertFalse(worker.sees())
        for what, expected, (model, record), values in self.changes():
            self.change(model, record, **values)
            with self.subTest(what):
                self.assertEqual(worker.sees(), expected)
                seen = sees(self.registry, self.reader, self.contact)
                self.assertEqual(seen, expected, "in the process that made the change")

    def test_a_transaction_keeps_what_it_began_with(self):
        """Until its end a request sees one state, and the next one the new state."""
        self.change("res.partner", self.contact, contact_visibility="everyone")
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.reader, {})
            domain = [("id", "=", self.contact)]
            self.assertEqual(env["res.partner"].search_count(domain), 1)
            self.change("res.partner", self.contact, contact_visibility="private")
            env.invalidate_all()
            self.assertEqual(env["res.partner"].search_count(domain), 1)
        self.assertFalse(sees(self.registry, self.reader, self.contact))
