from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .access_secret import NAME, SecretCase


@tagged("post_install", "-at_install")
class TestAccessLent(SecretCase):
    """What is lent to Odoo's code for a document, a user does not get to see."""

    def event(self, **values):
        return self.as_spy["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2090-01-02 10:00:00",
                "stop": "2090-01-02 11:00:00",
                **values,
            }
        )

    def seen(self, event):
        self.env.invalidate_all()
        people = {"email": {}, "phone": {}, "display_name": {}}
        return event.web_read(
            {
                "description": {},
                "partner_ids": {"fields": people},
                "attendee_ids": {"fields": people},
            }
        )

    def test_nobody_is_invited_or_made_a_follower_to_be_read(self):
        mine, secret = self.mine.with_env(self.as_spy), self.secret.id
        self.mine.message_unsubscribe([secret])
        lead = self.lead.with_env(self.as_spy)
        other = lead.copy({"partner_id": False})

        def link():
            event = self.event()
            event.partner_ids = [Command.link(secret)]
            return self.seen(event)

        def attendee():
            event = self.event()
            event.attendee_ids = [Command.create({"partner_id": secret})]
            return self.seen(event)

        def follow(document):
            document.message_subscribe([secret])
            return document.message_follower_ids.read(["name", "email", "display_name"])

        self.check(
            {
                "event": lambda: self.seen(
                    self.event(partner_ids=[Command.set([secret])])
                ),
                "event of another lead": lambda: self.seen(
                    self.event(
                        partner_ids=[Command.set([secret])], opportunity_id=other.id
                    )
                ),
                "link": link,
                "attendee": attendee,
                "follower": lambda: follow(mine),
                "follower of another lead": lambda: follow(other),
            },
        )

    def test_a_form_shows_names_and_nothing_else(self):
        person = {"fields": {"display_name": {}, "email": {}, "phone": {}, "city": {}}}
        spec = {"partner_ids": person}
        composer = self.as_spy["mail.compose.message"].with_context(
            default_model="crm.lead",
            default_res_ids=self.lead.ids,
            default_partner_ids=self.secret.ids,
        )
        event = self.as_spy["calendar.event"].with_context(
            default_opportunity_id=self.lead.id, default_partner_ids=self.secret.ids
        )
        lead = self.lead.with_env(self.as_spy)
        suggest = lead._message_get_suggested_recipients
        table = {
            "composer": lambda: composer.onchange({}, [], spec),
            "event": lambda: event.onchange({}, [], spec),
            "suggested": lambda: suggest(reply_discussion=True, no_create=False),
            "merged": lambda: (lead + lead.copy()).merge_opportunity().read(),
            "copied": lambda: lead.copy().read(),
            "named": lambda: self.hidden.with_context(
                contact_named=self.secret.ids
            ).web_read({"display_name": {}}),
        }
        allowed = dict.fromkeys(("composer", "event", "suggested"), NAME)
        allowed |= dict.fromkeys(("merged", "copied"), NAME)
        self.check(table, allowed=allowed)

    def test_a_composer_for_another_document_shows_nobody(self):
        composer = self.as_spy["mail.compose.message"].with_context(
            default_model="res.partner",
            default_res_ids=self.mine.ids,
            default_partner_ids=self.secret.ids,
        )
        self.mine.message_unsubscribe(self.secret.ids)
        spec = {"partner_ids": {"fields": {"display_name": {}}}}
        self.check({"composer": lambda: composer.onchange({}, [], spec)})

    def test_an_attendee_of_the_meeting_about_his_own_lead_is_shown(self):
        event = self.event(
            partner_ids=[Command.set(self.secret.ids)], opportunity_id=self.lead.id
        )
        told = self.answer(lambda: self.seen(event))
        self.assertIn("Zqxjfirst", repr(told))
        allowed = {"event": NAME}
        self.check({"event": lambda: self.seen(event)}, allowed=allowed)

    def test_the_terms_of_a_customer_open_nothing_else(self):
        customer = self.lead.with_env(self.as_spy).partner_id
        self.assertEqual(customer.lang, self.secret.lang)
        self.env.invalidate_all()
        self.assertFalse(customer.country_id)
        with self.assertRaises(AccessError):
            customer.mapped("email")
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            customer.read(["lang"])

    def test_only_who_may_write_placeholders_reads_by_them(self):
        """Odoo's own gate; behind it a template reads whatever it names."""

        def told():
            self.env.invalidate_all()
            mixin = self.as_spy["mail.render.mixin"]
            text = "{{ object.partner_id.sudo().email }}"
            return mixin._render_template(text, "crm.lead", self.lead.ids)

        with self.assertRaises(AccessError):
            told()
        self.spy.group_ids += self.env.ref("mail.group_mail_template_editor")
        self.assertIn(self.secret.email, told().values())

    def test_a_script_reads_all_of_a_document_with_hidden_followers(self):
        lead = self.lead.with_env(self.as_spy)
        self.lead.message_subscribe(self.secret.ids)
        self.env.invalidate_all()
        [values] = lead.read()
        self.assertIn(self.secret.id, values["message_partner_ids"])
        self.check(
            {
                "all fields": lead.read,
                "mapped": lambda: lead.mapped("partner_id.email"),
            },
            allowed={"all fields": NAME},
        )
