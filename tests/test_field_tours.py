from odoo.tests import HttpCase, new_test_user, tagged

from .common import MANAGER, SALES


@tagged("post_install", "-at_install")
class TestFieldTours(HttpCase):
    """An administrator defines a field, a salesperson uses it at once."""

    def test_a_field_is_defined_and_used(self):
        self.addCleanup(self.registry.reset_changes)
        self.env = self.env(context={**self.env.context, "no_reset_password": True})
        new_test_user(self.env, "cp_tour_manager", groups=MANAGER)
        new_test_user(self.env, "cp_tour", groups=SALES)
        person = self.env["res.partner"].create({"name": "Nikoline Tourdal"})
        self.start_tour(
            "/odoo/action-contact_person.contact_field_action",
            "contact_person_define_field",
            login="cp_tour_manager",
        )
        name = "x_contact_favourite_harbour"
        self.assertIn(name, self.env["res.partner"]._fields)
        self.start_tour(
            f"/odoo/res.partner/{person.id}",
            "contact_person_use_field",
            login="cp_tour",
        )
        self.assertEqual(person[name], "skagen")
