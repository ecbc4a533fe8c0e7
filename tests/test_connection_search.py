from odoo.tests import tagged

from .connection_common import ConnectionCase


@tagged("post_install", "-at_install")
class TestConnectionSearch(ConnectionCase):
    def test_customers_and_leads_are_found_by_name_email_and_reference(self):
        for query, expected in (
            ("zephyr", self.zephyr | self.zoe),
            ("energi zephyr", self.zephyr),
            ("PRIV-7", self.zoe),
            ("ze", self.zephyr | self.zoe),
            ("nobody at all", self.Partner),
            ("  ", self.Partner),
        ):
            with self.subTest(query=query):
                found = self.zoe.browse(self.find(query, limit=200))
                self.assertEqual(found & (self.zephyr | self.zoe), expected)
        for query in ("wind park", "park@zephyr"):
            self.assertIn(self.lead.id, self.find(query, "leads"))

    def test_a_chinese_name_of_two_letters_is_found_inside_another(self):
        yang = self.Partner.create({"name": "杨建国"})
        self.assertIn(yang.id, self.find("建国"))

    def test_neither_the_contact_itself_nor_people_of_companies_are_customers(self):
        self.assertNotIn(self.anna.id, self.find("Anna Holm"))
        self.assertNotIn(self.bo.id, self.find("Bo Falk"))
        self.assertNotIn(self.sales.partner_id.id, self.find("cp_sales"))

    def test_an_archived_company_is_not_offered(self):
        self.zephyr.active = False
        self.assertNotIn(self.zephyr.id, self.find("zephyr"))

    def test_a_hit_tells_what_it_is_and_whether_it_is_connected(self):
        hit = self.find("zephyr energi")[self.zephyr.id]
        self.assertEqual(hit["name"], "Zephyr Energi A/S")
        self.assertIn("Aarhus", hit["subtitle"])
        self.assertFalse(hit["relation_id"])
        buyer = self.type("buyer")
        relation = self.mine.contact_connect(
            "res.partner", self.zephyr.id, type_id=buyer.id, role="Turbines"
        )
        hit = self.find("zephyr energi")[self.zephyr.id]
        connected = hit["relation_id"], hit["type_id"], hit["role"]
        self.assertEqual(connected, (relation, buyer.id, "Turbines"))
        self.assertTrue(self.find("nordvind")[self.nordvind.id]["main"])
        lead = self.find("zephyr wind", "leads")[self.lead.id]
        self.assertIn("Opportunity", lead["subtitle"])
        self.assertFalse(lead["relation_id"])

    def test_a_hidden_customer_or_lead_is_neither_found_nor_counted(self):
        for record, kind in ((self.zephyr, "partners"), (self.lead, "leads")):
            with self.subTest(hidden=record.display_name):
                before = self.mine.contact_search_connections("zephyr")[kind]
                self.hide(record)
                after = self.mine.contact_search_connections("zephyr")[kind]
                self.assertEqual(after["total"], before["total"] - 1)
                self.assertNotIn(record.id, [r["id"] for r in after["records"]])

    def test_who_has_no_right_to_leads_finds_customers(self):
        anna = self.anna.with_user(self.clerk)
        self.assertFalse(self.find("zephyr", "leads", anna))
        self.assertIn(self.zephyr.id, self.find("zephyr", contact=anna))

    def test_the_customer_of_a_lead_is_named_only_to_who_may_read_it(self):
        self.lead.write({"partner_id": self.zoe.id, "partner_name": False})
        self.assertIn("Zoe", self.find("wind park", "leads")[self.lead.id]["subtitle"])
        self.hide(self.zoe)
        hit = self.find("wind park", "leads")[self.lead.id]
        self.assertNotIn("Zoe", hit["subtitle"])

    def test_totals_stop_at_a_thousand_and_the_first_letters_come_first(self):
        self.env.cr.execute(
            """
            INSERT INTO res_partner (name, complete_name, active, is_company, type)
            SELECT 'The Qwerty ' || n, 'The Qwerty ' || n, TRUE, TRUE, 'contact'
              FROM generate_series(1, 1100) AS n
            """
        )
        exact = self.Partner.create({"name": "Qwerty", "is_company": True})
        answer = self.mine.contact_search_connections("qwerty")["partners"]
        self.assertEqual((answer["total"], answer["capped"]), (1_000, True))
        self.assertEqual(answer["records"][0]["id"], exact.id)
        self.assertEqual(len(answer["records"]), 20)
        second = self.find("qwerty", limit=20, offset=20)
        self.assertFalse(second.keys() & {r["id"] for r in answer["records"]})

    def test_a_contact_that_is_not_saved_yet_can_search(self):
        new = self.Partner.with_user(self.sales)
        hit = self.find("zephyr energi", contact=new)[self.zephyr.id]
        self.assertFalse(hit["relation_id"])

    def test_a_search_costs_the_same_whatever_it_finds(self):
        self.Partner.create(
            [{"name": f"Quartz {n}", "is_company": True} for n in range(40)]
        )

        def search(limit):
            return lambda: self.mine.contact_search_connections("quartz", limit=limit)

        search(1)()
        self.assertEqual(self.queries(search(40)), self.queries(search(2)))
