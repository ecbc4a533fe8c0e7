"""Domains, filters and defaults that users write: they find out nothing."""

from contextlib import contextmanager
from warnings import catch_warnings, simplefilter

from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tests import new_test_user, tagged

from .access_secret import EMAIL, SecretCase, words

_DOMAINS = (
    ("city", "ilike", "Zqxj%"),
    ("email", "=", EMAIL),
    ("complete_name", "ilike", "Zqxj"),
)


@contextmanager
def _deprecated():
    """Let operators be in upper case, for which Odoo has a warning."""
    with catch_warnings():
        simplefilter("ignore", DeprecationWarning)
        yield


@tagged("post_install", "-at_install")
class TestAccessTyped(SecretCase):
    def setUp(self):
        super().setUp()
        self.documents = self.lead.with_env(self.as_spy)
        self.company_seen = self.company.with_env(self.as_spy)

    def test_no_operator_passes_the_rules(self):
        """Odoo refuses ``any!`` of a client, but asks before it lowers the case."""
        self.mine.parent_id = self.company
        seen = ("email", "=", self.mine.email)
        relations = "contact_account_relation_ids"
        for operator in ("ANY", "ANY!", "Any!"):
            for inner in _DOMAINS:
                asked = ("child_ids", operator, [inner])
                within = ("partner_id", "any", [("parent_id", "any", [asked])])
                related = (relations, operator, [("contact_id", operator, [inner])])
                for records, condition in (
                    (self.company_seen, asked),
                    (self.company_seen, related),
                    (self.documents, ("partner_id", operator, [inner])),
                    (self.documents, within),
                ):
                    with self.subTest(condition), _deprecated():
                        found = records.search([condition])
                        self.assertFalse(found & records)
                        self.assertFalse(records.filtered_domain([condition]))
                        condition = (condition[0], f"NOT {operator}", condition[2])
                        found = records.search([condition])
                        self.assertIn(records, found)
            with _deprecated():
                condition = [("child_ids", operator, [seen])]
                self.assertEqual(self.company_seen.search(condition), self.company_seen)

    def test_whether_anybody_works_there(self):
        self.mine.parent_id = False
        companies = self.company_seen.browse(self.company.id)
        for operator, value in (("!=", False), ("not in", [False])):
            self.assertFalse(
                companies.search([("child_ids", operator, value)]) & companies
            )
        for operator, value in (("=", False), ("in", [False])):
            self.assertIn(companies, companies.search([("child_ids", operator, value)]))
        self.assertNotIn(companies, companies.search([("child_ids", "in", [])]))
        self.assertIn(companies, companies.search([("child_ids", "not in", [])]))
        self.mine.parent_id = self.company
        self.assertIn(companies, companies.search([("child_ids", "!=", False)]))
        self.assertNotIn(companies, companies.search([("child_ids", "=", False)]))

    def test_no_case_of_an_operator_leads_upwards(self):
        for domain in (
            [("child_ids", "ANY", [("id", "PARENT_OF", self.secret.id)])],
            [("id", "PARENT_OF", self.secret.id)],
        ):
            with self.subTest(domain), _deprecated():
                found = self.as_spy["res.partner"].search(domain)
                self.assertFalse(found & self.company_seen)

    def test_a_domain_is_as_blind_in_python(self):
        asked = ("partner_id.parent_id.name", "=", self.company.name)
        zip_ = ("partner_id.zip", "=", self.secret.zip)
        first = ("partner_id.contact_can_read", "=", False)
        for domain in (
            [asked],
            [zip_],
            [first, ("partner_id.city", "ilike", "zqxj")],
            [("partner_id", "any", [("city", "ilike", "zqxj")])],
        ):
            with self.subTest(domain):
                self.env.invalidate_all()
                self.assertFalse(self.documents.filtered_domain(domain))
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    self.hidden.mapped("city")
        self.documents.with_user(self.owner).sudo().partner_id = self.mine
        mine = Domain("partner_id.email", "=", self.mine.email)
        self.assertEqual(self.documents.filtered_domain(mine), self.documents)
        new = self.documents.new({"partner_id": self.mine.id})
        self.assertEqual(new.filtered_domain(mine), new)

    def test_a_contact_who_logs_in(self):
        """A user has the fields of his contact, also in Python."""
        portal = self.env["res.users"].create(
            {
                "login": "cp_typed_portal",
                "partner_id": self.secret.id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_uid = %s WHERE id = %s",
            [portal.id, self.lead.id],
        )
        for condition in (
            ("create_uid.email", "=", EMAIL),
            ("create_uid.partner_id.email", "=", EMAIL),
            ("create_uid.city", "ilike", "zqxj"),
        ):
            with self.subTest(condition):
                self.env.invalidate_all()
                self.assertFalse(self.documents.filtered_domain([condition]))
                self.assertNotIn(self.lead, self.documents.search([condition]))
        user = portal.with_env(self.as_spy)
        self.assertFalse(user.filtered_domain([("city", "ilike", "zqxj")]))

    def test_an_embedded_action_is_shown_by_what_its_user_sees(self):
        action = self.env["ir.actions.act_window"].create(
            {"name": "Leads", "res_model": "crm.lead"}
        )
        embedded = self.as_spy["ir.embedded.actions"].create(
            {
                "name": "x",
                "parent_action_id": action.id,
                "action_id": action.id,
                "parent_res_model": "crm.lead",
                "domain": repr([("partner_id.zip", "=", self.secret.zip)]),
            }
        )
        lead = embedded.with_context(active_id=self.lead.id)
        self.assertFalse(lead.is_visible)

    def test_the_check_of_a_right_reads_no_more(self):
        for name in ("contact_can_read", "contact_can_write"):
            self.env.invalidate_all()
            self.assertFalse(self.hidden[name])
            for field in ("city", "email", "name"):
                with self.subTest(name), self.assertRaises(AccessError):
                    self.hidden.mapped(field)

    def test_properties_name_nobody(self):
        """Odoo adds the names of what a property links, whatever was written."""
        team = self.env["crm.team"].create({"name": "Spies"})
        team.lead_properties_definition = [
            {"name": "who", "type": "many2one", "comodel": "res.partner", "string": "x"}
        ]
        self.lead.team_id = team
        lead = self.documents
        lead.lead_properties = {"who": self.secret.id}
        self.env.flush_all()
        for context in ({}, {"show_email": True}, {"show_address": True}):
            with self.subTest(context):
                self.env.invalidate_all()
                shown = lead.with_context(**context).read(["lead_properties"])
                self.assertFalse(words(shown))
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            lead.export_data(["lead_properties.who"])

    def test_a_filter_for_everybody_asks_nothing_of_contacts(self):
        boss = new_test_user(
            self.env, "cp_typing_boss", groups="sales_team.group_sale_manager"
        )
        team = self.env["crm.team"].with_user(boss).create({"name": "Typing"})
        member = {"user_id": boss.id, "crm_team_id": team.id}
        by_contact = "[('partner_id.city', 'ilike', 'zqxj')]"
        for typed in (
            by_contact,
            "['|', ('priority', '=', '1'), ('partner_id', 'any', [('zip', '=', x)])]",
            "[('message_partner_ids', 'ANY!', [('zip', '=', '1')])]",
            "(('partner_id.city', 'ilike', 'zqxj'),)",
            "[('priority', '=', '1')] + [('partner_id.zip', '=', '1')]",
            "[('user_id.city', '=', 'x')]",
        ):
            with self.subTest(typed), _deprecated():
                with self.assertRaisesRegex(AccessError, "Only administrators of"):
                    team.assignment_domain = typed
                with self.assertRaisesRegex(AccessError, "Only administrators of"):
                    team.create({"name": "x", "assignment_domain": typed})
                with self.assertRaisesRegex(AccessError, "Only administrators of"):
                    team.crm_team_member_ids.create(
                        {**member, "assignment_domain": typed}
                    )
                with self.assertRaisesRegex(AccessError, "Only administrators of"):
                    team.crm_team_member_ids.create(
                        {**member, "assignment_domain_preferred": typed}
                    )
        team.assignment_domain = "[('partner_id', '!=', False), ('priority', '=', '1')]"
        boss.group_ids |= self.env.ref("contact_person.group_contact_manager")
        team.assignment_domain = by_contact
        self.assertEqual(team.assignment_domain, by_contact)

    def test_what_arrives_by_mail_is_for_nobody_hidden(self):
        """A team's alias is written as superuser, for who edits the team."""
        boss = new_test_user(
            self.env, "cp_alias_boss", groups="sales_team.group_sale_manager"
        )
        team = self.env["crm.team"].with_user(boss).create({"name": "Typing"})
        for defaults in ({"partner_id": self.secret.id}, {"team_id": team.id}):
            with self.subTest(defaults):
                values = {"alias_defaults": repr(defaults)}
                if "partner_id" in defaults:
                    with self.assertRaises(AccessError):
                        team.write(values)
                    with self.assertRaises(AccessError):
                        team.alias_id.sudo().write(values)
                else:
                    team.write(values)
        self.assertIn("team_id", team.alias_defaults)
        team.alias_id.sudo(False).with_user(self.env.user).sudo().alias_defaults = repr(
            {"partner_id": self.mine.id}
        )
