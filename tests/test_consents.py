from datetime import date

from psycopg2.errors import RaiseException

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import ContactCase


class ConsentCase(ContactCase):
    """Purposes: mail (expires after 12 months) and call (never), each with a text."""

    def setUp(self):
        super().setUp()
        self.ledger = self.env["contact.consent"]
        self.env["contact.consent.purpose"].search([]).active = False
        self.mail, self.call = self.env["contact.consent.purpose"].create(
            [
                {"name": "News", "code": "t-mail", "validity_months": 12},
                {"name": "Calls", "code": "t-call"},
            ]
        )
        self.text, _call = self.env["contact.consent.text"].create(
            [
                {"purpose_id": p.id, "body": "<p>I agree.</p>", "date_from": day}
                for p, day in ((self.mail, "2020-01-01"), (self.call, "2020-01-01"))
            ]
        )

    def say(self, given=True, contact=None, purpose=None, user=None, **values):
        """Record a decision as a user does; with ``date`` as the system may."""
        contact = contact or self.anna
        purpose = purpose or self.mail
        if values:
            row = contact._contact_consent_row(purpose, given, "form")
            return self.ledger.create({**row, **values})
        contact = contact.with_user(user or self.sales)
        return self.ledger.browse(contact.contact_consent_set(purpose.id, given))

    def state(self, contact=None, at=None, code="t-mail"):
        contact = (contact or self.anna).with_user(self.sales)
        return contact.contact_consent_state(code, at)

    def by_sql(self, query, *params):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(RaiseException),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(query, params)

    def tamper(self, query, *params):
        """Change a table as one who may switch its triggers off."""
        self.env.cr.execute("SET LOCAL session_replication_role = replica")
        self.env.cr.execute(query, params)
        self.env.cr.execute("SET LOCAL session_replication_role = DEFAULT")
        self.env.invalidate_all()

    def change_job(self):
        wizard = self.env["contact.job.change"].with_user(self.sales)
        values = {"employer_id": self.atelier.id, "email": "anna@atelier.example"}
        action = wizard.create(
            {"partner_id": self.anna.id, "date": "2026-03-01", **values}
        ).action_apply()
        return self.Partner.browse(action["res_id"])


@tagged("post_install", "-at_install")
class TestConsentLedger(ConsentCase):
    # ------------------------------------------------------------
    # APPEND ONLY
    # ------------------------------------------------------------

    def test_a_decision_tells_who_what_when_and_to_which_wording(self):
        self.anna.lang = "en_US"
        row = self.say()
        self.assertEqual(row.partner_id, self.anna)
        self.assertEqual(row.user_id, self.sales)
        self.assertEqual(row.text_id, self.text)
        self.assertEqual(row.lang, "en_US")
        self.assertEqual((row.decision, row.source), ("given", "form"))

    def test_nobody_changes_or_deletes_a_row(self):
        row = self.say()
        for user in (self.clerk, self.sales, self.manager):
            with self.subTest(user=user.login):
                mine = row.with_user(user)
                with self.assertRaises(UserError):
                    mine.write({"decision": "withdrawn"})
                with self.assertRaises(UserError):
                    mine.unlink()
                with self.assertRaises(AccessError):
                    mine.create([row._contact_ledger_row({})])
        for system in (row, row.sudo(), row.with_context(_force_unlink=True).sudo()):
            with self.assertRaisesRegex(UserError, "neither changed nor deleted"):
                system.write({"note": "x"})
            with self.assertRaisesRegex(UserError, "neither changed nor deleted"):
                system.unlink()

    def test_the_database_refuses_what_goes_round_python(self):
        row = self.say()
        self.by_sql("UPDATE contact_consent SET decision = 'withdrawn'")
        self.by_sql("UPDATE contact_consent SET partner_id = %s", self.bo.id)
        self.by_sql("DELETE FROM contact_consent WHERE id = %s", row.id)
        self.by_sql("TRUNCATE contact_consent CASCADE")
        self.by_sql("TRUNCATE contact_consent_proof_rel")
        self.by_sql("DELETE FROM contact_consent_text WHERE id = %s", self.text.id)
        with mute_logger("odoo.sql_db"), self.assertRaises(RaiseException):
            with self.env.cr.savepoint(flush=False):
                row._write_multi([{"decision": "withdrawn"}])

    def test_the_switch_of_a_move_lets_nothing_else_through(self):
        self.say()
        self.env.cr.execute(
            "SELECT set_config('contact_person.consent_move', 'on', TRUE)"
        )
        self.by_sql("UPDATE contact_consent SET decision = 'withdrawn'")
        self.by_sql("UPDATE contact_consent SET note = 'x', partner_id = partner_id")
        self.by_sql("DELETE FROM contact_consent")

    def test_an_import_neither_changes_nor_adds_a_row(self):
        row = self.say()
        for names, values in (
            ([".id", "decision"], [str(row.id), "withdrawn"]),
            (["partner_id/.id", "decision"], [str(self.anna.id), "given"]),
        ):
            with self.subTest(fields=names):
                model = self.ledger.with_user(self.manager)
                with mute_logger("odoo.models", "odoo.sql_db"):
                    result = model.load(names, [values])
                self.assertFalse(result["ids"])
                self.assertTrue(result["messages"])
        self.assertEqual(row.decision, "given")
        self.assertEqual(len(self.ledger.search([("user_id", "=", self.sales.id)])), 1)

    def test_a_contact_with_decisions_is_not_deleted(self):
        self.say()
        with self.assertRaisesRegex(UserError, "decisions on consents"):
            self.anna.unlink()

    def test_three_rows_at_once_are_one_chain(self):
        row = self.anna._contact_consent_row(self.mail, True, "form")
        rows = self.ledger.create([dict(row), dict(row), dict(row)])
        for one, two in zip(rows[:-1], rows[1:], strict=True):
            self.assertEqual(two.previous_hash, one.hash)

    # ------------------------------------------------------------
    # THE WORDING
    # ------------------------------------------------------------

    def test_an_accepted_wording_stays(self):
        manager = self.text.with_user(self.manager)
        manager.write({"body": "<p>I do agree.</p>"})
        self.say()
        with self.assertRaisesRegex(UserError, "new version"):
            manager.write({"body": "<p>Anything.</p>"})
        with self.assertRaisesRegex(UserError, "new version"):
            manager.update_field_translations("body", {"en_US": {"I": "You"}})
        with self.assertRaisesRegex(UserError, "new version"):
            manager.unlink()
        self.by_sql("UPDATE contact_consent_text SET body = '{}'")
        new = manager.create({"purpose_id": self.mail.id, "body": "<p>Both.</p>"})
        self.assertEqual((self.text.version, new.version), (1, 2))
        self.assertEqual(self.say().text_id, new)

    def test_a_withdrawal_names_the_wording_that_was_accepted(self):
        self.say()
        self.text.create({"purpose_id": self.mail.id, "body": "<p>Both.</p>"})
        self.assertEqual(self.say(False).text_id, self.text)

    def test_the_wording_is_shown_in_the_language_of_the_contact(self):
        self.env["res.lang"]._activate_lang("da_DK")
        self.text.with_context(lang="da_DK").body = "<p>Jeg siger ja.</p>"
        self.anna.lang = "da_DK"
        [line] = [
            line
            for line in self.anna.with_user(self.sales).contact_consents()["purposes"]
            if line["id"] == self.mail.id
        ]
        self.assertIn("Jeg siger ja", line["wording"])
        self.assertEqual(self.say().lang, "da_DK")
        self.assertEqual(self.ledger._contact_ledger_broken()[1], None)

    def test_without_a_wording_nobody_agrees(self):
        self.text.unlink()
        with self.assertRaisesRegex(UserError, "no wording"):
            self.say()

    # ------------------------------------------------------------
    # VERIFY
    # ------------------------------------------------------------

    def test_verify_names_the_first_row_that_was_tampered_with(self):
        rows = [self.say(), self.say(False), self.say(contact=self.bo)]
        self.assertIsNone(self.ledger._contact_ledger_broken()[1])
        for query, first in (
            ("UPDATE contact_consent SET decision = 'given' WHERE id = %s", rows[1]),
            ("UPDATE contact_consent SET note = 'x' WHERE id = %s", rows[2]),
            (
                "UPDATE contact_consent SET date = date - '1 day'::interval"
                " WHERE id = %s",
                rows[0],
            ),
        ):
            with self.subTest(query=query):
                point = self.env.cr.savepoint()
                self.tamper(query, first.id)
                self.assertEqual(self.ledger._contact_ledger_broken()[1], first.id)
                point.close(rollback=True)

    def test_verify_sees_rows_that_are_gone_or_with_another_contact(self):
        rows = [self.say(), self.say(False), self.say()]
        for query, row, found in (
            ("DELETE FROM contact_consent WHERE id = %s", rows[1], rows[2].id),
            ("DELETE FROM contact_consent WHERE id = %s", rows[2], 0),
            (
                f"UPDATE contact_consent SET partner_id = {self.bo.id} WHERE id = %s",
                rows[1],
                rows[1].id,
            ),
        ):
            with self.subTest(query=query, row=row):
                point = self.env.cr.savepoint()
                self.tamper(query, row.id)
                self.assertEqual(self.ledger._contact_ledger_broken()[1], found)
                point.close(rollback=True)

    def test_verify_sees_a_wording_or_proof_that_was_exchanged(self):
        proof = self.env["ir.attachment"].create({"name": "card", "raw": b"signed"})
        row = self.say(proof=[(6, 0, proof.ids)], date="2026-01-01 10:00:00")
        self.assertEqual((proof.res_model, proof.res_id), (row._name, row.id))
        self.assertIsNone(self.ledger._contact_ledger_broken()[1])
        point = self.env.cr.savepoint()
        proof.raw = b"forged"
        self.assertEqual(self.ledger._contact_ledger_broken()[1], row.id)
        point.close(rollback=True)
        self.tamper('UPDATE contact_consent_text SET body = \'{"en_US": "x"}\'')
        self.assertLessEqual(self.ledger._contact_ledger_broken()[1], row.id)

    def test_only_managers_verify_and_get_a_message(self):
        row = self.say()
        with self.assertRaises(AccessError):
            self.ledger.with_user(self.sales).action_verify()
        verify = self.ledger.with_user(self.manager).action_verify
        self.assertEqual(verify()["params"]["type"], "success")
        self.tamper("UPDATE contact_consent SET note = 'x' WHERE id = %s", row.id)
        message = verify()["params"]["message"]
        self.assertIn(str(row.id), message)
        self.assertIn("Anna Holm", message)


@tagged("post_install", "-at_install")
class TestConsentState(ConsentCase):
    # ------------------------------------------------------------
    # STATES
    # ------------------------------------------------------------

    def test_a_state_is_known_for_any_day(self):
        self.say(date="2024-02-10 10:00:00")
        self.say(False, date="2025-06-01 10:00:00")
        for day, state in (
            ("2024-02-09", "none"),
            ("2024-02-10", "given"),
            (date(2025, 2, 9), "given"),
            ("2025-02-10 09:59:59", "given"),
            ("2025-02-10 10:00:00", "expired"),
            ("2025-05-31", "expired"),
            ("2025-06-01", "withdrawn"),
            (None, "withdrawn"),
        ):
            with self.subTest(day=day):
                self.assertEqual(self.state(at=day), state)

    def test_without_a_term_a_consent_does_not_expire(self):
        self.say(purpose=self.call, date="2001-01-01 10:00:00")
        self.assertEqual(self.state(code="t-call"), "given")
        self.assertEqual(self.state(), "none")

    def test_an_unknown_purpose_is_no_state(self):
        with self.assertRaisesRegex(UserError, "no purpose"):
            self.state(code="nothing")

    def test_the_own_company_s_purpose_comes_first(self):
        own = self.mail.copy({"code": "t-mail", "company_id": self.env.company.id})
        self.text.copy({"purpose_id": own.id})
        self.say(purpose=own)
        self.assertEqual(self.state(), "given")

    def test_many_contacts_are_asked_in_one_query(self):
        self.say()
        partners, purposes = self.anna | self.bo, self.mail | self.call
        partners.mapped("contact_current_id"), purposes.mapped("validity_months")
        with self.assertQueryCount(1):
            states = partners._contact_consent_states(purposes)
        self.assertEqual(states[self.anna.id, self.mail.id]["state"], "given")
        self.assertEqual(states[self.bo.id, self.mail.id]["state"], "none")

    # ------------------------------------------------------------
    # RIGHTS
    # ------------------------------------------------------------

    def test_who_may_not_edit_the_contact_records_nothing(self):
        with self.assertRaises(AccessError):
            self.say(user=self.clerk)
        found = self.anna.with_user(self.clerk).contact_consents()
        self.assertFalse(found["editable"])

    def test_consents_are_as_hidden_as_their_contact(self):
        row = self.say()
        self.assertIn(row, self.ledger.with_user(self.sales).search([]))
        self.env["ir.rule"].create(
            {
                "name": "t",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": [("id", "!=", self.anna.id)],
            }
        )
        mine = self.ledger.with_user(self.sales)
        self.assertNotIn(row.id, mine.search([]).ids)
        with self.assertRaises(AccessError):
            row.with_user(self.sales).read(["decision"])
        with self.assertRaises(AccessError):
            self.state()

    def test_portal_users_see_and_say_nothing(self):
        portal = new_test_user(self.env, "cp_portal", groups="base.group_portal")
        me = portal.partner_id.with_user(portal)
        for call in (
            lambda: me.contact_consents(),
            lambda: me.contact_consent_state("t-mail"),
            lambda: me.contact_consent_set(self.mail.id, True),
            lambda: self.ledger.with_user(portal).search([]),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_purposes_are_the_manager_s(self):
        with self.assertRaises(AccessError):
            self.mail.with_user(self.sales).name = "Other"
        self.mail.with_user(self.manager).name = "Other"

    def test_companies_and_voided_contacts_say_nothing(self):
        with self.assertRaisesRegex(UserError, "Only contact persons"):
            self.say(contact=self.nordvind)
        self.anna.contact_void("left")
        with self.assertRaisesRegex(UserError, "voided"):
            self.say(user=self.manager)
        with self.assertRaisesRegex(UserError, "voided"):
            self.say(date="2026-01-01 10:00:00")

    # ------------------------------------------------------------
    # THE PERSON MOVES
    # ------------------------------------------------------------

    def test_consents_go_with_the_person_and_come_back(self):
        row = self.say()
        new = self.change_job()
        self.assertEqual(row.partner_id, new)
        for version in (self.anna, new):
            self.assertEqual(self.state(version), "given")
        later = self.say(False, contact=self.anna)
        self.assertEqual(later.partner_id, new)
        self.assertIsNone(self.ledger._contact_ledger_broken()[1])
        new.with_user(self.sales).contact_undo_job_change()
        self.assertEqual((row | later).partner_id, self.anna)
        self.assertEqual(self.state(), "withdrawn")
        self.assertIsNone(self.ledger._contact_ledger_broken()[1])
        moves = self.env["contact.consent.move"].search([("consent_id", "=", row.id)])
        self.assertEqual(len(moves), 2)
        with self.assertRaisesRegex(UserError, "neither changed nor deleted"):
            moves.unlink()

    def test_a_merge_keeps_all_rows_and_the_strictest_wins(self):
        twin = self.Partner.create({"name": "Anna Twin", "email": "t@n.example"})
        rows = self.say(False, contact=twin, date="2025-01-01 10:00:00")
        rows |= self.say(date="2026-02-01 10:00:00")
        rows |= self.say(contact=twin, purpose=self.call)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.anna | twin).ids, self.anna)
        self.assertFalse(twin.exists())
        self.assertEqual(rows.partner_id, self.anna)
        self.assertEqual(self.state(), "withdrawn")
        self.assertEqual(self.state(code="t-call"), "given")
        self.assertIsNone(self.ledger._contact_ledger_broken()[1])

    def test_a_former_job_tells_nothing_of_a_present_one_that_is_hidden(self):
        self.say()
        present = self.change_job()
        former = self.anna.with_user(self.importer)
        self.assertEqual(former.contact_consent_state("t-mail"), "given")
        present.contact_visibility = "private"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(former.contact_consents()["purposes"])
        with self.assertRaises(AccessError):
            former.contact_consent_state("t-mail")
