from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .transfer_common import TransferCase


@tagged("post_install", "-at_install")
class TestTransfer(TransferCase):
    def test_contacts_get_a_new_owner(self):
        result = self.transfer()
        self.assertEqual(self.both.user_id, self.heir)
        self.assertEqual(result["params"]["type"], "success")
        self.assertFalse(self.both.contact_member_ids)

    def test_the_former_owner_stays_as_the_wizard_says(self):
        self.transfer(self.anna, keep_member="read")
        self.transfer(self.bo, keep_member="write")
        self.assertEqual(self.team(self.anna), {self.sales: "read"})
        self.assertEqual(self.team(self.bo), {self.sales: "write"})
        # back again: the owner is no member beside, and nobody else stays
        self.transfer(self.anna, user_id=self.sales.id)
        self.assertEqual(self.team(self.anna), {})

    def test_who_has_left_does_not_become_a_member(self):
        self.sales.active = False
        self.transfer(keep_member="write")
        self.assertFalse(self.both.contact_member_ids)
        self.assertEqual(self.log().old_user_ids, self.sales)

    def test_open_opportunities_of_the_former_owner_go_along(self):
        mine, others, archived, won = (
            self.lead(),
            self.lead(user=self.manager),
            self.lead(),
            self.lead(),
        )
        archived.active = False
        won.action_set_won()
        self.transfer(move_opportunities=True)
        self.assertEqual(mine.user_id, self.heir)
        self.assertEqual(others.user_id, self.manager)
        self.assertEqual((archived | won).user_id, self.sales)

    def test_an_opportunity_gets_a_sales_team_of_its_new_owner(self):
        teams = self.env["crm.team"].create(
            [
                {"name": "North", "member_ids": self.sales.ids},
                {"name": "South", "member_ids": self.heir.ids},
            ]
        )
        north, common = self.lead(team_id=teams[0].id), self.lead(team_id=teams[1].id)
        self.transfer()
        self.assertEqual((north | common).team_id, teams[1])
        self.log().with_user(self.boss).action_undo()
        self.assertEqual((north | common).user_id, self.sales)
        self.assertEqual((north.team_id, common.team_id), (teams[0], teams[1]))
        self.assertEqual(len(north.message_ids), len(common.message_ids))

    def test_open_activities_of_the_former_owner_go_along(self):
        lead = self.lead()
        mine, others = self.activity(self.anna), self.activity(self.anna, self.manager)
        on_lead = self.activity(lead)
        self.transfer()
        self.assertEqual((mine | on_lead).user_id, self.heir)
        self.assertEqual(others.user_id, self.manager)

    def test_opportunities_and_activities_stay_if_asked(self):
        lead, activity = self.lead(), self.activity(self.anna)
        self.transfer(move_opportunities=False, move_activities=False)
        self.assertEqual(lead.user_id | activity.user_id, self.sales)

    def test_the_record_of_a_former_job_goes_along(self):
        change = self.env["contact.job.change"].with_user(self.sales)
        wizard = change.create(
            {"partner_id": self.anna.id, "employer_id": self.atelier.id}
        )
        new = self.Partner.browse(wizard.action_apply()["res_id"])
        self.transfer(new)
        self.assertEqual((new | self.anna).user_id, self.heir)

    # ------------------------------------------------------------
    # CHATTER AND MAIL
    # ------------------------------------------------------------

    def test_each_contact_notes_both_owners_the_note_and_the_tracking(self):
        before = self.both.message_ids
        self.transfer(note="new <regions>")
        self.env.cr.flush()
        for contact in self.both:
            message = contact.message_ids - before
            self.assertEqual(len(message), 1)
            for word in (self.sales.name, "The Heir", "new &lt;regions&gt;"):
                self.assertIn(word, message.body)
            self.assertEqual(message.author_id, self.boss.partner_id)
            self.assertEqual(message.message_type, "notification")
            tracking = message.sudo().tracking_value_ids
            self.assertEqual(tracking.field_id.name, "user_id")
            self.assertEqual(tracking.old_value_integer, self.sales.id)
            self.assertEqual(tracking.new_value_char, "The Heir")
            self.assertTrue(message.is_internal)

    def test_contacts_of_several_owners_note_each_its_own(self):
        self.bo.user_id = self.manager
        extra = self.Partner.create({"name": "Clara Lind", "city": "Lyon"})
        three = self.both | extra
        before = three.message_ids
        self.transfer(three)
        owners = (self.sales, self.manager, self.env["res.users"])
        for contact, owner in zip(three, owners, strict=True):
            message = contact.message_ids - before
            self.assertIn(owner.name or "nobody", message.body)
            tracking = message.sudo().tracking_value_ids
            self.assertEqual(tracking.old_value_integer, owner.id or 0)
            self.assertEqual(tracking.old_value_char, owner.name or "")
        self.log().with_user(self.boss).action_undo()
        self.env.invalidate_all()
        for contact, owner in zip(three, owners, strict=True):
            self.assertEqual(contact.user_id, owner)
            tracking = contact.message_ids[0].sudo().tracking_value_ids
            self.assertEqual(tracking.old_value_char, "The Heir")
            self.assertEqual(tracking.new_value_char, owner.name or "")

    def messages_to_heir(self):
        return self.env["mail.notification"].search(
            [("res_partner_id", "=", self.heir.partner_id.id)]
        )

    def test_the_new_owner_gets_one_message_for_all(self):
        self.lead()
        self.activity(self.anna)
        before = self.messages_to_heir()
        self.transfer()
        self.env.cr.flush()
        message = (self.messages_to_heir() - before).mail_message_id
        self.assertEqual(len(message), 1)
        self.assertIn("contacts to you: 2.", message.body)
        self.assertIn(f"contact_transfer_log_action/{self.log().id}", message.body)

    def test_nobody_is_told_if_the_user_says_so(self):
        before = self.messages_to_heir()
        self.transfer(notify=False)
        self.env.cr.flush()
        self.assertEqual(self.messages_to_heir(), before)

    def test_the_new_owner_follows_and_who_is_no_member_does_not(self):
        self.both.message_subscribe(self.sales.partner_id.ids)
        self.transfer(self.anna)
        self.transfer(self.bo, keep_member="read")
        heir, old = self.heir.partner_id, self.sales.partner_id
        self.assertIn(heir, self.anna.message_partner_ids)
        self.assertNotIn(old, self.anna.message_partner_ids)
        self.assertLessEqual(heir | old, self.bo.message_partner_ids)

    # ------------------------------------------------------------
    # WHAT IS NOT TRANSFERRED
    # ------------------------------------------------------------

    def test_without_the_right_nothing_is_transferred(self):
        with self.assertRaises(AccessError):
            self.transfer(user=self.sales)
        wizard = self.wizard().with_user(self.sales).sudo()
        with self.assertRaisesRegex(AccessError, "right to transfer"):
            wizard.action_apply()
        self.assertEqual(self.both.user_id, self.sales)

    def test_what_may_not_be_edited_is_left_out_and_counted(self):
        self.hide(self.bo, perm_read=False)
        result = self.transfer()
        self.assertEqual(self.anna.user_id, self.heir)
        self.assertEqual(self.bo.user_id, self.sales)
        self.assertIn("may not edit them: 1", result["params"]["message"])
        with self.assertRaisesRegex(UserError, "nothing to transfer.*may not edit"):
            self.transfer(self.bo)

    def test_contacts_of_the_new_owner_are_left_alone(self):
        self.bo.user_id = self.heir
        before = self.bo.message_ids
        result = self.transfer()
        self.assertEqual(self.bo.message_ids, before)
        self.assertIn("has them already: 1", result["params"]["message"])

    def test_a_contact_of_a_company_that_is_closed_to_the_new_owner_stays(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.boss.company_ids += company
        self.bo.company_id = company
        wizard = self.wizard()
        both = self.env.companies | company
        wizard = wizard.with_context(allowed_company_ids=both.ids)
        result = wizard.action_apply()
        self.assertIn("access to their company: 1", result["params"]["message"])
        self.assertEqual(self.bo.user_id, self.sales)

    def test_a_voided_contact_is_refused(self):
        wizard = self.wizard()
        self.bo.contact_void("entered twice")
        with self.assertRaisesRegex(UserError, "Bo Falk is voided"):
            self.transfer(user=self.manager)
        # to who may not see it any more, its name is not told
        result = wizard.action_apply()
        self.env.invalidate_all()
        self.assertIn("may not edit them: 1", result["params"]["message"])
        self.assertNotIn("Bo Falk", result["params"]["message"])
        self.assertEqual(self.bo.user_id, self.sales)

    def test_a_new_owner_who_can_not_work_with_contacts_is_refused(self):
        portal = new_test_user(self.env, "cp_portal", groups="base.group_portal")
        for user in (self.clerk, portal):
            with self.assertRaisesRegex(UserError, "can't work with contacts"):
                self.transfer(user_id=user.id)
        self.heir.active = False
        with self.assertRaisesRegex(UserError, "is archived"):
            self.transfer()

    # ------------------------------------------------------------
    # ENTRANCES
    # ------------------------------------------------------------

    def test_the_wizard_tells_what_will_be_left_out(self):
        self.bo.user_id = self.heir
        action = self.both.with_user(self.boss).action_contact_transfer()
        model = self.env[action["res_model"]].with_user(self.boss)
        with Form(model.browse(action["res_id"])) as form:
            self.assertEqual(form.contact_count, 2)
            self.assertIn("Anna Holm", form.contact_names)
            self.assertFalse(form.left_out)
            form.user_id = self.heir
            self.assertIn("has them already: 1", form.left_out)

    def test_the_action_is_offered_to_those_with_the_right(self):
        for user, offered in ((self.boss, True), (self.sales, False)):
            bindings = self.env["ir.actions.actions"].with_user(user)
            actions = bindings.get_bindings("res.partner").get("action", [])
            names = {action["name"] for action in actions}
            self.assertEqual("Transfer" in names, offered)

    def test_what_an_archived_user_owns_is_offered(self):
        self.assertEqual(self.sales.contact_owned_count, 0)
        self.sales.with_user(self.env.ref("base.user_admin")).write({"active": False})
        self.assertEqual(self.sales.contact_owned_count, 2)
        action = self.sales.with_user(self.manager).action_contact_transfer()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard = wizard.with_user(self.manager)
        self.assertEqual(wizard.partner_ids, self.both)
        wizard.user_id = self.heir
        wizard.action_apply()
        self.sales.invalidate_recordset()
        self.assertEqual(self.sales.contact_owned_count, 0)

    def departure(self, user):
        employee = self.env["hr.employee"].create(
            {"name": "Leaving", "user_id": self.sales.id}
        )
        model = self.env["hr.departure.wizard"].with_user(user)
        model = model.with_context(employee_termination=True)
        wizard = model.create(
            {"employee_ids": employee.ids, "remove_related_user": True}
        )
        return wizard.action_register_departure()

    def test_the_departure_of_an_employee_offers_the_transfer(self):
        action = self.departure(self.env.ref("base.user_admin"))
        self.assertFalse(self.sales.active)
        action = action["params"]["next"]
        self.assertEqual(action["res_model"], "contact.transfer")
        wizard = self.env["contact.transfer"].browse(action["res_id"])
        self.assertEqual(wizard.partner_ids, self.both)

    def test_a_departure_without_contacts_ends_as_in_stock(self):
        self.both.user_id = self.heir
        action = self.departure(self.env.ref("base.user_admin"))
        self.assertEqual(
            action["params"]["next"]["type"], "ir.actions.act_window_close"
        )

    def test_the_number_of_queries_does_not_follow_the_number_of_contacts(self):
        people = self.Partner.create(
            [
                {"name": f"Person {n}", "user_id": self.sales.id, "city": "Lyon"}
                for n in range(220)
            ]
        )

        def queries(contacts):
            wizard = self.wizard(contacts, keep_member="read")
            self.env.cr.flush()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            wizard.action_apply()
            self.env.cr.flush()
            return self.env.cr.sql_log_count - before

        queries(people[:3])  # warms caches
        self.assertLessEqual(queries(people[20:]), queries(people[3:20]) + 10)
