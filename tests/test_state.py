from unittest.mock import patch

from odoo.tests import tagged

from .common import ContactCase


@tagged("post_install", "-at_install")
class TestState(ContactCase):
    def setUp(self):
        super().setUp()
        # The rule is part of the registry, which no rollback of a test restores.
        before = self.Partner._contact_master_data()
        self.addCleanup(self.Partner._contact_set_master_data, before)

    def test_a_contact_with_all_master_data_and_an_account_is_active(self):
        self.assertEqual(self.anna.contact_state, "active")
        self.assertFalse(self.anna.contact_missing_data)

    def test_without_an_account_a_contact_is_a_draft(self):
        self.anna.parent_id = False
        self.assertEqual(self.anna.contact_state, "draft")
        self.assertIn("customer", self.anna.contact_missing_data)

    def test_without_master_data_a_contact_is_a_draft(self):
        self.anna.email = False
        self.assertEqual(self.anna.contact_state, "draft")
        self.assertIn("Email", self.anna.contact_missing_data)

    def test_a_name_that_repeats_the_email_is_missing(self):
        partner = self.Partner.create(
            {"email": "x@nordvind.example", "parent_id": self.nordvind.id}
        )
        self.assertEqual(partner.contact_state, "draft")
        self.assertIn("Name", partner.contact_missing_data)

    def test_what_is_missing_is_said_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"].search(
            [("name", "in", ("base", "contact_person"))]
        )._update_translations(["fr_FR"])
        self.anna.parent_id = False
        self.anna.email = False
        french = self.anna.with_context(lang="fr_FR").contact_missing_data
        self.assertNotIn("customer", french)
        self.assertNotEqual(french, self.anna.contact_missing_data)

    def test_a_relation_to_an_account_or_a_lead_makes_active(self):
        lead = self.env["crm.lead"].create({"name": "Wind park"})
        for end in ({"partner_id": self.atelier.id}, {"lead_id": lead.id}):
            with self.subTest(end=end):
                self.anna.parent_id = False
                self.assertEqual(self.anna.contact_state, "draft")
                relation = self.env["contact.relation"].create(
                    {"contact_id": self.anna.id, **end}
                )
                self.assertEqual(self.anna.contact_state, "active")
                relation.unlink()
                self.assertEqual(self.anna.contact_state, "draft")

    def test_companies_addresses_and_colleagues_have_no_state(self):
        address = self.Partner.create(
            {"type": "delivery", "street": "Quay 1", "parent_id": self.nordvind.id}
        )
        for partner in (self.nordvind, address, self.sales.partner_id):
            self.assertFalse(partner.is_contact_person)
            self.assertFalse(partner.contact_state)

    def test_a_contact_who_becomes_a_colleague_is_a_contact_no_more(self):
        self.env["res.users"].create(
            {"login": "anna", "partner_id": self.anna.id, "name": "Anna Holm"}
        )
        self.assertFalse(self.anna.is_contact_person)
        self.assertFalse(self.anna.contact_state)

    def test_the_card_of_a_former_colleague_or_of_odoo_itself_is_no_contact(self):
        self.sales.active = False
        cards = self.sales.partner_id
        for name in ("user_root", "public_user", "template_portal_user_id"):
            cards |= self.env.ref(f"base.{name}").partner_id
        self.env.add_to_compute(cards._fields["is_contact_person"], cards)
        for card in cards:
            self.assertFalse(card.is_contact_person, card.name)

    def test_a_portal_user_stays_a_contact(self):
        self.env["res.users"].create(
            {
                "login": "anna",
                "partner_id": self.anna.id,
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        self.assertTrue(self.anna.is_contact_person)

    def test_changing_the_rule_in_the_settings_recomputes_all_contacts(self):
        phone = self.env["ir.model.fields"]._get("res.partner", "phone")
        settings = self.env["res.config.settings"].create({})
        self.assertIn("email", settings.contact_master_field_ids.mapped("name"))
        settings.contact_master_field_ids |= phone
        settings.execute()
        self.env.flush_all()
        self.assertEqual(self.anna.contact_state, "active")
        self.assertEqual(self.bo.contact_state, "draft")
        self.bo.phone = "+33 6 12 34 56 78"
        self.assertEqual(self.bo.contact_state, "active")
        settings = self.env["res.config.settings"].create({})
        settings.contact_master_field_ids -= phone
        settings.execute()
        self.bo.phone = False
        self.assertEqual(self.bo.contact_state, "active")

    def test_a_large_database_is_gone_through_in_the_background(self):
        module = "odoo.addons.contact_person.models.record.res_partner_state"
        with patch(f"{module}.INLINE", 1), patch(f"{module}.BATCH", 2):
            self.Partner._contact_set_master_data(["name", "phone"])
            progress = self.Partner._contact_states_progress()
            self.assertEqual(progress["remaining"], progress["total"])
            self.assertEqual(self.bo.contact_state, "active")
            self.bo.function = "Painter"  # no master data: nothing to bring in line
            self.assertEqual(self.bo.contact_state, "active")
            with self.enter_registry_test_mode():
                self.env.ref("contact_person.ir_cron_states").method_direct_trigger()
        self.assertEqual(self.Partner._contact_states_progress()["remaining"], 0)
        self.assertEqual(self.bo.contact_state, "draft")
        self.assertEqual(self.anna.contact_state, "active")

    def test_a_state_that_stays_is_not_written_again(self):
        self.env.flush_all()
        self.Partner._contact_set_master_data(["name", "email", "country_id"])
        queries = []
        execute = type(self.env.cr).execute

        def spy(cr, query, *args, **kwargs):
            queries.append(str(query))
            return execute(cr, query, *args, **kwargs)

        self.env["ir.config_parameter"].set_param("contact_person.state_progress", "0")
        with patch.object(type(self.env.cr), "execute", spy):
            self.Partner._contact_renew_states(10_000)
        self.assertFalse([q for q in queries if 'UPDATE "res_partner"' in q])

    def test_the_rule_of_an_empty_list_still_asks_for_a_name(self):
        self.Partner._contact_set_master_data([])
        self.assertEqual(self.Partner._contact_master_data(), ["name"])
