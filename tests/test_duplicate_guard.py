from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import tagged
from odoo.tests.common import BaseCase, get_db_name, new_test_user

from odoo.addons.contact_person.exceptions import DuplicateContactError

from .common import SALES, ContactCase


@tagged("post_install", "-at_install")
class TestDuplicateGuard(ContactCase):
    def setUp(self):
        super().setUp()
        self.as_sales = self.Partner.with_user(self.sales)

    def test_a_known_email_is_refused_and_the_contact_named(self):
        for email in (self.anna.email, "Anna.Holm@NORDVIND.example "):
            with self.subTest(email=email):
                with self.assertRaisesRegex(DuplicateContactError, "Anna Holm"):
                    self.as_sales.create({"name": "A. Holm", "email": email})

    def test_an_archived_contact_still_refuses(self):
        self.anna.active = False
        with self.assertRaises(DuplicateContactError):
            self.as_sales.create({"name": "A", "email": self.anna.email})

    def test_two_of_one_batch_are_refused(self):
        with self.assertRaises(DuplicateContactError):
            self.as_sales.create(
                [{"name": n, "email": "same@mail.example"} for n in ("One", "Two")]
            )

    def test_editing_into_a_duplicate_is_refused(self):
        with self.assertRaises(DuplicateContactError):
            self.bo.with_user(self.sales).email = self.anna.email
        self.bo.with_user(self.sales).function = "Painter"

    def test_name_create_and_import_are_refused_too(self):
        with self.assertRaises(DuplicateContactError):
            self.as_sales.name_create(f"Somebody <{self.anna.email}>")
        result = self.as_sales.load(["name", "email"], [["Somebody", self.anna.email]])
        self.assertFalse(result["ids"])
        self.assertIn("Anna Holm", result["messages"][0]["message"])

    def test_an_import_asks_the_rules_for_imports(self):
        rule = self.env.ref("contact_person.contact_duplicate_rule_email")
        rows = [["Somebody", self.anna.email]]
        rule.on_import = False
        result = self.as_sales.load(["name", "email"], rows)
        self.assertTrue(result["ids"], result["messages"])
        with self.assertRaises(DuplicateContactError):
            self.as_sales.create({"name": "B", "email": self.anna.email})
        rule.write({"on_import": True, "on_create": False})
        result = self.as_sales.load(["name", "email"], rows)
        self.assertFalse(result["ids"])
        self.assertTrue(self.as_sales.create({"name": "B", "email": self.anna.email}))

    def test_what_runs_as_superuser_is_not_refused(self):
        self.assertTrue(self.Partner.create({"name": "A", "email": self.anna.email}))

    def test_a_company_may_share_the_email_of_a_person(self):
        values = {"name": "Holm ApS", "is_company": True, "email": self.anna.email}
        self.assertTrue(self.as_sales.create(values))

    def test_a_shared_mailbox_refuses_nobody(self):
        for name in ("Ida Lund", "Per Toft"):
            values = {"name": name, "email": "info@nordvind.example"}
            self.assertTrue(self.as_sales.create(values))

    def test_a_rule_that_is_off_or_only_warns_refuses_nothing(self):
        rule = self.env.ref("contact_person.contact_duplicate_rule_email")
        values = {"name": "A. Holm", "email": self.anna.email}
        rule.action = "warn"
        self.assertTrue(self.as_sales.create(dict(values)))
        rule.write({"action": "block", "active": False})
        self.assertTrue(self.as_sales.create(dict(values)))

    def test_a_rule_of_two_conditions_wants_both(self):
        field = self.env["ir.model.fields"]._get
        self.env["contact.duplicate.rule"].create(
            {
                "name": "Name and phone",
                "condition_ids": [
                    (0, 0, {"field_id": field("res.partner", name).id})
                    for name in ("name", "phone")
                ],
            }
        )
        values = {"name": "ANNA  holm", "country_id": self.denmark.id}
        self.assertTrue(self.as_sales.create({**values, "phone": "11 22 33 44"}))
        with self.assertRaises(DuplicateContactError):
            self.as_sales.create({**values, "phone": "40 12 34 56"})

    def test_a_rule_on_the_name_alone_ignores_case_and_accents(self):
        name = self.env["ir.model.fields"]._get("res.partner", "name")
        rule = self.env["contact.duplicate.rule"].create(
            {"name": "Name", "condition_ids": [(0, 0, {"field_id": name.id})]}
        )
        self.assertEqual(rule.action, "block")
        with self.assertRaises(DuplicateContactError):
            self.as_sales.create({"name": "ÁNNA   hólm"})

    def test_a_fuzzy_rule_warns_by_itself(self):
        name = self.env["ir.model.fields"]._get("res.partner", "name")
        condition = {"field_id": name.id, "method": "fuzzy", "threshold": 80}
        rule = self.env["contact.duplicate.rule"].create(
            {"name": "Like", "condition_ids": [(0, 0, condition)]}
        )
        self.assertEqual(rule.action, "warn")
        hit = self.hits({"name": "Ana Holm"})[self.anna.id]
        self.assertEqual(hit["action"], "warn")

    def test_a_copy_does_not_take_the_email(self):
        copy = self.anna.with_user(self.sales).copy()
        self.assertFalse(copy.email)
        self.assertFalse(copy.phone)

    def test_a_hidden_contact_is_not_named_in_the_refusal(self):
        self.env["ir.rule"].create(
            {
                "name": "hide Anna",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.anna.id})]",
            }
        )
        with self.assertRaises(DuplicateContactError) as caught:
            self.as_sales.create({"name": "Somebody", "email": self.anna.email})
        self.assertNotIn("Anna", str(caught.exception))


@tagged("post_install", "-at_install")
class TestTwoAtOnce(BaseCase):
    """Real transactions on two connections: a test cursor can't show a race."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.clean)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True})
            self.sales_id = new_test_user(env, "cp_race", groups=SALES).id

    def clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            users = env["res.users"].search([("login", "=", "cp_race")])
            partners = env["res.partner"].search([("email", "=", "race@x.example")])
            partners.unlink()
            cards = users.partner_id
            users.unlink()
            cards.unlink()

    def save(self, env, name):
        env["res.partner"].create({"name": name, "email": "race@x.example"})

    def test_two_simultaneous_creations_do_not_both_pass(self):
        one, two = (
            api.Environment(
                self.enterContext(self.registry.cursor()), self.sales_id, {}
            )
            for _user in range(2)
        )
        two["res.partner"].search([], limit=1)  # from here on it sees no commit
        self.save(one, "Race One")
        one.cr.commit()
        with self.assertRaises(SerializationFailure):
            self.save(two, "Race Two")
        # what Odoo does with such a request: it runs it again
        two.cr.rollback()
        two.invalidate_all()
        with self.assertRaisesRegex(DuplicateContactError, "Race One"):
            self.save(two, "Race Two")
        two.cr.rollback()
