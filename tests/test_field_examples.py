from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .field_common import FieldCase


@tagged("post_install", "-at_install")
class TestFieldExamples(FieldCase):
    def setUp(self):
        super().setUp()
        for lang in ("fr_FR", "da_DK"):
            self.env["res.lang"]._activate_lang(lang)
        module = self.env["ir.module.module"]._get("contact_person")
        module._update_translations(["fr_FR", "da_DK"])
        self.examples = self.env["contact.field.example"].with_user(self.manager)

    def test_the_gallery_is_ready_in_three_languages(self):
        examples = self.examples.search([])
        self.assertGreaterEqual(len(examples), 12)
        for example in examples:
            french = example.with_context(lang="fr_FR")
            danish = example.with_context(lang="da_DK")
            lines = [
                len((each.options or "").splitlines())
                for each in (example, french, danish)
            ]
            with self.subTest(example=example.name):
                self.assertEqual(len(set(lines)), 1)
                self.assertNotEqual(example.help, french.help)
                self.assertNotEqual(example.help, danish.help)

    @mute_logger("odoo.addons.base.models.ir_model")  # labels that others use too
    def test_one_click_adds_one(self):
        examples = self.examples.search([])
        self.assertFalse(any(examples.mapped("added")))
        examples.with_context(lang="fr_FR").action_add()
        for example in examples:
            with self.subTest(example=example.name):
                self.assertTrue(example.added)
                self.assertIn(example.field_ids.field_name, self.Partner._fields)
        example = self.env.ref("contact_person.contact_field_example_channel")
        name = example.field_ids.field_name
        self.assertEqual(name, "x_contact_preferred_channel")
        for lang, label, option in (
            ("en_US", "Preferred channel", "Phone"),
            ("fr_FR", "Canal préféré", "Téléphone"),
            ("da_DK", "Foretrukken kanal", "Telefon"),
        ):
            partners = self.Partner.with_context(lang=lang)
            described = partners.fields_get([name])[name]
            self.assertEqual(described["string"], label)
            self.assertIn(("phone", option), described["selection"])

    def test_what_was_added_is_not_added_twice(self):
        example = self.examples.search([], limit=1)
        example.action_add()
        example.field_ids.active = False
        example.action_add()
        fields = self.Field.with_context(active_test=False)
        self.assertEqual(fields.search_count([("example_id", "=", example.id)]), 1)
        with self.assertRaises(AccessError):
            example.with_user(self.sales).action_add()
