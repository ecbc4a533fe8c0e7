from odoo.tests import tagged

from .common import ContactCase

HOME = {"street": "Private Lane 1", "zip": "1000", "city": "Roskilde"}
OFFICE = {"street": "Quay 2", "zip": "2150", "city": "Nordhavn"}


@tagged("post_install", "-at_install")
class TestAddress(ContactCase):
    def setUp(self):
        super().setUp()
        self.as_sales = self.Partner.with_user(self.sales)
        self.company = self.nordvind.with_user(self.sales)

    def person(self, **values):
        return self.as_sales.create(
            {"name": "Eva Bruun", "parent_id": self.nordvind.id, **values}
        )

    def address(self, partner):
        return {name: partner[name] for name in HOME}

    def test_the_first_contact_gives_a_company_no_address_and_no_vat(self):
        eva = self.person(**HOME, vat="DK12345674")
        self.assertEqual(self.address(eva), HOME)
        self.assertFalse(any(self.address(self.nordvind).values()))
        self.assertFalse(self.nordvind.vat)

    def test_editing_a_street_rewrites_neither_company_nor_colleague(self):
        self.nordvind.write({**OFFICE, "vat": "DK12345674"})
        eva, liv = self.person(), self.person(name="Liv Dahl")
        self.assertEqual(self.address(eva), OFFICE)
        eva.write({**HOME, "vat": "DK87654321"})
        self.assertEqual(self.address(eva), HOME)
        for other in (self.nordvind, liv):
            self.assertEqual(self.address(other), OFFICE)
            self.assertEqual(other.vat, "DK12345674")

    def test_an_employer_leaves_a_private_address_alone(self):
        self.nordvind.write(OFFICE)
        eva = self.as_sales.create({"name": "Eva Bruun", **HOME})
        eva.parent_id = self.nordvind
        self.assertEqual(self.address(eva), HOME)
        self.assertEqual(self.address(self.nordvind), OFFICE)

    def test_who_has_no_address_is_found_at_the_company(self):
        self.nordvind.write(OFFICE)
        eva = self.as_sales.create({"name": "Eva Bruun"})
        eva.parent_id = self.nordvind
        self.assertEqual(self.address(eva), OFFICE)

    def test_a_company_that_moves_takes_along_those_who_sit_there(self):
        self.nordvind.write(OFFICE)
        eva, liv = self.person(), self.person(name="Liv Dahl", **HOME)
        self.company.write({"street": "Harbour 9"})
        self.assertEqual(eva.street, "Harbour 9")
        self.assertEqual(self.address(liv), HOME)

    def test_people_get_the_terms_of_their_company_at_once(self):
        industry = self.env["res.partner.industry"].create({"name": "Wind"})
        self.nordvind.write({"vat": "DK12345674", "industry_id": industry.id})
        eva, liv = self.as_sales.create(
            [{"name": n, "parent_id": self.nordvind.id} for n in ("Eva B", "Liv D")]
        )
        for person in eva | liv:
            self.assertEqual(person.vat, "DK12345674")
            self.assertEqual(person.industry_id, industry)

    def test_children_given_with_a_company_follow_it(self):
        company = self.as_sales.create(
            {
                "name": "Havn ApS",
                "is_company": True,
                **OFFICE,
                "child_ids": [(0, 0, {"name": "Eva B"}), (0, 0, {"name": "L", **HOME})],
            }
        )
        at_work, at_home = company.child_ids.sorted("name")
        self.assertEqual(self.address(at_work), OFFICE)
        self.assertEqual(self.address(at_home), HOME)

    def test_a_new_street_of_the_company_is_known_to_the_duplicate_search(self):
        self.nordvind.write(OFFICE)
        eva = self.person()
        self.company.write({"street": "Harbour 9", "zip": "5000"})
        keys = self.env["contact.match.key"]
        keys._renew()
        self.env.cr.execute(
            "SELECT key FROM contact_match_key WHERE partner_id = %s", [eva.id]
        )
        stored = {key for (key,) in self.env.cr.fetchall()}
        self.assertEqual(stored, set(eva._contact_keys()[eva.id]))
