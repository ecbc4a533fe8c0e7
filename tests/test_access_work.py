from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .access_work import EMAIL, PHONE, WorkCase


@tagged("post_install", "-at_install")
class TestAccessWork(WorkCase):
    """A salesperson works on documents of a customer whom he may not read."""

    # ------------------------------------------------------------
    # LEADS
    # ------------------------------------------------------------

    def test_what_is_written_on_the_lead_stays_there(self):
        with Form(self.deal) as form:
            form.email_from = "other@skov.example"
            form.phone = "+45 40 11 11 11"
            form.expected_revenue = 100
        self.forget()
        self.assertEqual(self.deal.email_from, "other@skov.example")
        self.assertEqual(self.deal.phone, "+45 40 11 11 11")
        self.assertFalse(self.deal.partner_email_update)
        self.assertEqual([self.kim.email, self.kim.phone], [EMAIL, PHONE])
        self.assertHidden()

    def test_who_only_reads_the_customer_edits_the_lead_alone(self):
        self.env["contact.team.member"].create(
            {"partner_id": self.kim.id, "user_id": self.sales.id, "access": "read"}
        )
        self.deal.email_from = "other@skov.example"
        self.assertEqual(self.kim.email, EMAIL)
        self.kim.contact_member_ids.access = "write"
        self.forget()
        self.deal.email_from = "third@skov.example"
        self.assertEqual(self.kim.email, "third@skov.example")

    def test_the_company_of_a_hidden_customer_is_not_told(self):
        self.assertFalse(self.deal.commercial_partner_id)
        self.forget()
        self.assertEqual(self.deal.sudo().commercial_partner_id, self.nordvind)

    def test_a_lead_is_converted_with_its_customer(self):
        wizard = self.convert(self.lead, name="convert")
        self.assertEqual(wizard.action, "exist")
        self.assertFalse(wizard.commercial_partner_id)
        wizard.action_apply()
        self.assertEqual(self.lead.type, "opportunity")
        self.assertEqual(self.lead.sudo().partner_id, self.kim)
        self.assertHidden()

    def test_a_lead_is_merged_into_the_opportunity_of_its_customer(self):
        wizard = self.convert(self.lead)
        self.assertEqual(wizard.name, "merge")
        self.assertEqual(wizard.duplicated_lead_ids, self.lead + self.deal)
        wizard.action_apply()
        self.assertFalse(self.lead.exists())
        self.assertEqual(self.deal.sudo().partner_id, self.kim)

    def test_a_merge_hands_the_customer_on(self):
        empty = self.as_sales["crm.lead"].create(
            {"name": "Fair", "user_id": self.sales.id, "type": "opportunity"}
        )
        merged = (empty + self.lead).merge_opportunity()
        self.assertEqual(merged.sudo().partner_id, self.kim)
        self.assertHidden()

    def test_many_leads_are_converted(self):
        wizard = self.convert(
            self.lead, "crm.lead2opportunity.partner.mass", deduplicate=False
        )
        wizard.with_context(active_ids=self.lead.ids).action_mass_convert()
        self.assertEqual(self.lead.type, "opportunity")
        self.assertEqual(self.lead.sudo().partner_id, self.kim)

    def test_a_lead_of_a_person_who_is_hidden_is_converted_without_customer(self):
        lead = self.as_sales["crm.lead"].create(
            {
                "name": "Web form",
                "type": "lead",
                "contact_name": "Kim Skov",
                "partner_name": "Skov ApS",
                "email_from": EMAIL,
                "user_id": self.sales.id,
            }
        )
        partners = self.env["res.partner"].with_context(active_test=False)
        count = partners.search_count([])
        self.convert(lead, name="convert", action="create").action_apply()
        self.assertEqual(lead.type, "opportunity")
        self.assertFalse(lead.partner_id)
        self.assertIn("an administrator of contacts", lead.message_ids[0].body)
        self.assertNotIn("Nordvind", lead.message_ids[0].body)
        self.assertEqual(partners.search_count([]), count)

    def test_an_opportunity_is_copied_with_its_customer(self):
        copy = self.deal.copy()
        self.assertEqual(copy.sudo().partner_id, self.kim)
        self.assertHidden()
        with self.assertRaises(AccessError):
            self.as_sales["crm.lead"].create({"name": "x", "partner_id": self.kim.id})

    def test_the_customer_of_a_lead_is_changed(self):
        for customer in (self.nordvind, self.env["res.partner"]):
            with self.subTest(customer.name):
                self.forget()
                self.lead.write({"partner_id": customer.id})
                self.forget()
                noted = self.lead.message_ids[0].sudo().tracking_value_ids
                self.assertIn("Kim Skov", noted.mapped("old_value_char"))
                self.lead.sudo().partner_id = self.kim
                self.assertHidden()

    # ------------------------------------------------------------
    # MEETINGS
    # ------------------------------------------------------------

    def test_a_meeting_invites_the_customer(self):
        event = self.plan()
        self.assertIn(self.kim, event.sudo().attendee_ids.partner_id)
        self.assertIn("Kim Skov", event.description)
        self.assertNotIn(EMAIL, event.description)
        self.assertNotIn(PHONE, event.description)
        self.forget()
        [shown] = event.web_read(
            {"partner_ids": {"fields": {"display_name": {}, "email": {}}}}
        )
        shown = {person["id"]: person for person in shown["partner_ids"]}
        name = {"id": self.kim.id, "display_name": "Kim Skov"}
        self.assertEqual(shown[self.kim.id], {**name, "email": False})
        self.assertHidden()

    def test_a_meeting_is_moved_and_gets_more_people(self):
        event = self.plan()
        with Form(event) as form:
            form.start = "2090-02-02 10:00:00"
            form.partner_ids.add(self.clerk.partner_id)
        self.forget()
        attendees = event.sudo().attendee_ids.partner_id
        self.assertEqual(
            attendees, self.kim + self.sales.partner_id + self.clerk.partner_id
        )
        event.write(
            {
                "recurrency": True,
                "rrule_type": "weekly",
                "end_type": "count",
                "count": 3,
                "interval": 1,
                "thu": True,
                "recurrence_update": "all_events",
            }
        )
        events = event.recurrence_id.calendar_event_ids
        for one in events.sudo():
            self.assertIn(self.kim, one.attendee_ids.partner_id)
        events.write({"partner_ids": [Command.unlink(self.kim.id)]})
        events.write({"partner_ids": [Command.link(self.clerk.partner_id.id)]})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            (events | self.as_sales["calendar.event"].create({"name": "x"})).write(
                {"partner_ids": [Command.link(self.kim.id)]}
            )
        self.assertHidden()

    def test_a_mail_to_the_attendees_reaches_the_customer(self):
        event = self.plan()
        action = event.action_open_composer()
        self.assertIn(self.kim.id, action["context"]["default_partner_ids"])
        self.send(action["context"])
        self.assertIn(self.kim, event.message_ids[0].sudo().partner_ids)

    # ------------------------------------------------------------
    # MAILS
    # ------------------------------------------------------------

    def send(self, context, **values):
        """Send by the composer, in requests of their own as the client does it."""
        self.forget()
        composer = self.as_sales["mail.compose.message"].with_context(**context)
        with Form(composer) as form:
            for name, value in values.items():
                form[name] = value
        self.forget()
        sent = form.record.with_env(self.as_sales).with_context(**context)
        sent.action_send_mail()
        self.forget()

    def test_the_chatter_proposes_the_customer(self):
        for document in (self.deal, self.lead):
            self.forget()
            [found] = document._message_get_suggested_recipients(
                reply_discussion=True, no_create=False
            )
            self.assertEqual(found["partner_id"], self.kim.id)
            self.assertEqual(found["name"], "Kim Skov")
            self.assertEqual(found["email"], document.email_from or self.masked)
        self.deal.email_from = False
        self.forget()
        [found] = self.deal._message_get_suggested_recipients()
        self.assertEqual(found["email"], self.masked)
        self.kim.email = False
        self.forget()
        [found] = self.deal._message_get_suggested_recipients()
        self.assertFalse(found["email"])

    def test_the_chatter_proposes_the_customer_who_wrote(self):
        deal = self.deal.with_env(self.env)
        deal.partner_id = False
        message = deal.message_post(
            body="Hello",
            author_id=self.kim.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.forget()
        found = self.deal._message_get_suggested_recipients(reply_discussion=True)
        self.assertIn(self.kim.id, [recipient["partner_id"] for recipient in found])
        self.deal.message_post(body="Welcome", parent_id=message.id)

    def test_a_known_address_is_proposed_without_making_a_double(self):
        self.deal.sudo().partner_id = False
        self.deal.email_from = EMAIL
        self.forget()
        [found] = self.deal._message_get_suggested_recipients(no_create=False)
        self.assertFalse(found["partner_id"])
        self.assertEqual(found["email"], EMAIL)

    def test_the_composer_of_the_client_opens(self):
        composer = self.as_sales["mail.compose.message"].with_context(
            default_model="crm.lead",
            default_res_ids=self.deal.ids,
            default_partner_ids=[self.kim.id, self.clerk.partner_id.id],
        )
        asked = {"fields": {"display_name": {}, "email": {}, "name": {}}}
        answer = composer.onchange({}, [], {"partner_ids": asked, "body": {}})
        shown = {command[1]: command[2] for command in answer["value"]["partner_ids"]}
        self.assertEqual(shown[self.clerk.partner_id.id]["name"], self.clerk.name)
        self.assertEqual(
            shown[self.kim.id],
            {
                "id": self.kim.id,
                "display_name": "Kim Skov",
                "name": "Kim Skov",
                "email": self.masked,
            },
        )

    def test_a_mail_from_the_opportunity_reaches_the_customer(self):
        context = {
            "default_model": "crm.lead",
            "default_res_ids": self.deal.ids,
            "default_partner_ids": self.kim.ids,
        }
        self.send(context, subject="Offer", body="<p>Dear Kim</p>")
        message = self.deal.message_ids[0].sudo()
        self.assertEqual(message.subject, "Offer")
        self.assertEqual(message.partner_ids, self.kim)
        self.assertHidden()

    def test_a_composer_that_was_saved_sends_in_the_next_request(self):
        composer = self.as_sales["mail.compose.message"].create(
            {
                "model": "crm.lead",
                "res_ids": repr(self.deal.ids),
                "partner_ids": [Command.link(self.kim.id)],
                "subject": "Offer",
                "body": "<p>Dear Kim</p>",
            }
        )
        self.forget()
        self.assertFalse(composer.partner_ids)
        composer.subject = "Better offer"
        composer.partner_ids = [Command.link(self.clerk.partner_id.id)]
        self.forget()
        composer.action_send_mail()
        message = self.deal.message_ids[0].sudo()
        self.assertEqual(message.subject, "Better offer")
        self.assertEqual(message.partner_ids, self.kim + self.clerk.partner_id)

    def test_a_template_is_written_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.kim.lang = "fr_FR"
        template = self.env["mail.template"].create(
            {
                "name": "Offer",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "subject": "Offer",
                "body_html": "<p>Dear <t t-out='object.partner_id.name'/></p>",
                "lang": "{{ object.partner_id.lang }}",
                "use_default_to": True,
            }
        )
        template.with_context(lang="fr_FR").subject = "Devis"
        context = {
            "default_model": "crm.lead",
            "default_res_ids": self.deal.ids,
            "default_template_id": template.id,
        }
        self.send(context)
        message = self.deal.message_ids[0].sudo()
        self.assertEqual(message.subject, "Devis")
        self.assertIn("Dear Kim Skov", message.body)
        self.assertEqual(message.partner_ids, self.kim)
        self.assertHidden()

    # ------------------------------------------------------------
    # COLLEAGUES AND COMPANIES
    # ------------------------------------------------------------

    def test_the_card_of_a_colleague_stays_everyones(self):
        self.env.company.contact_default_visibility = "private"
        employee = self.env["hr.employee"].create({"name": "Vera Munk"})
        card = employee.work_contact_id
        self.assertEqual(card.contact_visibility, "everyone")
        change = self.env["contact.visibility.change"].create({})
        self.assertNotIn(card, change._contacts().search(change._domain()))

    def test_a_company_moves_with_people_whom_the_user_does_not_see(self):
        near, far = self.env["res.partner"].create(
            [
                {
                    "name": name,
                    "parent_id": self.atelier.id,
                    "contact_visibility": "private",
                    "user_id": self.importer.id,
                }
                for name in ("Tove Lange", "Svend Brandt")
            ]
        )
        far.street = "Elsewhere 7"
        self.atelier.street = "Old street 1"
        near.street = "Old street 1"
        self.forget()
        company = self.atelier.with_env(self.as_sales)
        company.street = "New street 2"
        self.assertNotIn(near, company.child_ids)
        self.forget()
        self.assertEqual(near.street, "New street 2")
