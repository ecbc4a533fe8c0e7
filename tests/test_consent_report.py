import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_consents import ConsentCase

REPORT = "contact_person.report_contact_consents"


@tagged("post_install", "-at_install")
class TestConsentReport(ConsentCase, HttpCase):
    def setUp(self):
        super().setUp()
        proof = self.env["ir.attachment"].create({"name": "card.pdf", "raw": b"x"})
        self.say(
            date="2026-01-01 10:00:00", proof=[(6, 0, proof.ids)], note="At a fair"
        )
        self.say(False)
        self.say(contact=self.bo)

    def rendered(self, user=None):
        report = self.env["ir.actions.report"].with_user(user or self.sales)
        return report._render_qweb_html(REPORT, self.anna.ids)[0].decode()

    def workbook(self, user, status=200):
        self.authenticate(user.login, user.login)
        found = self.url_open(f"/contact_person/consents/{self.anna.id}.xlsx")
        self.assertEqual(found.status_code, status)
        if status != 200:
            return None
        sheet = load_workbook(io.BytesIO(found.content)).active
        return [[cell.value for cell in row] for row in sheet.iter_rows()]

    def hide_anna(self):
        self.env["ir.rule"].create(
            {
                "name": "t",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": [("id", "!=", self.anna.id)],
            }
        )

    def test_both_reports_tell_every_decision_whole(self):
        page = self.rendered()
        rows = self.workbook(self.sales)
        self.assertEqual(len(rows), 3)
        text = " ".join(str(cell) for row in rows for cell in row)
        for found in (page, text):
            for words in (
                "News",
                "I agree.",
                "Given",
                "Withdrawn",
                "Form of the contact",
                "card.pdf",
                "At a fair",
                "cp_sales",
                "English",
            ):
                self.assertIn(words, found)
            self.assertNotIn("Bo Falk", found)
        self.assertIn("Anna Holm", page)

    def test_it_speaks_the_language_of_the_contact(self):
        self.env["res.lang"]._activate_lang("da_DK")
        module = self.env["ir.module.module"].search([("name", "=", "contact_person")])
        module._update_translations(["da_DK"])
        self.anna.lang = "da_DK"
        self.assertIn("Samtykker fra", self.rendered())
        self.assertEqual(self.workbook(self.sales)[0][2], "Formål")

    @mute_logger("odoo.http")
    def test_who_can_t_read_the_contact_gets_no_report(self):
        self.hide_anna()
        with self.assertRaises(AccessError):
            self.rendered()
        self.workbook(self.sales, 403)
        with self.assertRaises(AccessError):
            self.anna.with_user(self.sales).action_contact_consent_xlsx()

    @mute_logger("odoo.http")
    def test_only_users_of_contacts_get_a_report(self):
        with self.assertRaises(AccessError):
            self.rendered(self.clerk)
        self.workbook(self.clerk, 403)
        self.assertIn("I agree.", self.rendered(self.manager))

    def test_without_login_or_contact_there_is_no_report(self):
        self.authenticate(None, None)
        path = f"/contact_person/consents/{self.anna.id}.xlsx"
        found = self.url_open(path, allow_redirects=False)
        self.assertEqual(found.status_code, 303)
        self.authenticate(self.sales.login, self.sales.login)
        missing = self.url_open("/contact_person/consents/999999999.xlsx")
        self.assertEqual(missing.status_code, 404)


@tagged("post_install", "-at_install")
class TestConsentErasure(ConsentCase):
    def erase(self, contact=None, name=None, user=None):
        contact = contact or self.anna
        model = self.env["contact.consent.erase"].with_user(user or self.manager)
        wizard = model.create({"partner_id": contact.id})
        wizard.typed_confirmation = contact.name if name is None else name
        return wizard.action_apply()

    def broken(self):
        return self.ledger._contact_ledger_broken()[1]

    def test_a_person_is_forgotten_and_the_rest_can_be_verified(self):
        first = self.say(contact=self.bo)
        proof = self.env["ir.attachment"].create({"name": "card", "raw": b"signed"})
        self.say(proof=[(6, 0, proof.ids)], date="2026-01-01 10:00:00")
        between = self.say(False, contact=self.bo)
        self.say(False)
        self.erase()
        self.assertFalse(self.ledger.search([("partner_id", "=", self.anna.id)]))
        self.assertFalse(proof.exists())
        self.assertEqual(self.state(), "none")
        self.assertTrue((first | between).exists())
        self.assertIsNone(self.broken())
        last = self.say(contact=self.bo)
        self.assertIsNone(self.broken())
        self.say()
        self.erase()
        self.assertIsNone(self.broken())
        self.tamper("UPDATE contact_consent SET note = 'x' WHERE id = %s", between.id)
        self.assertEqual(self.broken(), between.id)
        self.assertTrue(last.exists())

    def test_who_when_and_how_many_stays_and_nothing_of_the_person(self):
        self.say()
        self.say(False)
        self.erase()
        log = self.env["contact.consent.erasure"].with_user(self.manager).search([])[0]
        self.assertEqual((log.user_id, log.count), (self.manager, 2))
        for secret in ("Anna", "Holm", "anna.holm"):
            self.assertNotIn(secret, str(log.read()))
        with self.assertRaises(UserError):
            log.sudo().unlink()
        self.by_sql("DELETE FROM contact_consent_erasure")
        self.by_sql("UPDATE contact_consent_erasure SET count = 0")

    def test_the_journal_can_t_be_touched_unnoticed(self):
        self.say()
        self.erase()
        self.say(contact=self.bo)
        for query in (
            "UPDATE contact_consent_erasure SET count = 7",
            "DELETE FROM contact_consent_erasure",
            "UPDATE contact_consent_erasure SET links = replace(links, '[[', '[[1')",
        ):
            with self.subTest(query=query):
                point = self.env.cr.savepoint()
                self.tamper(query)
                self.assertIsNotNone(self.broken())
                point.close(rollback=True)

    def test_rows_that_went_without_a_request_are_missed(self):
        self.say()
        row = self.say(contact=self.bo)
        self.say(False, contact=self.bo)
        self.erase()
        self.tamper("DELETE FROM contact_consent WHERE id = %s", row.id)
        self.assertIsNotNone(self.broken())

    def test_the_way_is_shut_again_afterwards(self):
        self.say()
        row = self.say(contact=self.bo)
        self.erase()
        self.by_sql("DELETE FROM contact_consent WHERE id = %s", row.id)

    def test_all_versions_of_a_person_are_forgotten(self):
        self.say()
        new = self.change_job()
        self.say(False, contact=new)
        self.erase(self.anna)
        self.assertFalse(
            self.ledger.search([("partner_id", "in", (self.anna | new).ids)])
        )
        self.assertIsNone(self.broken())

    def test_it_takes_a_manager_and_the_name(self):
        self.say()
        with self.assertRaises(AccessError):
            self.erase(user=self.sales)
        for name in ("", "anna", "Bo Falk"):
            with self.assertRaisesRegex(UserError, "exactly"):
                self.erase(name=name)
        self.assertEqual(self.state(), "given")
        with self.assertRaisesRegex(UserError, "No decision"):
            self.erase(self.bo)

    def test_a_privacy_lookup_finds_the_ledger(self):
        if "privacy.lookup.wizard" not in self.env:
            self.skipTest("Odoo's privacy_lookup is not installed")
        row = self.say()
        wizard = self.env["privacy.lookup.wizard"].create(
            {"name": self.anna.name, "email": self.anna.email}
        )
        wizard.action_lookup()
        found = wizard.line_ids.filtered(lambda line: line.res_model == row._name)
        self.assertEqual(found.mapped("res_id"), row.ids)
