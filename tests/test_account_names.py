from datetime import timedelta

from freezegun import freeze_time

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

    def test_another_type_of_relation_counts_at_once(self):
        spouse = self.env.ref("contact_person.contact_relation_type_spouse")
        account = self.env["contact.relation.type"].search(
            [("kind", "=", "account")], limit=1
        )
        relation = self.relate(partner_id=self.bo.id, type_id=spouse.id)
        self.assertNotIn("Bo Falk", self.anna.contact_account_names)
        relation.type_id = account
        self.assertIn("Bo Falk", self.anna.contact_account_names)

    def test_a_relation_counts_from_its_first_day_to_the_day_before_its_last(self):
        today = fields.Date.today()
        day = timedelta(days=1)
        for start, end, counts in (
            (today, False, True),
            (today + day, False, False),
            (False, today, False),
            (False, today + day, True),
        ):
            with self.subTest(start=start, end=end):
                relation = self.relate(
                    partner_id=self.atelier.id, date_start=start, date_end=end
                )
                found = "Atelier Brun" in self.anna.contact_account_names
                self.assertEqual(found, counts)
                relation.unlink()

    def test_the_day_that_comes_is_noticed(self):
        day = fields.Date.today() + timedelta(days=3)
        self.relate(partner_id=self.atelier.id, date_start=day)
        self.env.flush_all()
        with freeze_time(day):
            self.env["contact.relation"]._cron_dates()
            self.assertIn("Atelier Brun", self.anna.contact_account_names)

    def test_merged_leads_keep_their_contacts(self):
        leads = self.env["crm.lead"].create(
            [{"name": name, "type": "opportunity"} for name in ("One", "Two")]
        )
        one, two = leads
        self.relate(lead_id=one.id)
        self.relate(lead_id=two.id, role="Buyer")
        self.relate(contact_id=self.bo.id, lead_id=two.id)
        leads.merge_opportunity()
        kept = leads.exists()
        self.assertEqual(len(kept), 1)
        relations = self.env["contact.relation"].search([("lead_id", "=", kept.id)])
        self.assertEqual(relations.contact_id, self.anna | self.bo)
        self.assertEqual(len(relations), 2)
        of_anna = relations.filtered(lambda r: r.contact_id == self.anna)
        self.assertEqual(of_anna.role, "Buyer")
        for contact in self.anna | self.bo:
            self.assertIn(kept.name, contact.contact_account_names)

    def test_a_lead_linked_afterwards_is_renamed_in_the_column(self):
        lead = self.env["crm.lead"].create({"name": "Old"})
        relation = self.relate(partner_id=self.atelier.id)
        relation.write({"partner_id": False, "lead_id": lead.id})
        lead.name = "New"
        self.assertIn("New", self.anna.contact_account_names)
