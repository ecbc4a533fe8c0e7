from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import ContactCase


@tagged("post_install", "-at_install")
class TestEntrances(ContactCase):
    def create_from(self, record, **values):
        action = record.with_user(self.sales).action_contact_add()
        partners = self.Partner.with_user(self.sales).with_context(**action["context"])
        form = Form(partners, "base.view_partner_form")
        for name, value in values.items():
            form[name] = value
        return form.save()

    def test_from_a_customer(self):
        contact = self.create_from(self.nordvind, name="Eva Bruun")
        self.assertEqual(contact.parent_id, self.nordvind)
        self.assertEqual(contact.user_id, self.sales)
        self.assertTrue(contact.is_contact_person)

    def test_from_an_opportunity_of_a_customer(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "partner_id": self.anna.id,
                "user_id": self.sales.id,
                "type": "opportunity",
            }
        )
        contact = self.create_from(lead, name="Eva Bruun")
        self.assertEqual(contact.parent_id, self.nordvind)
        self.assertEqual(contact.contact_relation_ids.lead_id, lead)
        self.assertEqual(contact.contact_account_names, "Nordvind A/S, Deal")

    def test_the_next_one_is_of_the_same_lead(self):
        lead = self.env["crm.lead"].create({"name": "Deal", "user_id": self.sales.id})
        contact = self.create_from(lead, name="Eva Bruun")
        context = lead.with_user(self.sales).action_contact_add()["context"]
        action = contact.with_context(**context).action_contact_save_new()
        partners = self.Partner.with_user(self.sales).with_context(**action["context"])
        form = Form(partners, "base.view_partner_form")
        form.name = "Aksel Bruun"
        self.assertEqual(form.save().contact_relation_ids.lead_id, lead)

    def test_from_a_lead_without_a_customer(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "partner_name": "Havn ApS",
                "contact_name": "Eva Bruun",
                "email_from": "eva@havn.example",
                "user_id": self.sales.id,
            }
        )
        contact = self.create_from(lead)
        self.assertEqual(contact.name, "Eva Bruun")
        self.assertEqual(contact.email, "eva@havn.example")
        self.assertEqual(contact.company_name, "Havn ApS")

    def test_from_a_meeting_or_a_visit(self):
        visit = self.env["calendar.event.type"].search([("name", "=", "Visit")])
        self.assertEqual(len(visit), 1)
        event = self.env["calendar.event"].create(
            {
                "name": "At the customer's",
                "start": "2026-04-01 10:00:00",
                "stop": "2026-04-01 11:00:00",
                "user_id": self.sales.id,
                "categ_ids": [(4, visit.id)],
            }
        )
        contact = self.create_from(event, name="Eva Bruun")
        self.assertIn(contact, event.partner_ids)

    def test_a_client_cannot_link_to_what_it_may_not_see(self):
        lead = self.env["crm.lead"].create({"name": "L", "user_id": self.manager.id})
        partners = self.Partner.with_user(self.sales)
        with self.assertRaises(AccessError):
            partners.with_context(contact_add_to_lead=lead.id).create({"name": "Eva"})
