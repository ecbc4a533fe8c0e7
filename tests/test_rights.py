import json
from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import CONTACT, EXPORTER, SALES, ContactCase

PASSWORD = "a seller's password"
MERGER = "contact_person.group_contact_merge"


class RightsCase(ContactCase):
    """A seller with Odoo's own rights to export and to merge, but not the addon's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = f"{CONTACT},{SALES},base.group_allow_export,base.group_partner_manager"
        cls.seller = new_test_user(
            cls.env, "cp_seller", password=PASSWORD, groups=groups
        )
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Deal",
                "user_id": cls.seller.id,
                "type": "opportunity",
                "partner_id": cls.anna.id,
            }
        )
        cls.double = cls.Partner.create({"name": "Anna Holm", "email": cls.anna.email})

    def give(self, groups):
        for name in groups.split(","):
            self.seller.group_ids += self.env.ref(name)


@tagged("post_install", "-at_install")
class TestRights(RightsCase):
    def test_contacts_are_exported_by_those_with_the_right(self):
        anna, lead = self.anna.with_user(self.seller), self.lead.with_user(self.seller)
        refused = "Export contacts"
        for export in (
            lambda: anna.export_data(["name"]),
            lambda: (anna + self.nordvind).export_data(["name"]),
            lambda: lead.export_data(["name", "partner_id/email"]),
        ):
            with self.assertRaisesRegex(AccessError, refused):
                export()
        self.give(EXPORTER)
        self.assertEqual(anna.export_data(["name"])["datas"], [["Anna Holm"]])
        [row] = lead.export_data(["name", "partner_id/email"])["datas"]
        self.assertEqual(row, ["Deal", "anna.holm@nordvind.example"])

    def test_what_is_no_person_is_exported_as_in_odoo(self):
        company = self.nordvind.with_user(self.seller)
        self.assertEqual(company.export_data(["name"])["datas"], [["Nordvind A/S"]])
        [row] = self.lead.with_user(self.seller).export_data(["name", "partner_id"])[
            "datas"
        ]
        self.assertEqual(row, ["Deal", "Nordvind A/S, Anna Holm"])

    def merge(self, *partners, method="action_merge"):
        ids = [partner.id for partner in partners]
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard = wizard.with_user(self.seller).create(
            {
                "partner_ids": [Command.set(ids)],
                "dst_partner_id": ids and ids[0],
                "group_by_name": True,
            }
        )
        return getattr(wizard, method)()

    def test_contacts_are_merged_by_those_with_the_right(self):
        refused = "Merge contacts"
        with self.assertRaisesRegex(AccessError, refused):
            self.merge(self.anna, self.double)
        self.assertTrue(self.double.exists())
        self.give(MERGER)
        self.merge(self.anna, self.double)
        self.assertFalse(self.double.exists())

    def test_the_automatic_way_of_the_wizard_needs_the_right_too(self):
        # it takes what has the same name, so that the two must be the only ones
        self.env.cr.execute("UPDATE res_partner SET name = name || id")
        self.env.cr.execute(
            "UPDATE res_partner SET name = 'Anna Holm' WHERE id IN %s",
            [(self.anna.id, self.double.id)],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(AccessError, "Merge contacts"):
            self.merge(method="action_start_automatic_process")

    def test_companies_are_merged_as_in_odoo(self):
        copy = self.Partner.create({"name": "Nordvind", "is_company": True})
        self.merge(self.nordvind, copy)
        self.assertFalse(copy.exists())


@tagged("post_install", "-at_install")
class TestRightsWays(RightsCase, HttpCase):
    """The same through the list's export and by the interface for scripts."""

    def csv(self):
        self.authenticate(self.seller.login, PASSWORD)
        data = {
            "model": "res.partner",
            "fields": [{"name": "name", "label": "Name"}],
            "ids": self.anna.ids,
            "domain": [],
            "import_compat": False,
            "groupby": [],
        }
        data = {"data": json.dumps(data), "csrf_token": Request.csrf_token(self)}
        with mute_logger("odoo.http", "odoo.addons.web.controllers.export"):
            return self.url_open("/web/export/csv", data=data)

    def call(self, model, method, **arguments):
        key = self.env["res.users.apikeys"].with_user(self.seller)
        key = key._generate("rpc", "Script", datetime.now() + timedelta(days=1))
        with mute_logger("odoo.http"):
            return self.url_open(
                f"/json/2/{model}/{method}",
                json=arguments,
                headers={"Authorization": f"bearer {key}"},
            )

    def test_the_export_of_the_list(self):
        answer = self.csv()
        self.assertNotIn("Anna Holm", answer.text)
        self.assertIn("Export contacts", answer.text)
        self.give(EXPORTER)
        self.assertIn("Anna Holm", self.csv().text)

    def test_the_export_by_a_script(self):
        values = {"ids": self.anna.ids, "fields_to_export": ["name"]}
        answer = self.call("res.partner", "export_data", **values)
        self.assertEqual(answer.status_code, 403)
        self.assertNotIn("Anna Holm", answer.text)
        self.give(EXPORTER)
        answer = self.call("res.partner", "export_data", **values)
        self.assertIn("Anna Holm", answer.text)

    def test_the_merge_by_a_script(self):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard = wizard.with_user(self.seller).create(
            {
                "partner_ids": [Command.set((self.anna + self.double).ids)],
                "dst_partner_id": self.anna.id,
            }
        )
        values = {"ids": wizard.ids}
        self.assertEqual(
            self.call(wizard._name, "action_merge", **values).status_code, 403
        )
        self.assertTrue(self.double.exists())
        self.give(MERGER)
        self.call(wizard._name, "action_merge", **values)
        self.env.invalidate_all()
        self.assertFalse(self.double.exists())
