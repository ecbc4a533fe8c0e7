from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .access_secret import EMAIL, PHONE, SecretCase


@tagged("post_install", "-at_install")
class TestAccessGranted(SecretCase):
    """What a document lends goes to what becomes of it, and to nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.lead.with_env(cls.as_spy)
        cls.meeting = cls.as_spy["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2090-01-05 10:00:00",
                "stop": "2090-01-05 11:00:00",
                "opportunity_id": cls.own.id,
                "partner_ids": [Command.set(cls.spy.partner_id.ids)],
            }
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def refused(self, function):
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            with mute_logger("odoo.addons.base.models.ir_rule"):
                function()

    def test_a_copy_lends_to_itself_alone(self):
        copy = self.own.copy()
        self.assertEqual(copy.sudo().partner_id, self.secret)
        self.assertFalse(copy.email_from)
        follower = {"res_model": "crm.lead", "partner_id": self.secret.id}
        for default in (
            {"message_follower_ids": [Command.create(follower)]},
            {
                "message_ids": [
                    Command.create({"author_id": self.secret.id, "body": "forged"})
                ]
            },
            {
                "contact_relation_ids": [
                    Command.create({"contact_id": self.secret.id, "role": "x"})
                ]
            },
        ):
            with self.subTest(*default):
                self.refused(lambda given=default: self.own.copy(given))

    def test_an_invitation_lends_nothing_else(self):
        secret, mine = self.secret.id, self.spy.partner_id.id
        invite = Command.link(secret)
        child = {"name": "x", "parent_id": secret}
        note = {
            "author_id": secret,
            "email_from": "x@spied.example",
            "model": "calendar.event",
            "res_id": self.meeting.id,
            "body": "forged",
            "message_type": "comment",
        }
        self.meeting.write({"partner_ids": [invite]})
        self.assertIn(self.secret, self.meeting.sudo().attendee_ids.partner_id)
        for more in (
            Command.create(child),
            Command.update(mine, {"message_ids": [Command.create(note)]}),
            Command.update(mine, {"parent_id": secret}),
        ):
            with self.subTest(more):
                change = {"partner_ids": [invite, more]}
                self.refused(lambda vals=change: self.meeting.write(vals))
                made = {"name": "y", "opportunity_id": self.own.id, **change}
                self.refused(lambda vals=made: self.meeting.create(vals))

    def test_a_series_that_is_moved_keeps_its_customer(self):
        weekly = {"rrule_type": "weekly", "end_type": "count", "count": 4, "fri": True}
        self.meeting.write({"partner_ids": [Command.link(self.secret.id)]})
        self.meeting.write({"recurrency": True, "interval": 1, **weekly})
        for update, number in (("future_events", 2), ("all_events", 0)):
            self.env.cr.flush()
            self.env.invalidate_all()
            series = self.meeting.search([("name", "=", "Visit")], order="start")
            self.assertEqual(len(series), 4)
            day = series[number].start.date()
            series[number].write(
                {
                    "recurrence_update": update,
                    "start": f"{day} 12:00:00",
                    "stop": f"{day} 13:00:00",
                }
            )
            self.env.cr.flush()
            self.env.invalidate_all()
            series = self.meeting.search([("name", "=", "Visit")]).sudo()
            for one in series:
                self.assertIn(self.secret, one.attendee_ids.partner_id)

    def test_a_change_of_the_customer_does_not_reach_the_lead(self):
        for seller, told in ((self.spy, False), (self.owner, True)):
            self.lead.user_id = seller
            self.secret.with_user(self.owner).write({"email": EMAIL, "phone": PHONE})
            self.lead.write({"email_from": False, "phone": False})
            self.env.flush_all()
            new = {"email": f"{told}@zqxjhost.example", "phone": "+45 20 55 77 98"}
            self.secret.with_user(self.owner).write(new)
            self.env.flush_all()
            self.assertEqual(self.lead.email_from == new["email"], told)
            self.assertEqual(bool(self.lead.phone), told)
