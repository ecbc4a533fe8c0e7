from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import ContactCase


@tagged("post_install", "-at_install")
class TestTags(ContactCase):
    def setUp(self):
        super().setUp()
        self.tags = self.env["res.partner.category"]
        self.vip, self.fair = self.tags.create([{"name": "VIP"}, {"name": "Fair"}])
        self.as_sales = self.anna.with_user(self.sales)

    def test_a_tag_remembers_who_set_it_and_who_took_it_away(self):
        self.as_sales.category_id = self.vip | self.fair
        marks = self.anna.contact_tag_mark_ids
        self.assertEqual(marks.category_id, self.vip | self.fair)
        self.assertEqual(marks.user_id, self.sales)
        self.assertTrue(all(marks.mapped("date_start")))
        self.anna.with_user(self.manager).category_id -= self.vip
        gone = marks.filtered("date_end")
        self.assertEqual(gone.category_id, self.vip)
        self.assertEqual(gone.end_user_id, self.manager)
        self.as_sales.category_id += self.vip
        self.assertEqual(len(self.anna.contact_tag_mark_ids), 3)

    def test_a_contact_created_with_tags_has_marks(self):
        partner = self.Partner.with_user(self.sales).create(
            {"name": "Ida", "category_id": [(4, self.vip.id)]}
        )
        self.assertEqual(partner.contact_tag_mark_ids.user_id, self.sales)

    def test_nobody_writes_the_history(self):
        self.as_sales.category_id = self.vip
        mark = self.anna.contact_tag_mark_ids.with_user(self.manager)
        with self.assertRaises(AccessError):
            mark.user_id = self.manager
        with self.assertRaises(AccessError):
            mark.unlink()

    def test_a_retired_tag_stays_but_is_not_set_any_more(self):
        self.as_sales.category_id = self.vip
        self.vip.contact_retired = True
        self.assertEqual(self.anna.category_id, self.vip)
        self.as_sales.category_id += self.fair
        with self.assertRaisesRegex(ValidationError, "retired"):
            self.bo.with_user(self.sales).category_id = self.vip

    def test_a_prefix_makes_a_hierarchy(self):
        tag_id, name = self.tags.name_create("fair / Hannover 2026")
        tag = self.tags.browse(tag_id)
        self.assertEqual(tag.parent_id, self.fair)
        self.assertEqual(name, "Fair / Hannover 2026")
        self.assertEqual(self.tags.name_create("Fair/Hannover 2026")[0], tag_id)
        self.assertNotEqual(self.tags.name_create("F%r")[0], self.fair.id)
