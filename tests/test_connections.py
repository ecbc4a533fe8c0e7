from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .connection_common import STREET, ConnectionCase


@tagged("post_install", "-at_install")
class TestConnect(ConnectionCase):
    def test_connecting_links_from_today_and_shows_in_the_customer_column(self):
        self.mine.contact_connect("res.partner", self.zephyr.id, role="Board")
        self.mine.contact_connect("crm.lead", self.lead.id)
        relation = self.relations(("partner_id", "=", self.zephyr.id))
        self.assertEqual((relation.role, relation.date_start), ("Board", self.today))
        self.assertEqual(
            self.anna.contact_account_names,
            "Nordvind A/S, Zephyr Energi A/S, Zephyr wind park",
        )

    def test_connecting_pushes_no_address_and_no_vat_and_keeps_the_employer(self):
        self.anna.write({**STREET, "vat": "DK13585628"})
        before = {
            partner: partner.read(["street", "city", "zip", "vat", "parent_id"])
            for partner in (self.anna, self.zephyr, self.zoe, self.nordvind)
        }
        for end in (self.zephyr, self.zoe):
            self.mine.contact_connect("res.partner", end.id)
        for partner, values in before.items():
            partner.invalidate_recordset()
            self.assertEqual(partner.read(list(values[0])), values)

    def test_connecting_twice_is_one_connection_with_the_later_role(self):
        buyer = self.type("buyer").id
        first = self.mine.contact_connect("res.partner", self.zephyr.id)
        second = self.mine.contact_connect("res.partner", self.zephyr.id, buyer, "Wood")
        third = self.mine.contact_connect("res.partner", self.zephyr.id, role="Steel")
        self.assertEqual(first, second)
        self.assertEqual(first, third)
        relation = self.relations(("partner_id", "=", self.zephyr.id))
        self.assertEqual((relation.type_id.id, relation.role), (buyer, "Steel"))

    def test_one_contact_may_be_two_things_to_one_customer(self):
        for name in ("buyer", "decision"):
            self.mine.contact_connect("res.partner", self.zephyr.id, self.type(name).id)
        self.assertEqual(len(self.relations(("partner_id", "=", self.zephyr.id))), 2)
        self.assertEqual(self.anna.contact_account_names.count("Zephyr Energi"), 1)

    def test_disconnecting_ends_and_connecting_again_keeps_the_history(self):
        first = self.mine.contact_connect("res.partner", self.zephyr.id)
        self.mine.contact_disconnect(first)
        relation = self.env["contact.relation"].browse(first)
        self.assertEqual(relation.date_end, self.today)
        self.assertEqual(self.anna.contact_account_names, "Nordvind A/S")
        second = self.mine.contact_connect("res.partner", self.zephyr.id)
        self.assertNotEqual(first, second)
        self.assertEqual(len(self.relations(("partner_id", "=", self.zephyr.id))), 2)
        self.assertIn("Zephyr", self.anna.contact_account_names)

    def test_disconnecting_what_has_ended_or_not_begun(self):
        day = timedelta(days=1)
        past, future = self.env["contact.relation"].create(
            [
                {
                    "contact_id": self.anna.id,
                    "partner_id": self.zephyr.id,
                    "date_end": self.today - day,
                },
                {
                    "contact_id": self.anna.id,
                    "partner_id": self.zoe.id,
                    "date_start": self.today + day,
                },
            ]
        )
        for relation in past | future:
            self.mine.contact_disconnect(relation.id)
        self.assertEqual(past.date_end, self.today - day)
        self.assertEqual(future.date_end, future.date_start)
        with freeze_time(self.today + 5 * day):
            self.assertFalse(future._is_current())

    def test_both_ends_can_disconnect_and_nobody_else(self):
        relation = self.mine.contact_connect("res.partner", self.zephyr.id)
        with self.assertRaises(UserError):
            self.bo.with_user(self.sales).contact_disconnect(relation)
        self.zephyr.with_user(self.sales).contact_disconnect(relation)
        self.assertTrue(self.env["contact.relation"].browse(relation).date_end)
        with self.assertRaises(UserError):
            self.mine.contact_disconnect(0)

    def test_who_may_not_edit_the_contact_or_read_the_end_can_not_connect(self):
        with self.assertRaises(AccessError):
            self.anna.with_user(self.clerk).contact_connect(
                "res.partner", self.zephyr.id
            )
        self.hide(self.zephyr)
        with self.assertRaises(AccessError):
            self.mine.contact_connect("res.partner", self.zephyr.id)
        relation = self.mine.contact_connect("res.partner", self.zoe.id)
        self.hide(self.anna, perm_read=False)
        with self.assertRaises(AccessError):
            self.mine.contact_connect("crm.lead", self.lead.id)
        with self.assertRaises(AccessError):
            self.mine.contact_disconnect(relation)

    def test_what_can_not_be_connected_is_refused_in_words(self):
        gone = self.Partner.create({"name": "Gone", "is_company": True})
        gone.unlink()
        nordvind = self.nordvind.with_user(self.sales)
        for contact, model, res_id in (
            (self.mine, "res.partner", gone.id),
            (self.mine, "res.users", self.sales.id),
            (nordvind, "res.partner", self.zephyr.id),
        ):
            with self.subTest(model=model), self.assertRaises(UserError):
                contact.contact_connect(model, res_id)

    def test_a_type_fits_what_it_links(self):
        for end, name in (
            (self.lead, "buyer"),
            (self.lead, "spouse"),
            (self.zephyr, "lead"),
            (self.zephyr, "spouse"),
            (self.zoe, "lead"),
        ):
            with self.subTest(end=end, type=name):
                relation_type = self.type(name)
                with self.assertRaisesRegex(ValidationError, relation_type.name):
                    self.mine.contact_connect(end._name, end.id, relation_type.id)
        for end, name in (
            (self.lead, "lead"),
            (self.zoe, "buyer"),
            (self.zoe, "spouse"),
        ):
            self.mine.contact_connect(end._name, end.id, self.type(name).id)
        with self.assertRaises(ValidationError):
            self.type("spouse").kind = "lead"


@tagged("post_install", "-at_install")
class TestConnectionLists(ConnectionCase):
    def scope(self, scope, contact=None, **kwargs):
        contact = contact or self.anna
        return contact.with_user(self.sales).contact_connections(scope, **kwargs)

    def test_each_person_reads_its_own_label(self):
        for name, forth, back in (
            ("assistant", "Assistant of", "Assisted by"),
            ("reports", "Reports to", "Manager of"),
            ("child", "Son or daughter of", "Parent of"),
            ("spouse", "Spouse of", "Spouse of"),
        ):
            with self.subTest(type=name):
                relation = self.mine.contact_connect(
                    "res.partner", self.zoe.id, self.type(name).id
                )
                (mine,) = self.scope("people")["records"]
                (hers,) = self.scope("people", self.zoe)["records"]
                self.assertEqual((mine["label"], mine["id"]), (forth, self.zoe.id))
                self.assertEqual((hers["label"], hers["id"]), (back, self.anna.id))
                self.assertEqual((mine["inverse"], hers["inverse"]), (False, True))
                self.mine.contact_disconnect(relation)
        self.assertEqual(self.scope("people")["former"], 4)

    def test_spouses_are_connected_once_from_either_side(self):
        spouse, zoe = self.type("spouse").id, self.zoe.with_user(self.sales)
        first = self.mine.contact_connect("res.partner", self.zoe.id, spouse)
        second = zoe.contact_connect("res.partner", self.anna.id, spouse)
        self.assertEqual(first, second)
        assistant = self.type("assistant").id
        first = self.mine.contact_connect("res.partner", self.zoe.id, assistant)
        second = zoe.contact_connect("res.partner", self.anna.id, assistant)
        self.assertNotEqual(first, second)

    def test_relatives_are_no_customers_and_the_employer_is_named(self):
        self.mine.contact_connect("res.partner", self.zoe.id, self.type("spouse").id)
        self.mine.contact_connect("res.partner", self.zephyr.id)
        answer = self.scope("customers")
        self.assertEqual([r["id"] for r in answer["records"]], [self.zephyr.id])
        self.assertEqual(answer["employer"]["id"], self.nordvind.id)
        self.assertTrue(answer["editable"])
        self.mine.contact_connect("res.partner", self.nordvind.id)
        again = self.scope("customers")
        self.assertFalse(again["employer"])
        self.assertEqual([r["main"] for r in again["records"]], [False, True])
        clerk = self.anna.with_user(self.clerk).contact_connections("customers")
        self.assertFalse(clerk["editable"])
        self.assertFalse(clerk["records"][0]["editable"])

    def test_a_hidden_end_is_in_no_list_and_no_total(self):
        for end, scope in (
            (self.zephyr, "customers"),
            (self.lead, "leads"),
            (self.zoe, "people"),
        ):
            relation_type = self.type("spouse").id if end == self.zoe else False
            with self.subTest(scope=scope):
                self.mine.contact_connect(end._name, end.id, relation_type)
                self.assertEqual(self.scope(scope)["total"], 1)
                self.hide(end)
                self.assertEqual(self.scope(scope)["total"], 0)
                self.assertEqual(self.scope(scope)["records"], [])
        with self.assertRaises(AccessError):
            self.scope("people", self.zoe)

    def test_a_contact_with_300_leads(self):
        leads = self.env["crm.lead"].create(
            [{"name": f"Turbine {n:03}", "user_id": self.sales.id} for n in range(300)]
        )
        self.env["contact.relation"].create(
            [{"contact_id": self.anna.id, "lead_id": lead.id} for lead in leads]
        )
        answer = self.scope("leads", limit=20, offset=280)
        self.assertEqual((answer["total"], len(answer["records"])), (300, 20))

        def page(limit):
            return self.queries(lambda: self.scope("leads", limit=limit))

        page(5)
        self.assertEqual(page(100), page(5))
        self.assertLessEqual(page(100), 16)
        found = self.find("Turbine 29", "leads")
        self.assertEqual(len(found), 10)
        self.assertTrue(all(hit["relation_id"] for hit in found.values()))
        # the customer column holds them all: found, grouped, and kept when one goes
        model = self.Partner.with_user(self.sales)
        domain = [("contact_account_names", "ilike", "turbine 299")]
        self.assertEqual(model.search(domain), self.anna)
        groups = model.formatted_read_group(
            domain, ["contact_account_names"], ["__count"]
        )
        self.assertEqual([group["__count"] for group in groups], [1])
        self.mine.contact_disconnect(found[leads[299].id]["relation_id"])
        self.assertNotIn("Turbine 299", self.anna.contact_account_names)
        self.assertIn("Turbine 298", self.anna.contact_account_names)
