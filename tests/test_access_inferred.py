"""What follows from a likeness, a list, a name or an invitation of hidden contacts."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from warnings import catch_warnings, simplefilter

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .access_secret import EMAIL, PASSWORD, SecretCase, words


@contextmanager
def _quietly():
    """Let operators be in use for which Odoo has a warning."""
    with catch_warnings(), mute_logger("odoo.domains"):
        simplefilter("ignore", DeprecationWarning)
        yield


@tagged("post_install", "-at_install")
class TestAccessInferred(SecretCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret.zip = "9677"
        cls.env.flush_all()
        cls.partners = cls.as_spy["res.partner"]

    # ------------------------------------------------------------
    # LIKENESS
    # ------------------------------------------------------------

    def likeness(self, contact, **typed):
        found = self.partners.contact_find_duplicates(typed, limit=50)
        return next((hit for hit in found if hit["id"] == contact.id), None)

    def test_a_likeness_tells_no_more_than_its_reasons(self):
        for known in ({"name": self.secret.name}, {"email": EMAIL}):
            told = self.likeness(self.secret, **known)
            self.assertTrue(told)
            for name, right, wrong in (
                ("zip", "9677", "1234"),
                ("city", "zqxjcity", "Elsewhere"),
                ("function", "zqxjjob", "Painter"),
            ):
                with self.subTest(known, name=name):
                    for guess in (right, wrong):
                        self.assertEqual(
                            told, self.likeness(self.secret, **known, **{name: guess})
                        )

    def test_who_sees_the_contact_sees_how_like_it_is(self):
        self.mine.write({"zip": "9677", "city": "Odense", "name": "Minna Mynthe"})
        self.env.flush_all()
        scores = [
            self.likeness(self.mine, name="Minna Mynthe", zip=zip_)["score"]
            for zip_ in ("9677", "1234")
        ]
        self.assertGreater(*scores)

    def test_a_rule_compares_no_field_letter_by_letter(self):
        fields = self.env["ir.model.fields"]
        name, city = (fields._get("res.partner", one).id for one in ("name", "city"))
        conditions = [
            {"field_id": name, "method": "exact"},
            {"field_id": city, "method": "fuzzy", "threshold": 50},
        ]
        self.env["contact.duplicate.rule"].create(
            {
                "name": "Places",
                "condition_ids": [Command.create(values) for values in conditions],
            }
        )
        hits = [
            self.likeness(self.secret, name=self.secret.name, city=city)
            for city in ("zqxjcity", "zqxjciti", "zqxjcoto")
        ]
        self.assertEqual({hit["action"] for hit in hits}, {"warn"})
        self.assertEqual(len({hit["score"] for hit in hits}), 1, hits)

    def test_the_employer_that_is_typed_is_one_that_is_seen(self):
        double = self.env["res.partner"].create(
            {
                "name": "Zedekiah Qqxx",
                "company_name": self.secret.name,
                "user_id": self.spy.id,
            }
        )
        typed = {"name": "Zedekiah Qqxx"}
        hits = [
            self.likeness(double, **typed, parent_id=parent)
            for parent in (self.secret.id, False)
        ]
        self.assertEqual(*hits)

    # ------------------------------------------------------------
    # LISTS
    # ------------------------------------------------------------

    def test_no_list_of_people_tells_who_is_in_it(self):
        tag = self.env["res.partner.category"].create({"name": "Of one"})
        self.secret.category_id += tag
        self.mine.parent_id = False
        tags = self.as_spy["res.partner.category"]
        company = self.company.with_env(self.as_spy)
        for operator, value in (
            ("child_of", self.company.id),
            ("child_of", self.company.ids),
            ("child_of", self.company.name),
            ("ilike", ""),
            ("like", ""),
            ("!=", False),
            ("not in", [False]),
            ("ilike", "Zqxj"),
            ("ilike", self.secret.id),
            ("like", []),
            ("<>", False),
            ("not =like", ""),
            ("in", self.secret.ids),
            ("==", self.secret.id),
            ("=?", self.secret.id),
            ("=?", self.secret.ids),
        ):
            with self.subTest(operator=operator, value=value), _quietly():
                found = tags.search([("partner_ids", operator, value)])
                self.assertNotIn(tag, found)
                if value != self.company.ids:
                    found = company.search([("child_ids", operator, value)])
                    self.assertNotIn(company, found)
        nobody = self.env["res.partner"].create(
            {"name": "Without people", "is_company": True}
        )
        two = company + nobody.with_env(self.as_spy)
        for operator, value in (
            ("not ilike", ""),
            ("=", False),
            ("==", False),
            ("=like", ""),
            ("=?", [False]),
            ("=", []),
            ("=", [False, self.secret.id]),
            ("in", [False, self.secret.id]),
            ("not in", self.secret.ids),
            ("<>", self.secret.id),
        ):
            with self.subTest(operator=operator, value=value), _quietly():
                self.assertIn(tag, tags.search([("partner_ids", operator, value)]))
                domain = [("id", "in", two.ids), ("child_ids", operator, value)]
                self.assertEqual(two.search(domain), two)
        self.mine.category_id += tag
        self.mine.parent_id = self.company
        for operator, value in (
            ("child_of", self.company.id),
            ("child_of", self.company.name),
            ("ilike", ""),
            ("!=", False),
        ):
            with self.subTest(operator=operator, value=value):
                self.assertIn(tag, tags.search([("partner_ids", operator, value)]))
        self.assertIn(company, company.search([("child_ids", "ilike", "")]))

    def test_all_fields_of_followers_are_read(self):
        followers = self.as_spy["mail.followers"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.company.id)]
        )
        self.assertTrue(followers)
        self.check(
            {"read": lambda: followers.read()},
            allowed={"read": {"zqxjfirst", "zqxjlast"}},
        )
        self.assertEqual(followers.mapped("contact_can_read"), [True] * len(followers))

    # ------------------------------------------------------------
    # WHAT IS TYPED FOR LATER
    # ------------------------------------------------------------

    def test_no_text_is_compared_with_a_contact_for_everybody(self):
        boss = new_test_user(
            self.env, "cp_inferring_boss", groups="sales_team.group_sale_manager"
        )
        team = self.env["crm.team"].with_user(boss).create({"name": "Typing"})
        for typed in (
            "[('partner_id', 'ilike', 'Spied')]",
            "[('partner_id', '=', 'zqxj')]",
            "[('partner_id', 'in', ['zqxj'])]",
            "[('partner_id', 'not ilike', 'Spied')]",
            "[('user_id.complete_name', 'ilike', 'Spied')]",
            f"[('user_id.parent_id', '=', {self.company.id})]",
            "[('user_id.message_ids.body', 'ilike', 'zqxj')]",
            "[('user_id', 'any', [('partner_id', 'ilike', 'x')])]",
        ):
            with self.subTest(typed):
                with self.assertRaisesRegex(AccessError, "Only administrators of"):
                    team.assignment_domain = typed
        for typed in (
            "[('partner_name', 'ilike', 'Spied')]",
            "[('user_id', 'ilike', 'Marc')]",
            f"[('partner_id', '=', {self.mine.id})]",
        ):
            team.assignment_domain = typed

    def test_what_arrives_by_mail_has_no_lines_for_the_hidden(self):
        boss = new_test_user(
            self.env, "cp_inferring_alias", groups="sales_team.group_sale_manager"
        )
        team = self.env["crm.team"].with_user(boss).create({"name": "Typing"})
        line = {"partner_id": self.secret.id}
        for defaults in (
            {"calendar_event_ids": [(0, 0, {"attendee_ids": [(0, 0, line)]})]},
            {"message_partner_ids": [(4, self.secret.id)]},
            {
                "calendar_event_ids": [
                    (0, 0, {"partner_ids": [(6, 0, self.secret.ids)]})
                ]
            },
        ):
            with self.subTest(defaults), self.assertRaises(AccessError):
                team.write({"alias_defaults": repr(defaults)})
        tags = self.env["crm.tag"].create({"name": "x"})
        team.write({"alias_defaults": repr({"tag_ids": [(6, 0, tags.ids)]})})

    # ------------------------------------------------------------
    # MEETINGS
    # ------------------------------------------------------------

    def meeting(self):
        start = datetime.now().replace(microsecond=0) + timedelta(days=3)
        return self.env["calendar.event"].create(
            {
                "name": "Spied",
                "start": start,
                "stop": start + timedelta(hours=1),
                "user_id": self.owner.id,
                "partner_ids": [Command.link(self.secret.id)],
            }
        )

    def test_the_description_of_a_meeting_names_no_employer(self):
        events = self.env["calendar.event"].with_user(self.owner).sudo(False)
        self.env.transaction.default_env = events.env
        start = datetime.now().replace(microsecond=0) + timedelta(days=3)
        event = events.with_context(default_partner_ids=self.secret.ids).create(
            {
                "name": "Spied",
                "start": start,
                "stop": start + timedelta(hours=1),
                "partner_ids": [Command.link(self.secret.id)],
            }
        )
        for text in (
            event.with_env(self.as_spy).description,
            event._prepare_partner_contact_details_html("Details", self.secret),
        ):
            self.assertNotIn(self.company.name, str(text))
        self.assertIn("Zqxjlast", str(text))

    def test_nobody_answers_an_invitation_of_another(self):
        rows = self.meeting().attendee_ids
        row = rows.filtered(lambda row: row.partner_id == self.secret)
        theirs = row.with_env(self.as_spy)
        with mute_logger("odoo.models"):
            for ask in (
                lambda: theirs.read(["access_token"]),
                lambda: theirs.search([("access_token", "=like", "a%")]),
                lambda: theirs.formatted_read_group([], ["access_token"]),
                lambda: theirs.search([], order="access_token"),
                lambda: theirs.event_id.search(
                    [("attendee_ids.access_token", "=like", "a%")]
                ),
            ):
                with self.assertRaises(AccessError):
                    ask()
        self.assertNotIn("access_token", theirs.read()[0])
        known = {"access_token": "known"}
        event = theirs.event_id
        line = {"partner_id": self.mine.id, "event_id": event.id, **known}
        for attempt in (
            lambda: theirs.write(known),
            lambda: event.write({"attendee_ids": [Command.update(row.id, known)]}),
            lambda: event.write({"attendee_ids": [Command.create(line)]}),
            lambda: theirs.create(line),
        ):
            self.answer(attempt)
            with mute_logger("odoo.models"), self.assertRaises(AccessError):
                attempt()
            self.env.invalidate_all()
        theirs.with_context(contact_inviting=True).read(["state"])

    def test_the_page_of_an_invitation_shows_no_address(self):
        """Who wrote the invitation has the key to it, too."""
        row = self.meeting().attendee_ids.filtered(
            lambda row: row.partner_id == self.secret
        )
        url = f"/calendar/meeting/view?token={row.access_token}&id={row.event_id.id}"
        page = self.url_open(url).text
        self.assertEqual(words(page), {"zqxjfirst", "zqxjlast"})
        self.authenticate(self.spy.login, PASSWORD)
        page = self.url_open(url).text
        self.assertIn("cannot be forwarded", page)
        self.assertEqual(words(page), {"zqxjfirst", "zqxjlast"})
        self.secret.contact_visibility = "everyone"
        self.assertIn("zqxjmail", words(self.url_open(url).text))
        self.authenticate(None, None)
        self.assertIn("zqxjmail", words(self.url_open(url).text))

    def test_an_invitation_has_its_key(self):
        start = datetime.now().replace(microsecond=0) + timedelta(days=3)
        event = self.as_spy["calendar.event"].create(
            {
                "name": "Mine",
                "start": start,
                "stop": start + timedelta(hours=1),
                "partner_ids": [Command.link(self.mine.id)],
            }
        )
        row = event.sudo().attendee_ids.filtered(lambda x: x.partner_id == self.mine)
        mails = self.env["mail.message"].search(
            [("partner_ids", "in", self.mine.ids), ("body", "ilike", row.access_token)]
        )
        self.assertTrue(mails)
