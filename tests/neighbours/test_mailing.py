"""Mailings of Odoo's Email Marketing (``mass_mailing``) ask the ledger, too."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ...models.consent.ir_module_module import FIELD
from ..test_consent_mail import MailCase


class MailingCase(MailCase):
    def setUp(self):
        super().setUp()
        self.marketer = new_test_user(
            self.env,
            "cp_marketer",
            groups="mass_mailing.group_mass_mailing_user,base.group_user",
        )
        self.say()
        self.say(contact=self.bo)
        self.say(False, contact=self.bo)

    def mailing(self, domain=None, model="res.partner", user=None, **values):
        mailings = self.env["mailing.mailing"].with_user(user or self.marketer)
        return mailings.create(
            {
                "subject": "News",
                "body_html": "<p>Hello</p>",
                "mailing_model_id": self.env["ir.model"]._get_id(model),
                FIELD: self.mail.id,
                **({"mailing_domain": repr(domain)} if domain else {}),
                **values,
            }
        )

    def people(self, partners):
        return [("id", "in", partners.ids)]

    def traces(self, mailing):
        """Return ``{address: status}`` of what became of each mail."""
        traces = self.env["mailing.trace"].search(
            [("mass_mailing_id", "=", mailing.id)]
        )
        return {trace.email: trace.trace_status for trace in traces}


@tagged("post_install", "-at_install")
class TestMailing(MailingCase):
    # ------------------------------------------------------------
    # WHO GETS IT
    # ------------------------------------------------------------

    def test_a_mailing_reaches_only_who_agreed(self):
        carl = self.Partner.create({"name": "Carl Ek", "email": "carl@ek.example"})
        mailing = self.mailing(self.people(self.anna | self.bo | carl))
        mailing.action_send_mail()
        self.assertEqual(
            self.traces(mailing),
            {
                self.anna.email: "outgoing",
                self.bo.email: "cancel",
                carl.email: "cancel",
            },
        )
        mailing.invalidate_recordset(["canceled"])
        self.assertEqual(mailing.canceled, 2)

    def test_the_sender_sees_how_many_are_left_out_and_why(self):
        mailing = self.mailing(self.people(self.anna | self.bo))
        mailing.action_send_mail()
        told = mailing.message_ids.filtered(lambda m: "no valid consent" in m.body)
        self.assertIn("1 of 2 will not receive", told.body)
        self.assertIn("Bo Falk", told.body)
        self.assertNotIn("Anna", told.body)
        trace = self.env["mailing.trace"].search(
            [("mass_mailing_id", "=", mailing.id), ("trace_status", "=", "cancel")]
        )
        self.assertIn("no valid consent to “News”", trace.failure_reason)
        self.assertEqual(trace.failure_type, "mail_optout")

    def test_without_a_purpose_nobody_is_asked(self):
        mailing = self.mailing(self.people(self.anna | self.bo), **{FIELD: False})
        mailing.action_send_mail()
        self.assertEqual(set(self.traces(mailing).values()), {"outgoing"})

    def test_an_address_of_a_list_needs_a_contact_who_agreed(self):
        contacts = self.env["mailing.list"].create({"name": "All"})
        self.env["mailing.contact"].create(
            [
                {"email": email, "list_ids": contacts.ids}
                for email in (
                    f"Anna <{self.anna.email}>",
                    self.bo.email,
                    "nobody@nowhere.example",
                )
            ]
        )
        mailing = self.mailing(
            model="mailing.list", contact_list_ids=[(6, 0, contacts.ids)]
        )
        mailing.action_send_mail()
        self.assertEqual(
            self.traces(mailing),
            {
                self.anna.email: "outgoing",
                self.bo.email: "cancel",
                "nobody@nowhere.example": "cancel",
            },
        )

    def test_a_lead_is_written_to_if_its_contact_agreed(self):
        leads = self.env["crm.lead"].create(
            [
                {"name": "with a contact", "partner_id": self.anna.id},
                {"name": "with an address", "email_from": "lead@nowhere.example"},
                {"name": "of a contact who withdrew", "email_from": self.bo.email},
            ]
        )
        mailing = self.mailing(self.people(leads), "crm.lead", self.env.user)
        mailing.action_send_mail()
        self.assertEqual(
            self.traces(mailing),
            {
                self.anna.email: "outgoing",
                "lead@nowhere.example": "cancel",
                self.bo.email: "cancel",
            },
        )

    def test_who_withdraws_before_the_queue_runs_gets_nothing(self):
        mailing = self.mailing(self.people(self.anna))
        mailing.action_send_mail()
        self.say(False)
        mails = self.env["mail.mail"].search([("mailing_id", "=", mailing.id)])
        mails.send()
        self.assertEqual(self.traces(mailing), {self.anna.email: "cancel"})
        self.assertEqual(mails.state, "cancel")

    def test_of_many_exactly_those_are_left_out_who_withdrew_or_let_it_expire(self):
        people = self.crowd(200, 20, 7)
        mailing = self.mailing(self.people(people))
        mailing.action_send_mail()
        found = self.traces(mailing)
        sent = {email for email, status in found.items() if status == "outgoing"}
        self.assertEqual(sent, set(people[27:].mapped("email_normalized")))
        self.assertIn("27 of 200", "".join(mailing.message_ids.mapped("body")))

    # ------------------------------------------------------------
    # THE FIELD
    # ------------------------------------------------------------

    def test_the_form_shows_the_purpose_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        module = self.env["ir.module.module"]._get("contact_person")
        module._update_translations("fr_FR")
        mailings = self.env["mailing.mailing"].with_user(self.marketer)
        for lang, label, empty in (
            ("en_US", "Purpose", "Consents are not asked"),
            ("fr_FR", "Finalité", "consentements"),
        ):
            with self.subTest(lang=lang):
                mine = mailings.with_context(lang=lang)
                shown = mine.fields_get([FIELD])[FIELD]
                self.assertEqual(shown["string"], label)
                shown = mine.get_view(view_type="form")["arch"]
                self.assertTrue(empty in shown)

    def test_a_copy_keeps_the_purpose(self):
        mailing = self.mailing(self.people(self.anna))
        self.assertEqual(mailing.copy()[FIELD], self.mail)

    def test_a_purpose_of_a_mailing_is_not_deleted(self):
        self.template.unlink()
        purpose = self.env["contact.consent.purpose"].create(
            {"name": "Fairs", "code": "t-fairs"}
        )
        mailing = self.mailing(**{FIELD: purpose.id})
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            purpose.with_user(self.manager).unlink()
        mailing[FIELD] = False
        self.assertTrue(purpose.with_user(self.manager).unlink())

    def test_extending_twice_changes_nothing(self):
        domain = [("name", "=", FIELD)]
        fields = self.env["ir.model.fields"].search(domain)
        self.assertEqual(fields.model, "mailing.mailing")
        before = fields.write_date
        self.env["ir.module.module"]._contact_extend_mailings()
        self.assertEqual(self.env["ir.model.fields"].search(domain), fields)
        self.assertEqual(fields.write_date, before)

    def test_the_app_can_go_and_come_back(self):
        modules = self.env["ir.module.module"]
        modules._contact_release_mailings()
        views = self.env["ir.ui.view"].search([("arch_db", "like", FIELD)])
        self.assertFalse(views)
        self.assertFalse(self.env["ir.model.fields"]._get("mailing.mailing", FIELD))
        modules._contact_extend_mailings()
        self.assertIn(FIELD, self.env["mailing.mailing"]._fields)
