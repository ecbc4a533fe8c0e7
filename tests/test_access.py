from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import ContactCase


@tagged("post_install", "-at_install")
class TestAccess(ContactCase):
    def sees(self, user, contact=None):
        contact = contact or self.anna
        found = self.Partner.with_user(user).search([("id", "=", contact.id)])
        allowed = contact.with_user(user).has_access("read")
        self.assertEqual(bool(found), allowed)
        return allowed

    def test_private(self):
        self.assertTrue(self.sees(self.clerk))
        self.anna.contact_visibility = "private"
        self.assertFalse(self.sees(self.clerk))
        self.assertTrue(self.sees(self.sales))
        self.assertTrue(self.sees(self.manager))
        self.anna.contact_visibility = "creator"
        self.assertFalse(self.sees(self.sales))
        self.anna.contact_visibility = "private"
        member = self.env["contact.team.member"].create(
            {"partner_id": self.anna.id, "user_id": self.importer.id}
        )
        self.assertTrue(self.sees(self.importer))
        anna = self.anna.with_user(self.importer)
        self.assertFalse(anna.has_access("write"))
        member.access = "write"
        self.assertTrue(anna.has_access("write"))
        member.unlink()
        self.assertFalse(self.sees(self.importer))
        self.anna.contact_visible_user_ids = self.importer
        self.assertFalse(self.sees(self.importer))
        self.anna.contact_visibility = "selected"
        self.assertTrue(self.sees(self.importer))
        self.anna.contact_visible_user_ids -= self.importer
        self.assertFalse(self.sees(self.importer))

    def test_whoever_reads_a_field_reads_its_value(self):
        employee = new_test_user(self.env, "cp_employee", groups="base.group_user")
        portal = new_test_user(self.env, "cp_portal", groups="base.group_portal")
        for user, partner in (
            (employee, self.anna),
            (self.clerk, self.anna),
            (portal, portal.partner_id),
        ):
            with self.subTest(user.login):
                self.env.invalidate_all()
                partner = partner.with_user(user)
                own = [name for name in partner.fields_get() if "contact_" in name]
                self.assertTrue(partner.read(own))

    def test_hand_over(self):
        self.anna.contact_visibility = "private"
        mine = self.anna.with_user(self.sales)
        [values] = mine.web_save(
            {"user_id": self.importer.id, "function": "x"}, {"name": {}, "user_id": {}}
        )
        self.assertEqual(values["user_id"], self.importer.id)
        self.assertFalse(self.sees(self.sales))
        with self.assertRaises(AccessError):
            self.anna.with_user(self.sales).read(["name"])

    def test_what_is_counted_in_parts_is_counted_once(self):
        """Companies are open by their key, a member's contact by another token."""
        self.anna.contact_visibility = "private"
        self.anna.contact_member_ids = [Command.create({"user_id": self.clerk.id})]
        family = self.anna + self.anna.parent_id
        partners = self.Partner.with_user(self.clerk)
        for domain, expected in (
            ([("id", "in", family.ids)], 2),
            ([("id", "=", self.anna.id)], 1),
            ([("child_ids.is_contact_person", "=", True), ("id", "in", family.ids)], 1),
            ([("parent_id.is_company", "=", True), ("id", "in", family.ids)], 1),
            ([("id", "=", False)], 0),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(len(partners.search(domain)), expected)
                self.assertEqual(partners.search_count(domain, limit=10), expected)
        self.assertEqual(partners.search_count([("id", "in", family.ids)], limit=1), 1)
