from odoo import fields
from odoo.tests import tagged

from .common import ContactCase


@tagged("post_install", "-at_install")
class TestHierarchy(ContactCase):
    """Counts over a company and all below it are those of stock, and cheap."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Partner = cls.env["res.partner"]
        cls.group = Partner.create({"name": "Zephyr Group", "is_company": True})
        cls.branch = Partner.create(
            {"name": "Zephyr North", "is_company": True, "parent_id": cls.group.id}
        )
        cls.people = Partner.create(
            [
                {"name": f"Person {n}", "parent_id": company.id}
                for company in (cls.group, cls.branch)
                for n in range(3)
            ]
        )
        cls.people[5].active = False
        cls.other = Partner.create({"name": "Elsewhere", "is_company": True})

    def lead(self, partner, **values):
        values = {"name": "Deal", "type": "opportunity", **values}
        return self.env["crm.lead"].create({"partner_id": partner.id, **values})

    def test_opportunities_of_all_below_count_up_to_the_top(self):
        self.lead(self.group)
        self.lead(self.people[0])
        self.lead(self.people[4], active=False)
        self.lead(self.people[5])
        self.lead(self.other)
        self.assertEqual(self.group.opportunity_count, 4)
        self.assertEqual(self.branch.opportunity_count, 2)
        self.assertEqual(self.people.mapped("opportunity_count"), [1, 0, 0, 0, 1, 1])
        both = self.group + self.branch + self.other
        both.invalidate_recordset()
        self.assertEqual(both.mapped("opportunity_count"), [4, 2, 1])
        action = self.branch.action_view_opportunity()
        found = self.env["crm.lead"].with_context(active_test=False)
        self.assertEqual(found.search_count(action["domain"]), 2)

    def test_what_is_not_yet_in_the_database_counts(self):
        lead, person = self.lead(self.other), self.people[0]
        self.env.flush_all()
        lead.partner_id = person
        self.assertEqual(self.group.opportunity_count, 1)
        person.parent_id = self.other
        both = self.group + self.other
        both.invalidate_recordset(["opportunity_count"], flush=False)
        self.assertEqual(both.mapped("opportunity_count"), [0, 1])

    def test_meetings_of_all_below_count_once(self):
        meeting = {
            "start": fields.Datetime.now(),
            "stop": fields.Datetime.now(),
            "user_id": False,
        }
        visit = self.env["calendar.event"].create(
            {
                **meeting,
                "name": "Visit",
                "partner_ids": (self.people[3] + self.people[4]).ids,
            }
        )
        call = self.env["calendar.event"].create(
            {**meeting, "name": "Call", "partner_ids": self.people[0].ids}
        )
        self.assertEqual(self.group.meeting_count, 2)
        self.assertEqual(self.branch.meeting_count, 1)
        self.assertEqual(self.other.meeting_count, 0)
        found = (self.group + self.branch + self.other)._compute_meeting()
        self.assertEqual(set(found[self.group.id]), {visit.id, call.id})
        self.assertEqual(found[self.branch.id], [visit.id])
        self.assertEqual(found[self.other.id], [])

    def test_a_number_that_is_also_elsewhere_is_shown(self):
        self.group.write({"vat": "DK12345674", "company_registry": "R-1"})
        self.assertFalse(self.group.same_vat_partner_id)
        self.assertFalse(self.group.same_company_registry_partner_id)
        self.branch.write({"vat": "DK12345674", "company_registry": "R-1"})
        self.group.invalidate_recordset()
        self.assertFalse(self.group.same_vat_partner_id, "below the company")
        self.other.write({"vat": "DK12345674", "company_registry": "R-1"})
        self.group.invalidate_recordset()
        self.assertEqual(self.group.same_vat_partner_id, self.other)
        self.assertEqual(self.group.same_company_registry_partner_id, self.other)

    def test_a_number_is_known_in_each_spelling(self):
        denmark = self.env.ref("base.dk").id
        greece = self.env.ref("base.gr").id
        for country, mine, theirs in (
            (denmark, "DK12345674", "12345674"),
            (denmark, "12345674", "DK12345674"),
            (greece, "123456783", "EL123456783"),
        ):
            self.group.with_context(no_vat_validation=True).write(
                {"vat": mine, "country_id": country}
            )
            self.other.with_context(no_vat_validation=True).write(
                {"vat": theirs, "country_id": country}
            )
            self.group.invalidate_recordset()
            self.assertEqual(self.group.same_vat_partner_id, self.other, mine)
