import base64
from datetime import date, datetime

from lxml import etree

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .field_common import OPTIONS, FieldCase

FILE = (
    "Name;E-mail;Vin;Wines;Country of birth;Visits;Score;Newsletter;Since;Seen at;"
    "Department\n"
    "Inger Skov;inger@skov.example;rouge;Red, White;Denmark;1.250;2,5;oui;"
    "29/02/2024;29/02/2024 12:30;Purchasing\n"
    "Jens Krat;jens@krat.example;purple;Pink;Atlantis;many;;;;;\n"
)


@tagged("post_install", "-at_install")
class TestFieldImport(FieldCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fr_FR")
        self.importer.tz = "Europe/Copenhagen"
        values = [
            ("Wine", "selection", {"option_ids": OPTIONS}),
            ("Wines", "tags", {"option_ids": OPTIONS}),
            ("Country of birth", "many2one", {"relation_model": "res.country"}),
            ("Visits", "integer", {}),
            ("Score", "float", {}),
            ("Newsletter", "boolean", {}),
            ("Since", "date", {}),
            ("Seen at", "datetime", {}),
            ("Department", "char", {}),
        ]
        made = self.Field.create(
            [{"name": n, "field_type": t, **more} for n, t, more in values]
        )
        self.fields = {field.name: field for field in made}
        self.fields["Wine"].update_field_translations("name", {"fr_FR": "Vin"})
        red = self.fields["Wine"].option_ids[0]
        red.update_field_translations("name", {"fr_FR": "Rouge"})

    def run_file(self, text=FILE, **options):
        jobs = self.env["contact.import"].with_user(self.importer)
        data = base64.b64encode(text.encode()).decode()
        return jobs.run_file("people.csv", data, options)

    def value(self, partner, label):
        return partner[self.fields[label].field_name]

    def test_a_file_fills_fields_by_their_label_in_any_language(self):
        result = self.run_file()
        first, second = result["rows"]
        self.assertEqual(first["fate"], "created", first)
        inger = self.Partner.browse(first["contact_id"])
        self.assertEqual(self.value(inger, "Wine"), "red")
        self.assertEqual(self.value(inger, "Wines").mapped("name"), ["Red", "White"])
        self.assertEqual(self.value(inger, "Country of birth"), self.denmark)
        self.assertEqual(self.value(inger, "Visits"), 1250)
        self.assertEqual(self.value(inger, "Score"), 2.5)
        self.assertIs(self.value(inger, "Newsletter"), True)
        self.assertEqual(self.value(inger, "Since"), date(2024, 2, 29))
        # half past twelve in Copenhagen
        self.assertEqual(self.value(inger, "Seen at"), datetime(2024, 2, 29, 11, 30))
        self.assertEqual(self.value(inger, "Department"), "Purchasing")
        self.assertNotIn("Purchasing", inger.comment or "")
        jens = self.Partner.browse(second["contact_id"])
        self.assertFalse(self.value(jens, "Wine"))
        for text in ("purple", "Pink", "Atlantis", "many"):
            self.assertIn(text, second["warning"])
            self.assertIn(text, jens.comment)

    def test_the_same_file_twice_changes_nothing(self):
        text = FILE.splitlines()[0] + "\n" + FILE.splitlines()[1] + "\n"
        self.run_file(text)
        [again] = self.run_file(text, on_duplicate="update")["rows"]
        self.assertEqual(again["fate"], "unchanged", again)

    def test_a_known_contact_gets_what_it_lacks(self):
        self.anna[self.fields["Visits"].field_name] = 3
        text = "Name;E-mail;Visits;Vin\nAnna Holm;anna.holm@nordvind.example;5;red\n"
        self.run_file(text, on_duplicate="fill_gaps")
        self.assertEqual(self.value(self.anna, "Visits"), 3)
        self.assertEqual(self.value(self.anna, "Wine"), "red")
        self.run_file(text, on_duplicate="update")
        self.assertEqual(self.value(self.anna, "Visits"), 5)

    def test_only_fields_that_name_the_place_and_are_open_are_offered(self):
        import_place = self.env.ref("contact_person.contact_field_place_import")
        wine, visits = self.fields["Wine"], self.fields["Visits"]
        wine.place_ids -= import_place
        visits.group_ids = self.env.ref("contact_person.group_contact_manager")
        mapping = self.env["contact.import.mapping"].with_user(self.importer)
        offered = dict(mapping.fields_get(["target"])["target"]["selection"])
        self.assertIn(self.fields["Score"].field_name, offered)
        self.assertNotIn(wine.field_name, offered)
        self.assertNotIn(visits.field_name, offered)
        [row, _other] = self.run_file()["rows"]
        inger = self.Partner.browse(row["contact_id"])
        self.assertFalse(self.value(inger, "Wine"))
        self.assertFalse(self.value(inger, "Visits"))

    @mute_logger("odoo.addons.base.models.ir_model")  # two with one label
    def test_a_label_of_odoo_goes_where_it_always_went(self):
        self.define("Phone")
        text = "Name;E-mail;Phone\nInger Skov;inger@skov.example;+45 40 12 34 56\n"
        [row] = self.run_file(text)["rows"]
        self.assertTrue(self.Partner.browse(row["contact_id"]).phone)

    def test_what_was_chosen_for_a_retired_field_is_forgotten(self):
        visits = self.fields["Visits"]
        self.run_file(mapping={"Score": visits.field_name})
        self.env["contact.import.mapping"].search([]).chosen = True
        visits.active = False
        result = self.run_file()
        self.assertEqual(len(result["rows"]), 2)

    def test_odoos_own_import_takes_them(self):
        wine, wines = self.fields["Wine"].field_name, self.fields["Wines"].field_name
        names = ["name", wine, wines, self.fields["Country of birth"].field_name]
        partners = self.Partner.with_user(self.manager)
        result = partners.load(names, [["Inger Skov", "White", "Red", "Denmark"]])
        inger = self.Partner.browse(result["ids"])
        self.assertEqual(inger[wine], "white")
        self.assertEqual(inger[wines], self.fields["Wines"].option_ids[0])
        self.assertFalse(result["messages"])


@tagged("post_install", "-at_install")
class TestFieldExport(FieldCase):
    def test_the_export_offers_what_names_the_place(self):
        field = self.define("Wine")
        name = field.field_name
        for model in ("res.partner", "res.users"):
            records = self.env[model].with_user(self.manager)
            offered = records.fields_get([name], ["exportable"])
            self.assertTrue(offered[name]["exportable"])
        field.place_ids -= self.env.ref("contact_person.contact_field_place_export")
        for model in ("res.partner", "res.users"):
            records = self.env[model].with_user(self.manager)
            offered = records.fields_get([name], ["exportable"])
            self.assertFalse(offered[name]["exportable"])
            self.assertEqual(records.fields_get([name], ["type"])[name]["type"], "char")


@tagged("post_install", "-at_install")
class TestFieldLead(FieldCase):
    def setUp(self):
        super().setUp()
        self.place = self.env.ref("contact_person.contact_field_place_lead")
        places = {"place_ids": [Command.link(self.place.id)]}
        self.wine = self.define("Wine", "selection", option_ids=OPTIONS, **places)
        self.wines = self.define("Wines", "tags", option_ids=OPTIONS, **places)
        self.Lead = self.env["crm.lead"].with_user(self.sales)
        self.names = self.wine.field_name, self.wines.field_name

    def lead(self, **values):
        return self.Lead.create(
            {"name": "Deal", "type": "opportunity", "user_id": self.sales.id, **values}
        )

    def test_a_lead_has_the_field_only_in_its_place(self):
        other = self.define("Other").field_name
        arch = etree.fromstring(self.Lead.get_view(None, "form")["arch"])
        shown = arch.xpath("//page[@name='contact_fields']//field/@name")
        self.assertEqual(shown, list(self.names))
        self.assertNotIn(other, self.env["crm.lead"]._fields)
        self.wine.place_ids -= self.place
        arch = etree.fromstring(self.Lead.get_view(None, "form")["arch"])
        self.assertFalse(arch.xpath(f"//field[@name='{self.names[0]}']"))

    def test_what_is_typed_goes_to_the_contact_that_is_made(self):
        wine, wines = self.names
        red = self.wines.option_ids[0]
        lead = self.lead(
            contact_name="Inger Skov", partner_name="Skov A/S",
            **{wine: "red", wines: red.ids},
        )  # fmt: skip
        lead._handle_partner_assignment(create_missing=True)
        self.assertEqual(lead.partner_id.name, "Inger Skov")
        self.assertEqual(lead.partner_id[wine], "red")
        self.assertEqual(lead.partner_id[wines], red)
        self.assertFalse(lead.partner_id.parent_id[wine])

    def test_a_lead_and_its_contact_have_the_same(self):
        wine, wines = self.names
        self.anna[wine] = "white"
        white = self.wines.option_ids[1]
        lead = self.lead(**{wine: "red", wines: white.ids})
        lead.partner_id = self.anna
        self.assertEqual(lead[wine], "white")
        self.assertEqual(self.anna[wines], white)
        lead[wine] = "red"
        self.assertEqual(self.anna[wine], "red")
        other = self.lead(partner_id=self.anna.id)
        self.assertEqual(other[wine], "red")
        self.anna.with_user(self.sales)[wine] = "white"
        self.assertEqual((lead + other).mapped(wine), ["white", "white"])

    def test_a_company_takes_nothing(self):
        lead = self.lead(**{self.names[0]: "red"})
        lead.partner_id = self.nordvind
        self.assertFalse(self.nordvind[self.names[0]])
        self.assertEqual(lead[self.names[0]], "red")

    def test_a_field_that_is_required_is_asked_for_when_the_contact_is_made(self):
        self.wine.required = True
        lead = self.lead(contact_name="Inger Skov")
        with self.assertRaises(ValidationError):
            lead._handle_partner_assignment(create_missing=True)
        lead[self.names[0]] = "red"
        lead._handle_partner_assignment(create_missing=True)
        with self.assertRaises(ValidationError):
            lead[self.names[0]] = False

    def test_a_merge_of_leads_loses_no_value(self):
        wine, wines = self.names
        red, white = self.wines.option_ids
        first = self.lead(**{wines: red.ids})
        second = self.lead(**{wine: "white", wines: white.ids})
        kept = (first + second).merge_opportunity()
        self.assertEqual(kept[wine], "white")
        self.assertEqual(kept[wines], red + white)

    def test_a_merge_keeps_what_is_closed_to_the_user(self):
        wine = self.names[0]
        first, second = self.lead(), self.lead(**{wine: "white"})
        self.wine.group_ids = self.env.ref("contact_person.group_contact_manager")
        both = (first + second).with_user(self.sales)
        both.sudo().user_id = self.sales
        kept = both.merge_opportunity()
        self.assertEqual(kept.sudo()[wine], "white")

    def test_what_is_typed_on_leads_is_not_deleted_without_a_question(self):
        field = self.define("Typed")
        field.place_ids += self.place
        self.lead(**{field.field_name: "x"})
        with self.assertRaisesRegex(UserError, "leads"):
            field.unlink()

    def test_a_closed_field_is_closed_on_leads_too(self):
        self.wine.group_ids = self.env.ref("contact_person.group_contact_manager")
        self.assertNotIn(self.names[0], self.Lead.fields_get())
        arch = etree.fromstring(self.Lead.get_view(None, "form")["arch"])
        self.assertFalse(arch.xpath(f"//field[@name='{self.names[0]}']"))

    def test_the_place_makes_and_the_deletion_drops_the_column_of_leads(self):
        field = self.define("Late")
        name = field.field_name
        self.lead()
        field.place_ids += self.place
        lead = self.lead(**{name: "x"})
        field.place_ids -= self.place
        self.assertEqual(lead[name], "x")
        field.action_delete_forced(name)
        self.assertNotIn(name, self.env["crm.lead"]._fields)
