import unicodedata

from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.addons.contact_person.exceptions import DuplicateContactError
from odoo.addons.contact_person.models.duplicate.conditions import Condition
from odoo.addons.contact_person.models.duplicate.folding import folded
from odoo.addons.contact_person.tools.matching import normalise_name

from .common import ContactCase


class RuleCase(ContactCase):
    def setUp(self):
        super().setUp()
        self.as_sales = self.Partner.with_user(self.sales)
        self.env["contact.duplicate.rule"].search([]).active = False

    def rule(self, *conditions, **values):
        """Make a rule of ``field name`` (exact) or ``(field name, threshold)``."""
        lines = []
        for condition in conditions:
            name, threshold = (
                (condition, 0) if isinstance(condition, str) else condition
            )
            field = self.env["ir.model.fields"]._get("res.partner", name)
            method = "fuzzy" if threshold else "exact"
            line = {"field_id": field.id, "method": method, "threshold": threshold}
            lines.append((0, 0, line))
        values = {"name": "Our rule", "action": "block", **values}
        return self.env["contact.duplicate.rule"].create(
            {**values, "condition_ids": lines}
        )

    def assertRefused(self, function, *args):
        with self.assertRaises(DuplicateContactError), self.env.cr.savepoint():
            function(*args)


@tagged("post_install", "-at_install")
class TestDuplicateRules(RuleCase):
    """Which contacts a rule finds: the same in the form and when saving."""

    def test_the_form_says_what_the_save_does(self):
        self.anna.write(
            {"city": "Århus", "ref": "K  100", "contact_birthdate": "1980-02-29"}
        )
        for values in (
            {"city": "Arhus"},
            {"city": "ÅRHUS "},
            {"ref": "k 100"},
            {"ref": "Ｋ 100"},
            {"name": "ÁNNA   hólm"},
            {"contact_last_name": "HOLM"},
            {"email": "Anna <ANNA.HOLM@nordvind.example>"},
            {"email_normalized": "anna.holm@nordvind.example"},
            {"phone": "0045 40123456"},
            {"parent_id": self.nordvind.id},
            {"contact_birthdate": "1980-02-29"},
        ):
            with self.subTest(values=values):
                [name] = values
                rule = self.rule(name)
                hit = self.hits(values)[self.anna.id]
                self.assertEqual((hit["action"], hit["score"]), ("block", 100))
                if name == "email_normalized":
                    values = {"email": values[name]}
                self.assertRefused(
                    self.as_sales.create, {"name": "Somebody Else", **values}
                )
                rule.active = False

    def test_what_is_not_the_same_passes(self):
        self.anna.city = "Århus"
        for name, value in (("city", "Aarhus"), ("city", "Ar-hus"), ("name", "An")):
            with self.subTest(name=name):
                self.rule(name)
                values = {"name": "Somebody Else", name: value}
                self.assertNotIn(self.anna.id, self.hits(values))
                self.assertTrue(self.as_sales.create(values))

    def test_a_hit_that_only_a_rule_finds_names_the_rule(self):
        self.anna.ref = "K100"
        self.rule("ref")
        hit = self.hits({"name": "Somebody Else", "ref": "K100"})[self.anna.id]
        self.assertEqual(hit["reasons"], ["Rule “Our rule”"])
        self.assertFalse(self.hits({"id": self.anna.id, "ref": "K100"}))

    def test_a_rule_that_is_half_fuzzy_gives_a_score_below_a_hundred(self):
        self.anna.ref = "K100"
        self.rule("ref", ("name", 60), action="warn")
        hit = self.hits({"name": "Hanna Holme", "ref": "K100"})[self.anna.id]
        self.assertEqual(hit["action"], "warn")
        self.assertTrue(80 < hit["score"] < 100, hit)
        self.assertFalse(self.hits({"name": "Zacharias Qvist", "ref": "K100"}))

    def test_a_company_that_is_typed_is_under_no_rule(self):
        self.anna.ref = "K100"
        self.rule("ref")
        values = {"name": "Somebody Ltd", "ref": "K100", "is_company": True}
        self.assertNotIn(self.anna.id, self.hits(values))
        self.assertTrue(self.as_sales.create(values))

    def test_records_of_one_person_in_two_jobs_are_no_duplicates(self):
        self.rule("email")
        present = self.Partner.create({"name": "Anna Holm", "email": self.anna.email})
        values = {"id": present.id, "name": "Anna Holm", "email": self.anna.email}
        self.assertIn(self.anna.id, self.hits(values))
        self.assertRefused(
            present.with_user(self.sales).write, {"email": "A" + values["email"][1:]}
        )
        self.anna.contact_current_id = present
        self.assertNotIn(self.anna.id, self.hits(values))
        present.with_user(self.sales).email = "A" + values["email"][1:]
        self.assertRefused(
            self.as_sales.create, {"name": "Somebody", "email": self.anna.email}
        )

    def test_the_rarest_condition_is_looked_up_however_common_the_others(self):
        self.Partner.create(
            [{"name": f"Nobody {n}", "city": "Paris"} for n in range(1_500)]
        )
        self.Partner.create({"name": "Ida Lund", "city": "Paris"})
        self.rule("name", "city")
        values = {"name": "Ida LUND", "city": "paris"}
        self.assertRefused(self.as_sales.create, values)
        self.assertTrue(self.as_sales.create({**values, "city": "Lyon"}))

    def test_all_that_agree_in_one_condition_are_looked_at(self):
        self.Partner.create(
            [{"name": f"{n} Nobody", "city": "Paris"} for n in range(1_500)]
        )
        self.Partner.create({"name": "Ida Lund", "city": "Paris"})
        self.rule("city", ("name", 85))
        self.assertRefused(self.as_sales.create, {"name": "Ida Lundt", "city": "Paris"})

    def test_a_fuzzy_rule_locks_what_tells_the_contact(self):
        self.rule(("name", 85))
        taken = "SELECT bucket FROM contact_match_lock WHERE taken > 0"
        locked = []
        for name in ("Ida Lund", "Per Toft"):
            self.env.cr.execute("UPDATE contact_match_lock SET taken = 0")
            self.as_sales.create({"name": name})
            locked.append(set(self.env.execute_query(SQL(taken))))
        self.assertTrue(all(locked))
        self.assertFalse(locked[0] & locked[1])
        self.assertRefused(self.as_sales.create, {"name": "Ida Lundt"})

    def test_every_letter_folds_as_exact_conditions_compare_it(self):
        letters = [
            f"a{letter}z"
            for letter in map(chr, range(1, 0x110000))
            if unicodedata.category(letter) not in ("Cn", "Co", "Cs")
        ]
        rows = self.env.execute_query(
            SQL(
                "SELECT one, %s = %s"
                " FROM unnest(%s::text[], %s::text[]) AS letter (one, two)",
                folded(SQL("one")),
                folded(SQL("two")),
                letters,
                [normalise_name(letter) for letter in letters],
            )
        )
        self.assertGreater(len(rows), 100_000)
        self.assertFalse([one for one, same in rows if not same])

    def test_hostile_values_are_held_against_rules(self):
        names = ["name", "ref", "phone", "email", "color", "parent_id", "active"]
        for name in [*names, "contact_birthdate", "create_date", "partner_latitude"]:
            self.rule(name)
        for value in ("x\x00\ud800", "7" * 400, 10**30, -1, [[]], {"id": 10**12}, 1.5):
            for name in [*names, "contact_birthdate"]:
                with self.subTest(name=name, value=str(value)[:20]):
                    self.hits({name: value})

    def test_a_field_is_compared_as_its_kind_wants(self):
        self.assertIsNone(Condition("email", True, 0).normalise("info@x.example"))
        self.assertIsNone(Condition("ref", True, 0).normalise("  "))
        self.assertEqual(Condition("ref", True, 0).normalise("Ä  1"), "a 1")


@tagged("post_install", "-at_install")
class TestDuplicateEntrances(RuleCase):
    """Every way to make or change a contact comes under the rules."""

    def test_a_company_or_an_address_that_becomes_a_contact_is_checked(self):
        self.rule("email")
        for before, after in (
            ({"is_company": True}, {"is_company": False}),
            ({"is_company": True}, {"company_type": "person"}),
            ({"type": "delivery"}, {"type": "contact"}),
            ({"is_contact_person": False}, {"is_contact_person": True}),
        ):
            with self.subTest(after=after):
                partner = self.as_sales.create(
                    {"name": "Somebody", "email": self.anna.email, **before}
                )
                self.assertRefused(partner.write, after)

    def test_a_field_that_follows_another_is_checked_with_it(self):
        self.anna.write({"city": "Vejle", "phone": "+45 40 12 34 56"})
        for name, before, after in (
            ("name", {"name": "Anna Falk"}, {"contact_last_name": "Holm"}),
            ("contact_last_name", {"name": "Anna Krog"}, {"name": "Anna Holm"}),
            ("email_normalized", {}, {"email": self.anna.email}),
            ("phone_sanitized", {}, {"phone": "+4540123456"}),
            (
                "phone",
                {"phone": "40123456", "country_id": self.france.id},
                {"country_id": self.denmark.id},
            ),
            ("city", {}, {"parent_id": self.nordvind.id}),
        ):
            with self.subTest(name=name):
                self.nordvind.city = "Vejle"
                rule = self.rule(name)
                partner = self.as_sales.create({"name": "Somebody", **before})
                self.assertRefused(partner.write, after)
                partner.function = "Painter"
                rule.active = False

    def test_an_internal_user_may_have_the_email_of_a_contact(self):
        self.rule("email")
        admin = new_test_user(self.env, "cp_admin", groups="base.group_system")
        values = {"name": "Anna", "login": "anna", "email": self.anna.email}
        users = self.env["res.users"].with_user(admin)
        user = users.create(values)
        self.assertTrue(user.partner_id)
        self.assertFalse(user.env.context.get("contact_duplicates"))
        self.assertEqual(user.partner_id.email, self.anna.email)

    def test_the_card_of_a_portal_user_is_a_contact(self):
        self.rule("email")
        admin = new_test_user(self.env, "cp_admin", groups="base.group_system")
        portal = self.env.ref("base.group_portal").ids
        values = {"name": "Anna", "login": "anna", "group_ids": [(6, 0, portal)]}
        users = self.env["res.users"].with_user(admin)
        self.assertRefused(users.create, {**values, "email": self.anna.email})
        # access given to the contact itself makes no second one
        self.assertTrue(users.create({**values, "partner_id": self.anna.id}))

    def test_no_client_can_switch_the_rules_off(self):
        self.rule("email")
        for value in (True, "LATER", {}):
            model = self.as_sales.with_context(contact_duplicates=value)
            self.assertRefused(model.create, {"name": "A", "email": self.anna.email})


@tagged("post_install", "-at_install")
class TestDuplicateConditions(RuleCase):
    """Which fields a rule can compare, and what becomes of it without them."""

    def test_fields_without_one_value_in_a_column_are_refused(self):
        for name in (
            "barcode",
            "comment",
            "image_1920",
            "category_id",
            "child_ids",
            "display_name",
        ):
            with self.subTest(name=name):
                label = self.Partner._fields[name].string
                with self.assertRaisesRegex(ValidationError, label):
                    self.rule(name)
        with self.assertRaises(ValidationError):
            field = self.env["ir.model.fields"]._get("res.users", "login")
            self.rule("ref").condition_ids.field_id = field

    def additional_field(self):
        return self.env["ir.model.fields"].create(
            {
                "name": "x_badge",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "field_description": "Badge",
                "ttype": "char",
            }
        )

    def test_a_field_that_a_rule_compares_is_not_deleted(self):
        field = self.additional_field()
        rule = self.rule("name", "x_badge")
        for rule.active in (True, False):
            with self.assertRaisesRegex(UserError, "Badge.*Our rule"):
                field.unlink()
        self.assertIn("x_badge", self.Partner._fields)
        rule.condition_ids[1].unlink()
        field.unlink()
        self.assertNotIn("x_badge", self.Partner._fields)

    def test_an_app_that_goes_takes_its_field_and_switches_the_rule_off(self):
        field = self.additional_field()
        rule = self.rule("name", "x_badge")
        field.with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()
        self.env.invalidate_all()
        self.assertFalse(rule.active)
        self.assertEqual(rule.condition_ids.mapped("field_name"), ["name"])
        self.assertTrue(self.as_sales.create({"name": "Anna Holm"}))
        # the registry forgets the field only with the app
        self.env.registry._setup_models__(self.env.cr, ["res.partner"])
