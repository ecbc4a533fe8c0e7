from functools import partial

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .access_secret import EMAIL, NAME, SecretCase


@tagged("post_install", "-at_install")
class TestAccessLinked(SecretCase):
    """Nobody links a hidden contact in a record, or finds records by what he has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.address = cls.env["res.partner"].create(
            {"type": "delivery", "parent_id": cls.secret.id, "street": "Open 1"}
        )
        cls.meeting = (
            cls.env["calendar.event"]
            .with_user(cls.owner)
            .create(
                {
                    "name": "Theirs",
                    "start": "2090-01-02 10:00:00",
                    "stop": "2090-01-02 11:00:00",
                    "partner_ids": [
                        Command.set((cls.secret + cls.owner.partner_id).ids)
                    ],
                }
            )
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_nobody_links_it(self):
        secret, spy, lead = self.secret.id, self.spy, self.lead.id
        partner = self.env["ir.model"]._get_id("res.partner")
        todo = self.env.ref("mail.mail_activity_data_todo").id
        convert = {"lead_id": lead, "name": "convert", "action": "exist"}
        other = self.lead.copy({"partner_id": False}).id
        for model, values in (
            ("calendar.filters", {"user_id": spy.id, "partner_id": secret}),
            (
                "res.users.settings.volumes",
                {
                    "user_setting_id": spy.res_users_settings_id.id,
                    "partner_id": secret,
                },
            ),
            (
                "crm.lead2opportunity.partner",
                {**convert, "lead_id": other, "partner_id": secret},
            ),
            ("crm.lead", {"name": "x", "partner_id": self.address.id}),
            (
                "mail.activity",
                {
                    "res_model_id": partner,
                    "res_id": secret,
                    "activity_type_id": todo,
                    "user_id": spy.id,
                },
            ),
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                with mute_logger("odoo.addons.base.models.ir_rule"):
                    self.as_spy[model].create(values)
        # the same id, of another model
        note = self.mine.message_post(body="x", author_id=spy.partner_id.id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_message SET model = 'crm.lead', res_id = %s WHERE id = %s",
            [secret, note.id],
        )
        note.invalidate_recordset()
        note = note.with_env(self.as_spy)
        note._contact_checked([{"model": "crm.lead", "res_id": secret}])
        with self.assertRaises(AccessError):
            note._contact_checked([{"model": "res.partner", "res_id": secret}])
        own = self.as_spy["calendar.filters"].create(
            {"user_id": spy.id, "partner_id": self.mine.id}
        )
        with self.assertRaises(AccessError):
            with mute_logger("odoo.addons.base.models.ir_rule"):
                own.partner_id = self.hidden
        # what the lead has already goes on
        wizard = self.as_spy["crm.lead2opportunity.partner"].create(
            {**convert, "partner_id": secret}
        )
        self.assertEqual(wizard.sudo().partner_id, self.secret)

    def test_attendees_of_others_are_shown_by_name(self):
        rows = self.meeting.attendee_ids.with_env(self.as_spy)
        names = ["email", "phone", "common_name"]
        shown = {name: {} for name in names}
        self.check(
            {
                "read": lambda: rows.read(names),
                "search": lambda: rows.search_read([("id", "in", rows.ids)], names),
                "web": lambda: rows.web_read(shown),
                "event": lambda: self.meeting.with_env(self.as_spy).web_read(
                    {"attendee_ids": {"fields": shown}}
                ),
                "export": lambda: rows.export_data(names),
                "export of the event": lambda: self.meeting.with_env(
                    self.as_spy
                ).export_data(["attendee_ids/email", "attendee_ids/phone"]),
                **{
                    f"by {name}": partial(
                        rows.formatted_read_group, [], [name], ["__count"]
                    )
                    for name in ("email", "phone")
                },
                "all": lambda: rows.formatted_read_group([], [], ["email:array_agg"]),
            },
            allowed=dict.fromkeys(("read", "search", "web", "event", "export"), NAME),
        )
        self.assertFalse(rows.search([("email", "=", EMAIL)]))
        theirs = rows.with_user(self.owner)
        self.assertIn(EMAIL, [row["email"] for row in theirs.read(["email"])])
        self.assertTrue(theirs.search([("email", "=", EMAIL)]))
        self.assertIn(EMAIL, str(theirs.export_data(["email"])))
        own = [("id", "in", rows.ids)]
        groups = theirs.formatted_read_group(own, ["email"], ["__count"])
        self.assertIn(EMAIL, [group["email"] for group in groups])
        # that of the secret comes before it, but not to his knowledge
        self.owner.email = "zz@spied.example"
        self.assertEqual(theirs.search(own, order="email").partner_id[0], self.secret)
        self.assertEqual(
            rows.search(own, order="email").sudo().partner_id[1], self.secret
        )

    def test_a_batch_is_asked_at_once(self):
        people = self.env["res.partner"].create(
            [{"name": f"Seen {number}", "user_id": self.spy.id} for number in range(9)]
        )
        leads, spent = self.as_spy["crm.lead"], []
        self.env.flush_all()
        for some in (people[:1], people[:1], people):
            rows = [{"name": "x", "partner_id": one.id} for one in some]
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads._contact_checked(rows)
            spent.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*spent[1:])
        rows.append({"name": "x", "partner_id": self.secret.id})
        with self.assertRaises(AccessError):
            with mute_logger("odoo.addons.base.models.ir_rule"):
                leads.create(rows)
        # nobody is lent what belongs to another row
        quote = self.as_spy["crm.lead2opportunity.partner"]
        given = {"lead_id": self.lead.id, "partner_id": self.secret.id}
        taken = {**given, "lead_id": self.lead.copy({"partner_id": False}).id}
        quote._contact_checked([given])
        with self.assertRaises(AccessError):
            with mute_logger("odoo.addons.base.models.ir_rule"):
                quote._contact_checked([given, taken])

    def test_nothing_is_found_upwards_of_it(self):
        secret, company = self.secret.id, self.company
        deal = self.lead.copy({"partner_id": company.id}).with_env(self.as_spy)
        for model, domain in (
            ("res.partner", [("child_ids", "in", [secret])]),
            ("res.partner", [("child_ids", "=", secret)]),
            ("res.partner", [("id", "parent_of", [secret])]),
            ("res.partner", [("id", "parent_of", secret)]),
            ("crm.lead", [("partner_id", "parent_of", [secret])]),
            ("crm.lead", [("partner_id.child_ids", "in", [secret])]),
        ):
            with self.subTest(domain):
                self.assertFalse(self.as_spy[model].search(domain))
                as_owner = self.env(user=self.owner, su=False)
                everything = as_owner[model].sudo().search(domain)
                self.assertIn(
                    company.id if model == "res.partner" else deal.id, everything.ids
                )
        mine = self.mine.with_env(self.as_spy)
        self.mine.parent_id = company
        found = mine.search([("id", "parent_of", [mine.id, secret])])
        self.assertEqual(found, mine | company.with_env(self.as_spy))

    def test_a_name_is_shown_in_every_form(self):
        lead = self.lead.with_env(self.as_spy).with_context(show_address=True)
        name = "Zqxjfirst Zqxjlast"
        self.assertEqual(lead.read(["partner_id"])[0]["partner_id"][1], name)

    def test_a_customer_is_not_taken_anew(self):
        """Odoo would copy address, email and phone of who is named again."""
        lead = self.lead.with_env(self.as_spy)
        names = ["email_from", "phone", "street", "city", "function", "website"]

        def read_again():
            self.env.flush_all()
            self.env.invalidate_all()
            return lead.read(names)

        def convert():
            wizard = self.as_spy["crm.lead2opportunity.partner"].create(
                {
                    "lead_id": lead.id,
                    "name": "convert",
                    "action": "exist",
                    "partner_id": self.secret.id,
                }
            )
            wizard.action_apply()
            return read_again()

        again = {"partner_id": self.secret.id}
        self.check(
            {
                "write": lambda: lead.write(dict(again)) and read_again(),
                "save": lambda: lead.web_save(again, {"email_from": {}, "phone": {}}),
                "load": lambda: (
                    lead.load(
                        [".id", "partner_id/.id"], [[str(lead.id), str(self.secret.id)]]
                    )
                    and read_again()
                ),
                "convert": convert,
            }
        )
        lead.write({**again, "name": "Renamed"})
        self.assertEqual(lead.name, "Renamed")
        self.assertEqual(lead.sudo().partner_id, self.secret)
        lead.write({"partner_id": False})
        self.assertFalse(lead.partner_id)
        lead.write({"partner_id": self.mine.id})
        self.assertEqual(lead.email_from, self.mine.email)

    def test_nobody_has_it_follow(self):
        secret, lead = self.secret.id, {"name": "x"}
        leads, link = self.as_spy["crm.lead"], [Command.link(secret)]
        for made in (
            lambda: leads.create({**lead, "message_partner_ids": link}),
            lambda: leads.create(
                {
                    **lead,
                    "message_follower_ids": [Command.create({"partner_id": secret})],
                }
            ),
            lambda: leads.create(lead).write({"message_partner_ids": link}),
            lambda: leads.create(lead).message_subscribe([secret]),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                with mute_logger("odoo.addons.base.models.ir_rule"):
                    made()
        made = leads.with_context(default_message_partner_ids=link).create(lead)
        self.assertNotIn(self.secret, made.sudo().message_partner_ids)

    def test_nothing_is_found_by_what_it_has(self):
        """Odoo looks for followers, authors and attendees as superuser."""
        self.lead.message_subscribe(self.secret.ids)
        self.lead.message_post(body="x", author_id=self.secret.id)
        local, meetings = EMAIL.partition("@")[0], "calendar.event"
        email = ("email", "=", EMAIL)
        for model, domain, found in (
            ("crm.lead", [("message_partner_ids.email", "=", EMAIL)], self.lead),
            ("crm.lead", [("message_partner_ids", "any", [email])], self.lead),
            ("crm.lead", [("partner_id", "ANY!", [email])], self.lead),
            (
                "crm.lead",
                [("message_ids", "ANY!", [("author_id", "Any", [email])])],
                None,
            ),
            (
                "crm.lead",
                [
                    (
                        "user_id",
                        "ANY!",
                        [("opportunity_ids.partner_id.email", "=", EMAIL)],
                    )
                ],
                None,
            ),
            (
                "crm.lead",
                [
                    ("stage_id", "any", [("id", ">", 0)]),
                    ("partner_id", "ANY!", [email]),
                ],
                self.lead,
            ),
            ("crm.lead", [("message_partner_ids", "ilike", local)], self.lead),
            ("crm.lead", [("message_partner_ids", "in", [EMAIL])], self.lead),
            ("crm.lead", [("message_ids.author_id.email", "=", EMAIL)], self.lead),
            (
                "crm.lead",
                [("message_ids", "any", [("author_id", "any", [email])])],
                self.lead,
            ),
            ("crm.lead", [("message_ids.author_id", "ilike", local)], self.lead),
            (meetings, [("attendee_ids.email", "=", EMAIL)], self.meeting),
            (meetings, [("attendee_ids", "any", [email])], self.meeting),
            (
                "crm.lead",
                [("partner_id", "any", [("id", "parent_of", self.secret.id)])],
                None,
            ),
        ):
            # an operator in upper case is deprecated
            with self.subTest(domain), mute_logger("py.warnings"):
                self.assertFalse(self.as_spy[model].search(domain))
                everything = self.env[model].sudo().search(domain)
                if found:
                    self.assertIn(found, everything)
        leads = self.as_spy["crm.lead"]
        mine = self.lead.with_env(self.as_spy)
        for domain in (
            [("message_partner_ids", "in", self.secret.ids)],
            [("message_partner_ids.email", "=", self.spy.email)],
            [("message_partner_ids", "ilike", self.spy.name)],
            [("message_ids.author_id", "any", [("id", ">", 0)])],
        ):
            with self.subTest(domain):
                self.lead.message_subscribe(self.spy.partner_id.ids)
                self.assertIn(mine, leads.search(domain))
        without = leads.search([("message_partner_ids", "not ilike", self.spy.name)])
        self.assertNotIn(mine, without)

    def test_an_activity_does_not_turn_to_it(self):
        activity = self.lead.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.spy.id
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_activity SET res_id = %s WHERE id = %s",
            [self.secret.id, activity.id],
        )
        activity.invalidate_recordset()
        partner = self.env["ir.model"]._get_id("res.partner")
        for vals in ({"res_model": "res.partner"}, {"res_model_id": partner}):
            for check in ("_contact_checked", "write"):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    with mute_logger("odoo.addons.base.models.ir_rule"):
                        own = activity.with_env(self.as_spy)
                        getattr(own, check)([vals] if check != "write" else vals)
