from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from ..models.access import access_version
from .access_committed import CommittedAccess
from .access_world import QUIET


@tagged("post_install", "-at_install")
class TestReach(CommittedAccess):
    """What a worker keeps about a user, and when it is no longer true."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.change, "hr.employee", self.staff, parent_id=False)

    def env(self):
        """Return an environment in a transaction of its own, rolled back at the end."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        return api.Environment(cr, SUPERUSER_ID, QUIET)

    def reach(self, env):
        env.invalidate_all()
        return env["res.users"].browse(self.reader).contact_reach

    def subordinates(self, env):
        return list(self.reach(env).subordinates)

    def test_it_is_found_out_once_while_nothing_changes(self):
        kept = self.reach(self.env())
        self.assertIs(self.reach(self.env()), kept)
        self.change("res.partner", self.contact, name="Seen by process, too")
        self.assertIs(self.reach(self.env()), kept)

    def test_a_change_of_the_organisation_ends_it(self):
        self.assertEqual(self.subordinates(self.env()), [])
        self.change("hr.employee", self.staff, parent_id=self.boss)
        self.assertEqual(self.subordinates(self.env()), [self.owner])

    def test_plain_sql_ends_it(self):
        self.assertEqual(self.subordinates(self.env()), [])
        with self.registry.cursor() as cr:
            cr.execute(
                "UPDATE hr_employee SET parent_id = %s WHERE id = %s",
                [self.boss, self.staff],
            )
        self.assertEqual(self.subordinates(self.env()), [self.owner])

    def test_who_began_before_a_change_neither_sees_nor_spoils_it(self):
        before = self.env()
        self.assertEqual(self.subordinates(before), [])
        self.change("hr.employee", self.staff, parent_id=self.boss)
        after = self.env()
        self.assertEqual(self.subordinates(after), [self.owner])
        self.assertEqual(self.subordinates(before), [])
        self.assertEqual(self.subordinates(after), [self.owner])
        self.assertEqual(self.subordinates(self.env()), [self.owner])

    def test_a_change_that_is_not_committed_stays_with_its_transaction(self):
        changing, other = self.env(), self.env()
        kept = self.reach(other)
        changing["hr.employee"].browse(self.staff).parent_id = self.boss
        self.assertEqual(self.subordinates(changing), [self.owner])
        self.assertEqual(self.subordinates(self.env()), [])
        changing.cr.rollback()
        self.assertEqual(self.subordinates(changing), [])
        self.assertIs(self.reach(self.env()), kept)

    def test_two_changes_at_a_time_are_both_noticed(self):
        first, second = self.env(), self.env()
        first["hr.employee"].browse(self.staff).parent_id = self.boss
        second["contact.sharing.rule"].browse(self.rule).access = "write"
        for env in (second, first):
            env.flush_all()
        second.cr.commit()
        between = self.subordinates(self.env())
        first.cr.commit()
        self.assertEqual(between, [])
        self.assertEqual(self.subordinates(self.env()), [self.owner])

    def test_part_of_a_transaction_is_undone(self):
        env = self.env()
        with env.cr.savepoint() as savepoint:
            env["hr.employee"].browse(self.staff).parent_id = self.boss
            self.assertEqual(self.subordinates(env), [self.owner])
            savepoint.rollback()
        self.assertEqual(self.subordinates(env), [])

    def test_housekeeping_keeps_the_number(self):
        self.change("hr.employee", self.staff, parent_id=self.boss)
        kept = self.reach(self.env())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["res.users"]._gc_contact_access_changes()
            cr.execute("SELECT COUNT(*) FROM contact_access_change")
            self.assertEqual(cr.fetchone(), (1,))
        self.assertIs(self.reach(self.env()), kept)
        self.change("hr.employee", self.staff, parent_id=False)
        self.assertEqual(self.subordinates(self.env()), [])

    def test_each_source_counts(self):
        """Every column that the query reads, so that none is forgotten."""
        watched = {
            "hr_employee": ["user_id", "parent_id", "company_id"],
            "hr_version": ["department_id"],
            "hr_department": ["manager_id", "parent_id"],
            "crm_team_member": ["user_id", "crm_team_id"],
            "contact_sharing_rule": ["active"],
            "contact_sharing_target_team_rel": ["team_id"],
            "contact_sharing_source_user_rel": ["user_id"],
            "res_company": ["contact_superior_scope"],
            "res_users": ["company_id"],
        }
        env = self.env()
        for table, columns in watched.items():
            for column in columns:
                env.cr.rollback()
                self.assertIsNotNone(access_version.current(env, []))
                env.cr.execute(f"UPDATE {table} SET {column} = {column}")  # noqa: S608
                with self.subTest(f"{table}.{column}"):
                    self.assertIsNone(access_version.current(env, []))

    def test_a_colleague_changes_company_within_a_transaction(self):
        """Who works in two companies stands below the boss of the one he is in."""
        env = self.env()
        reader = env["res.users"].browse(self.reader)
        company = env["res.company"].create({"name": "Second"})
        self.assertEqual(self.subordinates(env), [])
        desk = env["hr.department"].create({"name": "Second", "company_id": company.id})
        desk.manager_id = self.boss
        staff = env["hr.employee"].create(
            {
                "name": "Second desk",
                "user_id": self.owner,
                "company_id": company.id,
                "department_id": desk.id,
            }
        )
        self.assertTrue(staff)
        self.assertEqual(list(reader.contact_reach.headed), [])
        owner = env["res.users"].browse(self.owner)
        owner.company_ids |= company
        owner.company_id = company
        self.assertEqual(list(reader.contact_reach.headed), [self.owner])
