from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import CONTACT
from .test_job_change import JobChangeCase


@tagged("post_install", "-at_install")
class TestMembers(JobChangeCase):
    def setUp(self):
        super().setUp()
        self.colleague = new_test_user(self.env, "cp_colleague", groups=CONTACT)
        self.members = self.env["contact.team.member"]

    def add(self, partner, user, access="read"):
        return self.members.create(
            {"partner_id": partner.id, "user_id": user.id, "access": access}
        )

    def team(self, partner):
        return {row.user_id: row.access for row in partner.contact_member_ids}

    def hide(self, partner, **perms):
        self.env["ir.rule"].create(
            {
                "name": "hide",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {partner.id})]",
                **perms,
            }
        )

    # ------------------------------------------------------------
    # ROWS
    # ------------------------------------------------------------

    def test_a_colleague_is_a_member_once(self):
        self.add(self.anna, self.colleague)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.add(self.anna, self.colleague, "write")

    def test_a_customer_of_the_portal_is_no_member(self):
        portal = new_test_user(self.env, "cp_portal", groups="base.group_portal")
        with self.assertRaisesRegex(ValidationError, "no internal login"):
            self.add(self.anna, portal)

    def test_the_team_is_edited_on_the_form(self):
        with Form(self.anna.with_user(self.sales)) as form:
            with form.contact_member_ids.new() as row:
                row.user_id = self.colleague
                row.access = "write"
        self.assertEqual(self.team(self.anna), {self.colleague: "write"})

    def test_the_team_is_as_hidden_as_its_contact(self):
        row = self.add(self.anna, self.colleague)
        seen = self.members.with_user(self.sales)
        self.assertEqual(seen.search([("partner_id", "=", self.anna.id)]), row)
        self.hide(self.anna)
        self.assertFalse(seen.search([("partner_id", "=", self.anna.id)]))
        with self.assertRaises(AccessError):
            row.with_user(self.sales).read(["user_id"])

    def test_who_may_not_edit_the_contact_may_not_change_its_team(self):
        row = self.add(self.anna, self.colleague)
        self.hide(self.anna, perm_read=False)
        as_sales = row.with_user(self.sales)
        self.assertEqual(as_sales.access, "read")
        with self.assertRaises(AccessError):
            as_sales.access = "write"
        with self.assertRaises(AccessError):
            as_sales.unlink()
        with self.assertRaises(AccessError):
            as_sales.create({"partner_id": self.anna.id, "user_id": self.manager.id})

    def test_the_team_of_a_voided_contact_is_frozen(self):
        row = self.add(self.anna, self.colleague)
        self.anna.contact_void("left the business")
        for user in (self.sales, self.manager):
            with self.assertRaises(AccessError):
                row.with_user(user).access = "write"
        with self.assertRaises(UserError):
            self.anna.contact_member_ids = [(5,)]
        self.assertEqual(row.access, "read")

    # ------------------------------------------------------------
    # A SELECTION OF CONTACTS
    # ------------------------------------------------------------

    def add_many(self, partners, access="read", user=None):
        action = partners.with_user(user or self.sales).action_contact_add_member()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard = wizard.with_user(user or self.sales)
        wizard.write({"user_ids": self.colleague.ids, "access": access})
        return wizard.action_apply()

    def test_a_member_is_added_to_a_selection_and_loses_nothing(self):
        self.add(self.anna, self.colleague, "write")
        self.add_many(self.anna | self.bo)
        self.assertEqual(self.team(self.anna), {self.colleague: "write"})
        self.assertEqual(self.team(self.bo), {self.colleague: "read"})
        self.add_many(self.anna | self.bo, "write")
        self.assertEqual(self.team(self.bo), {self.colleague: "write"})

    def test_what_may_not_be_edited_is_left_out_and_counted(self):
        self.hide(self.bo, perm_read=False)
        result = self.add_many(self.anna | self.bo)
        self.assertIn("1.", result["params"]["message"])
        self.assertEqual(result["params"]["type"], "warning")
        self.assertFalse(self.team(self.bo))
        with self.assertRaisesRegex(UserError, "edit none"):
            self.add_many(self.bo)

    # ------------------------------------------------------------
    # JOB CHANGE AND MERGE
    # ------------------------------------------------------------

    def test_both_versions_of_a_person_have_the_team(self):
        self.add(self.anna, self.colleague, "write")
        new = self.change()
        self.assertEqual(self.team(new), {self.colleague: "write"})
        self.assertEqual(self.team(self.anna), {self.colleague: "write"})

    def test_undoing_a_job_change_keeps_what_became_of_the_team(self):
        self.add(self.anna, self.colleague, "write")
        new = self.change()
        new.contact_member_ids.access = "read"
        self.add(new, self.manager)
        new.with_user(self.sales).contact_undo_job_change()
        self.env.invalidate_all()
        self.assertEqual(
            self.team(self.anna), {self.colleague: "read", self.manager: "read"}
        )

    def test_a_merge_unites_the_teams_and_the_strongest_access_wins(self):
        self.add(self.anna, self.colleague, "read")
        self.add(self.anna, self.manager, "write")
        self.add(self.bo, self.colleague, "write")
        self.add(self.bo, self.manager, "read")
        self.add(self.bo, self.importer, "read")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.anna | self.bo).ids, self.anna)
        self.env.invalidate_all()
        self.assertEqual(
            self.team(self.anna),
            {self.colleague: "write", self.manager: "write", self.importer: "read"},
        )
