from datetime import date, datetime

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.contact_person.models.field.conversion import conversions
from odoo.addons.contact_person.models.field.field_types import TYPES

from .field_common import FieldCase

OPTIONS = [Command.create({"name": "Dark red"}), Command.create({"name": "White"})]


@tagged("post_install", "-at_install")
class TestFieldOptions(FieldCase):
    def test_a_retired_option_stays_where_it_is_and_is_offered_no_more(self):
        field = self.define("Wine", "selection", option_ids=OPTIONS)
        name = field.field_name
        self.anna[name] = "dark_red"
        field.option_ids[0].active = False
        described = self.Partner.with_user(self.sales).fields_get([name])[name]
        self.assertEqual(described["retired"], ["dark_red"])
        self.assertIn(("dark_red", "Dark red"), described["selection"])
        self.env.invalidate_all()
        self.assertEqual(self.anna[name], "dark_red")
        self.assertEqual(self.Partner.search([(name, "=", "dark_red")]), self.anna)
        field.with_context(active_test=False).option_ids[0].active = True
        described = self.Partner.fields_get([name])[name]
        self.assertNotIn("retired", described)

    def test_a_retired_option_of_several_too(self):
        field = self.define("Wines", "tags", option_ids=OPTIONS)
        name, red = field.field_name, field.option_ids[0]
        self.anna[name] = red
        red.active = False
        self.env.invalidate_all()
        self.assertEqual(self.anna.with_user(self.sales)[name], red)
        options = self.env["contact.field.option"].with_user(self.sales)
        offered = options.name_search("", [("field_id", "=", field.id)])
        self.assertNotIn(red.id, dict(offered))
        spec = {name: {"fields": {"display_name": {}}}}
        [read] = self.anna.with_user(self.sales).web_read(spec)
        self.assertEqual(read[name], [{"id": red.id, "display_name": "Dark red"}])
        self.assertNotIn("context", self.Partner.fields_get([name])[name])
        self.anna.with_user(self.sales).write({name: [Command.unlink(red.id)]})
        self.assertFalse(self.anna[name])


@tagged("post_install", "-at_install")
class TestFieldConversion(FieldCase):
    def convert(self, field, new_type, user=None):
        wizards = self.env["contact.field.convert"].with_user(user or self.manager)
        wizards = wizards.with_context(**field.action_convert()["context"])
        wizard = wizards.create({"new_type": new_type})
        explanation = wizard.explanation
        wizard.action_apply()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(field.field_type, new_type)
        name = field.field_name
        self.assertEqual(self.Partner._fields[name].type, TYPES[new_type].ttype)
        column = field._contact_columns()[0]
        self.assertEqual(column.ttype, TYPES[new_type].ttype)
        return explanation

    def test_every_change_of_type_keeps_the_values(self):
        moment = datetime(2024, 2, 28, 23)
        cases = [
            ("char", "text", "Riesling", "Riesling"),
            ("char", "email", "a@b.example", "a@b.example"),
            ("char", "integer", "-7", -7),
            ("char", "html", "a < b", "<p>a &lt; b</p>"),
            ("text", "char", "one line", "one line"),
            ("text", "selection", "One line", "one_line"),
            ("text", "html", "a\nb", "<p>a<br/>b</p>"),
            ("url", "phone", "x", "x"),
            ("integer", "float", 7, 7.0),
            ("integer", "monetary", 7, 7.0),
            ("integer", "char", 7, "7"),
            ("float", "monetary", 2.5, 2.5),
            ("monetary", "float", 2.5, 2.5),
            ("date", "datetime", date(2024, 2, 29), moment),
            ("date", "char", date(2024, 2, 29), "2024-02-29"),
            ("selection", "char", "dark_red", "Dark red"),
            ("selection", "text", "dark_red", "Dark red"),
        ]
        self.manager.tz = "Europe/Copenhagen"
        kinds = {(old, new) for old, new, _one, _two in cases}
        for old, new, value, kept in cases:
            with self.subTest(old=old, new=new):
                self.assertIn(new, conversions(old))
                options = OPTIONS if old == "selection" else []
                field = self.define(f"Kind {old} {new}", old, option_ids=options)
                self.anna[field.field_name] = value
                self.assertIn("1", self.convert(field, new))
                self.assertEqual(self.anna[field.field_name], kept)
                found = self.Partner.search([(field.field_name, "!=", False)])
                self.assertEqual(found, self.anna)
        self.assertGreater(len(kinds), 12)

    def test_one_option_becomes_several(self):
        place = self.env.ref("contact_person.contact_field_place_lead")
        field = self.define(
            "Wine", "selection", option_ids=OPTIONS, place_ids=place.ids, indexed=True
        )
        name = field.field_name
        self.anna[name] = "dark_red"
        lead = self.env["crm.lead"].create({"name": "Deal", name: "white"})
        self.convert(field, "tags")
        self.assertEqual(self.anna[name].name, "Dark red")
        self.assertEqual(lead[name].name, "White")
        self.assertFalse(field.indexed)
        self.bo[name] = field.option_ids
        self.assertEqual(len(self.bo[name]), 2)

    def test_texts_become_options_when_they_are_few(self):
        field = self.define("Wine")
        name = field.field_name
        self.anna[name], self.bo[name] = "Riesling", "Pinot noir"
        self.convert(field, "selection")
        self.assertEqual(self.anna[name], "riesling")
        selection = self.Partner.fields_get([name])[name]["selection"]
        self.assertIn(("pinot_noir", "Pinot noir"), selection)
        self.bo.with_user(self.sales)[name] = "riesling"
        self.convert(field, "char")
        self.assertEqual(self.bo[name], "Riesling")
        self.assertFalse(field._contact_columns().selection_ids)

    def test_what_would_lose_a_value_is_refused(self):
        field = self.define("Wine")
        self.anna[field.field_name] = "Riesling"
        for new_type in ("integer", "date", "tags", "many2one"):
            with self.subTest(new_type=new_type), self.assertRaises(UserError):
                field._contact_convert(new_type)
        text = self.define("Story", "text")
        self.anna[text.field_name] = "two\nlines"
        for new_type in ("char", "selection"):
            with self.subTest(new_type=new_type), self.assertRaises(UserError):
                text._contact_convert(new_type)
        wizards = self.env["contact.field.convert"].with_user(self.manager)
        wizard = wizards.new({"field_id": text.id, "new_type": "char"})
        self.assertFalse(wizard.possible)
        self.assertIn("1", wizard.explanation)
        with self.assertRaises(AccessError):
            field.with_user(self.sales)._contact_convert("text")

    def test_only_what_loses_nothing_is_offered(self):
        field = self.define("Wine", "selection", option_ids=OPTIONS)
        wizards = self.env["contact.field.convert"].with_user(self.manager)
        wizard = wizards.with_context(**field.action_convert()["context"]).new()
        self.assertEqual(wizard.offered_types, "char,text,tags")
        types = [name for name, _label in wizard._fields["new_type"].selection(wizard)]
        self.assertEqual(types, list(TYPES))

    def test_a_field_that_a_condition_asks_for_keeps_its_type(self):
        wine = self.define("Wine")
        self.define("Year", visible_if=repr([(wine.field_name, "=", "x")]))
        with self.assertRaises(UserError):
            wine._contact_convert("text")

    def test_the_history_stays_readable(self):
        field = self.define("Visits", "integer", tracking=True)
        name = field.field_name
        self.flush_tracking()
        anna = self.anna.with_user(self.sales).with_context(tracking_disable=False)
        anna[name] = 7
        self.flush_tracking()
        self.convert(field, "float")
        values = self.env["mail.tracking.value"].search(
            [("field_id", "=", field._contact_columns()[0].id)]
        )
        [shown] = values._tracking_value_format()
        self.assertEqual(shown["newValue"], 7.0)
