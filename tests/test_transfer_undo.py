from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import AccessError, UserError
from odoo.modules.registry import Registry
from odoo.tests import new_test_user, tagged
from odoo.tests.common import BaseCase, get_db_name

from .transfer_common import TRANSFER, TransferCase


@tagged("post_install", "-at_install")
class TestTransferUndo(TransferCase):
    def undo(self, user=None):
        result = self.log().with_user(user or self.boss).action_undo()
        self.env.invalidate_all()
        return result

    def test_everything_goes_back(self):
        self.env["contact.team.member"].create(
            [
                {"partner_id": self.anna.id, "user_id": self.heir.id},
                {"partner_id": self.bo.id, "user_id": self.manager.id},
            ]
        )
        lead, activity = self.lead(), self.activity(self.bo)
        self.transfer(keep_member="write")
        self.assertEqual(lead.user_id | activity.user_id, self.heir)
        self.assertTrue(self.log().with_user(self.boss).can_undo)
        self.undo()
        self.assertEqual(self.both.user_id, self.sales)
        self.assertEqual(self.team(self.anna), {self.heir: "read"})
        self.assertEqual(self.team(self.bo), {self.manager: "read"})
        self.assertEqual(lead.user_id | activity.user_id, self.sales)
        self.assertIn("undone", self.anna.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "undone already"):
            self.undo()

    def test_what_was_changed_since_stays(self):
        lead = self.lead()
        self.transfer(keep_member="read")
        self.anna.user_id = self.manager
        self.bo.contact_member_ids.access = "write"
        lead.user_id = self.manager
        result = self.undo()
        self.assertEqual(self.anna.user_id | lead.user_id, self.manager)
        self.assertEqual(self.bo.user_id, self.sales)
        self.assertEqual(self.team(self.bo), {self.sales: "write"})
        self.assertIn(": 2.", result["params"]["message"])

    def test_only_who_made_it_or_an_administrator_may_undo(self):
        other = new_test_user(self.env, "cp_other", groups=TRANSFER)
        self.transfer()
        for user in (self.heir, other):
            with self.assertRaises(AccessError):
                self.undo(user)
        self.undo(self.manager)
        self.assertEqual(self.both.user_id, self.sales)

    def test_after_a_day_it_is_refused(self):
        self.transfer()
        log = self.log()
        past = fields.Datetime.now() - timedelta(hours=25)
        self.env.cr.execute(
            "UPDATE contact_transfer_log SET create_date = %s WHERE id = %s",
            [past, log.id],
        )
        log.invalidate_recordset()
        self.assertFalse(log.with_user(self.boss).can_undo)
        with self.assertRaisesRegex(UserError, "24 hours"):
            self.undo()

    def test_who_made_or_got_a_transfer_sees_it_and_nobody_changes_it(self):
        self.transfer()
        log = self.log()
        for user, sees in ((self.boss, 1), (self.heir, 1), (self.sales, 0)):
            found = log.with_user(user).search([("id", "=", log.id)])
            self.assertEqual(len(found), sees)
            lines = log.line_ids.with_user(user).search([("log_id", "=", log.id)])
            self.assertEqual(len(lines), 2 * sees)
        with self.assertRaises(AccessError):
            log.with_user(self.boss).write({"undo_date": False})
        action = log.with_user(self.heir).action_open_contacts()
        contacts = self.Partner.with_user(self.heir).search(action["domain"])
        self.assertEqual(contacts, self.both)


@tagged("post_install", "-at_install")
class TestTransferAtOnce(BaseCase):
    """Two users transfer one contact in two real transactions."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = self.env_of(cr)
            users = env["res.users"].with_context(no_reset_password=True)
            groups = env.ref("contact_person.group_contact_manager").ids
            self.user_ids = users.create(
                [
                    {"name": name, "login": name, "group_ids": [(6, 0, groups)]}
                    for name in ("cp_once_a", "cp_once_b")
                ]
            ).ids
            partners = env["res.partner"]
            self.contact_id = partners.create({"name": "Freja Onceholm"}).id
        self.addCleanup(self.clean_up)

    def env_of(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {})

    def clean_up(self):
        with self.registry.cursor() as cr:
            env = self.env_of(cr)
            partners = env["res.users"].browse(self.user_ids).partner_id
            env["contact.transfer.log"].search(
                [("user_id", "in", self.user_ids)]
            ).unlink()
            env["res.partner"].browse(self.contact_id).unlink()
            env["res.users"].browse(self.user_ids).unlink()
            partners.unlink()

    def wizard(self, cr, user_id):
        env = self.env_of(cr)
        return env["contact.transfer"].create(
            {"partner_ids": [self.contact_id], "user_id": user_id, "notify": False}
        )

    def test_the_second_is_told_and_overwrites_nothing(self):
        with self.registry.cursor() as one, self.registry.cursor() as two:
            first = self.wizard(one, self.user_ids[0])
            second = self.wizard(two, self.user_ids[1])
            two.commit()  # the dialog is open, its wizard is saved
            two.execute("SELECT 1")
            first.action_apply()
            one.commit()
            second.env.invalidate_all()
            with self.assertRaises(SerializationFailure):
                second.action_apply()
            two.rollback()  # Odoo runs such a request again
            second.env.invalidate_all()
            with self.assertRaisesRegex(UserError, "Freja Onceholm.*cp_once_a"):
                second.action_apply()
            two.rollback()
            contact = self.env_of(two)["res.partner"].browse(self.contact_id)
            self.assertEqual(contact.user_id.id, self.user_ids[0])
