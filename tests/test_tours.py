from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import MANAGER, SALES


@tagged("post_install", "-at_install")
class TestTours(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "no_reset_password": True})
        cls.company = cls.env["res.partner"].create(
            {"name": "Tour Wind A/S", "is_company": True}
        )
        cls.env["res.partner"].create(
            {
                "name": "Amalie Tourholm",
                "email": "amalie@tourwind.example",
                "parent_id": cls.company.id,
            }
        )
        new_test_user(cls.env, "cp_tour", groups=SALES)
        new_test_user(cls.env, "cp_tour_manager", groups=MANAGER)
        cls.heir = new_test_user(
            cls.env, "cp_tour_heir", groups=SALES, name="Tour Heir"
        )

    @mute_logger("odoo.http")  # logs the refusal that the tour provokes
    def test_typing_a_contact_shows_similar_ones(self):
        self.start_tour(
            "/odoo/contact-persons", "contact_person_similar", login="cp_tour"
        )
        found = self.env["res.partner"].search([("name", "=", "Nikoline Tourdal")])
        self.assertEqual(len(found), 1)
        self.assertEqual(found.contact_state, "draft")

    def test_a_phone_is_enough_to_save_a_contact(self):
        self.start_tour(
            "/odoo/contact-persons", "contact_person_one_field", login="cp_tour"
        )
        found = self.env["res.partner"].search([("phone", "=", "+45 70 20 30 41")])
        self.assertEqual(found.name, "+45 70 20 30 41")
        self.assertFalse(found.contact_last_name)

    def test_who_voids_a_contact_is_back_in_the_list(self):
        contact = self.env["res.partner"].create({"name": "Nanna Tourvoid"})
        self.start_tour("/odoo/contact-persons", "contact_person_void", login="cp_tour")
        self.assertEqual(contact.contact_state, "obsolete")

    def test_who_undoes_a_job_change_is_back_at_the_contact(self):
        contact = self.env["res.partner"].create({"name": "Nanna Tourjob"})
        self.start_tour(
            "/odoo/contact-persons", "contact_person_undo_job_change", login="cp_tour"
        )
        self.assertTrue(contact.active)
        self.assertFalse(contact.contact_current_id)

    def test_a_contact_is_added_from_its_company(self):
        self.start_tour(
            f"/odoo/res.partner/{self.company.id}",
            "contact_person_add_from_company",
            login="cp_tour",
        )
        found = self.env["res.partner"].search([("name", "=", "Viggo Tourgaard")])
        self.assertEqual(found.parent_id, self.company)

    def test_a_file_is_imported_through_the_wizard(self):
        self.start_tour(
            "/odoo/action-contact_person.contact_import_action",
            "contact_person_import",
            login="cp_tour_manager",
        )
        job = self.env["contact.import"].search([], limit=1)
        self.assertEqual(job.state, "running")
        self.assertEqual((job.created_count, job.rejected_count), (3, 1))

    def test_contacts_are_transferred_from_the_list_and_come_back(self):
        people = self.env["res.partner"].create(
            [{"name": f"Transfer Tourby {n}"} for n in range(3)]
        )
        self.start_tour(
            "/odoo/contact-persons",
            "contact_person_transfer",
            login="cp_tour_manager",
        )
        self.env.invalidate_all()
        log = self.env["contact.transfer.log"].search([], limit=1)
        self.assertEqual(log.contact_count, 3)
        self.assertEqual(log.user_id, self.heir)
        self.assertTrue(log.undo_date)
        self.assertFalse(people.user_id)

    def test_the_overview_counts_and_draws_the_scenes(self):
        self.start_tour(
            "/odoo/contact-overview", "contact_person_dashboard", login="cp_tour"
        )
