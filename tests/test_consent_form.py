import base64
import threading
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError
from odoo.modules.registry import Registry
from odoo.tests import HttpCase, get_db_name, new_test_user, tagged
from odoo.tests.common import BaseCase
from odoo.tools import mute_logger

from .common import SALES
from .test_consents import ConsentCase

WRITERS, ROWS = 2, 8


@tagged("post_install", "-at_install")
class TestConsentProof(ConsentCase):
    def give(self, proof, user=None):
        contact = self.anna.with_user(user or self.sales)
        row = contact.contact_consent_set(
            self.mail.id, True, "paper", "At a fair", proof
        )
        return self.ledger.browse(row)

    def file(self, name="card.pdf", data=b"signed"):
        return {"name": name, "data": base64.b64encode(data).decode()}

    def test_a_decision_takes_its_proof_along(self):
        row = self.give([self.file(), self.file("back.pdf", b"too")])
        self.assertEqual((row.source, row.note), ("paper", "At a fair"))
        self.assertEqual(row.proof.mapped("raw"), [b"signed", b"too"])
        self.assertEqual(set(row.proof.mapped("res_id")), {row.id})
        found = self.anna.with_user(self.sales).contact_consents()
        [line] = [one for one in found["purposes"] if one["id"] == self.mail.id]
        names = [file["name"] for file in line["history"][0]["proofs"]]
        self.assertEqual(names, ["card.pdf", "back.pdf"])
        self.assertIsNone(self.ledger._contact_ledger_broken()[1])

    def test_who_can_t_read_the_contact_can_t_read_the_proof(self):
        proof = self.give([self.file()]).proof
        self.assertEqual(proof.with_user(self.sales).raw, b"signed")
        self.env["ir.rule"].create(
            {
                "name": "t",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": [("id", "!=", self.anna.id)],
            }
        )
        proof.invalidate_recordset()
        with self.assertRaises(AccessError):
            proof.with_user(self.sales).read(["raw"])

    def test_what_is_no_file_is_refused_with_a_message(self):
        for proof in ([{"name": "x"}], ["x"], [{"name": "x", "data": "é"}], [None]):
            with self.subTest(proof=proof), self.assertRaisesRegex(UserError, "proof"):
                self.give(proof)
        self.assertEqual(self.state(), "none")


@tagged("post_install", "-at_install")
class TestConsentTour(HttpCase):
    def test_a_consent_is_given_and_withdrawn_on_the_form(self):
        new_test_user(self.env, "cp_consent_tour", groups=SALES)
        purpose = self.env["contact.consent.purpose"].create(
            {"name": "Tour News", "code": "t-tour", "sequence": 0}
        )
        self.env["contact.consent.text"].create(
            {
                "purpose_id": purpose.id,
                "body": "<p>Send me news.</p>",
                "date_from": "2020-01-01",
            }
        )
        contact = self.env["res.partner"].create(
            {"name": "Amalie Tourholm", "email": "amalie@tourwind.example"}
        )
        self.start_tour(
            f"/odoo/contact-persons/{contact.id}",
            "contact_person_consents",
            login="cp_consent_tour",
        )
        rows = self.env["contact.consent"].search(
            [("partner_id", "=", contact.id)], order="id"
        )
        self.assertEqual(rows.mapped("decision"), ["given", "withdrawn"])
        self.assertEqual(rows.mapped("source"), ["paper", "form"])
        self.assertEqual(rows[0].proof.raw, b"signed")
        self.assertFalse(rows[1].proof)


@tagged("post_install", "-at_install")
class TestTwoWriters(BaseCase):
    """Real transactions of two threads: a test cursor can't show a race."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # The thread that runs the tests holds it all the while.
        lock = patch.object(Registry, "_lock", threading.RLock())
        lock.start()
        self.addCleanup(lock.stop)
        with self.registry.cursor() as cr:
            cr.execute("SELECT chain, hash FROM contact_ledger_head")
            self.heads = cr.fetchall()
            env = api.Environment(cr, SUPERUSER_ID, {})
            purpose = env["contact.consent.purpose"].create(
                {"name": "Race", "code": "t-race"}
            )
            env["contact.consent.text"].create(
                {"purpose_id": purpose.id, "body": "<p>Yes</p>"}
            )
            person = env["res.partner"].create({"name": "Race Person"})
            self.purpose_id, self.person_id = purpose.id, person.id
        self.addCleanup(self.clean)

    def clean(self):
        """Take the rows out as nobody else may, and set the chain back."""
        with self.registry.cursor() as cr:
            cr.execute("SET LOCAL session_replication_role = replica")
            for table in ("contact_consent_standing", "contact_consent"):
                cr.execute(
                    f"DELETE FROM {table} WHERE partner_id = %s",  # noqa: S608
                    [self.person_id],
                )
            for chain, last in self.heads:
                cr.execute(
                    "UPDATE contact_ledger_head SET hash = %s WHERE chain = %s",
                    [last, chain],
                )
            cr.execute("SET LOCAL session_replication_role = DEFAULT")
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["contact.consent.purpose"].browse(self.purpose_id).unlink()
            env["res.partner"].browse(self.person_id).unlink()

    def append(self, barrier, failures):
        """Append as a server does: a transaction each, run again when it fails."""
        try:
            barrier.wait(timeout=30)
            for number in range(ROWS):
                while not self.append_one(number % 2 == 0):
                    pass
        except Exception as failure:  # noqa: BLE001  # told by the main thread
            failures.append(failure)

    def append_one(self, given):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            person = env["res.partner"].browse(self.person_id)
            try:
                person.contact_consent_set(self.purpose_id, given)
            except SerializationFailure:
                cr.rollback()
                return False
        return True

    @mute_logger("odoo.sql_db")
    def test_two_threads_append_to_one_chain_without_a_fork(self):
        barrier, failures = threading.Barrier(WRITERS), []
        threads = [
            threading.Thread(target=self.append, args=(barrier, failures))
            for _writer in range(WRITERS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        self.assertEqual(failures, [])
        with self.registry.cursor() as cr:
            ledger = api.Environment(cr, SUPERUSER_ID, {})["contact.consent"]
            rows = ledger.search([("partner_id", "=", self.person_id)], order="id")
            self.assertEqual(len(rows), WRITERS * ROWS)
            self.assertEqual(len(set(rows.mapped("previous_hash"))), WRITERS * ROWS)
            self.assertEqual(rows[1:].mapped("previous_hash"), rows[:-1].mapped("hash"))
            self.assertIsNone(ledger._contact_ledger_broken()[1])
