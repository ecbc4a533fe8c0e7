from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.access import res_users
from .access_secret import EMAIL, NAME, TEXTS, SecretCase, words


@tagged("post_install", "-at_install")
class TestAccessWays(SecretCase):
    """Ways to learn of a contact that one may not read. None of them leads there."""

    def test_the_words_are_found_where_they_may_be(self):
        """A test of the test: the owner finds every word."""
        secret = self.secret.with_user(self.owner)
        found = words(secret.read(["name", "email", "phone", "comment", "function"]))
        self.assertLessEqual({*NAME, "zqxjmail", "phone", "zqxjnote"}, found)
        self.assertFalse(self.hidden.has_access("read"))

    # ------------------------------------------------------------
    # SEARCHING
    # ------------------------------------------------------------

    def test_no_field_finds_it(self):
        """Neither by what a field holds nor by its being filled."""
        model = self.as_spy["res.partner"].with_context(active_test=False)

        def count(domain):
            return lambda: "zqxjfound" * model.search_count(domain)

        table, me = {}, [("id", "=", self.secret.id)]
        for name, field in model._fields.items():
            if not field.store:
                continue
            table[f"{name} filled"] = count([*me, (name, "!=", False)])
            table[f"{name} empty"] = count([*me, (name, "=", False)])
            if field.type in TEXTS:
                table[f"{name} ilike"] = count([(name, "ilike", "zqxj")])
        self.assertGreater(len(table), 100)
        self.check(table)

    def test_no_rare_name_finds_it(self):
        """Who sees almost everybody is answered in another way if a name is rare."""
        for name, limit in (("SMALL", -2), ("FAR", -1)):
            limits = patch.object(res_users, name, limit)
            limits.start()
            self.addCleanup(limits.stop)
        self.env.registry.clear_cache()
        self.addCleanup(self.env.registry.clear_cache)
        partners = self.as_spy["res.partner"].with_context(active_test=False)
        self.assertEqual(
            partners.search([("name", "ilike", "zqxj")], limit=9), partners
        )
        rare = [("name", "ilike", partners.browse(self.mine.id).name)]
        self.assertEqual(partners.search(rare, limit=9).ids, self.mine.ids)
        for also in (
            [("parent_id.child_ids.email", "ilike", "zqxj")],
            [("contact_can_write", "=", True), ("id", "=", self.company.id)],
            [("id", "parent_of", self.secret.id)],
            [("id", "any", [("child_ids.email", "ilike", "zqxj")])],
            [("id", "child_of", self.company.id), ("id", "!=", self.company.id)],
        ):
            with self.subTest(also=also):
                everyone = [("name", "ilike", ""), *also]
                found = partners.search(everyone, limit=9)
                self.assertEqual(found, partners.search(everyone))
        with mute_logger("odoo.models"), self.assertRaises(AccessError):
            partners.search([*rare, ("signup_type", "=", "reset")], limit=9)

    def test_no_domain_of_another_model_finds_it(self):
        """A customer's email is searched through everything that has a customer."""
        table = {}
        for model in self.as_spy.values():
            if model._abstract or not model.has_access("read"):
                continue
            for name, field in model._fields.items():
                if (
                    field.comodel_name != "res.partner"
                    or not field._description_searchable
                ):
                    continue
                for text in ("email", "function"):
                    domain = [(f"{name}.{text}", "ilike", "zqxj")]
                    table[f"{model._name} {domain}"] = (
                        lambda model=model, domain=domain: (
                            "zqxjfound" * model.search_count(domain)
                        )
                    )
        self.assertGreater(len(table), 100)
        # Odoo finds a document by its followers, whoever they are.
        for text in ("email", "function"):
            table.pop(f"res.partner [('message_partner_ids.{text}', 'ilike', 'zqxj')]")
        self.check(table)

    def test_no_list_count_or_group_shows_it(self):
        partner = self.as_spy["res.partner"]
        any_one = [("active", "in", [True, False])]
        table = {
            "search": lambda: partner.search(any_one).read(["name", "email"]),
            "search_read": lambda: partner.search_read(any_one, ["name", "comment"]),
            "web_search_read": lambda: partner.web_search_read(
                any_one, {"name": {}, "email": {}}
            ),
            "name_search": lambda: partner.name_search("zqxj", limit=None),
            "name_search of all": lambda: partner.name_search("", limit=None),
            "name_search by email": lambda: partner.name_search(EMAIL),
            "name_search by reference": lambda: partner.name_search("zqxjref"),
            "web_name_search": lambda: partner.web_name_search(
                "zqxj", {"display_name": {}}
            ),
            "export": lambda: partner.search(any_one).export_data(["name", "email"]),
            "order": lambda: partner.search([], order="email").read(["email"]),
            "progress bar": lambda: partner.read_progress_bar(
                any_one, "function", {"field": "activity_state", "colors": {"today": 1}}
            ),
            "company's children": lambda: self.company.with_env(self.as_spy).read(
                ["child_ids", "contact_account_names"]
            ),
            "children's fields": lambda: self.company.with_env(self.as_spy).web_read(
                {"child_ids": {"fields": {"name": {}, "email": {}}}}
            ),
            "tag's partners": lambda: self.tag.with_env(self.as_spy).web_read(
                {"partner_ids": {"fields": {"name": {}}}}
            ),
            "relations' ends": lambda: self.mine.with_env(self.as_spy).web_read(
                {"contact_relation_ids": {"fields": {"display_name": {}, "note": {}}}}
            ),
        }
        for name in (
            "name",
            "email",
            "function",
            "city",
            "phone",
            "user_id",
            "parent_id",
        ):
            table[f"group by {name}"] = lambda name=name: partner._read_group(
                any_one, [name], ["email:array_agg", "name:max"]
            )
            table[f"formatted group by {name}"] = lambda name=name: (
                partner.formatted_read_group(any_one, [name], ["__count", "email:max"])
            )
            table[f"web group by {name}"] = lambda name=name: partner.web_read_group(
                any_one, [name], ["__count"], auto_unfold=True
            )
        for name in ("email:max", "name:min", "comment:array_agg", "ref:array_agg"):
            table[f"aggregate {name}"] = lambda name=name: partner._read_group(
                any_one, [], [name]
            )
        self.check(table)

    def test_no_picker_names_it(self):
        partner = self.as_spy["res.partner"]
        call = self.call
        table = {
            "mention": lambda: partner.get_mention_suggestions("zqxj", limit=50),
            "mention by email": lambda: partner.get_mention_suggestions(EMAIL),
            "channel invite": lambda: partner.search_for_channel_invite("zqxj"),
            "connection": lambda: self.mine.with_env(
                self.as_spy
            ).contact_search_connections("zqxj"),
            "connection without contact": lambda: partner.contact_search_connections(
                "zqxj"
            ),
            "persons of the account": lambda: self.company.with_env(
                self.as_spy
            ).contact_account_persons(),
            "former persons": lambda: self.company.with_env(
                self.as_spy
            ).contact_account_persons(former=True),
            "persons found": lambda: self.company.with_env(
                self.as_spy
            ).contact_account_persons(query="zqxj"),
            "map of the account": lambda: self.company.with_env(
                self.as_spy
            ).contact_map(),
            "map of mine": lambda: self.mine.with_env(self.as_spy).contact_map(),
            "connections": lambda: [
                self.mine.with_env(self.as_spy).contact_connections(scope)
                for scope in ("customers", "leads", "people")
            ],
            "suggested recipients": lambda: call(
                "res.partner", "message_get_suggested_recipients", self.company.ids
            ),
            "followers": lambda: self.mine.with_env(self.as_spy).web_read(
                {"message_partner_ids": {"fields": {"display_name": {}, "email": {}}}}
            ),
            "find or create": lambda: partner.find_or_create(
                "zqxjnew@spied.example"
            ).read(["name"]),
        }
        self.check(table, typed=("zqxjnew",))

    # ------------------------------------------------------------
    # METHODS
    # ------------------------------------------------------------

    def test_no_public_method_of_the_contact_tells(self):
        table = {}
        for name, signature in self.public_methods("res.partner", own=False):
            arguments = self.guessed(signature)
            table[name] = lambda name=name, arguments=arguments: self.call(
                "res.partner", name, self.secret.ids, **arguments
            )
        self.assertGreater(len(table), 100)
        self.check(table)

    def test_no_public_method_of_our_models_tells(self):
        """With the ids of all records that there are, most of them not the spy's."""
        table = {}
        for model in self.env.registry:
            if not model.startswith("contact.") or self.env[model]._abstract:
                continue
            ids = self.env[model].sudo().search([], limit=200).ids
            for name, signature in self.public_methods(model, own=True):
                arguments = self.guessed(signature)
                table[f"{model} {name}"] = (
                    lambda model=model, name=name, ids=ids, arguments=arguments: (
                        self.call(model, name, ids, **arguments)
                    )
                )
            fields = [
                field.name
                for field in self.env[model]._fields.values()
                if field.type in (*TEXTS, "many2one") and field.store
            ]
            table[f"{model} search_read"] = lambda model=model, fields=fields: (
                self.as_spy[model].search_read([], fields)
            )
        self.assertGreater(len(table), 30)
        self.check(table)

    def test_no_record_about_it_tells(self):
        """Whatever points to the contact, read as the spy."""
        table = {}
        for model in self.as_spy.values():
            if model._abstract or model._name == "res.partner":
                continue
            fields = [
                field.name
                for field in model._fields.values()
                if field.type in (*TEXTS, "many2one")
                and model._has_field_access(field, "read")
            ]
            pointers = [
                (name, "=", self.secret.id)
                for name, field in model._fields.items()
                if field.comodel_name == "res.partner" and field.store
            ]
            if {"res_id"} & set(model._fields) and model._fields["res_id"].store:
                pointers.append(("res_id", "=", self.secret.id))
            for pointer in pointers:
                domain = [pointer]
                table[f"{model._name} {pointer[0]}"] = (
                    lambda model=model, domain=domain, fields=fields: model.search(
                        domain
                    ).read(fields)
                )
        self.assertGreater(len(table), 50)
        # The customer of the lead, and the followers of what the spy may read.
        allowed = {"crm.lead partner_id": NAME, "mail.followers partner_id": NAME}
        self.check(table, allowed=allowed)

    def test_a_customer_shows_nothing_but_the_name(self):
        lead = self.lead.with_env(self.as_spy)
        wanted = {"display_name": {}, "email": {}, "phone": {}, "comment": {}}
        table = {
            "name": lambda: lead.web_read(
                {"partner_id": {"fields": {"display_name": {}}}}
            ),
            "fields": lambda: lead.web_read({"partner_id": {"fields": wanted}}),
            "field": lambda: lead.partner_id.email,
            "export": lambda: lead.export_data(
                ["partner_id/email", "partner_id/phone"]
            ),
            "group": lambda: lead.formatted_read_group([], ["partner_id"], ["__count"]),
            "recipients": lambda: lead.message_get_suggested_recipients(),
            "search by email": lambda: (
                "zqxjfound" * lead.search_count([("partner_id.email", "ilike", "zqxj")])
            ),
        }
        self.check(table, allowed={name: NAME for name in ("name", "fields", "group")})
