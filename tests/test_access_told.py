"""What Odoo itself tells of a contact beside its fields: nothing of a hidden one."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tools.discuss import Store

from .access_secret import EMAIL, NAME, PASSWORD, SecretCase, words

VAT, REGISTRY = "DK13585628", "20557799"


@tagged("post_install", "-at_install")
class TestAccessTold(SecretCase):
    def test_its_name_comes_without_its_employer(self):
        lead = self.lead.with_env(self.as_spy)
        for context in ({}, {"formatted_display_name": True}, {"show_email": True}):
            with self.subTest(context):
                self.env.invalidate_all()
                [shown] = lead.with_context(**context).web_read(
                    {"partner_id": {"fields": {"display_name": {}}}}
                )
                self.assertEqual(shown["partner_id"]["display_name"], self.secret.name)
        self.env.invalidate_all()
        mine = lead.with_user(self.owner).sudo().partner_id
        self.assertEqual(mine.display_name, f"Spied A/S, {self.secret.name}")

    def test_a_number_names_nobody(self):
        rivals = [(VAT, False), (False, REGISTRY)]
        self.secret.parent_id = False
        for vat, registry in rivals:
            numbers = {"vat": vat, "company_registry": registry}
            with self.subTest(numbers):
                self.secret.write(numbers)
                made = self.as_spy["res.partner"].create({"name": "x", **numbers})
                names = ["same_vat_partner_id", "same_company_registry_partner_id"]
                self.assertFalse(words(made.read(names)))
                spec = {name: {"fields": {"display_name": {}}} for name in names}
                new = {"name": "x", **numbers}
                proposed = made.browse().onchange(new, list(numbers), spec)
                self.assertFalse(words(proposed))
                self.secret.contact_visibility = "everyone"
                self.env.invalidate_all()
                self.assertTrue(words(made.read(names)))
                self.secret.contact_visibility = "private"

    def test_its_external_id(self):
        both = self.secret | self.mine
        both._BaseModel__ensure_xml_id()
        told = both.with_env(self.as_spy).get_external_id()
        self.assertFalse(told[self.secret.id])
        self.assertTrue(told[self.mine.id])

    def test_a_document_is_found_by_the_name_on_it(self):
        leads = self.as_spy["crm.lead"]
        for operator in ("ilike", "like", "child_of"):
            for text, found in (
                ("Zqxjfirst", True),
                ("Zqxjfirst Zqxjlast", True),
                ("Spied A/S", False),
                (EMAIL, False),
                (self.secret.vat or self.secret.ref, False),
                ("Nobody", False),
            ):
                if (operator, text) == ("child_of", "Spied A/S"):
                    continue  # the company's documents, see the README
                with self.subTest(operator=operator, text=text):
                    hers = leads.search([("partner_id", operator, text)])
                    self.assertEqual(self.lead in hers, found)
        for path in ("partner_id.name", "partner_id.parent_id"):
            self.assertNotIn(self.lead, leads.search([(path, "ilike", "Zqxj")]))
        self.lead.user_id = self.owner
        self.assertFalse(leads.search([("partner_id", "ilike", "Zqxjfirst")]))
        self.assertFalse(leads.search([("partner_id", "ilike", "")]) & self.lead)

    def test_an_export_of_documents_has_the_name_of_the_customer(self):
        twin = self.env["crm.lead"].create(
            {"name": "Twin", "user_id": self.spy.id, "partner_id": self.mine.id}
        )
        leads = (self.lead | twin).with_env(self.as_spy)
        for columns in (["name", "partner_id"], ["partner_id/display_name"]):
            with self.subTest(columns):
                self.env.invalidate_all()
                rows = leads.export_data(columns)["datas"]
                names = [self.secret.name, self.mine.display_name]
                self.assertEqual([row[-1] for row in rows], names)
        # where he works is computed for who asks
        rows = leads.export_data(["commercial_partner_id"])["datas"]
        self.assertFalse(rows[0][0])
        for columns in (["partner_id/email"], ["partner_id", "partner_id/city"]):
            with self.subTest(columns), self.assertRaises(AccessError):
                self.env.invalidate_all()
                leads.export_data(columns)

    def test_who_follows_a_contact(self):
        self.secret.message_subscribe(self.owner.partner_id.ids)
        self.mine.message_subscribe(self.owner.partner_id.ids)
        for contact, seen in ((self.hidden, False), (self.mine, True)):
            contact = contact.with_env(self.as_spy)
            followers = self.as_spy["mail.followers"]
            domain = [("res_model", "=", "res.partner"), ("res_id", "=", contact.id)]
            self.assertEqual(bool(followers.search(domain)), seen)
            record = self.env["mail.followers"].search(domain, limit=1)
            self.assertEqual(record.with_env(self.as_spy).has_access("read"), seen)
            if seen:
                self.assertTrue(contact.message_get_followers())
            else:
                with self.assertRaises(AccessError):
                    contact.message_get_followers()
        lead = self.lead.with_env(self.as_spy)
        lead.sudo().message_subscribe(self.secret.ids)
        self.assertTrue(lead.message_get_followers())

    def test_nobody_mentions_it(self):
        """Odoo looks for the followers of a task as superuser."""
        partners = self.as_spy["res.partner"].sudo()
        both = [("id", "in", (self.secret | self.mine | self.owner.partner_id).ids)]
        found = partners._search_mention_suggestions(both, 8, extra_domain=both)
        self.assertEqual(found.ids, [self.owner.partner_id.id, self.mine.id])
        portal = new_test_user(self.env, "cp_portal", groups="base.group_portal")
        partners = partners.with_user(portal).sudo()
        found = partners._search_mention_suggestions(both, 8)
        self.assertEqual(found.ids, [self.owner.partner_id.id, self.mine.id])

    def test_a_mail_to_others_does_not_name_its_address(self):
        lead = self.lead.with_env(self.as_spy)
        to = (self.secret | self.mine).ids
        message = lead.message_post(
            body="Hello", partner_ids=to, subtype_xmlid="mail.mt_comment"
        )
        mails = self.env["mail.mail"].sudo()
        mails = mails.search([("mail_message_id", "=", message.id)])
        self.assertIn(self.secret, mails.recipient_ids)
        headers = " ".join(mails.mapped("headers"))
        self.assertNotIn(EMAIL, headers)
        self.assertIn(self.mine.email, headers)

    def test_the_chatter_tells_no_address_of_who_was_written_to(self):
        message = self.lead.message_post(
            body="Hello",
            partner_ids=(self.secret | self.mine).ids,
            subtype_xmlid="mail.mt_comment",
        )
        for channel, env in ((None, self.as_spy), (self.spy, self.env)):
            with self.subTest(channel):
                self.env.invalidate_all()
                store = Store(bus_channel=channel)
                store.add(message.with_env(env).sudo().notification_ids)
                told = {one["id"]: one for one in store.get_result()["res.partner"]}
                self.assertEqual(told[self.secret.id]["name"], self.secret.name)
                self.assertNotIn("email", told[self.secret.id])
                self.assertEqual(told[self.mine.id]["email"], self.mine.email)
        everybody = (self.secret | self.mine).with_env(self.as_spy).sudo()
        names = ["name", "email", "phone", "avatar_128"]
        shown = Store().add(everybody, names).get_result()
        self.assertFalse(words(shown) - NAME)
        tokens = [
            one["id"]
            for one in shown["res.partner"]
            if "avatar_128_access_token" in one
        ]
        self.assertEqual(tokens, self.mine.ids)
        self.assertIn(self.mine.email, repr(shown))

    def test_a_template_of_ones_own_reaches_whom_the_document_is_for(self):
        """Odoo sends it as superuser where it goes out by itself."""
        template = self.as_spy["mail.template"].create(
            {
                "name": "x",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "subject": "x",
                "use_default_to": False,
                "partner_to": f"{self.secret.id},{self.mine.id}",
            }
        )
        other = self.lead.create({"name": "Other", "user_id": self.spy.id})
        both = self.secret | self.mine
        for lead, env, reached in (
            (other, self.env, self.mine),
            (other, self.as_spy, self.mine),
            (self.lead, self.env, both),
        ):
            with self.subTest(lead=lead.name, uid=env.uid):
                mail = template.with_env(env).send_mail(lead.id)
                mail = self.env["mail.mail"].browse(mail)
                self.assertEqual(mail.recipient_ids, reached)
        # who sees it has made the template his own
        template.with_user(self.manager).sudo().subject = "y"
        self.env.cr.flush()
        mail = template.with_env(self.env).send_mail(other.id)
        mail = self.env["mail.mail"].browse(mail)
        self.assertEqual(mail.recipient_ids, both)

    def test_a_template_for_contacts_is_not_about_something_else(self):
        """Odoo would print what has the same number, by itself as superuser."""
        stock = self.env.ref("contact_person.contact_consent_request_template")
        alarm = {"name": "x", "alarm_type": "email", "mail_template_id": stock.id}
        with self.assertRaisesRegex(ValidationError, "is for contacts"):
            self.as_spy["calendar.alarm"].create(alarm)
        composer = self.env["mail.compose.message"].create(
            {
                "composition_mode": "mass_mail",
                "model": "crm.lead",
                "res_ids": repr(self.lead.ids),
                "template_id": stock.id,
            }
        )
        with self.assertRaisesRegex(UserError, "is for contacts"):
            composer._action_send_mail()
        own = self.as_spy["mail.template"].create(
            {
                "name": "x",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "body_html": '<p t-out="object.name"/>',
            }
        )
        for env in (self.env, self.as_spy(su=True)):
            render = own.with_env(env)._render_field
            self.assertIn("Mine", render("body_html", self.mine.ids)[self.mine.id])
            with mute_logger("odoo.addons.base.models.ir_rule"):
                with self.assertRaises(AccessError):
                    render("body_html", self.secret.ids)

    def test_a_letter_is_not_about_it(self):
        """A reference of a text and a number, which Odoo asks nothing about."""
        report = self.env.ref("contact_person.contact_consent_report")
        lead, secret = self.lead.id, self.secret.id
        letter = {"model": "crm.lead", "res_id": lead, "partner_id": self.mine.id}
        letters = self.as_spy["snailmail.letter"]
        own = letters.create({**letter, "company_id": self.env.company.id})
        for change in (
            {"model": "res.partner", "res_id": secret},
            {"res_id": secret, "report_template": report.id},
        ):
            with self.subTest(change), mute_logger("odoo.addons.base.models.ir_rule"):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    own.write(change)
        with mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                letters.create({**letter, "model": "res.partner", "res_id": secret})
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.as_spy["sms.composer"].with_context(
                    default_res_model="res.partner", default_res_id=secret
                ).create({"body": "x"})
        own.write({"model": "res.partner", "res_id": self.mine.id})

    def test_a_follower_of_a_lead_without_customer_is_written_to(self):
        lead = self.lead.create(
            {"name": "x", "user_id": self.spy.id, "email_from": "lead@spied.example"}
        )
        lead.message_subscribe(self.secret.ids)
        own = lead.with_env(self.as_spy)
        self.env.invalidate_all()
        message = own.message_post(body="Hello", partner_ids=self.secret.ids)
        self.assertEqual(message.sudo().partner_ids, self.secret)
        self.assertFalse(lead.partner_id)

    def test_a_message_from_the_chatter_reaches_the_customer(self):
        """Odoo's client posts to ids; of those it may not read Odoo leaves out all."""
        other = self.lead.create({"name": "Other", "user_id": self.spy.id})
        self.authenticate(self.spy.login, PASSWORD)
        for lead, reached in ((self.lead, self.secret), (other, self.secret.browse())):
            with self.subTest(lead.name):
                answer = self.make_jsonrpc_request(
                    "/mail/message/post",
                    {
                        "thread_model": "crm.lead",
                        "thread_id": lead.id,
                        "post_data": {
                            "body": "Hello",
                            "partner_ids": [self.secret.id, self.mine.id],
                            "message_type": "comment",
                            "subtype_xmlid": "mail.mt_comment",
                        },
                    },
                )
                self.assertFalse(words(answer) - NAME)
                message = self.env["mail.message"].browse(answer["message_id"])
                self.assertEqual(message.partner_ids, reached | self.mine)

    def test_a_mail_to_many_reaches_the_customer(self):
        other = self.lead.create(
            {"name": "Other", "user_id": self.spy.id, "partner_id": self.mine.id}
        )
        composer = self.as_spy["mail.compose.message"].create(
            {
                "composition_mode": "mass_mail",
                "model": "crm.lead",
                "res_ids": repr((self.lead | other).ids),
                "subject": "News",
                "body": "<p>Hello</p>",
                "auto_delete_keep_log": True,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        composer.action_send_mail()
        mails = self.env["mail.mail"].search([("subject", "=", "News")])
        self.assertEqual(mails.recipient_ids, self.secret | self.mine)
        with self.assertRaises(AccessError):
            self.hidden.mapped("email")

    def test_a_text_message_goes_to_the_number_of_the_document(self):
        lead = self.lead.with_env(self.as_spy)
        for number in (False, "+4532323232"):
            with self.subTest(number):
                lead.phone = number
                self.env.flush_all()
                self.env.invalidate_all()
                composer = self.as_spy["sms.composer"].create(
                    {"body": "Hello", "res_model": "crm.lead", "res_id": lead.id}
                )
                self.assertFalse(words(composer.read()) - NAME)
                self.assertEqual(composer.recipient_single_number, number or "")
        composer._action_send_sms()
        sent = self.env["sms.sms"].search([("number", "=", number)])
        self.assertEqual(sent.partner_id, self.secret)
        # nor is it told to whom else a number belongs
        texted = [("notification_type", "=", "sms")]
        texted = self.as_spy["mail.notification"].sudo().search(texted)
        self.assertIn(self.secret, texted.res_partner_id)
        texted.sudo(False).invalidate_recordset()
        mine = texted.sudo(False).search([("id", "in", texted.ids)])
        self.assertNotIn(self.secret, mine.sudo().res_partner_id)
        with self.assertRaises(AccessError):
            (texted - mine).sudo(False).read(["sms_number"])

    def test_a_tag_is_not_found_by_it(self):
        tags = self.as_spy["res.partner.category"]
        tag, secret = self.tag.id, self.secret.id
        domains = [
            ([("partner_ids", "in", [secret])], False),
            ([("partner_ids", "=", secret)], False),
            ([("partner_ids", "!=", False)], False),
            ([("partner_ids", "in", [secret, False])], True),
            ([("partner_ids", "=", False)], True),
            ([("partner_ids", "not in", [secret])], True),
        ]
        for domain, found in domains:
            with self.subTest(domain):
                self.assertEqual(tag in tags.search(domain).ids, found)
        self.mine.category_id = self.tag
        for domain, found in (
            ([("partner_ids", "in", [secret, self.mine.id])], True),
            ([("partner_ids", "!=", False)], True),
            ([("partner_ids", "=", False)], False),
            ([("partner_ids", "not in", [self.mine.id])], False),
        ):
            with self.subTest(domain):
                self.assertEqual(tag in tags.search(domain).ids, found)
        for operator in ("ilike", "like", "child_of"):
            domain = [("partner_ids", operator, "Zqxjfirst")]
            self.assertFalse(self.as_spy["res.partner.category"].search(domain))

    def test_the_button_of_its_company(self):
        with self.assertRaises(AccessError):
            self.hidden.open_commercial_entity()

    def test_the_company_counts_what_is_for_its_address(self):
        address = self.env["res.partner"].create(
            {"type": "delivery", "parent_id": self.secret.id, "name": "Gate 4"}
        )
        self.env["crm.lead"].create(
            {"name": "x", "user_id": self.spy.id, "partner_id": address.id}
        )
        company = self.company.with_env(self.as_spy)
        self.env.invalidate_all()
        self.assertEqual(company.opportunity_count, 1)

    def test_a_dialog_that_it_is_put_into(self):
        self.spy.group_ids += self.env.ref("contact_person.group_contact_transfer")
        secret = self.secret.id
        for model in ("contact.transfer", "contact.consent.request"):
            wizard = self.as_spy[model]
            spec = {name: {} for name in wizard._fields if name != "__last_update"}
            given = {"partner_ids": [Command.set([secret, self.mine.id])]}
            with self.subTest(model), mute_logger("odoo.addons.base.models.ir_rule"):
                with self.assertRaises(AccessError):
                    wizard.onchange(given, ["partner_ids"], spec)
                chosen = wizard.with_context(
                    active_model="res.partner", active_ids=[secret, self.mine.id]
                )
                told = {"owners", "owner_names", "left_out_names", "ready_count"}
                for names in (spec, told & {*spec}):
                    proposed = chosen.onchange({}, [], {name: {} for name in names})
                    told_of = {name: proposed["value"].get(name) for name in told}
                    self.assertNotRegex(repr(told_of), rf"\b{secret}\b")
                    self.assertFalse(words(proposed))
                made = chosen.create({})
                self.assertEqual(made.sudo().partner_ids, self.mine)

    def test_a_template_prints_what_it_is_for(self):
        report = self.env.ref("contact_person.contact_consent_report")
        template = {
            "name": "x",
            "model_id": self.env["ir.model"]._get_id("crm.lead"),
            "report_template_ids": report.ids,
        }
        with self.assertRaisesRegex(ValidationError, "does not print"):
            self.as_spy["mail.template"].create(template)
