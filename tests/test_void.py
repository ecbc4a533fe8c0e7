from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common import CONTACT, ContactCase


@tagged("post_install", "-at_install")
class TestVoid(ContactCase):
    def setUp(self):
        super().setUp()
        self.as_sales = self.anna.with_user(self.sales)
        self.all_partners = self.Partner.with_context(active_test=False)

    def void(self):
        self.as_sales.contact_void("entered twice")

    def test_voiding_needs_a_reason_and_keeps_who_and_when(self):
        for reason in ("", "  ", False):
            with self.assertRaisesRegex(UserError, "Say why"):
                self.as_sales.contact_void(reason)
        self.void()
        self.assertEqual(self.anna.contact_state, "obsolete")
        self.assertFalse(self.anna.active)
        self.assertEqual(self.anna.contact_void_uid, self.sales)
        self.assertTrue(self.anna.contact_void_date)
        self.assertIn("entered twice", self.anna.message_ids[0].body)

    def test_a_voided_contact_is_invisible_to_all_but_administrators(self):
        other = new_test_user(self.env, "cp_other", groups=CONTACT)
        note = self.anna.message_post(body="secret note")
        file = self.env["ir.attachment"].create(
            {"name": "x", "res_model": "res.partner", "res_id": self.anna.id}
        )
        self.void()
        self.env.invalidate_all()
        for user, sees in (
            (self.sales, False),
            (other, False),
            (self.clerk, False),
            (self.manager, True),
        ):
            with self.subTest(user=user.login):
                partners = self.all_partners.with_user(user)
                domain = [("id", "=", self.anna.id)]
                self.assertEqual(bool(partners.search(domain)), sees)
                self.assertEqual(bool(partners.search_count(domain)), sees)
                self.assertEqual(bool(partners.name_search("Anna Holm")), sees)
                groups = partners.formatted_read_group(domain, [], ["__count"])
                self.assertEqual(bool(groups[0]["__count"]), sees)
                for record in (self.anna, note, file):
                    self.assertEqual(record.with_user(user).has_access("read"), sees)
        self.allow_export(self.sales)
        with self.assertRaises(AccessError):
            self.as_sales.export_data(["name"])

    def test_a_voided_contact_is_frozen_on_every_way_in(self):
        self.void()
        as_manager = self.anna.with_user(self.manager)
        for contact in (as_manager, self.anna.sudo()):
            for vals in (
                {"name": "X"},
                {"active": True},
                {"contact_void_date": False},
                {"contact_void_reason": "other"},
            ):
                with self.subTest(su=contact.env.su, vals=vals):
                    with self.assertRaises(UserError):
                        contact.write(vals)
        with self.assertRaises(UserError):
            as_manager.with_context(contact_restoring=True).name = "X"
        result = self.Partner.with_user(self.manager).load(
            [".id", "name"], [[str(self.anna.id), "X"]]
        )
        self.assertFalse(result["ids"])
        self.assertEqual(self.anna.name, "Anna Holm")

    def test_nobody_is_created_voided(self):
        partner = self.Partner.create(
            {"name": "X", "contact_void_date": "2026-01-01 00:00:00"}
        )
        self.assertFalse(partner.contact_void_date)
        self.assertEqual(partner.contact_state, "draft")

    def test_administrators_restore(self):
        self.void()
        with self.assertRaises(AccessError):
            self.as_sales.contact_restore()
        self.anna.with_user(self.manager).contact_restore()
        self.assertEqual(self.anna.contact_state, "active")
        self.assertTrue(self.anna.active)
        self.assertFalse(self.anna.contact_void_reason)
        self.assertTrue(self.as_sales.has_access("write"))

    def test_administrators_delete(self):
        self.void()
        with self.assertRaises(AccessError):
            self.as_sales.unlink()
        self.anna.with_user(self.manager).unlink()
        self.assertFalse(self.anna.exists())

    def test_a_voided_contact_still_counts_as_a_duplicate(self):
        self.void()
        hits = self.hits({"name": "Anna Holm", "email": self.anna.email})
        self.assertEqual(hits[self.anna.id]["readable"], False)
        self.assertNotIn("Anna", hits[self.anna.id]["display"])

    def test_what_is_no_contact_or_logs_in_cannot_be_voided(self):
        for partner in (self.nordvind, self.sales.partner_id):
            with self.assertRaisesRegex(UserError, "can't be voided"):
                partner.contact_void("x")
        self.void()
        with self.assertRaisesRegex(UserError, "voided already"):
            self.anna.contact_void("x")

    def test_who_may_not_edit_a_contact_may_not_void_it(self):
        with self.assertRaises(AccessError):
            self.anna.with_user(self.clerk).contact_void("x")

    def test_the_wizard_voids_a_selection(self):
        wizard = (
            self.env["contact.void"]
            .with_user(self.sales)
            .with_context(active_ids=(self.anna | self.bo).ids)
            .create({"reason": "left the business"})
        )
        wizard.action_apply()
        states = (self.anna | self.bo).mapped("contact_state")
        self.assertEqual(states, ["obsolete"] * 2)

    def test_voiding_by_one_does_not_stop_the_company_from_moving(self):
        self.void()
        self.nordvind.with_user(self.sales).write({"street": "Quay 9"})
        self.assertFalse(self.anna.street)

    def test_the_filters_find_voided_contacts_and_those_of_who_left(self):
        view = self.env.ref("contact_person.res_partner_view_search")
        domains = {
            node.get("name"): safe_eval(node.get("domain"), {"uid": 1})
            for node in etree.fromstring(view.arch).iter("filter")
            if node.get("domain")
        }
        partners = self.Partner.with_user(self.manager)
        self.sales.active = False
        self.assertEqual(partners.search(domains["owner_left"]), self.anna | self.bo)
        self.anna.contact_void("left")
        self.assertEqual(partners.search(domains["voided"]), self.anna)
