from odoo.tests import tagged

from .common import ContactCase


@tagged("post_install", "-at_install")
class TestMatchKeys(ContactCase):
    def keys(self, partners):
        self.env["contact.match.key"]._renew()
        self.env.cr.execute(
            "SELECT partner_id, key FROM contact_match_key WHERE partner_id = ANY(%s)"
            " ORDER BY partner_id, key",
            [partners.ids],
        )
        return self.env.cr.fetchall()

    def test_the_rebuild_gives_what_create_and_write_gave(self):
        self.anna.write({"email": "ah@new.example"})
        partners = self.anna | self.bo | self.nordvind
        before = self.keys(partners)
        self.assertGreater(len(before), 9)
        self.env["contact.match.key"]._rebuild()
        self.assertEqual(self.keys(partners), before)

    def test_a_deleted_contact_leaves_no_keys(self):
        partners = self.bo
        partners.unlink()
        self.assertFalse(self.keys(partners))

    def test_a_renamed_company_renews_the_keys_of_its_people(self):
        before = self.keys(self.anna)
        self.nordvind.name = "Havbris A/S"
        self.assertNotEqual(self.keys(self.anna), before)

    def test_an_address_has_no_keys(self):
        address = self.Partner.create(
            {"type": "delivery", "name": "Anna Holm", "parent_id": self.nordvind.id}
        )
        self.assertFalse(self.keys(address))

    def test_weights_are_learnt_from_the_database_and_used(self):
        surnames = "Holm Falk Lund Toft Bruun Sten Krog Dahl Bach Friis".split()
        self.Partner.create(
            [
                {
                    "name": f"Given{n % 97} {surnames[n % 10]}",
                    "email": f"g{n}@mail{n % 40}.example",
                    "phone": f"+45 20{n:06}",
                }
                for n in range(1_200)
            ]
        )
        learnt = self.env["contact.match.model"]._learn()
        self.assertTrue(learnt)
        engine = self.env["contact.match.model"]._engine()
        self.assertEqual(engine.to_json(), learnt.data)
        self.assertIn(self.anna.id, self.hits({"name": "Anna Holm"}))
