from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.contact_person.models.duplicate.reasons import REASON_LABELS
from odoo.addons.contact_person.tools.matching import REASONS

from .common import ContactCase


@tagged("post_install", "-at_install")
class TestDuplicates(ContactCase):
    def test_a_contact_is_found_however_it_is_typed(self):
        email = "anna.holm@nordvind.example"
        for values in (
            {"name": "Anna Holm"},
            {"name": "Holm Anna"},
            {"name": "ANNA HOLM"},
            {"name": "Ana Holm", "parent_id": self.nordvind.id},
            {"name": "Ánna Hólm"},
            {"contact_first_name": "Anna", "contact_last_name": "Holm"},
            {"email": email.upper()},
            {"name": "A. Holm", "email": email},
            {"phone": "40123456", "country_id": self.denmark.id},
            {"phone": "0045 40 12 34 56"},
            {"contact_mobile": "+45-4012-3456"},
        ):
            with self.subTest(values=values):
                self.assertIn(self.anna.id, self.hits(values))

    def test_strangers_are_not_found(self):
        for values in (
            {"name": "Birgitte Madsen"},
            {"name": "Peter Sand", "parent_id": self.nordvind.id},
            {"email": "someone@else.example"},
            {},
        ):
            with self.subTest(values=values):
                self.assertFalse(self.hits(values))

    def test_a_hit_says_how_sure_it_is_and_why(self):
        hit = self.hits({"name": "Anna Holm", "email": self.anna.email})[self.anna.id]
        self.assertGreater(hit["score"], 80)
        self.assertLessEqual(hit["score"], 100)
        self.assertIn("Same email", hit["reasons"])
        self.assertTrue(hit["readable"])
        self.assertIn("Anna Holm", hit["display"])
        self.assertEqual(hit["action"], "block")

    def test_the_contact_itself_is_left_out(self):
        values = {"id": self.anna.id, "name": "Anna Holm", "email": self.anna.email}
        self.assertNotIn(self.anna.id, self.hits(values))

    def test_archived_contacts_still_count(self):
        self.anna.active = False
        self.assertIn(self.anna.id, self.hits({"email": self.anna.email}))

    def test_a_hit_that_is_no_present_contact_says_so(self):
        def status():
            hits = self.Partner.contact_find_duplicates({"name": "Anna Holm"})
            return {hit["id"]: hit["status"] for hit in hits}

        self.assertIs(status()[self.anna.id], False)
        present = self.Partner.create({"name": "Anna Holm"})
        self.anna.write({"contact_current_id": present.id, "active": False})
        found = status()
        self.assertEqual(found[self.anna.id], "Former contact")
        self.assertIs(found[present.id], False)
        self.anna.contact_current_id = False
        self.assertEqual(status()[self.anna.id], "Archived contact")
        self.anna.active = True
        self.anna.contact_void("Entered twice")
        self.assertEqual(status()[self.anna.id], "Voided contact")

    def test_colleagues_and_the_system_are_no_hits(self):
        robot, public = (
            self.env.ref(f"base.{name}").sudo()
            for name in ("partner_root", "public_partner")
        )
        self.assertNotIn(self.sales.partner_id.id, self.hits({"name": "cp_sales"}))
        for partner in robot | public:
            partner.is_contact_person = False
            values = {"name": partner.name, "email": partner.email or ""}
            self.assertNotIn(partner.id, self.hits(values))

    def test_a_person_finds_persons_and_a_company_companies(self):
        company = {"name": "Nordvind A/S", "is_company": True}
        self.assertEqual([*self.hits(company)], [self.nordvind.id])
        self.assertFalse(self.hits({"name": "Nordvind A/S"}))
        self.assertFalse(self.hits({"name": "Anna Holm", "is_company": True}))

    def test_the_limit_holds(self):
        self.Partner.create([{"name": "Anna Holm"} for _copy in range(9)])
        self.assertEqual(len(self.hits({"name": "Anna Holm"}, limit=3)), 3)
        self.assertEqual(len(self.hits({"name": "Anna Holm"}, limit=0)), 0)

    def test_a_changed_contact_is_found_by_its_new_values_only(self):
        self.anna.write({"email": "ah@new.example", "phone": False})
        self.assertIn(self.anna.id, self.hits({"email": "ah@new.example"}))
        self.assertNotIn(self.anna.id, self.hits({"phone": "+4540123456"}))

    def test_of_a_contact_that_is_hidden_only_its_existence_is_told(self):
        self.env["ir.rule"].create(
            {
                "name": "hide Anna",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.anna.id})]",
            }
        )
        hit = self.hits({"email": self.anna.email})[self.anna.id]
        self.assertFalse(hit["readable"])
        self.assertNotIn("Anna", hit["display"])
        rule = self.env.ref("contact_person.contact_duplicate_rule_email")
        rule.revealed_field_ids = self.env["ir.model.fields"]._get(
            "res.partner", "email"
        )
        hit = self.hits({"email": self.anna.email})[self.anna.id]
        self.assertIn(self.anna.email, hit["display"])

    def test_portal_users_cannot_ask(self):
        portal = new_test_user(self.env, "cp_portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.hits({"name": "Anna Holm"}, user=portal)

    def test_hostile_values_are_answered(self):
        for values in (
            {"name": "x" * 10_000},
            {"name": "\x00\u202e😀", "email": "@@@", "phone": "++--"},
            {"parent_id": 10**9, "country_id": "x", "unknown": object()},
            {"name": ["Anna"], "email": 7},
        ):
            with self.subTest(values=str(values)[:60]):
                self.hits(values)

    def test_every_reason_of_the_engine_has_a_text(self):
        self.assertEqual(REASON_LABELS.keys(), REASONS.keys())
