import os

from odoo import api, sql_db
from odoo.modules.registry import Registry
from odoo.tests import get_db_name, tagged

from .access_committed import CommittedAccess


class Worker:
    """A second process with caches of its own, as Odoo forks them for requests.

    It waits for a line and answers whether the user sees the contact, each time in a
    new transaction.
    """

    def __init__(self, user_id, contact_id):
        self.user_id, self.contact_id = user_id, contact_id
        asked, self.ask = os.pipe()
        self.answered, answer = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            try:
                os.close(self.ask)
                self._serve(asked, answer)
            finally:
                os._exit(0)
        os.close(asked)
        os.close(answer)

    def _serve(self, asked, answer):
        # Connections are no good in two processes. The old pool is kept, not closed:
        # closing would end the connections of the first process.
        self.old_pools = sql_db._Pool, sql_db._Pool_readonly
        sql_db._Pool = sql_db._Pool_readonly = None
        registry = Registry(get_db_name())
        self.old_db, registry._db = registry._db, sql_db.db_connect(get_db_name())
        registry._db_readonly = None
        while os.read(asked, 1):
            try:
                seen = sees(registry, self.user_id, self.contact_id)
                os.write(answer, b"1" if seen else b"0")
            except Exception:  # noqa: B902 the test must not wait for ever
                os.write(answer, b"E")

    def sees(self):
        os.write(self.ask, b"?")
        return {b"1": True, b"0": False}[os.read(self.answered, 1)]

    def stop(self):
        os.close(self.ask)
        os.waitpid(self.pid, 0)
        os.close(self.answered)


def sees(registry, user_id, contact_id):
    """Ask as a request does: look for signals first, then begin a transaction."""
    registry.check_signaling()
    with registry.cursor() as cr:
        env = api.Environment(cr, user_id, {})
        contact = env["res.partner"].search([("id", "=", contact_id)])
        allowed = env["res.partner"].browse(contact_id).has_access("read")
        if bool(contact) != allowed:
            raise AssertionError("search and access disagree")
        return allowed


@tagged("post_install", "-at_install")
class TestAccessProcesses(CommittedAccess):
    """What one process commits counts at the next request of another."""

    def test_a_change_counts_at_the_next_request_of_every_process(self):
        worker = Worker(self.reader, self.contact)
        self.addCleanup(worker.stop)
        self.assertFalse(worker.sees())
        for what, expected, (model, record), values in self.changes():
            self.change(model, record, **values)
            with self.subTest(what):
                self.assertEqual(worker.sees(), expected)
                seen = sees(self.registry, self.reader, self.contact)
                self.assertEqual(seen, expected, "in the process that made the change")

    def test_a_transaction_keeps_what_it_began_with(self):
        """Until its end a request sees one state, and the next one the new state."""
        self.change("res.partner", self.contact, contact_visibility="everyone")
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.reader, {})
            domain = [("id", "=", self.contact)]
            self.assertEqual(env["res.partner"].search_count(domain), 1)
            self.change("res.partner", self.contact, contact_visibility="private")
            env.invalidate_all()
            self.assertEqual(env["res.partner"].search_count(domain), 1)
        self.assertFalse(sees(self.registry, self.reader, self.contact))
