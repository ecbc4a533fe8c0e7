"""Mailings reach no contact that their sender may not see, and tell of none."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.access.base_mailing import SENDER
from ...models.consent.ir_module_module import FIELD
from .test_mailing import MailingCase


@tagged("post_install", "-at_install")
class TestMailingAccess(MailingCase):
    def setUp(self):
        super().setUp()
        self.anna.contact_visibility = "private"
        self.mine = self.env["crm.lead"].create(
            [
                {"name": "hers", "partner_id": self.anna.id},
                {"name": "his", "partner_id": self.bo.id},
                {"name": "an address", "email_from": "lead@nowhere.example"},
            ]
        )
        with self.assertRaises(AccessError):
            self.anna.with_user(self.marketer).read(["email"])

    def reached(self, mailing):
        """Launch a mailing as its owner, have the server send it; the addresses."""
        mailing.write({"state": "in_queue"})
        self.env.cr.flush()
        self.env.invalidate_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "mass_mailing.ir_cron_mass_mailing_queue"
            ).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(mailing.sudo().state, "done")
        return set(self.traces(mailing))

    def plain(self, domain, model="res.partner", **values):
        return self.mailing(domain, model, **{FIELD: False, **values})

    def test_a_hidden_contact_is_not_written_to(self):
        everybody = self.people(self.anna | self.bo)
        self.assertEqual(self.reached(self.plain(everybody)), {self.bo.email})
        for domain in (self.people(self.anna), [("phone", "=", self.anna.phone)]):
            self.assertFalse(self.reached(self.plain(domain)))

    def test_who_sees_all_reaches_all(self):
        mailing = self.mailing(
            self.people(self.anna | self.bo), user=self.env.user, **{FIELD: False}
        )
        self.assertEqual(self.reached(mailing), {self.anna.email, self.bo.email})

    def test_nobody_sends_in_the_name_of_another(self):
        other = {"user_id": self.env.uid, SENDER: self.env.uid}
        mailing = self.plain(self.people(self.anna), **other)
        self.assertEqual(mailing[SENDER], self.marketer)
        mailing.write(other)
        self.assertFalse(self.reached(mailing))
        # nor by what somebody else has prepared, or Odoo copies
        prepared = self.mailing(user=self.env.user, **{FIELD: False})
        taken = prepared.with_user(self.marketer)
        taken.mailing_domain = repr(self.people(self.anna))
        self.assertFalse(self.reached(taken))
        self.assertEqual(mailing.sudo().copy()[SENDER], self.marketer)

    def test_documents_of_hidden_customers_are_left_out(self):
        leads = self.people(self.mine)
        reached = self.reached(self.plain(leads, "crm.lead"))
        self.assertEqual(reached, {self.bo.email, "lead@nowhere.example"})

    def test_the_filter_learns_nothing_of_hidden_contacts(self):
        self.mine[2].message_subscribe(self.anna.ids)
        address = [("id", "=", self.mine[2].id)]
        for path in ("message_partner_ids.email", "message_partner_ids.phone"):
            value = self.anna[path.partition(".")[2]]
            domain = [*address, (path, "=", value)]
            self.assertTrue(self.mine.search(domain))
            self.assertFalse(self.reached(self.plain(domain, "crm.lead")))
        self.assertTrue(self.reached(self.plain(address, "crm.lead")))

    def test_a_company_is_not_found_by_who_is_hidden_there(self):
        company = self.env["res.partner"].create(
            {"name": "Both A/S", "is_company": True, "email": "both@nowhere.example"}
        )
        (self.anna | self.bo).sudo().parent_id = company
        address = ("id", "=", company.id)
        for person, found in ((self.anna, set()), (self.bo, {company.email})):
            for condition in (
                ("child_ids", "any", [("email", "=", person.email)]),
                ("child_ids.email", "=", person.email),
                ("child_ids", "in", person.ids),
                ("child_ids", "ilike", person.name),
            ):
                with self.subTest(condition):
                    reached = self.reached(self.plain([address, condition]))
                    self.assertEqual(reached, found)
