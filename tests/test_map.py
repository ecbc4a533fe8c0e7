from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import SALES, ContactCase


@tagged("post_install", "-at_install")
class TestMap(ContactCase):
    """What a relation map shows of a contact, an account and a lead."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Relation = cls.env["contact.relation"]
        cls.decision = cls.env.ref("contact_person.contact_relation_type_decision")
        cls.assistant = cls.env.ref("contact_person.contact_relation_type_assistant")
        cls.involved = cls.env.ref("contact_person.contact_relation_type_lead")

    def map(self, record, user=None, **kwargs):
        return record.with_user(user or self.sales).contact_map(**kwargs)

    def nodes(self, record, user=None, **kwargs):
        """Return the nodes around the middle by what they are called."""
        nodes = self.map(record, user, **kwargs)["nodes"]
        return {node["label"]: node for node in nodes if not node["center"]}

    def labels(self, record, user=None):
        """Return ``{name at the other end: {label: former}}``."""
        drawn = self.map(record, user)
        names = {node["id"]: node["label"] for node in drawn["nodes"]}
        found = {}
        for edge in drawn["edges"]:
            other = found.setdefault(names[edge["target"]], {})
            other[edge["label"]] = edge["former"]
        return found

    def lead(self, **values):
        return self.env["crm.lead"].create(
            {"name": "Crane", "type": "opportunity", "user_id": self.sales.id, **values}
        )

    def change_job(self):
        """Return the version of Anna Holm that works at Atelier Brun."""
        anna = self.anna.with_user(self.sales)
        return anna._contact_change_job(
            {"parent_id": self.atelier.id}, date(2024, 5, 1), False, False
        )

    def hide(self, record):
        self.env["ir.rule"].create(
            {
                "name": "hide",
                "model_id": self.env["ir.model"]._get_id(record._name),
                "domain_force": f"[('id', '!=', {record.id})]",
            }
        )

    # ------------------------------------------------------------
    # WHAT IS DRAWN
    # ------------------------------------------------------------

    def test_a_contact_shows_employer_accounts_and_leads(self):
        anna = {"contact_id": self.anna.id}
        lead = self.lead(name="Fleet")
        self.Relation.create(
            [
                {**anna, "partner_id": self.atelier.id, "type_id": self.decision.id},
                {**anna, "lead_id": lead.id, "type_id": self.involved.id},
            ]
        )
        self.lead(partner_id=self.anna.id)
        self.assertEqual(
            self.labels(self.anna),
            {
                "Nordvind A/S": {"Works at": False},
                "Atelier Brun": {"Decision maker at": False},
                "Fleet": {"Involved in": False},
                "Crane": {"Opportunity": False},
            },
        )
        nodes = self.nodes(self.anna)
        self.assertEqual(nodes["Atelier Brun"]["kind"], "company")
        self.assertEqual(nodes["Fleet"]["kind"], "lead")
        self.assertEqual(nodes["Fleet"]["id"], f"l{lead.id}")
        center = self.map(self.anna)["nodes"][0]
        self.assertEqual((center["id"], center["center"]), (f"p{self.anna.id}", True))

    def test_a_line_tells_role_and_dates(self):
        self.Relation.create(
            {
                "contact_id": self.anna.id,
                "partner_id": self.atelier.id,
                "role": "Adviser",
                "date_start": "2021-03-01",
            }
        )
        details = [edge["detail"] for edge in self.map(self.anna)["edges"]]
        self.assertIn("Adviser · since 03/01/2021", details)

    def test_each_end_of_a_relation_has_its_own_label(self):
        self.Relation.create(
            {
                "contact_id": self.anna.id,
                "partner_id": self.bo.id,
                "type_id": self.assistant.id,
            }
        )
        self.assertEqual(self.labels(self.anna)["Bo Falk"], {"Assistant of": False})
        self.assertEqual(self.labels(self.bo)["Anna Holm"], {"Assisted by": False})

    def test_an_ended_relation_is_a_former_one(self):
        self.Relation.create(
            {
                "contact_id": self.anna.id,
                "partner_id": self.atelier.id,
                "type_id": self.decision.id,
                "date_end": "2020-01-31",
            }
        )
        self.assertEqual(self.nodes(self.anna)["Atelier Brun"]["kind"], "former")
        self.assertEqual(
            self.labels(self.atelier)["Anna Holm"], {"Decision maker": True}
        )

    def test_former_employers_show_those_typed_in_too(self):
        self.env["contact.employment"].create(
            [
                {
                    "partner_id": self.anna.id,
                    "employer_id": self.atelier.id,
                    "date_end": "2019-12-31",
                },
                {
                    "partner_id": self.anna.id,
                    "employer_name": "Old Mill",
                    "date_end": "2010-12-31",
                },
            ]
        )
        nodes = self.nodes(self.anna)
        self.assertEqual(nodes["Atelier Brun"]["kind"], "former")
        self.assertEqual(nodes["Old Mill"]["kind"], "former")
        self.assertFalse(nodes["Old Mill"]["res_id"])
        self.assertEqual(self.labels(self.anna)["Old Mill"], {"Worked at": True})
        self.assertEqual(
            self.labels(self.atelier),
            {"Bo Falk": {"Works here": False}, "Anna Holm": {"Worked here": True}},
        )

    def test_the_versions_of_a_person_are_one_node(self):
        self.lead(partner_id=self.anna.id)
        self.Relation.create(
            {
                "contact_id": self.bo.id,
                "partner_id": self.anna.id,
                "type_id": self.assistant.id,
            }
        )
        new = self.change_job()
        for version in (self.anna, new):
            self.assertEqual(self.map(version)["nodes"][0]["id"], f"p{new.id}")
            self.assertEqual(
                self.labels(version),
                {
                    "Atelier Brun": {"Works at": False},
                    "Nordvind A/S": {"Worked at": True},
                    "Bo Falk": {"Assisted by": False},
                    "Crane": {"Opportunity": False},
                },
            )
        former = self.nodes(self.nordvind)["Anna Holm"]
        self.assertEqual((former["res_id"], former["kind"]), (new.id, "former"))
        self.assertEqual(
            self.labels(self.nordvind), {"Anna Holm": {"Worked here": True}}
        )

    def test_a_lead_shows_its_customer_and_its_contacts(self):
        lead = self.lead(partner_id=self.nordvind.id)
        self.Relation.create(
            {
                "contact_id": self.bo.id,
                "lead_id": lead.id,
                "type_id": self.involved.id,
            }
        )
        self.assertEqual(
            self.labels(lead),
            {"Nordvind A/S": {"Customer": False}, "Bo Falk": {"Involved": False}},
        )
        self.assertEqual(self.labels(self.nordvind)["Crane"], {"Opportunity": False})

    # ------------------------------------------------------------
    # RIGHTS
    # ------------------------------------------------------------

    def test_what_is_hidden_is_neither_drawn_nor_counted(self):
        lead = self.lead(partner_id=self.anna.id)
        self.Relation.create(
            [
                {"contact_id": self.anna.id, "partner_id": self.bo.id},
                {"contact_id": self.anna.id, "lead_id": lead.id},
            ]
        )
        job = {"partner_id": self.anna.id, "date_end": "2020-01-01"}
        self.env["contact.employment"].create({**job, "employer_id": self.atelier.id})
        self.assertEqual(self.map(self.anna, limit=1)["hidden"], 4)
        for left, record in enumerate((self.bo, lead, self.atelier, self.nordvind)):
            self.hide(record)
            drawn = self.map(self.anna)
            self.assertNotIn(record.name, [node["label"] for node in drawn["nodes"]])
            self.assertEqual(len({e["target"] for e in drawn["edges"]}), 3 - left)
            self.assertEqual(self.map(self.anna, limit=1)["hidden"], 3 - left)

    def test_a_hidden_present_version_is_not_given_away(self):
        new = self.change_job()
        self.hide(new)
        drawn = self.map(self.anna)
        self.assertEqual(drawn["nodes"][0]["id"], f"p{self.anna.id}")
        self.assertEqual(list(self.labels(self.anna)), ["Nordvind A/S"])
        self.assertEqual(list(self.labels(self.atelier)), ["Bo Falk"])
        self.assertEqual(self.nodes(self.nordvind)["Anna Holm"]["res_id"], self.anna.id)

    def test_leads_of_others_show_only_to_those_who_may_read_them(self):
        lead = self.lead(partner_id=self.anna.id, user_id=self.manager.id)
        self.assertNotIn("Crane", self.nodes(self.anna))
        self.assertNotIn("Crane", self.nodes(self.anna, self.clerk))
        self.assertIn("Crane", self.nodes(self.anna, self.env.ref("base.user_admin")))
        with self.assertRaises(AccessError):
            self.map(lead)

    def test_a_contact_that_may_not_be_read_has_no_map(self):
        self.hide(self.anna)
        with self.assertRaises(AccessError):
            self.map(self.anna)
        with self.assertRaises(AccessError):
            self.anna.with_user(self.sales).contact_map_list("res.partner")

    # ------------------------------------------------------------
    # SIZE
    # ------------------------------------------------------------

    def test_each_kind_finds_room_and_the_rest_is_counted(self):
        leads = [self.lead(partner_id=self.anna.id).id for _number in range(30)]
        self.Relation.create(
            {
                "contact_id": self.anna.id,
                "partner_id": self.atelier.id,
                "date_end": "2020-01-31",
            }
        )
        drawn = self.map(self.anna, limit=20)
        names = [node["label"] for node in drawn["nodes"]]
        self.assertEqual(len(names), 20)
        self.assertIn("Nordvind A/S", names)
        self.assertIn("Atelier Brun", names)
        self.assertEqual(drawn["hidden"], 13)
        self.assertEqual(drawn["hidden_by_model"], {"crm.lead": 13})
        action = self.anna.with_user(self.sales).contact_map_list("crm.lead")
        self.assertEqual(action["domain"], [("id", "in", leads)])

    def test_the_number_of_queries_does_not_grow_with_the_map(self):
        self.add_people(3)
        self.queries()  # warms caches
        few = self.queries()
        self.add_people(40)
        # two more for what the first calls left in a cache of the server
        self.assertLessEqual(self.queries(), few + 2)
        self.assertLessEqual(few, 25)

    def queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.map(self.nordvind)
        return self.env.cr.sql_log_count - before

    def add_people(self, count):
        """Link people in every way to Nordvind A/S: with photos, dates and leads."""
        people = self.Partner.create(
            [
                {
                    "name": f"Person {number}",
                    "email": f"person{number}@map{count}.example",
                    "image_1920": PIXEL,
                }
                for number in range(count)
            ]
        )
        here = {"partner_id": self.nordvind.id, "type_id": self.decision.id}
        past = {"employer_id": self.nordvind.id, "date_end": "2021-01-31"}
        for person in people:
            self.Relation.create({**here, "contact_id": person.id})
            self.env["contact.employment"].create({**past, "partner_id": person.id})
            self.lead(partner_id=self.nordvind.id, name=person.name)


# The smallest photo: a white pixel.
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/"
    b"PchI7wAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestMapTour(HttpCase):
    def test_walk_in_the_map(self):
        self.env = self.env(context={**self.env.context, "no_reset_password": True})
        company = self.env["res.partner"].create(
            {"name": "Tour Map A/S", "is_company": True}
        )
        amalie, bertil = self.env["res.partner"].create(
            [
                {
                    "name": f"{name} Tourmap",
                    "email": f"{name}@tourmap.example",
                    "parent_id": company.id,
                }
                for name in ("Amalie", "Bertil")
            ]
        )
        self.env["contact.relation"].create(
            {
                "contact_id": amalie.id,
                "partner_id": bertil.id,
                "type_id": self.env.ref(
                    "contact_person.contact_relation_type_spouse"
                ).id,
            }
        )
        new_test_user(self.env, "cp_map", groups=SALES)
        self.start_tour(
            f"/odoo/res.partner/{amalie.id}", "contact_person_map", login="cp_map"
        )

    def test_where_one_came_from_is_not_counted_as_left_out(self):
        self.env = self.env(context={**self.env.context, "no_reset_password": True})
        company = self.env["res.partner"].create({"name": "Crowd", "is_company": True})
        people = self.env["res.partner"].create(
            [
                {"name": f"Crowd {number:02}", "parent_id": company.id}
                for number in range(65)
            ]
        )
        new_test_user(self.env, "cp_map", groups=SALES)
        # the newest find room first: the first of them finds none
        self.start_tour(
            f"/odoo/res.partner/{people[0].id}",
            "contact_person_map_left_out",
            login="cp_map",
        )
