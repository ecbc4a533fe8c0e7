from functools import partial

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .access_secret import NAME, SecretCase

ADDRESS = {"show_address": True, "show_email": True, "show_vat": True}
MAIL = """From: <someone@spied.example>
To: <x@spied.example>
Subject: Hello
Message-Id: <{}@spied.example>

Text
"""


@tagged("post_install", "-at_install")
class TestAccessTaken(SecretCase):
    """Nobody takes himself the right to a contact, or has Odoo read it for him."""

    def assertClosed(self, function):
        """Run what a client asks for; afterwards the contact is as hidden as before."""
        self.answer_and_stay(function)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.hidden.has_access("read"))
        self.assertFalse(self.hidden.has_access("write"))

    def answer_and_stay(self, function):
        try:
            with mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db"):
                with self.env.cr.savepoint():
                    function()
        except Exception as error:  # noqa: B902 refused, in whatever words
            return error
        return None

    def test_nobody_makes_himself_a_member(self):
        members = self.as_spy["contact.team.member"]
        me = {"user_id": self.spy.id, "access": "write"}
        other = members.create({"partner_id": self.mine.id, **me})
        for id_ in (self.secret.id, str(self.secret.id), float(self.secret.id)):
            with self.subTest(id=id_):
                row = {"partner_id": id_, **me}
                self.assertClosed(lambda row=row: members.create(row))
                self.assertClosed(
                    lambda id_=id_: members.with_context(default_partner_id=id_).create(
                        me
                    )
                )
                self.assertClosed(lambda id_=id_: other.write({"partner_id": id_}))
        mine = self.mine.with_env(self.as_spy)
        moved = Command.update(other.id, {"partner_id": self.secret.id})
        self.assertClosed(lambda: mine.write({"contact_member_ids": [moved]}))
        self.secret.contact_visibility = "selected"
        self.assertClosed(
            lambda: members.create({"partner_id": self.secret.id, **me}),
        )

    def test_a_default_of_ones_own_takes_nothing(self):
        defaults = self.as_spy["ir.default"]
        secret, spy = self.secret.id, self.spy.id
        journal = {"previous": self.mine.id, "children": [secret]}
        lines = [[0, 0, {"partner_id": secret, "old_user_id": spy}]]
        for model, name, value in (
            ("contact.team.member", "partner_id", secret),
            ("contact.team.member", "partner_id", str(secret)),
            ("crm.lead", "partner_id", secret),
            ("res.partner", "contact_job_change", journal),
            ("res.partner", "contact_member_ids", [[4, 1, 0]]),
            ("contact.transfer.log", "line_ids", lines),
        ):
            with self.subTest(f"{model} {name}"):
                error = self.answer_and_stay(
                    lambda m=model, n=name, v=value: defaults.set(m, n, v, user_id=True)
                )
                self.assertIsInstance(error, AccessError)
        defaults.set("crm.lead", "partner_id", self.mine.id, user_id=True)
        defaults.set("crm.lead", "name", "Mine", user_id=True)
        # one that is older than the hiding
        self.env["ir.default"].set(
            "contact.team.member", "partner_id", secret, user_id=spy
        )
        members = self.as_spy["contact.team.member"]
        self.assertClosed(lambda: members.create({"user_id": spy, "access": "write"}))

    def test_no_row_is_planted_in_it(self):
        mine, secret = self.mine, self.secret
        job = self.as_spy["contact.employment"].create(
            {"partner_id": mine.id, "employer_name": "Work"}
        )
        relation = self.as_spy["contact.relation"].create(
            {"contact_id": mine.id, "partner_id": self.company.id}
        )
        for write in (
            lambda: job.write({"partner_id": secret.id}),
            lambda: job.write({"employer_id": secret.id}),
            lambda: job.write({"version_id": secret.id}),
            lambda: relation.write({"contact_id": secret.id}),
            lambda: relation.write({"partner_id": secret.id}),
            lambda: mine.with_env(self.as_spy).write({"contact_current_id": secret.id}),
        ):
            self.assertIsInstance(self.answer_and_stay(write), AccessError)
        self.assertEqual(job.partner_id, mine)

    def test_a_dialog_is_its_users(self):
        owner = self.env(user=self.owner, su=False)
        change = owner["contact.job.change"].create(
            {"partner_id": self.secret.id, "email": "zqxjnew@spied.example"}
        )
        self.secret.with_env(owner).action_contact_who_sees()
        for model, registered in self.env.registry.items():
            if not registered._transient or not model.startswith("contact."):
                continue
            with self.subTest(model):
                rules = self.env["ir.rule"].search([("model_id.model", "=", model)])
                self.assertIn("create_uid", rules.mapped("domain_force")[0])
                if self.as_spy[model].has_access("read"):
                    self.assertFalse(self.as_spy[model].search([]))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models"):
            change.with_env(self.as_spy).write({"email": "spy@spied.example"})

    def test_the_key_to_its_portal_login(self):
        hidden = self.hidden.signup_get_auth_param()
        self.assertFalse(hidden.get(self.secret.id))
        own = self.mine.with_env(self.as_spy).signup_get_auth_param()
        self.assertEqual(set(own), set(self.mine.sudo().signup_get_auth_param()))

    def test_mails_are_handed_in_by_administrators(self):
        def hand_in(env, values):
            mail = MAIL.format(len(str(values)))
            return env["mail.thread"].message_process("crm.lead", mail, values)

        values = {"partner_id": self.secret.id, "user_id": self.spy.id}
        with self.assertRaisesRegex(AccessError, "administrator"):
            hand_in(self.as_spy, values)
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.assertTrue(hand_in(self.env(user=self.manager, su=False), {}))

    def test_a_name_comes_without_email_and_address(self):
        spec = {"fields": {"display_name": {}}, "context": ADDRESS}
        lead = self.lead.with_env(self.as_spy)
        partners = self.as_spy["res.partner"]
        self.check(
            {
                "many2one": lambda: lead.web_read({"partner_id": spec}),
                "group": lambda: lead.with_context(**ADDRESS).formatted_read_group(
                    [("id", "=", lead.id)], ["partner_id"], ["__count"]
                ),
                "default": lambda: partners.with_context(
                    default_parent_id=self.secret.id
                ).onchange({}, [], {"parent_id": spec, "self": spec}),
                "self": lambda: partners.with_context(
                    default_self=self.secret.id
                ).onchange({}, [], {"self": spec}),
                "followers": lambda: self.as_spy["mail.followers"].search_read(
                    [("partner_id", "=", self.secret.id)], ["name", "email"]
                ),
            },
            allowed=dict.fromkeys(
                ("many2one", "group", "default", "self", "followers"), NAME
            ),
        )
        seen = self.secret.with_user(self.owner).with_context(**ADDRESS)
        self.assertIn("zqxjstreet", seen.display_name)

    def test_an_attendee_is_not_read_by(self):
        attendees = self.as_spy["calendar.attendee"]
        event = self.as_spy["calendar.event"].create(
            {
                "name": "Mine",
                "start": "2090-01-02 10:00:00",
                "stop": "2090-01-02 11:00:00",
                "partner_ids": [Command.set(self.spy.partner_id.ids)],
            }
        )
        row = event.attendee_ids.with_env(self.as_spy)

        def move():
            row.partner_id = self.secret.id
            self.env.flush_all()
            return row.read(["email", "phone"])

        asked = {"email": {}, "phone": {}, "common_name": {}}
        self.check(
            {
                "write": move,
                "onchange": lambda: attendees.onchange(
                    {"partner_id": self.secret.id}, ["partner_id"], asked
                ),
                "default": lambda: attendees.with_context(
                    default_partner_id=self.secret.id
                ).onchange({}, [], {**asked, "partner_id": {}}),
            }
        )

    def test_nobody_writes_in_its_name_to_be_concerned(self):
        mine = self.mine.with_env(self.as_spy)
        self.mine.message_unsubscribe(self.secret.ids)
        note = mine.message_post(body="x")
        for attempt in (
            lambda: note.write({"author_id": self.secret.id}),
            lambda: mine.message_post(body="y", author_id=self.secret.id),
            lambda: self.as_spy["mail.scheduled.message"].create(
                {
                    "author_id": self.secret.id,
                    "model": "res.partner",
                    "res_id": mine.id,
                    "scheduled_date": "2090-01-01 10:00:00",
                    "body": "z",
                }
            ),
        ):
            self.assertIsInstance(self.answer_and_stay(attempt), AccessError)
        error = self.answer_and_stay(lambda: mine.message_subscribe(self.secret.ids))
        self.assertIsInstance(error, AccessError)

    def test_a_lead_copies_nothing_of_it(self):
        leads, secret = self.as_spy["crm.lead"], self.secret.id
        self.env["ir.default"].set(
            "crm.lead", "partner_id", secret, user_id=self.spy.id
        )
        asked = {"partner_id": {}, "email_from": {}, "phone": {}, "street": {}}
        by_default = {
            "default": lambda: leads.create({"name": "x"}).read(list(asked)),
            "new": lambda: leads.onchange({}, [], asked),
        }
        self.check(by_default)
        self.env["ir.default"].set("crm.lead", "partner_id", False, user_id=self.spy.id)
        for id_ in (secret, str(secret), float(secret)):
            lead = {"name": "x", "partner_id": id_}
            child = {"name": "Child", "parent_id": id_}
            self.check(
                {
                    f"lead {id_!r}": partial(self.read_again, leads, lead, asked),
                    f"child {id_!r}": partial(
                        self.read_again,
                        self.as_spy["res.partner"],
                        child,
                        ["street", "parent_id", "email"],
                    ),
                }
            )
        two = self.lead.with_env(self.as_spy) | leads.create(
            {"name": "Other", "partner_id": False}
        )
        error = self.answer_and_stay(lambda: two.write({"partner_id": secret}))
        self.assertIsInstance(error, AccessError)

    def read_again(self, model, values, names):
        """Return what the next request reads of a new record."""
        record = model.create(values)
        self.env.flush_all()
        self.env.invalidate_all()
        return record.read(list(names))

    def test_a_job_at_it_tells_no_address(self):
        change = {"partner_id": self.mine.id, "employer_id": self.secret.id}
        error = self.answer_and_stay(
            lambda: self.as_spy["contact.job.change"].create(change)
        )
        self.assertIsInstance(error, AccessError)

    def test_other_things_that_name_it(self):
        self.env["res.partner.bank"].create(
            {"partner_id": self.secret.id, "acc_number": "zqxjiban"}
        )
        self.secret.message_post(
            body="x",
            subject="To zqxjlast",
            partner_ids=self.owner.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )
        about_mine = self.mine.message_post(
            body="y", partner_ids=self.owner.partner_id.ids
        )
        seen = self.as_spy["mail.notification"].search(
            [("mail_message_id", "=", about_mine.id)]
        )
        self.assertTrue(seen.has_access("read"))
        channel = self.as_spy["discuss.channel"].create({"name": "Mine"})
        activity = self.mine.with_env(self.as_spy).activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.spy.id
        )

        def invite():
            channel.add_members(partner_ids=self.secret.ids)
            return channel.channel_member_ids.partner_id.sudo().read(["email", "name"])

        def move():
            activity.res_id = self.secret.id
            return activity.read(["res_name"])

        self.check(
            {
                "bank account": lambda: self.as_spy["res.partner.bank"].search_read(
                    [], ["acc_number", "partner_id"]
                ),
                "channel": invite,
                "notifications": lambda: self.as_spy["mail.notification"].search_read(
                    [], ["mail_message_id", "res_partner_id"]
                ),
                "activity": move,
            }
        )

    def test_a_new_member_of_a_new_contact(self):
        """What the rules allow goes on: a contact is made together with its team."""
        created = self.as_spy["res.partner"].create(
            {
                "name": "New",
                "contact_visibility": "private",
                "contact_member_ids": [Command.create({"user_id": self.owner.id})],
                "contact_relation_ids": [
                    Command.create({"partner_id": self.company.id})
                ],
            }
        )
        self.assertEqual(created.contact_member_ids.user_id, self.owner)
        portal = new_test_user(self.env, "cp_taken", groups="base.group_portal")
        self.assertFalse(portal.partner_id.with_user(portal)._contact_masked())
