from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import ContactCase


@tagged("post_install", "-at_install")
class TestAccountNames(ContactCase):
    def relate(self, **values):
        return self.env["contact.relation"].create(
            {"contact_id": self.anna.id, **values}
        )

    def test_the_customer_column_names_all_accounts_and_leads_once(self):
        lead = self.env["crm.lead"].create({"name": "Wind park"})
        self.relate(partner_id=self.atelier.id)
        self.relate(partner_id=self.nordvind.id)
        self.relate(lead_id=lead.id)
        names = self.anna.contact_account_names
        self.assertEqual(names, "Nordvind A/S, Atelier Brun, Wind park")

    def test_an_account_that_is_renamed_is_renamed_in_the_column(self):
        self.relate(partner_id=self.atelier.id)
        self.atelier.name = "Atelier Noir"
        self.nordvind.name = "Sydvind A/S"
        self.assertEqual(self.anna.contact_account_names, "Sydvind A/S, Atelier Noir")

    def test_an_ended_relation_no_longer_counts(self):
        relation = self.relate(partner_id=self.atelier.id)
        relation.date_end = fields.Date.today() - timedelta(days=1)
        self.assertEqual(self.anna.contact_account_names, "Nordvind A/S")

    def test_a_relative_is_no_account(self):
        spouse = self.env.ref("contact_person.contact_relation_type_spouse")
        self.relate(partner_id=self.bo.id, type_id=spouse.id)
        self.assertEqual(self.anna.contact_account_names, "Nordvind A/S")

    def test_contacts_are_found_and_grouped_by_customer(self):
        model = self.Partner.with_user(self.sales)
        domain = [("contact_account_names", "ilike", "nordvind")]
        self.assertEqual(model.search(domain), self.anna)
        groups = model.formatted_read_group(
            [("id", "in", (self.anna | self.bo).ids)],
            ["contact_account_names"],
            ["__count"],
        )
        found = {g["contact_account_names"]: g["__count"] for g in groups}
        self.assertEqual(found, {"Atelier Brun": 1, "Nordvind A/S": 1})

    def test_our_form_keeps_the_private_address_from_the_company(self):
        action = self.nordvind.with_user(self.sales).action_contact_add()
        contact = (
            self.Partner.with_user(self.sales)
            .with_context(**action["context"])
            .create({"name": "Eva Bruun", "street": "Private Lane 1", "zip": "1000"})
        )
        self.assertEqual(contact.parent_id, self.nordvind)
        self.assertEqual(contact.user_id, self.sales)
        self.assertEqual(contact.street, "Private Lane 1")
        self.assertFalse(self.nordvind.street)
