from datetime import date, datetime

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .field_common import OPTIONS, PIXEL, FieldCase


@tagged("post_install", "-at_install")
class TestFields(FieldCase):
    def test_every_type_is_made_written_read_and_searched(self):
        made = self.define_all()
        tag = made["tags"].option_ids[0]
        values = {
            "char": "Riesling",
            "text": "two\nlines",
            "html": "<p>bold</p>",
            "integer": 7,
            "float": 2.5,
            "monetary": 9.5,
            "boolean": True,
            "date": date(2024, 2, 29),
            "datetime": datetime(2024, 2, 29, 12, 0),
            "selection": "red",
            "tags": tag,
            "many2one": self.denmark,
            "email": "a@b.example",
            "phone": "+45 12345678",
            "url": "https://b.example",
            "image": PIXEL,
            "file": PIXEL,
        }
        names = {kind: field.field_name for kind, field in made.items()}
        anna = self.anna.with_user(self.sales)
        anna.write(
            {
                names[kind]: value.ids
                if kind == "tags"
                else value.id
                if kind == "many2one"
                else value
                for kind, value in values.items()
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        partners = self.Partner.with_user(self.sales)
        for kind, value in values.items():
            with self.subTest(kind=kind):
                self.assertEqual(anna[names[kind]], value)
                found = partners.search([(names[kind], "!=", False)])
                self.assertEqual(found, anna)
                self.assertTrue(made[kind]._contact_has_data())
        for kind in ("char", "selection", "tags", "many2one", "date", "boolean"):
            by = names[kind] + (":month" if kind == "date" else "")
            groups = partners._read_group([], [by], ["__count"])
            self.assertGreater(len(groups), 1, kind)
        self.allow_export(self.sales)
        exported = anna.export_data([names["char"], names["selection"]])["datas"]
        self.assertEqual(exported, [["Riesling", "Red"]])

    @mute_logger("odoo.addons.base.models.ir_model")  # two with one label
    def test_the_technical_name_is_suggested_and_stays(self):
        field = self.define("Yndlings-øl & vin")
        self.assertEqual(field.field_name, "x_contact_yndlings_oel_vin")
        again = self.define("Yndlings-øl & vin")
        self.assertEqual(again.field_name, "x_contact_yndlings_oel_vin_2")
        self.assertTrue(self.define("最爱").field_name.startswith("x_contact_field"))
        with self.assertRaises(UserError):
            field.field_name = "x_contact_other"
        with self.assertRaises(UserError):
            field.field_type = "text"
        for bad in ("name", "x_wine", "x_contact_A", "x_contact_a; drop table"):
            with self.assertRaises(UserError):
                self.define("Bad", field_name=bad)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_two_fields_of_one_call_with_one_label_get_two_names(self):
        first, second = self.Field.create([{"name": "Wine"}, {"name": "Wine"}])
        self.assertNotEqual(first.field_name, second.field_name)
        self.assertIn(second.field_name, self.Partner._fields)

    def test_only_managers_define_fields(self):
        for user in (self.sales, self.clerk, self.importer):
            with self.assertRaises(AccessError):
                self.Field.with_user(user).create({"name": "Wine"})

    def test_labels_and_options_follow_in_every_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        field = self.define("Wine", "selection", option_ids=OPTIONS)
        name = field.field_name
        self.anna[name] = "red"
        field.update_field_translations("name", {"fr_FR": "Vin"})
        red = field.option_ids[0]
        red.update_field_translations("name", {"fr_FR": "Rouge"})
        french = self.Partner.with_context(lang="fr_FR").fields_get([name])[name]
        self.assertEqual(french["string"], "Vin")
        self.assertIn(("red", "Rouge"), french["selection"])
        red.name = "Dark red"
        field.name = "Drink"
        english = self.Partner.with_context(lang="en_US").fields_get([name])[name]
        self.assertEqual(english["string"], "Drink")
        self.assertIn(("red", "Dark red"), english["selection"])
        self.assertEqual(self.anna[name], "red")

    def test_an_option_in_use_is_not_deleted(self):
        for kind in ("selection", "tags"):
            field = self.define(f"Wine {kind}", kind, option_ids=OPTIONS)
            red, white = field.option_ids
            self.anna[field.field_name] = red.ids if kind == "tags" else red.value
            with self.assertRaises(UserError):
                red.unlink()
            white.unlink()
            self.assertEqual(field.option_ids, red)
            field.option_ids = [Command.create({"name": "Rosé"})]
            rose = field.option_ids - red
            self.assertEqual(rose.value, "rose")
            self.bo[field.field_name] = rose.ids if kind == "tags" else "rose"

    def test_a_default_is_for_contact_persons(self):
        name = self.define("Stars", "integer", default_value="3").field_name
        ida, firm = self.Partner.with_user(self.sales).create(
            [{"name": "Ida Lund"}, {"name": "Firm", "is_company": True}]
        )
        self.assertEqual(ida[name], 3)
        self.assertFalse(firm[name])

    def test_a_default_of_options_is_named_as_users_see_it(self):
        field = self.define("Wine", "selection", option_ids=OPTIONS)
        for text in ("white", "White", "WHITE"):
            field.default_value = text
            ida = self.Partner.with_user(self.sales).create({"name": "Ida Lund"})
            self.assertEqual(ida[field.field_name], "white")

    def test_a_default_that_does_not_fit_is_told_what_to_be(self):
        for kind, value, advice in (
            ("integer", "three", "whole number"),
            ("integer", "99999999999", "whole number"),
            ("monetary", "nan", "decimal point"),
            ("boolean", "perhaps", "true or false"),
            ("date", "2024-13-01", "2024-02-29"),
            ("datetime", "soon", "in UTC"),
            ("selection", "Pink", "Red, White"),
            ("file", "x", "no default"),
        ):
            with self.subTest(kind=kind, value=value):
                options = OPTIONS if kind == "selection" else []
                with self.assertRaises(ValidationError) as raised:
                    self.define("Bad", kind, default_value=value, option_ids=options)
                for text in (f"“{value}”", "“Bad”", advice):
                    self.assertIn(text, str(raised.exception))

    def test_what_the_form_hides_for_a_type_is_taken_back(self):
        with Form(self.Field) as form:
            form.name = "Photo"
            form.tracking = form.indexed = True
            form.default_value = "x"
            form.field_type = "image"
        self.assertFalse(form.record.tracking or form.record.indexed)
        self.assertFalse(form.record.default_value)

    def test_a_required_field_is_asked_for_on_every_way_in(self):
        field = self.define("Wine", required=True)
        name = field.field_name
        partners = self.Partner.with_user(self.sales)
        with self.assertRaises(ValidationError):
            partners.create({"name": "Ida Lund"})
        partners.create({"name": "Firm", "is_company": True})
        ida = partners.create({"name": "Ida Lund", name: "Riesling"})
        with self.assertRaises(ValidationError):
            ida[name] = False
        self.anna.with_user(self.sales).function = "Buyer"
        self.env["res.users"].with_user(self.env.ref("base.user_admin")).create(
            {"name": "New Colleague", "login": "new_colleague"}
        )
        # last: what an import rolls back takes the column of this test along
        result = partners.load(["name"], [["Ida Lund"]])
        self.assertFalse(result["ids"])
        self.assertIn("Wine", result["messages"][0]["message"])

    def test_a_condition_decides_whether_a_required_field_is_asked_for(self):
        france = [("country_id", "=", self.france.id)]
        name = self.define("Wine", required=True, visible_if=repr(france)).field_name
        partners = self.Partner.with_user(self.sales)
        ida = partners.create({"name": "Ida Lund"})
        with self.assertRaises(ValidationError):
            ida.country_id = self.france
        ida.write({"country_id": self.france.id, name: "Riesling"})

    def test_a_condition_that_a_form_cannot_judge_is_refused(self):
        for bad in (
            "[('parent_id.name', '=', 'x')]",
            "[('name', 'ilike', 'x')]",
            "[('nothing', '=', 1)]",
            "nonsense",
            "[('contact_birthdate', '=', '2024-01-01')]",
        ):
            with self.subTest(bad=bad), self.assertRaises(ValidationError):
                self.define("Wine", visible_if=bad)

    def test_master_data_feeds_the_draft_rule(self):
        before = self.Partner._contact_master_data()
        self.addCleanup(self.Partner._contact_set_master_data, before)
        field = self.define("Wine", is_master_data=True)
        self.env.flush_all()
        self.assertEqual(self.anna.contact_state, "draft")
        self.assertIn("Wine", self.anna.contact_missing_data)
        self.anna[field.field_name] = "Riesling"
        self.assertEqual(self.anna.contact_state, "active")
        field.active = False
        self.assertEqual(self.Partner._contact_master_data(), before)
        field.active = True
        self.Partner._contact_set_master_data(before)
        self.assertFalse(field.is_master_data)

    def test_tracked_changes_are_noted(self):
        field = self.define("Wine", tracking=True)
        self.assertIn(field.field_name, self.Partner._track_get_fields())
        field.tracking = False
        self.assertNotIn(field.field_name, self.Partner._track_get_fields())
        with self.assertRaises(ValidationError):
            self.define("Photo", "image", tracking=True)

    def test_a_closed_field_is_closed_on_every_way_in(self):
        group = self.env.ref("contact_person.group_contact_manager")
        name = self.define("Secret", group_ids=group.ids).field_name
        self.allow_export(self.sales)
        self.anna[name] = "hush"
        anna = self.anna.with_user(self.sales)
        partners = self.Partner.with_user(self.sales)
        login = self.env["res.users"].with_user(self.sales)
        ways = [
            lambda: anna.read([name]),
            lambda: anna[name],
            lambda: anna.write({name: "x"}),
            lambda: partners.create({"name": "Ida", name: "x"}),
            lambda: partners.search([(name, "=", "hush")]),
            lambda: partners.search([], order=name),
            lambda: partners._read_group([], [name]),
            lambda: partners._read_group([], [], [f"{name}:count_distinct"]),
            lambda: anna.export_data([name]),
            lambda: partners.search([(f"child_ids.{name}", "=", "hush")]),
            lambda: login.search([(name, "=", "hush")]),
            lambda: self.sales.with_user(self.sales).read([name]),
        ]
        for index, way in enumerate(ways):
            with self.subTest(way=index), self.assertRaises(AccessError):
                way()
        self.assertNotIn(name, partners.fields_get())
        self.assertNotIn(name, login.fields_get())
        self.assertEqual(self.anna.with_user(self.manager)[name], "hush")

    def test_a_closed_field_that_is_master_data_shows_no_error(self):
        before = self.Partner._contact_master_data()
        self.addCleanup(self.Partner._contact_set_master_data, before)
        group = self.env.ref("contact_person.group_contact_manager")
        self.define("Secret", group_ids=group.ids, is_master_data=True)
        self.assertTrue(self.anna.with_user(self.sales).contact_missing_data)

    def test_a_field_with_data_is_deleted_only_with_a_typed_confirmation(self):
        field = self.define("Wine")
        name = field.field_name
        self.anna[name] = "Riesling"
        with self.assertRaises(UserError):
            field.unlink()
        field.active = False
        self.assertEqual(self.anna[name], "Riesling")
        with self.assertRaises(UserError):
            field.action_delete_forced("wine")
        with self.assertRaises(AccessError):
            field.with_user(self.sales).action_delete_forced(name)
        field.action_delete_forced(name)
        self.assertFalse(field.exists())
        self.assertNotIn(name, self.Partner._fields)

    def test_a_field_that_something_uses_is_not_deleted(self):
        wine, depends = self.define("Wine"), self.define("Year")
        column = wine._contact_columns()
        rule = self.env["contact.duplicate.rule"].create(
            {
                "name": "Same wine",
                "condition_ids": [
                    Command.create({"field_id": column.id, "method": "exact"})
                ],
            }
        )
        with self.assertRaises(UserError):
            wine.unlink()
        depends.visible_if = repr([(wine.field_name, "=", "Riesling")])
        with self.assertRaises(UserError):
            wine.unlink()
        wine.action_delete_forced(wine.field_name)
        self.assertFalse(rule.active)
        self.assertFalse(depends.visible_if)

    def test_an_unused_field_is_deleted_with_its_column(self):
        for field in self.define_all().values():
            name = field.field_name
            field.unlink()
            self.assertNotIn(name, self.Partner._fields)
