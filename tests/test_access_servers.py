import os
import socket
import subprocess
import sys
import time
from datetime import timedelta

import requests

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import get_db_name, new_test_user, tagged

from .access_committed import CommittedAccess
from .access_world import QUIET

HOST = "127.0.0.1"
BOSS = (
    "hr.group_hr_manager,sales_team.group_sale_manager,"
    "contact_person.group_contact_manager"
)
PATIENCE = 120


class Server:
    """Odoo as it is started by hand, on the database of the test."""

    def __init__(self):
        with socket.socket() as free:
            free.bind((HOST, 0))
            port = free.getsockname()[1]
        self.url = f"http://{HOST}:{port}"
        command = [sys.executable, "-m", "odoo", "--database", get_db_name()]
        command += ["--http-interface", HOST, "--http-port", str(port)]
        command += ["--max-cron-threads", "0", "--log-level", "error"]
        self.process = subprocess.Popen(  # noqa: S603 nothing of a user is in it
            command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        )

    def wait(self):
        """Return when it answers."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                return requests.get(f"{self.url}/web/health", timeout=PATIENCE)
            except requests.ConnectionError:
                time.sleep(0.2)
        raise AssertionError("the server does not answer")

    def call(self, key, model, method, **arguments):
        """Return what a method gives over JSON-2."""
        response = requests.post(
            f"{self.url}/json/2/{model}/{method}",
            json=arguments,
            headers={"Authorization": f"bearer {key}"},
            timeout=PATIENCE,
        )
        if response.status_code != 200:
            raise AssertionError(response.text)
        return response.json()

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)


@tagged("post_install", "-at_install")
class TestAccessServers(CommittedAccess):
    """Two servers on one database, both asked over HTTP."""

    @classmethod
    def build(cls, env):
        admin = new_test_user(env, "cp_process_admin", groups=BOSS)
        cls.made += [("res.users", admin.id), ("res.partner", admin.partner_id.id)]
        result = super().build(env)
        cls.admin_key = cls.key(env, admin)
        cls.reader_key = cls.key(env, env["res.users"].browse(cls.reader))
        return result

    @staticmethod
    def key(env, user):
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        keys = env["res.users.apikeys"].with_user(user).sudo()
        return keys._generate("rpc", "test", tomorrow)

    @classmethod
    def remove(cls):
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, QUIET)
            users = [one for model, one in cls.made if model == "res.users"]
            env["res.users.apikeys"].search([("user_id", "in", users)]).unlink()
            # Odoo keeps the author of an employee's data, also without the employee.
            versions = env["hr.version"].search([("last_modified_uid", "in", users)])
            versions.last_modified_uid = SUPERUSER_ID
        return super().remove()

    def test_a_change_at_one_server_counts_at_the_next_request_of_both(self):
        servers = [Server(), Server()]
        for server in servers:
            self.addCleanup(server.stop)
        for server in servers:
            server.wait()
        self.assertEqual([self.sees(server) for server in servers], [False, False])
        for number, (what, expected, (model, record), values) in enumerate(
            self.changes()
        ):
            changing = servers[number % 2]
            changing.call(self.admin_key, model, "write", ids=[record], vals=values)
            with self.subTest(what):
                seen = [self.sees(server) for server in servers]
                self.assertEqual(seen, [expected, expected])

    def sees(self, server):
        """Whether the reader finds the contact, which he may then read."""
        domain = [["id", "=", self.contact]]
        found = server.call(
            self.reader_key, "res.partner", "search_read", domain=domain, fields=["id"]
        )
        return bool(found)
