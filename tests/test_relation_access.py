from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ContactCase


@tagged("post_install", "-at_install")
class TestRelationAccess(ContactCase):
    """A relation is as hidden as the most hidden of its ends."""

    def setUp(self):
        super().setUp()
        self.relation = self.env["contact.relation"].create(
            {
                "contact_id": self.anna.id,
                "partner_id": self.atelier.id,
                "role": "secret role",
            }
        )

    def hide(self, partner, **perms):
        self.env["ir.rule"].create(
            {
                "name": "hide",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {partner.id})]",
                **perms,
            }
        )

    def seen(self, user):
        model = self.env["contact.relation"].with_user(user)
        found = model.search([("role", "=", "secret role")])
        groups = model.formatted_read_group(
            [("role", "=", "secret role")], [], ["__count"]
        )
        self.assertEqual(groups[0]["__count"], len(found))
        self.assertEqual(self.relation.with_user(user).has_access("read"), bool(found))
        return bool(found)

    def test_who_may_read_both_ends_reads_the_relation(self):
        self.assertTrue(self.seen(self.sales))

    def test_a_hidden_end_hides_the_relation(self):
        for partner in (self.anna, self.atelier):
            with self.subTest(hidden=partner.name):
                self.hide(partner)
                self.assertFalse(self.seen(self.sales))
                with self.assertRaises(AccessError):
                    self.relation.with_user(self.sales).read(["role"])
                self.env["ir.rule"].search([("name", "=", "hide")]).unlink()

    def test_a_hidden_lead_hides_the_relation(self):
        lead = self.env["crm.lead"].create({"name": "L", "user_id": self.manager.id})
        self.relation.write({"partner_id": False, "lead_id": lead.id})
        self.assertFalse(self.seen(self.sales))
        self.assertFalse(self.seen(self.clerk))

    def test_a_relation_is_edited_by_who_may_edit_the_contact(self):
        self.hide(self.anna, perm_read=False)
        relation = self.relation.with_user(self.sales)
        self.assertTrue(self.seen(self.sales))
        with self.assertRaises(AccessError):
            relation.role = "x"
        with self.assertRaises(AccessError):
            relation.unlink()
        with self.assertRaises(AccessError):
            relation.create({"contact_id": self.anna.id, "partner_id": self.bo.id})
        relation.create({"contact_id": self.bo.id, "partner_id": self.nordvind.id})

    def test_a_customer_in_the_portal_reads_no_relation_and_no_customer_column(self):
        portal = self.env["res.users"].create(
            {
                "login": "anna",
                "partner_id": self.anna.id,
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        anna = self.anna.with_user(portal)
        self.assertTrue(anna.read(["name"]))
        self.assertNotIn("contact_account_names", anna.fields_get())
        for name in ("contact_account_names", "contact_relation_ids"):
            with self.assertRaises(AccessError):
                anna.read([name])
        with self.assertRaises(AccessError):
            self.relation.with_user(portal).read(["role"])
