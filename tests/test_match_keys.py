from odoo.tests import tagged

from odoo.addons.contact_person.tools.matching import name_key

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

    def test_a_company_that_moves_renews_the_keys_of_its_people(self):
        before = self.keys(self.anna)
        self.nordvind.write({"street": "Havnegade 7", "zip": "8000", "city": "Vejle"})
        self.assertEqual(self.anna.city, "Vejle")
        moved = self.keys(self.anna)
        self.assertNotEqual(moved, before)
        self.env["contact.match.key"]._update(self.anna)
        self.assertEqual(self.keys(self.anna), moved)

    def test_who_has_no_name_has_no_key_of_a_name(self):
        for lang in (None, "fr_FR"):
            if lang:
                self.env["res.lang"]._activate_lang(lang)
            model = self.Partner.with_context(lang=lang)
            for values in (
                {"city": "Vejle"},
                {"function": "Painter"},
                {"email": "painter@x.example"},
            ):
                with self.subTest(lang=lang, values=values):
                    partner = model.create(values)
                    self.assertTrue(partner.name)
                    keys = {key for _id, key in self.keys(partner)}
                    self.assertNotIn(name_key(partner.name), keys)
                    self.assertFalse(self.hits({"name": partner.name}))
                    values = {**values, "name": partner.name, "id": partner.id}
                    self.assertFalse(self.hits(values))
                    partner.unlink()

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
