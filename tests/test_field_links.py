from odoo import Command
from odoo.tests import Form, tagged

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from .field_common import FieldCase


@tagged("post_install", "-at_install")
class TestFieldLinks(FieldCase):
    def choices(self, **context):
        fields = self.Field.with_context(**context).fields_get(["relation_choice"])
        return dict(fields["relation_choice"]["selection"])

    def test_what_a_salesperson_knows_is_offered(self):
        choices = self.choices()
        for name in (
            "res.partner",
            "res.users",
            "res.country",
            "res.currency",
            "crm.lead",
            "crm.team",
            "hr.department",
            "calendar.event",
        ):
            self.assertIn(name, choices)
        self.assertEqual(choices["res.country"], "Country")
        self.assertEqual(len(set(choices.values())), len(choices))
        self.assertEqual(
            list(choices.values()), sorted(choices.values(), key=str.lower)
        )

    def test_nothing_technical_is_offered(self):
        choices = self.choices()
        self.assertLess(len(choices), 80)
        for name in choices:
            model = self.env[name].with_user(self.sales)
            with self.subTest(name=name):
                self.assertFalse(model._abstract or model._transient)
                self.assertTrue(model._auto)
                self.assertTrue(model.has_access("read"))
                self.assertNotIn(name.split(".")[0], ("ir", "base", "mail", "contact"))

    def test_the_names_are_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        country = self.env["ir.model"]._get("res.country")
        country.with_context(lang="fr_FR").name = "Pays"
        self.assertEqual(self.choices(lang="fr_FR")["res.country"], "Pays")
        self.assertEqual(self.choices()["res.country"], "Country")

    def test_a_manager_of_contacts_alone_chooses_one(self):
        """He may not read the models of Odoo, which only its administrators do."""
        self.assertFalse(
            self.env["ir.model"].with_user(self.manager).has_access("read")
        )
        with Form(self.Field) as form:
            form.name = "Country of birth"
            form.field_type = "many2one"
            form.relation_choice = "res.country"
        field = form.record
        self.assertEqual(field.relation_model, "res.country")
        self.env.invalidate_all()
        [row] = field.web_read({"relation_choice": {}, "field_type": {}})
        self.assertEqual(row["relation_choice"], "res.country")
        self.anna.with_user(self.sales)[field.field_name] = self.denmark
        self.assertEqual(self.anna[field.field_name], self.denmark)

    def test_a_model_made_by_hand_is_offered_to_who_may_read_it(self):
        cellar = self.env["ir.model"].create({"name": "Cellar", "model": "x_cellar"})
        self.assertNotIn("x_cellar", self.choices())
        right = Command.create(
            {
                "name": "Cellar",
                "group_id": self.env.ref("base.group_user").id,
                "perm_read": True,
            }
        )
        cellar.access_ids = [right]
        self.assertEqual(self.choices()["x_cellar"], "Cellar")

    def test_what_a_definition_links_to_stays_even_when_it_is_gone(self):
        model = self.env["ir.model"].create({"name": "Cellar", "model": "x_cellar"})
        field = self.define("Cellar", "many2one", relation_model="x_cellar")
        # as when the app is uninstalled that brought the model
        model.with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()
        self.env["contact.field"]._contact_clear()
        self.assertEqual(self.choices()["x_cellar"], "x_cellar")
        [row] = field.web_read({"relation_choice": {}})
        self.assertEqual(row["relation_choice"], "x_cellar")
        self.define("Action", "many2one", relation_model="ir.actions.server")
        self.assertIn("ir.actions.server", self.choices())
