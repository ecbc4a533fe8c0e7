from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import IMPORTER, ContactCase
from .test_import import HEADER, encoded


@tagged("post_install", "-at_install")
class TestImportAccess(ContactCase):
    def test_the_right_to_import_is_needed(self):
        for user in (self.sales, self.clerk):
            jobs = self.env["contact.import"].with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                jobs.run_file("x.csv", encoded(HEADER))

    def test_an_import_is_its_makers_own(self):
        job = self.env["contact.import"].with_user(self.importer).create({"name": "x"})
        other = new_test_user(self.env, "cp_other", groups=IMPORTER)
        with self.assertRaises(AccessError):
            job.with_user(other).read(["name"])
        self.assertTrue(job.with_user(self.manager).read(["name"]))

    def test_rows_cannot_be_forged(self):
        jobs = self.env["contact.import"].with_user(self.importer)
        result = jobs.run_file("x.csv", encoded(HEADER + "Ida,Lund,i@x.example,,,,"))
        row = jobs.browse(result["import_id"]).row_ids
        with self.assertRaises(AccessError):
            row.write({"fate": "created", "done": False})
        with self.assertRaises(AccessError):
            row.unlink()

    def test_the_card_of_a_colleague_is_no_contact_of_a_file(self):
        card = self.sales.partner_id
        card.write({"phone": "+45 11 11 11 11", "email": "s@x.example"})
        jobs = self.env["contact.import"].with_user(self.manager)
        row = f"{self.sales.name},s@x.example,+45 20 11 22 33\n"
        text = encoded("Name,E-mail,Phone\n" + row)
        result = jobs.run_file("x.csv", text, {"on_duplicate": "update"})
        self.assertEqual(result["rows"][0]["fate"], "created")
        self.assertEqual(card.phone, "+45 11 11 11 11")

    def test_an_owner_is_named_in_full_and_case_aside(self):
        jobs = self.env["contact.import"].with_user(self.importer)
        for owner, user in (
            ("CP_Sales", self.sales),
            ("cp_sale%", self.importer),
            ("cp%sales", self.importer),
        ):
            email = f"{len(owner)}@{user.login}.example"
            text = f"Name,E-mail,Owner\nIda Lund,{email},{owner}"
            with self.subTest(owner):
                result = jobs.run_file("x.csv", encoded(text))
                contact = self.Partner.browse(result["rows"][0]["contact_id"])
                self.assertEqual(contact.user_id, user)

    def test_a_contact_that_may_not_be_edited_is_set_aside(self):
        self.env["ir.rule"].create(
            {
                "name": "freeze Anna",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.anna.id})]",
                "perm_read": False,
            }
        )
        jobs = self.env["contact.import"].with_user(self.importer)
        text = HEADER + "Anna,Holm,anna.holm@nordvind.example,,,Director,"
        result = jobs.run_file("x.csv", encoded(text), {"on_duplicate": "update"})
        self.assertEqual(result["rows"][0]["fate"], "review")
        self.assertFalse(self.anna.function)

    def test_the_likeness_of_a_row_tells_no_more_of_a_hidden_contact(self):
        anna = self.anna
        anna.write({"zip": "9677", "contact_visibility": "private", "user_id": False})
        self.env.flush_all()
        jobs = self.env["contact.import"].with_user(self.importer)
        for name, email in ((anna.name, anna.email), ("Anna H", ""), ("A. Holm", "")):
            told = set()
            for zip_ in (anna.zip, "1234"):
                text = f"Name,E-mail,Zip\n{name},{email},{zip_}"
                result = jobs.run_file("x.csv", encoded(text), {"dry_run": True})
                row = jobs.browse(result["import_id"]).row_ids
                told.add((row.fate, row.score, row.reason))
            with self.subTest(name):
                self.assertEqual(len(told), 1, told)
                if email:
                    self.assertEqual(row.fate, "review")
