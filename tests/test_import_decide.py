from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import IMPORTER, ContactCase
from .test_import import HEADER, encoded

ANNA = "Anna,Holm,anna.holm@nordvind.example,,,Director,FR"
MODULE = "odoo.addons.contact_person.models.exchange.contact_import_decide"


@tagged("post_install", "-at_install")
class TestImportDecide(ContactCase):
    def setUp(self):
        super().setUp()
        self.jobs = self.env["contact.import"].with_user(self.importer)

    def job(self, *rows, **options):
        text = HEADER + "\n".join(rows)
        result = self.jobs.run_file("people.csv", encoded(text), options)
        return self.jobs.browse(result["import_id"])

    def row(self, job, index=0):
        return job.row_ids.sorted("index")[index]

    def test_filling_gaps_keeps_what_is_known(self):
        row = self.row(self.job(ANNA))
        self.assertEqual((row.fate, row.can_decide, row.can_update), ("review", 1, 1))
        self.assertIn("anna.holm@nordvind.example", row.summary)
        row.action_fill_gaps()
        self.assertEqual((row.fate, row.contact_id), ("updated", self.anna))
        self.assertEqual(self.anna.function, "Director")
        self.assertEqual(self.anna.country_id, self.denmark)
        self.assertFalse(row.can_decide)

    def test_overwriting_takes_the_row(self):
        self.row(self.job(ANNA)).action_update()
        self.assertEqual(self.anna.country_id, self.france)

    def test_leaving_out_changes_nothing_and_says_who_decided(self):
        job = self.job(ANNA)
        self.row(job).action_skip()
        self.assertEqual((job.skipped_count, job.review_count), (1, 0))
        self.assertIn(self.importer.name, self.row(job).reason)
        self.assertFalse(self.anna.function)

    def test_a_person_of_the_same_name_is_created(self):
        job = self.job("Anna,Holm,,,Nordvind A/S,Director,")
        row = self.row(job)
        self.assertEqual(row.fate, "review", row.reason)
        row.action_create()
        self.assertEqual(row.fate, "created")
        self.assertNotEqual(row.contact_id, self.anna)
        self.assertEqual(row.contact_id.name, "Anna Holm")

    def test_a_refused_creation_can_be_decided_anew(self):
        row = self.row(self.job(ANNA))
        row.action_create()
        self.assertEqual((row.fate, row.contact_id), ("review", self.anna))
        self.assertIn("Same email", row.reason)
        row.action_fill_gaps()
        self.assertEqual(row.fate, "updated")

    def test_a_row_that_repeats_another_fills_its_contact(self):
        job = self.job("Ida,Lund,ida@x.example,,,,", "Ida,Lund,ida@x.example,,,CFO,")
        row = self.row(job, 1)
        self.assertTrue(row.can_update)
        row.action_fill_gaps()
        self.assertEqual(row.contact_id, self.row(job).contact_id)
        self.assertEqual(row.contact_id.function, "CFO")

    def test_a_decision_before_the_start_is_carried_out_by_the_run(self):
        job = self.job(ANNA, "Ida,Lund,ida@x.example,,,,", dry_run=True)
        row = self.row(job)
        row.action_fill_gaps()
        self.assertEqual((row.fate, row.done), ("updated", False))
        self.assertFalse(self.anna.function)
        job._start()
        while job._run_batch():
            pass
        self.assertEqual(self.anna.function, "Director")
        self.assertEqual((job.updated_count, job.created_count), (1, 1))

    def test_a_large_file_is_carried_out_in_the_background(self):
        job = self.job(ANNA, "Ida,Lund,ida@x.example,,,,")
        with patch(f"{MODULE}.INLINE", 1):
            self.row(job).action_fill_gaps()
        self.assertEqual(job.state, "running")
        with self.enter_registry_test_mode():
            self.env.ref("contact_person.ir_cron_import").method_direct_trigger()
        self.assertEqual(job.state, "done")
        self.assertEqual(self.anna.function, "Director")

    def test_what_is_decided_cannot_be_decided_again(self):
        row = self.row(self.job(ANNA))
        row.action_skip()
        with self.assertRaisesRegex(UserError, "None of these rows"):
            row.action_create()

    def test_only_the_owner_of_the_import_decides(self):
        row = self.row(self.job(ANNA))
        other = new_test_user(self.env, "cp_other", groups=IMPORTER)
        for user in (other, self.sales):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                row.with_user(user).action_update()
        self.assertFalse(self.anna.function)

    def test_a_contact_that_may_not_be_edited_is_not_offered(self):
        self.env["ir.rule"].create(
            {
                "name": "freeze Anna",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.anna.id})]",
                "perm_read": False,
            }
        )
        row = self.row(self.job(ANNA))
        self.assertEqual((row.can_decide, row.can_update), (True, False))
        with self.assertRaisesRegex(UserError, "None of these rows"):
            row.action_update()
