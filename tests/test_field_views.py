from ast import literal_eval

from lxml import etree

from odoo import Command
from odoo.tests import Form, tagged

from .field_common import PIXEL, FieldCase

HOSTILE = (
    """Wine" string='x'/><script>alert(1)</script>]]> {{ 1 }} %(x)s <t t-esc="1"/>"""
)


@tagged("post_install", "-at_install")
class TestFieldViews(FieldCase):
    def arch(self, view, view_type, user=None, model="res.partner"):
        partners = self.env[model].with_user(user or self.sales)
        view_id = self.env.ref(view).id if view else None
        return etree.fromstring(partners.get_view(view_id, view_type)["arch"])

    def arches(self, user=None):
        """Return form, list and search of contact persons."""
        return (
            self.arch("base.view_partner_form", "form", user),
            self.arch("contact_person.res_partner_view_list", "list", user),
            self.arch("contact_person.res_partner_view_search", "search", user),
        )

    def shown(self, name, user=None):
        return [
            bool(arch.xpath(f"//field[@name='{name}'][not(@invisible='True')]"))
            for arch in self.arches(user)
        ]

    def test_a_field_appears_in_its_places_at_once(self):
        field = self.define("Wine", "selection")
        name = field.field_name
        self.assertEqual(self.shown(name), [True] * 3)
        search = self.arch("contact_person.res_partner_view_search", "search")
        self.assertTrue(search.xpath(f"//group/filter[@name='group_{name}']"))
        field.place_ids = self.env.ref("contact_person.contact_field_place_list")
        self.assertEqual(self.shown(name), [False, True, False])
        field.active = False
        self.assertEqual(self.shown(name), [False] * 3)
        self.assertIn(name, self.Partner._fields)

    def test_the_order_of_the_definitions_is_the_order_of_the_views(self):
        first, second = self.define("First", sequence=5), self.define("Second")
        form = self.arches()[0]
        names = form.xpath("//page[@name='contact_fields']//field/@name")
        self.assertEqual(names, [first.field_name, second.field_name])
        first.sequence = 20
        form = self.arches()[0]
        names = form.xpath("//page[@name='contact_fields']//field/@name")
        self.assertEqual(names, [second.field_name, first.field_name])

    def test_the_first_columns_are_shown_and_the_others_chosen(self):
        fields = self.Field.create([{"name": f"Wine {n}"} for n in range(6)])
        arch = self.arch("contact_person.res_partner_view_list", "list")
        nodes = [arch.xpath(f"//field[@name='{f.field_name}']")[0] for f in fields]
        optional = [node.get("optional") for node in nodes]
        self.assertEqual(optional, ["show"] * 4 + ["hide"] * 2)

    def test_pictures_and_files_are_found_by_being_there_and_by_name(self):
        photo, file = self.define("Photo", "image"), self.define("Paper", "file")
        self.anna[file.field_name] = self.anna[photo.field_name] = PIXEL
        beside = f"{file.field_name}_filename"
        self.anna[beside] = "agreement-2024.pdf"
        arch = self.arch("contact_person.res_partner_view_search", "search")
        partners = self.Partner.with_user(self.sales)
        for field, label in ((photo, "With: Photo"), (file, "With: Paper")):
            [node] = arch.xpath(f"//filter[@name='with_{field.field_name}']")
            self.assertEqual(node.get("string"), label)
            found = partners.search(literal_eval(node.get("domain")))
            self.assertEqual(found, self.anna)
        [node] = arch.xpath(f"//field[@name='{beside}']")
        self.assertEqual(node.get("string"), "Paper")
        self.assertEqual(partners.search([(beside, "ilike", "2024")]), self.anna)
        self.assertFalse(arch.xpath(f"//field[@name='{photo.field_name}']"))
        file.group_ids = self.env.ref("base.group_system")
        arch = self.arch("contact_person.res_partner_view_search", "search")
        self.assertFalse(arch.xpath(f"//field[@name='{beside}']"))

    def test_an_amount_comes_with_its_currency(self):
        currency = "//field[@name='contact_currency_id']"
        self.define("Wine")
        self.assertFalse([a for a in self.arches() if a.xpath(currency)])
        budget = self.define("Budget", "monetary", required=True)
        form, columns, _search = self.arches()
        self.assertEqual(form.xpath(currency)[0].get("invisible"), "1")
        self.assertEqual(columns.xpath(currency)[0].get("column_invisible"), "1")
        short = self.arch("base.view_partner_simple_form", "form")
        self.assertTrue(short.xpath(currency))
        budget.place_ids = False
        self.assertFalse(self.arches()[1].xpath(currency))

    def test_a_closed_field_is_in_no_view_of_others(self):
        group = self.env.ref("contact_person.group_contact_manager")
        name = self.define("Secret", group_ids=group.ids).field_name
        self.assertEqual(self.shown(name, self.manager), [True] * 3)
        self.assertEqual(self.shown(name), [False] * 3)
        self.assertEqual(self.shown(name, self.manager), [True] * 3)

    def test_a_link_to_what_a_user_may_not_read_is_not_offered(self):
        field = self.define(
            "Menu", "many2one", relation_model="ir.actions.server", required=True
        )
        self.assertEqual(self.shown(field.field_name), [False] * 3)
        self.assertEqual(self.shown(field.field_name, self.env.user), [True] * 3)
        made = self.env["res.partner"].with_user(self.sales).create({"name": "Liv"})
        self.assertFalse(made.sudo()[field.field_name])

    def test_a_client_cannot_have_fields_put_into_the_views_of_other_models(self):
        self.define("Wine")
        users = self.env["res.users"].with_context(contact_injecting=True)
        self.assertNotIn("x_contact_wine", users.get_view(None, "form")["arch"])

    def test_hostile_labels_break_nothing(self):
        field = self.define(HOSTILE, "selection", help=HOSTILE)
        option = Command.create({"name": HOSTILE})
        field.option_ids = [option]
        search = self.arches()[2]
        [node] = search.xpath(f"//filter[@name='group_{field.field_name}']")
        self.assertEqual(node.get("string"), HOSTILE)
        self.assertFalse(search.xpath("//script"))
        form = Form(self.Partner.with_user(self.sales), "base.view_partner_form")
        form.name = "Ida Lund"
        form[field.field_name] = field.option_ids.value
        self.assertEqual(form.save()[field.field_name], field.option_ids.value)

    def test_a_column_that_is_gone_is_skipped(self):
        country = self.define("Land", "many2one", relation_model="res.country")
        country._contact_columns().unlink()
        self.env["contact.field"]._contact_clear()
        self.assertEqual(self.shown(country.field_name), [False] * 3)
        country.name = "Former land"
        country.unlink()

    def test_a_form_asks_for_what_is_required_when_it_is_visible(self):
        france = [("country_id", "=", self.france.id)]
        name = self.define("Wine", required=True, visible_if=repr(france)).field_name
        form = Form(self.Partner.with_user(self.sales), "base.view_partner_form")
        form.name = "Ida Lund"
        self.assertTrue(form._get_modifier(name, "invisible"))
        form.country_id = self.france
        self.assertFalse(form._get_modifier(name, "invisible"))
        with self.assertRaisesRegex(AssertionError, name):
            form.save()
        form[name] = "Riesling"
        form.save()

    def test_a_required_field_is_in_the_short_form_too(self):
        name = self.define("Wine", required=True).field_name
        other = self.define("Year").field_name
        arch = self.arch("base.view_partner_simple_form", "form")
        self.assertTrue(arch.xpath(f"//field[@name='{name}']"))
        self.assertFalse(arch.xpath(f"//field[@name='{other}']"))

    def test_conditions_of_any_shape_become_expressions(self):
        tags = self.Partner.category_id.create([{"name": "A"}, {"name": "B"}])
        partner = self.anna
        partner.category_id = tags[0]
        field = self.define("Wine")
        for domain in (
            [("is_company", "=", False)],
            ["|", ("function", "=", "it's"), ("function", "=", False)],
            ["!", ("country_id", "in", [self.denmark.id])],
            [("category_id", "in", tags.ids), ("color", "<", 3)],
            [("category_id", "not in", tags[1].ids), ("email", "!=", False)],
            [("lang", "in", ["en_US", "da_DK"])],
        ):
            with self.subTest(domain=domain):
                field.visible_if = repr(domain)
                form = Form(partner.with_user(self.sales), "base.view_partner_form")
                self.assertEqual(
                    not form._get_modifier(field.field_name, "invisible"),
                    bool(partner.filtered_domain(domain)),
                )
