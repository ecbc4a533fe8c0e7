from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ContactCase


@tagged("post_install", "-at_install")
class TestCompanies(ContactCase):
    """Several companies of one's own, and customers that are archived."""

    def setUp(self):
        super().setUp()
        self.other = self.env["res.company"].create({"name": "Sister Company"})
        self.secret = self.Partner.create(
            {
                "name": "Sister Person",
                "email": "person@sister.example",
                "company_id": self.other.id,
                "category_id": [(0, 0, {"name": "Sister Tag"})],
            }
        )
        self.relation, self.job = (
            self.env[model].create(values)
            for model, values in (
                (
                    "contact.relation",
                    {"contact_id": self.secret.id, "partner_id": self.nordvind.id},
                ),
                (
                    "contact.employment",
                    {"partner_id": self.secret.id, "employer_id": self.nordvind.id},
                ),
            )
        )

    def test_what_hangs_on_a_contact_of_another_company_is_hidden(self):
        for record in (self.relation, self.job, self.secret.contact_tag_mark_ids):
            with self.subTest(model=record._name):
                record = record.with_user(self.sales)
                self.assertFalse(record.search([("id", "=", record.id)]))
                with self.assertRaises(AccessError):
                    record.read(["can_read"])

    def test_it_shows_on_no_page_of_the_common_customer(self):
        customer = self.nordvind.with_user(self.sales)
        persons = customer.contact_account_persons()
        self.assertEqual([p["id"] for p in persons["records"]], [self.anna.id])
        self.assertEqual(persons["total"], 1)
        self.assertNotIn("Sister", str(customer.contact_map()))
        self.assertNotIn(self.secret, customer.contact_worked_here("2030-01-01"))

    def test_a_user_of_both_companies_sees_it(self):
        self.sales.company_ids |= self.other
        customer = self.nordvind.with_user(self.sales).with_context(
            allowed_company_ids=(self.env.company | self.other).ids
        )
        self.assertIn("Sister", str(customer.contact_account_persons()))

    def test_a_job_change_stays_in_the_company_of_the_contact(self):
        new = self.secret._contact_change_job(
            {"parent_id": self.atelier.id}, "2026-03-01", False, False
        )
        self.assertEqual(new.company_id, self.other)
        self.assertFalse(new.with_user(self.sales).has_access("read"))

    def test_an_archived_customer_keeps_its_people(self):
        relation = self.env["contact.relation"].create(
            {"contact_id": self.anna.id, "partner_id": self.atelier.id}
        )
        self.atelier.active = False
        self.assertEqual(self.anna.contact_account_names, "Nordvind A/S, Atelier Brun")
        self.assertEqual(self.anna.contact_state, "active")
        lines = self.anna.with_user(self.sales).contact_connections("customers")
        self.assertIn(relation.id, [r["relation_id"] for r in lines["records"]])
        persons = self.atelier.with_user(self.sales).contact_account_persons()
        self.assertEqual(
            {p["id"] for p in persons["records"]}, {self.anna.id, self.bo.id}
        )
