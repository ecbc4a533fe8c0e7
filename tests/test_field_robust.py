from psycopg2.errors import QueryCanceled

from odoo.api import SUPERUSER_ID, Environment
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, Form, get_db_name, tagged
from odoo.tools import config, mute_logger

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.addons.contact_person import hooks

from .field_common import FieldCase

LABELS = {
    "script": "<script>alert(1)</script>",
    "quotes": """'"`\\ %s {0} {{x}}""",
    "long": "Wine " * 100,
    "right to left": "الخمر المفضل",
    "emoji": "🍷🍇",
    "blank inside": "a\u00a0b\u200bc",
}


@tagged("post_install", "-at_install")
class TestFieldHostile(FieldCase):
    def test_any_label_is_shown_as_it_is(self):
        for kind, label in LABELS.items():
            with self.subTest(kind=kind):
                field = self.define(label, "selection", help=label)
                name = field.field_name
                partners = self.Partner.with_user(self.sales)
                described = partners.fields_get([name])[name]
                self.assertEqual(described["string"], field.name)
                form = Form(partners, "base.view_partner_form")
                form.name = "Inger Skov"
                form.save()
        for label in ("", "   ", "a\x00b", "a\x07b"):
            with self.subTest(label=label), self.assertRaises(UserError):
                self.define(label)

    def test_two_hundred_fields(self):
        self.Field.create(
            [{"name": f"Wine {number}", "required": False} for number in range(200)]
        )
        partners = self.Partner.with_user(self.sales)
        form = Form(partners, "base.view_partner_form")
        form.name = "Inger Skov"
        form["x_contact_wine_199"] = "Riesling"
        inger = form.save()
        self.assertEqual(inger.x_contact_wine_199, "Riesling")
        partners.get_views([(False, "list"), (False, "form"), (False, "search")])

    def test_a_linked_model_that_goes_takes_no_view_along(self):
        model = self.env["ir.model"].create({"name": "Cellar", "model": "x_cellar"})
        field = self.define("Cellar", "many2one", relation_model="x_cellar")
        name = field.field_name
        # as when the app is uninstalled that brought the model
        model.with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()
        self.env["contact.field"]._contact_clear()
        partners = self.Partner.with_user(self.sales)
        self.assertNotIn(name, partners._fields)
        form = Form(partners, "base.view_partner_form")
        form.name = "Inger Skov"
        form.save()
        field.name = "Former cellar"
        field.unlink()


@tagged("post_install", "-at_install")
class TestFieldBrowsers(FieldCase):
    """Browsers keep views; what they keep has a name that must change in time."""

    def version(self, user=None):
        fields = self.env["contact.field"].with_user(user or self.sales)
        return fields._contact_version(), fields._contact_closed_to_user()

    def test_whatever_views_show_makes_another_version(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        field = self.define(
            "Wine", "selection", option_ids=[Command.create({"name": "A"})]
        )
        group = self.env.ref("base.group_system")
        changes = {
            "place": lambda: field.write({"place_ids": [Command.clear()]}),
            "label": lambda: field.write({"name": "Vine"}),
            "order": lambda: field.write({"sequence": 99}),
            "closed": lambda: field.write({"group_ids": group.ids}),
            "retired": lambda: field.write({"active": False}),
            "translated": lambda: field.update_field_translations(
                "name", {"fr_FR": "Vin"}
            ),
            "option": lambda: field.option_ids.write({"name": "B"}),
            "new option": lambda: field.write(
                {"option_ids": [Command.create({"name": "C"})]}
            ),
            "deleted": field.unlink,
        }
        for kind, change in changes.items():
            # the next request, at another time
            self.env.cr.execute("UPDATE contact_field SET write_date = '2024-01-01'")
            self.env.cr.execute(
                "UPDATE contact_field_option SET write_date = '2024-01-01'"
            )
            self.env.cr.execute(
                "UPDATE ir_model_fields SET write_date = '2024-01-01'"
                " WHERE name LIKE 'x_contact_%'"
            )
            self.env.invalidate_all()
            self.env["contact.field"]._contact_clear()
            before = self.version()
            change()
            with self.subTest(kind=kind):
                self.assertNotEqual(self.version(), before)

    def test_every_open_page_is_told_once(self):
        self.flush_tracking()
        fields = self.define("Wine") | self.define("Year")
        fields.name = "Drink"
        told = self.env.cr.precommit.data["bus.bus.values"]
        told = [v for v in told if "contact_fields_changed" in v["message"]]
        self.assertEqual(len(told), 1)


@tagged("post_install", "-at_install")
class TestFieldUninstall(FieldCase):
    def test_the_columns_stay_when_the_addon_goes(self):
        kinds = ("char", "selection", "date", "tags", "monetary")
        fields = {kind: self.define(f"Wine {kind}", kind) for kind in kinds}
        names = {kind: field.field_name for kind, field in fields.items()}
        fields["tags"].option_ids = [
            Command.create({"name": name}) for name in ("Dry", "Old")
        ]
        self.anna[names["char"]] = "Riesling"
        self.anna[names["tags"]] = fields["tags"].option_ids
        self.anna[names["monetary"]] = 12.5
        hooks.uninstall_hook(self.env)
        columns = self.env["ir.model.fields"]
        for kind, name in names.items():
            column = columns.search([("name", "=", name), ("state", "=", "manual")])
            with self.subTest(kind=kind):
                self.assertTrue(column)
                # nothing in the data of the addon names it, so nothing takes it along
                self.assertFalse(column[0].get_external_id().get(column[0].id))
        self.assertEqual(self.anna[names["char"]], "Riesling")
        self.assertEqual(self.anna[names["tags"]], "Dry, Old")
        self.assertEqual(self.anna[names["monetary"]], 12.5)
        money = columns._get("res.partner", names["monetary"])
        self.assertEqual((money.ttype, money.currency_field), ("float", False))


@tagged("post_install", "-at_install", "contact_field_workers")
class TestFieldWorkers(BaseCase):
    """Real transactions, since workers and administrators see only what is committed.

    What is made is removed in the end.
    """

    def setUp(self):
        super().setUp()
        self.database = get_db_name()
        self.made = []
        self.addCleanup(self.remove)

    def define(self, name):
        """Define a field and commit, as one request of an administrator."""
        registry = Registry(self.database)
        with registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            field = env["contact.field"].create({"name": name})
            name = field.field_name
            self.made.append(name)
        registry.signal_changes()
        return name

    def remove(self):
        registry = Registry(self.database)
        with registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            env["contact.field"].search([("field_name", "in", self.made)]).unlink()
        registry.signal_changes()

    def other_worker(self):
        """Return a registry of its own, as another process has one."""
        known = Registry.registries.pop(self.database)
        testing, config["test_enable"] = config["test_enable"], False
        try:
            return Registry(self.database)
        finally:
            config["test_enable"] = testing
            Registry.registries[self.database] = known

    def test_another_worker_sees_the_field_at_its_next_request(self):
        worker = self.other_worker()
        before = worker.registry_sequence
        name = self.define("Worker wine")
        self.assertNotIn(name, worker["res.partner"]._fields)
        with worker.cursor() as cr:
            sequence, _caches = worker.get_sequences(cr)
        self.assertGreater(sequence, before)
        fresh = self.other_worker()
        self.assertIn(name, fresh["res.partner"]._fields)
        with fresh.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            partner = env["res.partner"].create({"name": "Worker", name: "x"})
            arch = partner.get_view(env.ref("base.view_partner_form").id, "form")
            self.assertIn(name, arch["arch"])
            cr.rollback()

    def test_a_worker_that_does_not_know_the_field_yet_goes_on(self):
        worker = self.other_worker()
        self.define("Slow worker wine")
        with worker.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            partner = env["res.partner"].create({"name": "Worker"})
            partner.name = "Slow worker"
            self.assertTrue(partner.read())
            cr.rollback()

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.sql_db")
    def test_two_administrators_with_one_label(self):
        """The second waits for the first and gets another name then."""
        first, second = self.other_worker(), self.other_worker()
        with first.cursor() as one:
            self.made.append(self.twin(one))
            with second.cursor() as two, self.assertRaises(QueryCanceled):
                two.execute("SET LOCAL statement_timeout = '300ms'")
                self.twin(two)
        with second.cursor() as two:  # as Odoo tries again
            self.made.append(self.twin(two))
        self.assertEqual(self.made, ["x_contact_twin_wine", "x_contact_twin_wine_2"])
        fields = self.other_worker()["res.partner"]._fields
        for name in self.made:
            self.assertIn(name, fields)

    def twin(self, cr):
        env = Environment(cr, SUPERUSER_ID, {})
        return env["contact.field"].create({"name": "Twin wine"}).field_name
