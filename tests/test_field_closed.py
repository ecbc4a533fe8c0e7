from odoo import Command
from odoo.tests import tagged

from odoo.addons.mail.tools.discuss import Store

from .field_common import FieldCase


@tagged("post_install", "-at_install")
class TestFieldHistory(FieldCase):
    def setUp(self):
        super().setUp()
        self.field = self.define(
            "Secret",
            tracking=True,
            group_ids=self.env.ref("contact_person.group_contact_manager").ids,
        )
        self.flush_tracking()
        anna = self.anna.with_user(self.manager).with_context(tracking_disable=False)
        anna[self.field.field_name] = "hush"
        self.flush_tracking()
        self.message = self.anna.message_ids.filtered("tracking_value_ids")[:1]

    def shown(self, user):
        return str(Store().add(self.message.with_user(user)).get_result())

    def test_the_chatter_shows_it_to_its_groups_alone(self):
        self.assertIn("hush", self.shown(self.manager))
        self.assertNotIn("hush", self.shown(self.sales))
        found = (
            self.env["mail.message"]
            .with_user(self.sales)
            ._message_fetch(
                None, thread=self.anna.with_user(self.sales), search_term="hush"
            )
        )
        self.assertFalse(found["messages"])

    def test_no_mail_tells_it(self):
        values = self.message.sudo().tracking_value_ids
        self.assertTrue(values)
        self.assertFalse(values._filter_free_field_access())
        self.field.group_ids = False
        self.assertEqual(values._filter_free_field_access(), values)

    def test_the_history_of_a_deleted_field_stays_closed(self):
        self.field.action_delete_forced(self.field.field_name)
        self.env.invalidate_all()
        self.assertNotIn("hush", self.shown(self.sales))


@tagged("post_install", "-at_install")
class TestFieldFilters(FieldCase):
    def save(self, name, **values):
        return self.env["ir.filters"].create(
            {
                "name": name,
                "model_id": "res.partner",
                "user_ids": [Command.link(self.sales.id)],
                **values,
            }
        )

    def test_saved_filters_lose_a_deleted_field_and_their_users_hear(self):
        wine = self.define("Wine").field_name
        wines = self.define("Wines").field_name
        searching = self.save("Drinkers", domain=f"[('{wine}', '=', 'x')]")
        grouping = self.save(
            "By wine",
            context=f"{{'group_by': ['{wine}', 'country_id'], 'x': 1}}",
            sort=f'["{wine} desc", "name"]',
        )
        other = self.save("Others", domain=f"[('{wines}', '=', 'x')]")
        field = self.Field.search([("field_name", "=", wine)])
        field.action_delete_forced(wine)
        self.assertFalse(searching.exists())
        self.assertEqual(grouping.context, "{'group_by': ['country_id'], 'x': 1}")
        self.assertEqual(grouping.sort, '["name"]')
        self.assertTrue(other.exists())
        told = self.env["mail.message"].search(
            [("partner_ids", "in", self.sales.partner_id.ids)], limit=1
        )
        self.assertIn("Drinkers", told.body)
        self.assertIn("By wine", told.body)
        self.assertNotIn("Others", told.body)
