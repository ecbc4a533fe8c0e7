"""Work with a hidden customer that goes on later, or that is taken back."""

from datetime import datetime

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.access.base_lending import lend
from .access_work import EMAIL, PHONE, WorkCase


@tagged("post_install", "-at_install")
class TestAccessLater(WorkCase):
    def schedule(self):
        composer = self.as_sales["mail.compose.message"].create(
            {
                "model": "crm.lead",
                "res_ids": repr(self.deal.ids),
                "partner_ids": [Command.link(self.kim.id)],
                "subject": "Offer",
                "body": "<p>Dear Kim</p>",
                "scheduled_date": datetime(2090, 1, 2),
            }
        )
        self.forget()
        composer.action_schedule_message()
        self.forget()
        messages = self.as_sales["mail.scheduled.message"]
        return messages.search([("res_id", "=", self.deal.id)])

    def test_a_message_that_goes_out_later_reaches_the_customer(self):
        later, now = self.schedule(), self.env["mail.scheduled.message"]
        self.assertEqual(later.sudo().partner_ids, self.kim)
        later.with_env(self.env)._post_message()
        now = self.schedule()
        now.post_message()
        self.forget()
        for message in self.deal.message_ids.sudo().filtered("subject")[:2]:
            self.assertEqual(message.subject, "Offer")
            self.assertEqual(message.partner_ids, self.kim)
            self.assertEqual(message.author_id, self.sales.partner_id)
        self.assertHidden()

    def test_the_customer_is_taken_out_of_a_meeting(self):
        event = self.plan()
        self.assertEqual(event.attendees_count, 2)
        event.write({"partner_ids": [Command.unlink(self.kim.id)]})
        self.forget()
        self.assertEqual(event.sudo().partner_ids, self.sales.partner_id)
        self.assertEqual(event.sudo().attendee_ids.partner_id, self.sales.partner_id)

    def test_a_meeting_with_the_customer_is_planned_again(self):
        again = self.plan().copy()
        self.forget()
        self.assertEqual(again.opportunity_id, self.deal)
        self.assertIn(self.kim, again.sudo().attendee_ids.partner_id)
        self.deal.sudo().partner_id = False
        again.sudo().opportunity_id = False
        self.forget()
        self.assertNotIn(self.kim, again.copy().sudo().partner_ids)
        self.assertHidden()

    def test_a_meeting_with_the_customer_is_deleted(self):
        event = self.plan()
        action = event.action_unlink_event(self.sales.partner_id.id)
        wizard = self.as_sales[action["res_model"]].with_context(**action["context"])
        shown = {"recipient_ids": {"fields": {"display_name": {}}}, "subject": {}}
        wizard.onchange({}, [], shown)
        made = wizard.create({"calendar_event_id": event.id})
        self.forget()
        [told] = made.web_read(shown)
        recipients = [person["id"] for person in told["recipient_ids"]]
        self.assertEqual(recipients, self.sales.partner_id.ids)
        made.action_send_mail_and_delete()
        self.assertFalse(event.exists())

    def test_a_customer_is_an_address_of_a_hidden_person(self):
        address = self.env["res.partner"].create(
            {"type": "delivery", "parent_id": self.kim.id, "name": "Gate 4"}
        )
        (self.lead | self.deal).sudo().partner_id = address
        self.forget()
        event = self.plan()
        self.assertIn(address, event.sudo().attendee_ids.partner_id)
        self.convert(self.lead, name="convert").action_apply()
        self.forget()
        self.assertEqual(self.lead.type, "opportunity")
        self.assertEqual(self.lead.sudo().partner_id, address)
        self.assertHidden()

    def test_another_app_reads_how_to_reach_the_customer(self):
        """Of the methods that the addon names, and of the customers they are for."""

        def phones(self):
            return self.partner_id.mapped("phone")

        leads = self.registry["crm.lead"]
        self.addCleanup(delattr, leads, "_cp_phones")
        leads._cp_phones = phones
        with self.assertRaises(AccessError):
            self.deal._cp_phones()
        lend(leads, "_cp_phones", ("phone",))
        lend(leads, "_cp_phones", ("phone",))  # as at each load of the models
        self.assertEqual(self.deal._cp_phones(), [PHONE])
        with self.assertRaises(AccessError):
            self.hidden.mapped("email")
        self.forget()
        self.deal.sudo().user_id = self.importer
        self.forget()
        with self.assertRaises(AccessError):
            self.deal._cp_phones()
        self.assertHidden()

    def test_the_address_of_the_document_is_nobody_else(self):
        self.deal.email_from = "kim@work.example"
        self.forget()
        count = self.env["res.partner"].search_count([])
        [found] = self.deal._message_get_suggested_recipients(
            reply_discussion=True, no_create=False
        )
        self.assertEqual(found["partner_id"], self.kim.id)
        self.assertEqual(found["email"], "kim@work.example")
        self.assertEqual(self.env["res.partner"].search_count([]), count)

    def test_who_is_written_to_does_not_become_the_customer(self):
        """Odoo looks for one with the email of the lead, as superuser."""
        lead = self.lead.sudo().create(
            {"name": "x", "user_id": self.sales.id, "email_from": EMAIL}
        )
        lead.message_subscribe(self.kim.ids)
        self.forget()
        for posting in (lead, lead.sudo(False)):
            posting.with_env(self.as_sales(su=posting.env.su)).message_post(
                body="Hello", partner_ids=self.kim.ids
            )
            self.forget()
            self.assertFalse(lead.partner_id)
            self.assertFalse(lead.phone)
