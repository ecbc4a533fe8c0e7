from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .connection_common import ConnectionCase


@tagged("post_install", "-at_install")
class TestAccountPersons(ConnectionCase):
    def test_a_company_shows_its_own_people_and_those_connected(self):
        relation = self.bo.with_user(self.sales).contact_connect(
            "res.partner", self.nordvind.id, self.type("decision").id, "Board"
        )
        found = self.persons(self.nordvind)
        self.assertEqual(found.keys(), {self.anna.id, self.bo.id})
        self.assertTrue(found[self.anna.id]["main"])
        bo = found[self.bo.id]
        self.assertEqual((bo["label"], bo["role"]), ("Decision maker", "Board"))
        self.assertEqual(bo["relations"][0]["relation_id"], relation)
        self.assertEqual(bo["since"], fields.Date.to_string(self.today))
        self.assertEqual((bo["main"], bo["employer"]), (False, "Atelier Brun"))
        self.assertEqual(self.persons(self.nordvind, query="falk").keys(), {self.bo.id})
        self.assertFalse(self.persons(self.nordvind, former=True))

    def test_who_was_disconnected_is_former_until_connected_again(self):
        bo = self.bo.with_user(self.sales)
        for _round in range(2):
            relation = bo.contact_connect("res.partner", self.nordvind.id)
            self.assertIn(self.bo.id, self.persons(self.nordvind))
            self.assertNotIn(self.bo.id, self.persons(self.nordvind, former=True))
            self.nordvind.with_user(self.sales).contact_disconnect(relation)
            self.assertNotIn(self.bo.id, self.persons(self.nordvind))
            found = self.persons(self.nordvind, former=True)
            self.assertTrue(found[self.bo.id]["until"])

    def test_who_left_is_former_at_the_old_employer(self):
        wizard = self.env["contact.job.change"].create(
            {
                "partner_id": self.anna.id,
                "employer_id": self.zephyr.id,
                "date": self.today,
                "function": "Head",
            }
        )
        wizard.action_apply()
        new = self.anna.contact_current_id
        self.assertFalse(self.persons(self.nordvind))
        former = self.persons(self.nordvind, former=True)
        self.assertEqual(former.keys(), {self.anna.id})
        self.assertEqual(former[self.anna.id]["present_id"], new.id)
        until = fields.Date.to_string(self.today)
        self.assertEqual(former[self.anna.id]["until"], until)
        self.assertEqual(self.persons(self.zephyr).keys(), {new.id})
        self.hide(new)
        former = self.persons(self.nordvind, former=True)
        self.assertFalse(former[self.anna.id]["present_id"])

    def test_who_worked_here_on_a_day(self):
        self.env["contact.employment"].create(
            {
                "partner_id": self.bo.id,
                "employer_id": self.nordvind.id,
                "function": "Welder",
                "date_start": "2015-01-01",
                "date_end": "2016-12-31",
            }
        )
        self.env["contact.relation"].create(
            {
                "contact_id": self.zoe.id,
                "partner_id": self.nordvind.id,
                "date_start": "2015-06-01",
                "date_end": "2015-07-01",
            }
        )
        for day, expected in (
            ("2014-12-31", set()),
            ("2015-01-01", {self.bo.id}),
            ("2015-06-15", {self.bo.id, self.zoe.id}),
            ("2015-07-01", {self.bo.id}),
            ("2017-01-01", set()),
        ):
            with self.subTest(day=day):
                self.assertEqual(self.persons(self.nordvind, date=day).keys(), expected)
        former = self.persons(self.nordvind, former=True)
        self.assertEqual(former.keys(), {self.bo.id, self.zoe.id})
        self.assertEqual(former[self.bo.id]["function"], "Welder")

    def test_a_lead_shows_its_customer_and_those_connected(self):
        self.lead.partner_id = self.zoe
        self.mine.contact_connect("crm.lead", self.lead.id, self.type("lead").id)
        found = self.persons(self.lead)
        self.assertEqual(found.keys(), {self.anna.id, self.zoe.id})
        self.assertTrue(found[self.zoe.id]["main"])
        self.assertEqual(found[self.anna.id]["label"], "Involved")
        relation = found[self.anna.id]["relations"][0]["relation_id"]
        self.mine.contact_disconnect(relation)
        self.assertEqual(self.persons(self.lead).keys(), {self.zoe.id})
        self.assertEqual(self.persons(self.lead, former=True).keys(), {self.anna.id})
        other = self.env["crm.lead"].create({"name": "Theirs", "user_id": 1})
        with self.assertRaises(AccessError):
            self.persons(other)

    def test_hidden_and_voided_contacts_are_in_no_list_and_no_total(self):
        self.bo.with_user(self.sales).contact_connect("res.partner", self.nordvind.id)
        self.hide(self.bo)
        self.assertEqual(self.persons(self.nordvind).keys(), {self.anna.id})
        self.anna.contact_void("left")
        for former in (False, True):
            found = self.nordvind.contact_account_persons(former=former)
            self.assertNotIn(self.anna.id, [r["id"] for r in found["records"]])

    def test_a_company_with_20000_contacts(self):
        self.env.cr.execute(
            """
            INSERT INTO res_partner (name, complete_name, parent_id, active, type,
                is_company, is_contact_person, contact_state, commercial_partner_id)
            SELECT 'Crowd ' || n, 'Nordvind A/S, Crowd ' || n, %(company)s, TRUE,
                   'contact', FALSE, TRUE, 'draft', %(company)s
              FROM generate_series(1, 20000) AS n
            """,
            {"company": self.nordvind.id},
        )
        nordvind = self.nordvind.with_user(self.sales)
        answer = nordvind.contact_account_persons(limit=40, offset=400)
        self.assertEqual((answer["total"], len(answer["records"])), (20_001, 40))
        found = nordvind.contact_account_persons(query="crowd 1999")
        self.assertEqual(found["total"], 12)

        def page(limit):
            return self.queries(lambda: nordvind.contact_account_persons(limit=limit))

        page(1)
        self.assertEqual(page(80), page(2))
        self.assertLessEqual(page(80), 14)
