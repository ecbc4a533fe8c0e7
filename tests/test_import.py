import base64
import io
import logging
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.contact_person.models.exchange import texts
from odoo.addons.contact_person.tools import tables

from .common import ContactCase

HEADER = "First Name,Last Name,E-mail,Phone,Company,Job Title,Country\n"


def encoded(text, encoding="utf-8"):
    return base64.b64encode(text.encode(encoding)).decode()


@tagged("post_install", "-at_install")
class TestImport(ContactCase):
    def setUp(self):
        super().setUp()
        self.jobs = self.env["contact.import"].with_user(self.importer)

    def run_rows(self, *rows, **options):
        text = HEADER + "\n".join(rows)
        return self.jobs.run_file("people.csv", encoded(text), options)

    def fates(self, result):
        self.assertEqual(sum(result["counts"].values()), len(result["rows"]))
        return [row["fate"] for row in result["rows"]]

    def contact(self, result, row=0):
        return self.Partner.browse(result["rows"][row]["contact_id"])

    def test_a_row_becomes_a_contact_of_its_company(self):
        result = self.run_rows("Ida,Lund,ida@x.example,+45 20 11 22 33,Havn A/S,CFO,DK")
        self.assertEqual(self.fates(result), ["created"])
        contact = self.contact(result)
        self.assertEqual(contact.name, "Ida Lund")
        self.assertEqual(contact.parent_id.name, "Havn A/S")
        self.assertTrue(contact.parent_id.is_company)
        self.assertEqual(contact.function, "CFO")
        self.assertEqual(contact.country_id, self.denmark)
        self.assertEqual(contact.user_id, self.importer)
        self.assertEqual(contact.contact_state, "active")

    def test_a_company_is_found_or_made_once(self):
        result = self.run_rows(
            "Ida,Lund,ida@x.example,,NORDVIND a/s,,",
            "Per,Toft,per@y.example,,Havn ApS,,",
            "Lis,Krog,lis@z.example,,havn  aps,,",
        )
        self.assertEqual(self.fates(result), ["created"] * 3)
        self.assertEqual(self.contact(result, 0).parent_id, self.nordvind)
        self.assertEqual(
            self.contact(result, 1).parent_id, self.contact(result, 2).parent_id
        )

    def test_faults_reject_a_row_or_warn_and_keep_the_value(self):
        result = self.run_rows(
            ",,,,,,DK",
            "Ida,Lund,not-an-email,+45 20 11 22 33,,,",
            "Per,Toft,per@y.example,call the office,,,",
        )
        self.assertEqual(self.fates(result), ["rejected", "created", "created"])
        self.assertTrue(result["rows"][0]["reason"])
        self.assertIn("not-an-email", result["rows"][1]["warning"])
        self.assertIn("call the office", self.contact(result, 2).comment)

    def test_a_repeated_row_says_which_row_it_repeats(self):
        result = self.run_rows(
            "Ida,Lund,ida@x.example,,,,",
            "Per,Toft,per@y.example,,,,",
            "Ida,Lund,ida@x.example,,,,",
        )
        self.assertEqual(self.fates(result), ["created", "created", "review"])
        self.assertEqual(result["rows"][2]["duplicate_of_row"], 0)
        self.assertIsNone(result["rows"][1]["duplicate_of_row"])

    def test_a_namesake_with_an_email_of_his_own_is_another_person(self):
        self.run_rows("Ida,Lund,ida@x.example,,,,")
        result = self.run_rows(
            "Ida,Lund,ida.lund@other.example,+45 20 11 22 33,,,",
            "Ida,Lund,,,,,",
        )
        self.assertEqual(self.fates(result), ["created", "unchanged"])

    def test_what_happens_to_a_known_contact_is_the_users_choice(self):
        row = "Anna,Holm,anna.holm@nordvind.example,+45 40 12 34 56,,Director,FR"
        for choice, fate, function in (
            ("skip", "skipped", False),
            ("review", "review", False),
            ("fill_gaps", "updated", "Director"),
        ):
            with self.subTest(choice=choice):
                result = self.run_rows(row, on_duplicate=choice)
                self.assertEqual(self.fates(result), [fate])
                self.assertEqual(self.anna.function, function)
                self.assertEqual(self.anna.country_id, self.denmark)
        result = self.run_rows(row, on_duplicate="update")
        self.assertEqual(self.fates(result), ["updated"])
        self.assertEqual(self.anna.country_id, self.france)

    def test_a_duplicate_that_a_rule_refuses_is_rejected_with_the_rule(self):
        result = self.run_rows(
            "Ann,Holm,anna.holm@nordvind.example,,,,", on_duplicate="create"
        )
        self.assertEqual(self.fates(result), ["rejected"])
        self.assertIn("Same email", result["rows"][0]["reason"])

    def test_one_refused_row_does_not_take_its_batch_along(self):
        result = self.run_rows(
            "Ida,Lund,ida@x.example,,,,",
            "Ann,Holm,anna.holm@nordvind.example,,,,",
            "Per,Toft,per@y.example,,,,",
            on_duplicate="create",
        )
        self.assertEqual(self.fates(result), ["created", "rejected", "created"])

    def test_modes(self):
        rows = (
            "Anna,Holm,anna.holm@nordvind.example,,,Director,",
            "Ida,Lund,ida@x.example,,,,",
        )
        result = self.run_rows(*rows, mode="update", on_duplicate="update")
        self.assertEqual(self.fates(result), ["updated", "skipped"])
        result = self.run_rows(*rows, mode="create", on_duplicate="update")
        self.assertEqual(self.fates(result), ["unchanged", "created"])

    def test_the_same_file_twice_changes_nothing(self):
        rows = (
            "Ida,Lund,ida@x.example,+45 20 11 22 33,Havn A/S,CFO,DK",
            "Per,Toft,,,Havn A/S,,FR",
            "丽华,欧阳,,+86 139 1033 2277,,,CN",
            "Lis,Krog,bad mail,+45 20 11 22 44,,,DK",
        )
        first = self.run_rows(*rows, on_duplicate="update")
        self.assertEqual(self.fates(first), ["created"] * 4)
        count = self.Partner.search_count([])
        written = self.Partner.browse([r["contact_id"] for r in first["rows"]])
        before = written.read(["write_date", "name", "email", "comment"])
        again = self.run_rows(*rows, on_duplicate="update")
        self.assertEqual(self.fates(again), ["unchanged"] * 4)
        self.assertEqual(self.Partner.search_count([]), count)
        self.assertEqual(
            written.read(["write_date", "name", "email", "comment"]), before
        )

    def test_a_dry_run_writes_no_contact(self):
        count = self.Partner.search_count([])
        text = (
            "Name,E-mail,Company,Tags\nIda Lund,ida@x.example,Havn,Fair 2026\n"
            "Anna Holm,anna.holm@nordvind.example,,Fair 2026\n"
        )
        result = self.jobs.run_file("x.csv", encoded(text), {"dry_run": True})
        self.assertEqual(self.fates(result), ["created", "review"])
        self.assertFalse(result["rows"][0]["contact_id"])
        self.assertEqual(self.Partner.search_count([]), count)
        tags = self.env["res.partner.category"]
        self.assertFalse(tags.search([("name", "=", "Fair 2026")]))

    def test_tags_are_found_without_case_and_made_once(self):
        tags = self.env["res.partner.category"]
        vip, patterns = tags.create([{"name": "VIP"}, {"name": "V_P"}])
        patterns.name = "other"
        text = "Name,Tags\nIda Lund,vip; V_P\nPer Toft,V_P; Vip\n"
        result = self.jobs.run_file("x.csv", encoded(text))
        made = tags.search([("name", "=", "V_P")])
        self.assertEqual(len(made), 1)
        for row in (0, 1):
            self.assertEqual(self.contact(result, row).category_id, vip + made)
        again = self.jobs.run_file("x.csv", encoded(text))
        self.assertEqual(self.fates(again), ["unchanged"] * 2)

    def test_no_company_is_made_for_a_row_that_does_not_use_it(self):
        result = self.run_rows(
            "Anna,Holm,anna.holm@nordvind.example,,Elsewhere ApS,Director,",
            "Ida,Lund,,,Havn ApS,,",
            on_duplicate="update",
        )
        self.assertEqual(self.fates(result), ["updated", "created"])
        self.assertEqual(self.anna.parent_id, self.nordvind)
        self.assertFalse(self.Partner.search([("name", "=", "Elsewhere ApS")]))
        self.assertEqual(self.contact(result, 1).parent_id.name, "Havn ApS")
        # an employer that was missing is filled in, and made for that
        self.anna.parent_id = False
        row = "Anna,Holm,anna.holm@nordvind.example,,Elsewhere ApS,,"
        self.run_rows(row, on_duplicate="fill_gaps")
        self.assertEqual(self.anna.parent_id.name, "Elsewhere ApS")

    def test_the_same_file_in_another_language_changes_nothing(self):
        text = (
            "Name,E-mail,Department,Fax,Notes\n"
            "Ida Lund,ida@x.example,Sales,+45 20 11 22 33,met <at> the fair\n"
        )
        self.env["res.lang"]._activate_lang("fr_FR")
        options = {"on_duplicate": "update"}
        first = self.jobs.run_file("x.csv", encoded(text), options)
        comment = self.contact(first).comment
        self.assertIn("Department: Sales", comment)
        self.importer.lang = "fr_FR"
        jobs = self.jobs.with_context(lang="fr_FR")
        self.assertNotEqual(jobs.env._("Department"), "Department")
        again = jobs.run_file("x.csv", encoded(text), options)
        self.assertEqual(self.fates(again), ["unchanged"])
        more = jobs.run_file("x.csv", encoded(text.replace("Sales", "IT")), options)
        self.assertEqual(self.fates(more), ["updated"])
        self.assertIn("Sales", self.contact(first).comment)
        self.assertEqual(self.contact(first).comment.count("+45 20 11 22 33"), 1)

    def test_a_column_can_be_given_another_meaning(self):
        text = "Wer,Was\nIda Lund,ida@x.example\n"
        mapping = {"Wer": "name", "Was": "email"}
        result = self.jobs.run_file("x.csv", encoded(text), {"mapping": mapping})
        self.assertEqual(self.contact(result).name, "Ida Lund")
        self.assertEqual(self.contact(result).email, "ida@x.example")

    def test_danish_headers_semicolons_and_cp1252(self):
        text = "Fornavn;Efternavn;Firma;Mobil\nSøren;Ærø;Hansen & Søn;+45 20 30 40 50\n"
        result = self.jobs.run_file("x.csv", encoded(text, "cp1252"))
        contact = self.contact(result)
        self.assertEqual(contact.name, "Søren Ærø")
        self.assertEqual(contact.contact_mobile, "+45 20 30 40 50")

    def test_every_message_of_the_tables_has_a_text(self):
        self.assertEqual(texts.TABLE_MESSAGES.keys(), tables.TABLE_CODES.keys())
        # a value of an additional field is judged by its field, not by the tables
        of_fields = {"bad_value"}
        self.assertEqual(
            texts.FAULT_MESSAGES.keys(), set(tables.FAULT_CODES) | of_fields
        )
        for code, names in tables.TABLE_CODES.items():
            params = dict.fromkeys(names, "?")
            text = texts.message(self.env, texts.TABLE_MESSAGES, code, params)
            self.assertEqual(text.count("?"), len(names), code)
        self.assertEqual(texts.TARGET_LABELS.keys(), set(tables.TARGETS))

    def test_a_broken_file_says_what_to_do(self):
        for name, data in (
            ("x.xlsx", base64.b64encode(b"PK\x03\x04broken").decode()),
            ("x.csv", base64.b64encode(b"").decode()),
            ("x.csv", base64.b64encode(b"\x89PNG\r\n\x1a\n....").decode()),
            ("x.csv", "not base64!"),
        ):
            with self.subTest(name=name), self.assertRaises(UserError):
                self.jobs.run_file(name, data)

    def test_an_option_that_is_not_known_says_what_is(self):
        for options, said in (
            ({"colour": "red"}, "colour.*dry_run"),
            ({"mode": "bogus"}, "bogus.*create_or_update"),
            ({"mode": None}, "None.*create_or_update"),
            ({"on_duplicate": "bogus"}, "bogus.*fill_gaps"),
            ({"on_duplicate": ["skip"]}, "skip.*fill_gaps"),
            ({"country_code": 45}, "45"),
            ({"country_code": "XX"}, "XX"),
            ({"mapping": {"Company": "bogus"}}, "bogus.*first_name"),
            ({"mapping": {"Nombre": "name"}}, "Nombre.*First Name"),
            ({"mapping": ["name"]}, "mapping"),
            (["mode"], "options"),
        ):
            with self.subTest(options), self.assertRaisesRegex(UserError, said):
                self.jobs.run_file("x.csv", encoded(HEADER), options)

    def test_base64_with_line_breaks_is_read(self):
        data = base64.encodebytes((HEADER + "Ida,Lund,ida@x.example,,,,").encode())
        for text in (data.decode(), data):
            result = self.jobs.run_file("x.csv", text, {"dry_run": True})
            self.assertEqual(self.fates(result), ["created"])
        for rubbish in ("SWRh*TMs", "SWR", 5, ["SWRh"]):
            with self.subTest(rubbish), self.assertRaisesRegex(UserError, "base64"):
                self.jobs.run_file("x.csv", rubbish)

    def test_a_value_that_cannot_be_stored_rejects_its_row_alone(self):
        text = "Name,Website,Company\nIda Lund,http://[abc,Havn\nPer Toft,x.example,\n"
        logger = "odoo.addons.contact_person.models.exchange.contact_import_write"
        # the level itself: Odoo gives its name to another one
        with self.assertLogs(logger, logging.INFO) as logged:
            result = self.jobs.run_file("x.csv", encoded(text))
        self.assertTrue(logged.records[0].exc_info)
        self.assertEqual(self.fates(result), ["rejected", "created"])
        self.assertIn("can't be stored", result["rows"][0]["reason"])
        self.assertFalse(self.Partner.search([("name", "=", "Havn")]))

    def test_hostile_cells_do_no_harm(self):
        result = self.run_rows(
            '"<img src=x onerror=alert(1)>",Lund,bad"mail,,"=cmd()",,',
            f"{'x' * 5000},Lund,long@x.example,,,,",
        )
        self.assertEqual(self.fates(result), ["created", "created"])
        self.assertNotIn("<img", self.contact(result).comment or "")

    def test_the_report_lists_every_row_with_its_fate(self):
        result = self.run_rows("Ida,Lund,ida@x.example,,,,", ",,,,,,DK")
        job = self.jobs.browse(result["import_id"])
        data = base64.b64decode(job.report)
        sheet = load_workbook(io.BytesIO(data)).active
        rows = list(sheet.iter_rows(values_only=True))
        self.assertEqual(len(rows), 3)
        self.assertEqual(rows[0][:2], ("First Name", "Last Name"))
        self.assertEqual(rows[1][-3], "Created")
        self.assertEqual(rows[2][-3], "Rejected")

    def test_the_report_can_be_imported_again(self):
        result = self.run_rows("Ida,Lund,ida@x.example,,,,", ",,,,,,DK")
        job = self.jobs.browse(result["import_id"])
        again = self.jobs.run_file("report.xlsx", job.report.decode())
        self.assertEqual(self.fates(again), ["unchanged", "rejected"])

    def test_a_job_goes_through_its_states(self):
        text = HEADER + "Ida,Lund,ida@x.example,,,,\n"
        job = self.jobs.create({"name": "x.csv", "file": encoded(text)})
        with self.assertRaises(UserError):
            job.action_run()
        job.action_read()
        self.assertEqual(job.state, "mapped")
        targets = job.mapping_ids.mapped("target")
        self.assertEqual(targets[:3], ["first_name", "last_name", "email"])
        job.action_check()
        self.assertEqual((job.state, job.created_count), ("checked", 1))
        self.assertFalse(self.Partner.search([("email", "=", "ida@x.example")]))
        job.action_run()
        self.assertEqual(job.state, "running")
        with self.enter_registry_test_mode():
            self.env.ref("contact_person.ir_cron_import").method_direct_trigger()
        self.assertEqual((job.state, job.created_count), ("done", 1))
        self.assertEqual(job.row_ids.contact_id.create_uid, self.importer)

    def test_a_killed_worker_is_followed_without_a_double(self):
        people = "Ida Lund,Per Toft,Lis Krog,Ole Dahl,Eva Friis,Kim Bach,Ulla Sten"
        rows = [
            "{0},{1},{0}@x.example,,,,".format(*name.split())
            for name in people.split(",")
        ]
        job = self.jobs.create(
            {"name": "x.csv", "file": encoded(HEADER + "\n".join(rows))}
        )
        job.action_read()
        job.action_check()
        job._start()
        module = "odoo.addons.contact_person.models.exchange.contact_import_run"
        with patch(f"{module}.BATCH", 3):
            self.assertEqual(job._run_batch(), 4)
            with self.assertRaises(MemoryError), self.env.cr.savepoint():
                job._run_batch()
                raise MemoryError  # the worker dies before it commits
            job.invalidate_recordset()
            while job._run_batch():
                pass
        found = self.Partner.search([("email", "like", "@x.example")])
        self.assertEqual(len(found), 7)
        self.assertEqual((job.state, job.done_count, job.created_count), ("done", 7, 7))

    def test_a_large_file_is_checked_in_the_background(self):
        people = "Ida Lund,Per Toft,Lis Krog,Ole Dahl,Ida Lund".split(",")
        rows = [f"{name.replace(' ', ',')},,,,," for name in people]
        data = encoded(HEADER + "\n".join(rows))
        job = self.jobs.create({"name": "x.csv", "file": data})
        job.action_read()
        module = "odoo.addons.contact_person.models.exchange"
        with (
            patch(f"{module}.contact_import.INLINE", 2),
            patch(f"{module}.contact_import_check.BATCH", 2),
        ):
            job.action_check()
            self.assertEqual((job.state, job.checking), ("mapped", True))
            with self.enter_registry_test_mode():
                self.env.ref("contact_person.ir_cron_import").method_direct_trigger()
        self.assertEqual((job.state, job.checking), ("checked", False))
        fates = job.row_ids.sorted("index").mapped("fate")
        self.assertEqual(fates, ["created"] * 4 + ["review"])
        self.assertEqual(job.row_ids.sorted("index")[4].duplicate_of_row, 0)

    def test_a_column_chosen_by_hand_is_remembered(self):
        text = "Quelle,Mail\nFair 2026,ida@x.example\n"
        job = self.jobs.create({"name": "x.csv", "file": encoded(text)})
        job.action_read()
        line = job.mapping_ids.filtered(lambda line: line.header == "Quelle")
        line.write({"target": "comment", "chosen": True})
        other = self.jobs.create({"name": "y.csv", "file": encoded(text)})
        other.action_read()
        self.assertEqual(other.mapping_ids.sorted("sequence")[0].target, "comment")
