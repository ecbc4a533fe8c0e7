from odoo.tests import HttpCase, new_test_user, tagged

from .common import SALES


@tagged("post_install", "-at_install")
class TestConnectionTours(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "no_reset_password": True})
        cls.user = new_test_user(cls.env, "cp_tour_connect", groups=SALES)
        cls.company = cls.env["res.partner"].create(
            {"name": "Tour Wind A/S", "is_company": True}
        )
        cls.env["res.partner"].create(
            [
                {"name": "Amalie Tourholm", "parent_id": cls.company.id},
                {"name": "Torben Tourskov"},
            ]
        )
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Tour wind park",
                "type": "opportunity",
                "user_id": cls.user.id,
            }
        )

    def tour(self, path, name):
        self.start_tour(path, name, login=self.user.login)

    def test_a_new_contact_is_connected_and_disconnected(self):
        self.tour("/odoo/contact-persons", "contact_person_connect")
        contact = self.env["res.partner"].search([("name", "=", "Gudrun Tourbaek")])
        self.assertFalse(contact.parent_id)
        customer, lead = contact.contact_relation_ids.sorted("id")
        self.assertEqual((customer.partner_id, customer.role), (self.company, "Board"))
        self.assertTrue(customer.date_end)
        self.assertEqual((lead.lead_id, lead.date_end), (self.lead, False))
        parent = contact.contact_account_relation_ids
        self.assertEqual(parent.contact_id.name, "Amalie Tourholm")

    def test_a_contact_is_connected_from_the_company_and_the_lead(self):
        for path in (
            f"/odoo/res.partner/{self.company.id}",
            f"/odoo/crm.lead/{self.lead.id}",
        ):
            with self.subTest(path=path):
                self.tour(path, "contact_person_account_persons")
        torben = self.env["res.partner"].search([("name", "=", "Torben Tourskov")])
        ended = torben.contact_relation_ids
        self.assertEqual(ended.partner_id, self.company)
        self.assertEqual(ended.lead_id, self.lead)
        self.assertTrue(all(ended.mapped("date_end")))
