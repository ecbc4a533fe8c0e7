from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.contact_person.models.access import contact_visibility_change

from .common import ContactCase


@tagged("post_install", "-at_install")
class TestVisibility(ContactCase):
    """Setting who sees a selection, all contacts, and showing why."""

    def reads(self, user, contact):
        contact.invalidate_recordset()
        return contact.with_user(user).has_access("read")

    def test_a_new_contact_starts_with_the_policy_of_the_company(self):
        self.env.company.contact_default_visibility = "private"
        contact = self.Partner.with_user(self.sales).create({"name": "Ulla Krogh"})
        self.assertEqual(contact.contact_visibility, "private")
        self.assertFalse(self.reads(self.clerk, contact))
        self.assertTrue(self.reads(self.sales, contact))
        self.assertTrue(self.reads(self.manager, contact))

    def test_plain_sql_leaves_no_token_behind(self):
        self.env.cr.execute(
            "UPDATE res_partner SET contact_visibility = 'private' WHERE id = %s",
            [self.anna.id],
        )
        self.assertFalse(self.reads(self.clerk, self.anna))
        self.env.cr.execute(
            "UPDATE res_partner SET user_id = %s WHERE id = %s",
            [self.clerk.id, self.anna.id],
        )
        self.assertTrue(self.reads(self.clerk, self.anna))
        self.assertFalse(self.reads(self.sales, self.anna))

    def test_who_may_read_may_not_write_where_the_policy_is_strict(self):
        self.assertTrue(self.anna.with_user(self.importer).has_access("write"))
        self.env.company.contact_everyone_write = False
        self.assertFalse(self.anna.with_user(self.importer).has_access("write"))
        self.assertTrue(self.anna.with_user(self.importer).has_access("read"))
        self.assertTrue(self.anna.with_user(self.sales).has_access("write"))
        with self.assertRaises(AccessError):
            self.anna.with_user(self.importer).function = "Boss"

    def test_a_selection_is_named_to_colleagues_and_teams(self):
        both = self.anna + self.bo
        action = both.with_user(self.sales).action_contact_set_visibility()
        chosen = self.env[action["res_model"]].with_user(self.sales)
        chosen = chosen.browse(action["res_id"])
        with Form(chosen) as form:
            form.visibility = "selected"
        with self.assertRaisesRegex(UserError, "at least one colleague"):
            chosen.action_apply()
        chosen.user_ids = self.importer
        chosen.action_apply()
        for contact in both:
            self.assertTrue(self.reads(self.importer, contact))
            self.assertFalse(self.reads(self.clerk, contact))
        hidden = self.env["contact.visibility.set"].with_user(self.clerk)
        with self.assertRaises(AccessError):
            hidden.create({"partner_ids": both.ids}).action_apply()

    def test_of_many_colleagues_those_with_the_greatest_loss_are_shown(self):
        self.patch(contact_visibility_change, "SHOWN", 1)
        form = Form(self.env["contact.visibility.change"].with_user(self.manager))
        [loss] = form.loss_ids._records
        self.assertEqual(loss["seen_then"], 0)
        self.assertNotEqual(loss["user_id"], self.sales.id)

    def test_all_contacts_change_in_the_background(self):
        Change = self.env["contact.visibility.change"].with_user(self.manager)
        self.Partner.create({"name": "Ulla Krogh"})
        # however many users the database has
        self.patch(contact_visibility_change, "SHOWN", 10_000)
        form = Form(Change)
        count = form.contact_count
        self.assertGreaterEqual(count, 3)
        losses = {
            loss["user_id"]: (loss["seen"], loss["seen_then"])
            for loss in form.loss_ids._records
        }
        self.assertEqual(losses[self.clerk.id], (count, 0))
        self.assertEqual(losses[self.sales.id], (count, 2))
        change = form.save()
        change.action_apply()
        self.assertTrue(self.reads(self.clerk, self.anna), "not yet")
        with self.enter_registry_test_mode():
            self.env.ref("contact_person.ir_cron_visibility").method_direct_trigger()
        self.assertEqual((change.state, change.done_count), ("done", count))
        self.assertFalse(self.reads(self.clerk, self.anna))
        self.assertTrue(self.reads(self.sales, self.anna))

    def test_a_rule_says_what_it_does_before_it_is_saved(self):
        (self.anna + self.bo).contact_visibility = "private"
        self.bo.contact_visibility = "everyone"
        form = Form(self.env["contact.sharing.rule"].with_user(self.manager))
        form.name = "Sales for the clerk"
        self.assertIn("Choose whose contacts", form.preview)
        form.source_user_ids.add(self.sales)
        form.target_user_ids.add(self.clerk)
        self.assertIn(
            "Contacts: 2. Owners: 1. Colleagues who see them: 1.", form.preview
        )
        self.assertIn("added by the rule: 1.", form.preview)
        self.assertFalse(self.reads(self.clerk, self.anna))
        rule = form.save()
        self.assertTrue(self.reads(self.clerk, self.anna))
        with Form(rule) as form:
            form.target_user_ids.remove(self.clerk.id)
            form.target_user_ids.add(self.importer)
            self.assertIn("colleagues +1 −1", form.preview)
        self.assertFalse(self.reads(self.clerk, self.anna))
        rule.active = False
        self.assertFalse(self.reads(self.importer, self.anna))

    def test_who_sees_this_and_why(self):
        self.anna.contact_visibility = "private"
        readers = {row["user_id"]: row for row in self.anna.contact_who_sees()}
        self.assertEqual(
            readers[self.sales.id]["reasons"], ["Owns the contact. May edit, too."]
        )
        self.assertNotIn(self.clerk.id, readers)
        self.assertIn(
            "sharing rule", self.anna.contact_explain_access(self.clerk.id)[0]
        )
        action = self.anna.with_user(self.sales).action_contact_who_sees()
        shown = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(shown.reader_ids.user_id.ids, list(readers))
        with self.assertRaises(AccessError):
            self.anna.with_user(self.clerk).contact_explain_access(self.clerk.id)

    def test_an_archived_contact_is_hidden_and_voided_by_the_dialogs(self):
        self.anna.active = False
        chosen = {"partner_ids": self.anna.ids}
        hide = self.env["contact.visibility.set"].with_user(self.sales)
        hide.create({**chosen, "visibility": "private"}).action_apply()
        self.assertEqual(self.anna.contact_visibility, "private")
        void = self.env["contact.void"].with_user(self.sales)
        void.create({**chosen, "reason": "x"}).action_apply()
        self.assertEqual(self.anna.contact_state, "obsolete")

    def test_a_finished_change_counts_what_it_changed(self):
        change = self.env["contact.visibility.change"].with_user(self.manager)
        change = change.create({"state": "done", "done_count": 2})
        self.assertEqual(change.contact_count, 2)

    def test_what_a_colleague_sees(self):
        self.anna.contact_visibility = "private"
        sees = self.Partner.with_user(self.manager).contact_user_sees(self.sales.id)
        counts = {row["reason"]: row["count"] for row in sees}
        self.assertEqual(counts["Owns the contact."], 2)
        every = self.Partner.with_user(self.sales)
        person = [("is_contact_person", "=", True)]
        self.assertEqual(counts["Altogether"], every.search_count(person))
        with self.assertRaises(AccessError):
            every.contact_user_sees(self.clerk.id)
        action = self.sales.with_user(self.manager).action_contact_sight()
        shown = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(len(shown.sight_ids), len(sees))
        listed = shown.sight_ids[0].with_user(self.manager).action_open()
        self.assertTrue(self.Partner.search_count(listed["domain"]))
        self.assertFalse(shown.sight_ids[-1].domain)

    def test_scenes_are_counted_as_they_are_listed(self):
        self.env["contact.team.member"].create(
            {"partner_id": self.anna.id, "user_id": self.importer.id}
        )
        contacts = self.Partner.with_user(self.importer)
        counts = {row["scene"]: row["count"] for row in contacts.contact_scene_counts()}
        self.assertEqual(counts["involved"], 1)
        self.assertEqual(counts["mine"], 0)
        self.assertEqual(list(counts)[0], "all")
        for scene, count in counts.items():
            found = contacts.search([("contact_scene", "=", scene)])
            self.assertEqual(len(found), count, scene)
        self.assertEqual(self.anna.with_user(self.importer).contact_scene, "involved")
        with self.assertRaisesRegex(UserError, "There is no scene nonsense"):
            contacts.search([("contact_scene", "=", "nonsense")])
