from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_consents import ConsentCase


@tagged("post_install", "-at_install")
class TestConsentStanding(ConsentCase):
    def found(self, state, purpose=None, user=None):
        choice = f"{(purpose or self.mail).id}:{state}"
        persons = self.Partner.with_user(user or self.sales)
        return persons.search([("contact_consent_now", "=", choice)])

    def groups(self, domain=None):
        persons = self.Partner.with_user(self.sales)
        domain = domain or [("id", "in", (self.anna | self.bo).ids)]
        found = persons._read_group(domain, ["contact_consent_now"], ["id:array_agg"])
        return {group: set(ids) for group, ids in found}

    def test_contacts_are_found_by_their_state_on_a_purpose(self):
        now = fields.Datetime.now()
        self.assertIn(self.anna, self.found("none"))
        self.say()
        self.assertEqual(self.found("given"), self.anna)
        self.assertNotIn(self.anna, self.found("none"))
        self.assertIn(self.anna, self.found("none", self.call))
        self.say(False)
        self.assertEqual(self.found("withdrawn"), self.anna)
        self.assertFalse(self.found("given"))
        self.say(contact=self.bo, date=now - timedelta(days=400))
        self.assertEqual(self.found("expired"), self.bo)

    def test_search_and_state_say_the_same(self):
        now = fields.Datetime.now()
        self.say(date=now - timedelta(days=364))
        for months in (12, 11, 0, 1, 24):
            self.mail.validity_months = months
            with self.subTest(months=months):
                self.assertIn(self.anna, self.found(self.state()))

    def test_groups_count_each_contact_once_a_purpose(self):
        self.say()
        self.say(False, contact=self.bo)
        self.assertEqual(
            self.groups(),
            {
                f"{self.mail.id}:given": {self.anna.id},
                f"{self.mail.id}:withdrawn": {self.bo.id},
                f"{self.call.id}:none": {self.anna.id, self.bo.id},
            },
        )
        persons = self.Partner.with_user(self.sales)
        groups = persons.web_read_group(
            [("id", "in", self.anna.ids)], ["contact_consent_now"], ["__count"]
        )["groups"]
        for group in groups:
            found = persons.search(
                [("id", "in", self.anna.ids), *group["__extra_domain"]]
            )
            self.assertEqual(len(found), group["__count"])
        labels = dict(
            persons.fields_get(["contact_consent_now"])["contact_consent_now"][
                "selection"
            ]
        )
        self.assertEqual(labels[f"{self.mail.id}:given"], "News: given")

    def test_the_past_is_written_later(self):
        self.say()
        self.say(False, date="2020-01-01 10:00:00")
        self.assertEqual(self.found("given"), self.anna)

    def test_it_follows_job_changes_and_merges(self):
        self.say()
        new = self.change_job()
        self.assertEqual(self.found("given"), new)
        new.with_user(self.sales).contact_undo_job_change()
        self.assertEqual(self.found("given"), self.anna)
        self.say(False, contact=self.bo)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        self.bo.email = self.anna.email
        wizard._merge((self.anna | self.bo).ids, self.bo)
        self.assertEqual(self.found("withdrawn"), self.bo)
        self.assertEqual(self.state(self.bo), "withdrawn")
        self.assertFalse(self.found("given"))

    def test_what_expires_soon_is_to_be_renewed(self):
        now = fields.Datetime.now()
        for contact, age in ((self.anna, 340), (self.bo, 500)):
            self.say(contact=contact, date=now - timedelta(days=age))
        self.say(purpose=self.call)
        lines = self.env["contact.consent.standing"].with_user(self.sales)
        found = lines.search(
            [("days_left", "<=", 30), ("purpose_id", "=", self.mail.id)]
        )
        self.assertEqual(found.partner_id, self.anna | self.bo)
        self.assertEqual(found.mapped("state"), ["expired", "given"])
        wizard = self.env["contact.consent.request"].with_user(self.sales)
        wizard = wizard.with_context(active_model=lines._name, active_ids=found.ids)
        self.assertEqual(wizard.create({}).partner_ids, self.anna | self.bo)
        found = lines.search(
            [("days_left", "<=", 10), ("purpose_id", "=", self.mail.id)]
        )
        self.assertEqual(found.partner_id, self.bo)

    def test_it_is_as_hidden_as_the_contact(self):
        self.say()
        self.env["ir.rule"].create(
            {
                "name": "t",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": [("id", "!=", self.anna.id)],
            }
        )
        lines = self.env["contact.consent.standing"].with_user(self.sales)
        self.assertNotIn(self.anna.id, lines.search([]).partner_id.ids)
        self.assertFalse(self.found("given"))
        self.assertNotIn(f"{self.mail.id}:given", self.groups())

    def test_nobody_writes_it(self):
        self.say()
        lines = self.env["contact.consent.standing"].with_user(self.manager)
        line = lines.search([("partner_id", "=", self.anna.id)])
        with self.assertRaises(AccessError), mute_logger("odoo.models.unlink"):
            line.unlink()
        with self.assertRaises(AccessError):
            line.write({"decision": "withdrawn"})

    def test_a_table_that_is_missing_is_filled_from_the_ledger(self):
        self.say()
        self.env.cr.execute("DELETE FROM contact_consent_standing")
        self.env["contact.consent.standing"].init()
        self.assertEqual(self.found("given"), self.anna)
