import base64
import io
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import IMPORTER, ContactCase
from .test_import import HEADER, encoded

ANNA = "Anna,Holm,anna.holm@nordvind.example,,,Director,FR"
MODULES = "odoo.addons.contact_person.models.exchange"


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
        with patch(f"{MODULES}.contact_import_decide.INLINE", 1):
            self.row(job).action_fill_gaps()
        self.assertEqual(job.state, "running")
        with self.enter_registry_test_mode():
            self.env.ref("contact_person.ir_cron_import").method_direct_trigger()
        self.assertEqual(job.state, "done")
        self.assertEqual(self.anna.function, "Director")

    def checked(self, *rows, **values):
        data = encoded(HEADER + "\n".join(rows))
        job = self.jobs.create({"name": "x.csv", "file": data, **values})
        job.action_read()
        job.action_check()
        return job

    def run_to_end(self, job):
        job._start()
        while job._run_batch():
            pass
        return job.row_ids.sorted("index").mapped("fate")

    def test_a_cancelled_job_writes_no_more(self):
        for cancel_while in ("checking", "running"):
            with self.subTest(cancel_while=cancel_while):
                job = self.checked("Ida,Lund,ida@x.example,,,,", "Per,Toft,,,,,")
                if cancel_while == "running":
                    job._start()
                else:
                    job.action_back()
                    job._load_rows()
                job.action_cancel()
                self.assertEqual((job._check_batch(), job._run_batch()), (0, 0))
                self.assertEqual(job.state, "cancelled")
                self.assertEqual((job.created_count, job.skipped_count), (0, 2))
                self.assertEqual(bool(job.report), cancel_while == "running")
        self.assertFalse(self.Partner.search([("email", "=", "ida@x.example")]))

    def test_cancelling_keeps_and_reports_what_was_written(self):
        job = self.checked("Ida,Lund,,,,,", "Per,Lund,,,,,", "Lis,Lund,,,,,")
        job._start()
        with patch(f"{MODULES}.contact_import_run.BATCH", 2):
            job._run_batch()
        job.action_cancel()
        sheet = load_workbook(io.BytesIO(base64.b64decode(job.report))).active
        fates = [row[-3] for row in sheet.iter_rows(min_row=2, values_only=True)]
        self.assertEqual(fates, ["Created", "Created", "Skipped"])

    def test_cancelling_a_check_forgets_its_keys(self):
        job = self.checked("Ida,Lund,,,,,", "Per,Lund,,,,,", "Lis,Lund,,,,,")
        job.action_back()
        job._load_rows()
        with patch(f"{MODULES}.contact_import_check.BATCH", 2):
            job._check_batch()
        query = "SELECT count(*) FROM contact_import_key WHERE import_id = %s"
        self.env.cr.execute(query, [job.id])
        self.assertTrue(self.env.cr.fetchone()[0])
        job.action_cancel()
        self.env.cr.execute(query, [job.id])
        self.assertFalse(self.env.cr.fetchone()[0])

    def test_a_job_that_fails_says_so_and_holds_up_no_other(self):
        broken, sound = self.checked("Ida,Lund,,,,,"), self.checked("Per,Toft,,,,,")
        broken.action_run()
        sound.action_run()
        broken.file = False
        with (
            self.enter_registry_test_mode(),
            self.assertLogs(f"{MODULES}.contact_import_run", "ERROR"),
        ):
            self.env.ref("contact_person.ir_cron_import").method_direct_trigger()
        self.assertEqual((broken.state, sound.state), ("cancelled", "done"))
        self.assertIn("Choose a csv or xlsx file", broken.failure)
        self.assertEqual((broken.created_count, sound.created_count), (0, 1))
        self.assertFalse(sound.failure)

    def test_a_contact_that_came_since_the_check_is_not_doubled(self):
        rows = ("Ida,Lund,,+45 20 11 22 33,,CFO,", "Per,Toft,,,Havn,,", "Lis,Krog,,,,,")
        jobs = [self.checked(*rows) for _n in range(2)]
        decided = self.checked(rows[2], on_duplicate="review")
        row = rows[0].replace("CFO", "CEO")
        filling = self.checked(row, on_duplicate="update")
        self.assertEqual(self.run_to_end(jobs[0]), ["created"] * 3)
        count = self.Partner.search_count([])
        self.assertEqual(self.run_to_end(jobs[1]), ["unchanged"] * 3)
        self.assertEqual(jobs[1].row_ids.contact_id, jobs[0].row_ids.contact_id)
        self.assertEqual(self.run_to_end(filling), ["updated"])
        self.assertEqual(self.row(jobs[0]).contact_id.function, "CEO")
        self.row(decided).sudo().write({"fate": "review"})
        self.row(decided).action_create()
        self.assertEqual(self.Partner.search_count([]), count)
        self.assertEqual(self.run_to_end(decided), ["created"])

    def test_rows_of_one_file_are_not_taken_for_their_own_contacts(self):
        rows = ("Ida,Lund,,,,,", "Ida,Lund,,,,,", "Ida,Lund,,,,CFO,")
        job = self.checked(*rows, on_duplicate="create")
        with patch(f"{MODULES}.contact_import_run.BATCH", 1):
            self.assertEqual(self.run_to_end(job), ["created"] * 3)

    def test_a_dry_run_tells_what_a_rule_refuses(self):
        rows = (
            "Ann,Holm,anna.holm@nordvind.example,,,,",
            "Quentin,Zar,anna.holm@nordvind.example,,,,",
            "Ida,Lund,ida@x.example,,,,",
            "Per,Toft,IDA@x.example,,,,",
            "Lis,Krog,info@x.example,,,,",
            "Ole,Dahl,info@x.example,,,,",
        )
        ends = ["created", "created"]
        for choice, expected in (
            ("create", ["rejected", "rejected", "created", "rejected", *ends]),
            ("review", ["review", "review", "created", "review", *ends]),
        ):
            with self.subTest(choice), self.env.cr.savepoint() as savepoint:
                dry, real = (
                    self.job(*rows, on_duplicate=choice, dry_run=dry_run)
                    for dry_run in (True, False)
                )
                fates = dry.row_ids.sorted("index").mapped("fate")
                self.assertEqual(fates, expected)
                self.assertEqual(real.row_ids.sorted("index").mapped("fate"), fates)
                if choice == "create":
                    self.assertIn("Same email", self.row(dry, 1).reason)
                    self.assertIn("Anna Holm", self.row(dry, 1).reason)
                    self.assertIn("line 4", self.row(dry, 3).reason)
                savepoint.rollback()

    def test_a_dry_run_tells_of_an_update_that_a_rule_refuses(self):
        rule = self.env["contact.duplicate.rule"].create({"name": "Same phone"})
        field = self.env.ref("base.field_res_partner__phone")
        rule.condition_ids = [(0, 0, {"field_id": field.id, "method": "exact"})]
        self.bo.phone = "+45 20 11 22 33"
        row = "Anna,Holm,anna.holm@nordvind.example,20 11 22 33,,CFO,DK"
        for choice, fate in (("update", "rejected"), ("fill_gaps", "updated")):
            with self.subTest(choice):
                for dry_run in (True, False):
                    job = self.job(row, on_duplicate=choice, dry_run=dry_run)
                    self.assertEqual(self.row(job).fate, fate)

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
