from base64 import b64decode, b64encode
from datetime import date, datetime

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from ..models.field.field_types import TYPES, WITH_OPTIONS
from .common import MANAGER, SALES
from .field_common import ColumnCase

# What the tour types, as the columns keep it; links and files are looked at apart.
TYPED = {
    "char": "Chablis",
    "text": "Two words",
    "integer": 42,
    "float": 2.5,
    "monetary": 1200.5,
    "boolean": True,
    "date": date(2024, 3, 15),
    "datetime": datetime(2024, 3, 15, 10, 30),
    "selection": "green",
    "email": "tour@fields.example",
    "phone": "+4533112233",
    "url": "https://fields.example",
    "file_filename": "tour.plain",
}


@tagged("post_install", "-at_install")
class TestFieldTours(ColumnCase, HttpCase):
    """An administrator defines a field, a salesperson uses it at once."""

    def setUp(self):
        super().setUp()
        self.env = self.env(context={**self.env.context, "no_reset_password": True})

    def test_a_field_is_defined_and_used(self):
        new_test_user(self.env, "cp_tour_manager", groups=MANAGER)
        new_test_user(self.env, "cp_tour", groups=SALES)
        person = self.env["res.partner"].create({"name": "Nikoline Tourdal"})
        self.start_tour(
            "/odoo/action-contact_person.res_partner_action",
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

    def test_a_contact_is_found_by_its_option_and_its_file(self):
        new_test_user(self.env, "cp_tour", groups=SALES)
        self.define_every_type()
        people = self.env["res.partner"].create(
            [{"name": "Nikoline Tourdal"}, {"name": "Troels Tourdal"}]
        )
        people.x_contact_tour_selection = "golf"
        people[0].x_contact_tour_file = b64encode(b"signed")
        people[0].x_contact_tour_file_filename = "tour-agreement.pdf"
        self.start_tour(
            "/odoo/action-contact_person.res_partner_action",
            "contact_person_search_field",
            login="cp_tour",
        )

    def define_every_type(self):
        """Make a field of every type; return a record that the link can take."""
        trade = self.env["res.partner.industry"].create({"name": "Tour Trade"})
        options = [Command.create({"name": name}) for name in ("Green", "Golf")]
        self.env["contact.field"].create(
            [
                {
                    "name": f"Tour {field_type}",
                    "field_name": f"x_contact_tour_{field_type}",
                    "field_type": field_type,
                    "relation_model": field_type == "many2one" and trade._name,
                    "option_ids": options if field_type in WITH_OPTIONS else [],
                }
                for field_type in TYPES
            ]
        )
        return trade

    def test_a_value_of_every_type_is_typed_into_the_form(self):
        new_test_user(self.env, "cp_tour", groups=SALES, tz="UTC")
        person = self.env["res.partner"].create({"name": "Nikoline Tourdal"})
        trade = self.define_every_type()
        self.start_tour(
            f"/odoo/res.partner/{person.id}",
            "contact_person_every_field",
            login="cp_tour",
        )
        found = {name: person[f"x_contact_tour_{name}"] for name in TYPED}
        self.assertEqual(found, TYPED)
        self.assertEqual(person.x_contact_tour_many2one, trade)
        self.assertEqual(person.x_contact_tour_tags.name, "Golf")
        self.assertIn("Rich words", person.x_contact_tour_html)
        self.assertTrue(person.x_contact_tour_image)
        self.assertEqual(b64decode(person.x_contact_tour_file), b"signed")
