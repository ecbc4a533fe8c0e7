import socket
from datetime import timedelta
from email import message_from_bytes
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .test_consents import ConsentCase

try:
    from aiosmtpd.controller import Controller
except ImportError:
    Controller = None

SUBJECT = "News of the week"


class Mailbox:
    """What a real SMTP server took in: the addresses of the envelopes."""

    def __init__(self):
        self.addresses, self.subjects = [], set()

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.addresses += envelope.rcpt_tos
        self.subjects.add(message_from_bytes(envelope.content)["Subject"])
        return "250 OK"


class MailCase(ConsentCase):
    def setUp(self):
        super().setUp()
        self.template = self.env["mail.template"].create(
            {
                "name": "t",
                "model_id": self.env.ref("base.model_res_partner").id,
                "subject": SUBJECT,
                "body_html": "<p>Hello</p>",
                "use_default_to": True,
                "contact_purpose_id": self.mail.id,
            }
        )

    def compose(self, partners, user=None, **values):
        composer = self.env["mail.compose.message"].with_user(user or self.sales)
        template = values.pop("template", self.template)
        return composer.create(
            {
                "composition_mode": "mass_mail",
                "model": "res.partner",
                "res_ids": repr(partners.ids),
                "template_id": template.id,
                **values,
            }
        )

    def mails(self, state="outgoing"):
        return self.env["mail.mail"].search(
            [("subject", "=", SUBJECT), ("state", "=", state)]
        )

    def crowd(self, size=1000, withdrawn=70, expired=67):
        """Make contacts who agreed, of whom some withdrew or let it expire."""
        people = self.Partner.create(
            [
                {"name": f"Person {n}", "email": f"person.{n}@crowd.example"}
                for n in range(size)
            ]
        )
        now = fields.Datetime.now()
        rows = []
        for number, person in enumerate(people):
            past = number < expired
            row = {**person._contact_consent_row(self.mail, True, "paper")}
            rows.append({**row, "date": now - timedelta(days=500 if past else 5)})
        for person in people[expired : expired + withdrawn]:
            row = person._contact_consent_row(self.mail, False, "paper")
            rows.append({**row, "date": now - timedelta(days=1)})
        self.ledger.create(rows)
        return people


@tagged("post_install", "-at_install")
class TestConsentMailServer(MailCase):
    def setUp(self):
        super().setUp()
        if Controller is None:
            self.skipTest("aiosmtpd is not installed: see dev/requirements-odoo.txt")
        self.box = Mailbox()
        server = Controller(self.box, hostname="127.0.0.1", port=_free_port())
        server.start()
        self.addCleanup(server.stop)
        self.env["ir.mail_server"].search([]).active = False
        self.env["ir.mail_server"].create(
            {"name": "t", "smtp_host": "127.0.0.1", "smtp_port": server.port}
        )
        # What the demo data left in the queue.
        self.env["mail.mail"].search([]).state = "cancel"
        switch = patch.object(IrMail_Server, "_disable_send", return_value=False)
        self.startPatcher(switch)

    def test_863_of_1000_mails_arrive(self):
        people = self.crowd()
        composer = self.compose(people)
        self.assertIn("137 of 1,000", composer.contact_refused_text)
        message = composer.action_send_mail()["params"]["message"]
        self.assertIn("137 of 1,000 will not receive this mail", message)
        self.assertIn("Person 0,", message)
        self.env["mail.mail"].process_email_queue()
        self.assertEqual(len(self.box.addresses), 863)
        self.assertEqual(
            set(self.box.addresses), set(people[137:].mapped("email_normalized"))
        )
        self.assertEqual(self.box.subjects, {SUBJECT})

    def test_a_template_sent_by_code_asks_too(self):
        people = self.crowd(100, 9, 4)
        mails = self.template.send_mail_batch(people.ids)
        self.assertEqual(len(mails), 100)
        single = self.template.send_mail(people[0].id, force_send=True)
        self.assertEqual(self.env["mail.mail"].browse(single).state, "cancel")
        self.env["mail.mail"].process_email_queue()
        self.assertEqual(
            sorted(self.box.addresses), sorted(people[13:].mapped("email_normalized"))
        )

    def test_who_withdraws_before_the_queue_runs_gets_nothing(self):
        self.say()
        self.say(contact=self.bo)
        mails = self.template.send_mail_batch((self.anna | self.bo).ids)
        self.assertEqual(mails.mapped("state"), ["outgoing", "outgoing"])
        self.say(False)
        mails.send()
        self.assertEqual(self.box.addresses, [self.bo.email])

    def test_a_server_that_is_down_makes_no_failure_of_a_refusal(self):
        self.say()
        self.env["ir.mail_server"].search([]).smtp_port = _free_port()
        mails = self.template.send_mail_batch((self.anna | self.bo).ids)
        mails.send()
        states = {mail.recipient_ids: mail.state for mail in mails}
        self.assertEqual(states, {self.anna: "exception", self.bo: "cancel"})

    def test_a_message_of_one_contact_asks_too(self):
        self.say()
        both = self.anna | self.bo
        composer = self.compose(
            self.anna,
            composition_mode="comment",
            partner_ids=[(6, 0, both.ids)],
        )
        composer.partner_ids = both
        self.assertIn("1 of 2", composer.contact_refused_text)
        self.assertIn("Bo Falk", composer.contact_refused_text)
        composer.action_send_mail()
        self.env["mail.mail"].process_email_queue()
        self.assertEqual(self.box.addresses, [self.anna.email])


@tagged("post_install", "-at_install")
class TestConsentMail(MailCase):
    def left_out(self, *partners, emails=()):
        partners = self.Partner.union(*partners)
        refused, addresses = self.ledger._contact_mail_refused(
            self.mail, partners, emails
        )
        return refused, addresses

    def test_without_a_purpose_nobody_is_asked(self):
        self.template.contact_purpose_id = False
        composer = self.compose(self.anna | self.bo)
        self.assertFalse(composer.contact_refused_text)
        composer.action_send_mail()
        self.assertEqual(len(self.mails()), 2)

    def test_a_purpose_can_be_chosen_when_writing(self):
        self.say()
        self.template.contact_purpose_id = False
        composer = self.compose(self.anna | self.bo)
        composer.contact_purpose_id = self.mail
        self.assertIn("Bo Falk", composer.contact_refused_text)
        composer.action_send_mail()
        self.assertEqual(self.mails().recipient_ids, self.anna)
        refused = self.mails("cancel")
        self.assertEqual(refused.recipient_ids, self.bo)
        self.assertEqual(refused.failure_type, "contact_consent")
        self.assertIn("Bo Falk", refused.failure_reason)

    def test_a_mail_that_reaches_nobody_is_not_sent(self):
        with self.assertRaisesRegex(UserError, "2 of 2.*Nothing was sent"):
            self.compose(self.anna | self.bo).action_send_mail()
        self.assertFalse(self.mails())
        single = self.compose(
            self.anna, composition_mode="comment", partner_ids=self.anna.ids
        )
        with self.assertRaisesRegex(UserError, "1 of 1"):
            single.action_send_mail()

    def test_of_those_who_share_an_address_the_strictest_wins(self):
        self.say()
        self.assertFalse(self.left_out(self.anna)[0])
        twin = self.Partner.create({"name": "Anna Twin", "email": "twin@n.example"})
        twin.email = self.anna.email
        self.assertEqual(self.left_out(self.anna)[0], self.anna)
        self.say(contact=twin)
        self.assertFalse(self.left_out(self.anna, twin)[0])
        self.say(False, contact=twin)
        twin.active = False
        self.assertEqual(self.left_out(self.anna)[0], self.anna)
        self.assertEqual(self.left_out(emails=[self.anna.email])[1], {self.anna.email})

    def test_the_sender_learns_that_the_address_is_shared(self):
        self.say()
        why = "Agreed, but another contact with the same email"
        self.assertNotIn(why, self.compose(self.anna | self.bo).contact_refused_text)
        twin = self.Partner.create({"name": "Anna Twin", "email": "twin@n.example"})
        twin.email = self.anna.email
        both = self.anna | self.bo
        text = self.compose(both).contact_refused_text
        self.assertIn("2 of 2", text)
        self.assertIn(f"{why} has no valid consent: Anna Holm.", text)
        mails = self.template.send_mail_batch(both.ids)
        reasons = {mail.recipient_ids: mail.failure_reason for mail in mails}
        self.assertIn(why, reasons[self.anna])
        self.assertNotIn(why, reasons[self.bo])

    def test_archived_contacts_who_said_nothing_are_in_nobody_s_way(self):
        self.say()
        twin = self.Partner.create({"name": "Anna Twin", "email": "twin@n.example"})
        twin.write({"email": self.anna.email, "active": False})
        self.assertFalse(self.left_out(self.anna)[0])

    def test_versions_of_a_person_have_one_answer(self):
        self.say()
        new = self.change_job()
        self.assertFalse(self.left_out(new, self.anna)[0])
        self.say(False, contact=new)
        self.assertEqual(self.left_out(new, self.anna)[0], new | self.anna)
        old, now = self.anna.email, new.email
        self.assertEqual(self.left_out(emails=[old, now])[1], {old, now})

    def test_unknown_addresses_and_companies_have_no_consent(self):
        self.nordvind.email = "info@nordvind.example"
        emails = ["info@nordvind.example", "nobody@nowhere.example"]
        refused, addresses = self.left_out(self.nordvind, emails=emails)
        self.assertEqual((refused, addresses), (self.nordvind, set(emails)))

    def test_colleagues_need_no_consent(self):
        self.sales.partner_id.email = "sales@own.example"
        refused = self.left_out(self.sales.partner_id, emails=["sales@own.example"])
        self.assertEqual(refused, (self.Partner, set()))

    def test_written_addresses_are_asked_one_by_one(self):
        self.say()
        mail = self.env["mail.mail"].create(
            {
                "subject": SUBJECT,
                "email_to": f'"Anna" <{self.anna.email}>, {self.bo.email}',
                "email_cc": self.bo.email,
                "contact_purpose_id": self.mail.id,
            }
        )
        self.assertEqual(mail.email_to, f'"Anna" <{self.anna.email}>')
        self.assertFalse(mail.email_cc)
        self.assertEqual(mail.state, "outgoing")
        mail = mail.copy({"email_to": self.bo.email, "state": "outgoing"})
        self.assertEqual(mail.state, "cancel")

    def test_followers_without_a_consent_are_not_notified(self):
        self.say()
        self.anna.message_subscribe((self.anna | self.bo).ids)
        composer = self.compose(
            self.anna, composition_mode="comment", partner_ids=self.anna.ids
        )
        self.assertIn("Bo Falk", composer.contact_refused_text)
        composer.action_send_mail()
        message = self.anna.message_ids[0]
        self.assertEqual(message.notification_ids.res_partner_id, self.anna)

    def test_a_message_that_is_posted_later_asks_then(self):
        self.say()
        later = fields.Datetime.now() + timedelta(days=1)
        composer = self.compose(
            self.anna, composition_mode="comment", partner_ids=self.anna.ids
        )
        composer.scheduled_date = fields.Datetime.to_string(later)
        scheduled = composer._action_schedule_message()
        self.say(False)
        scheduled._post_message()
        message = self.anna.message_ids.filtered("contact_purpose_id")
        self.assertTrue(message)
        self.assertFalse(message.notification_ids)

    def test_who_can_t_open_a_contact_still_respects_its_no(self):
        self.say()
        self.env["ir.rule"].create(
            {
                "name": "t",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": [("id", "!=", self.bo.id)],
            }
        )
        twin = self.bo.sudo()
        twin.email = self.anna.email
        self.assertIn("1 of 1", self.compose(self.anna).contact_refused_text)

    def test_a_purpose_in_use_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.mail.with_user(self.manager).unlink()

    def test_a_thousand_addressees_are_asked_in_a_few_queries(self):
        people = self.crowd(200, 10, 10)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            refused = self.left_out(people)[0]
        self.assertEqual(len(refused), 20)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
