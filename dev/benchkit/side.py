"""One of the two databases, seen by a salesperson."""

from contextlib import contextmanager

from odoo.api import Environment
from odoo.modules.registry import Registry

from .timing import seconds
from .webclient import ListView

# The third level of the reporting line: owns contacts, has people below and above.
LOGIN = "bench_00_01_02_03"
CONTEXT = {"lang": "en_US", "tz": "Europe/Paris"}

STOCK = ("contacts.action_contacts", [("is_company", "=", False)])
OURS = ("contact_person.res_partner_action", None)


class Side:
    """A database and the list of contacts in it.

    :param str database: its name
    :param tuple action: XML id of the list's action, and a domain if it has none
    """

    def __init__(self, database, action):
        self.database = database
        self.action = action
        self.registry = Registry(database)
        with self.registry.cursor() as cr:
            cr.execute("SELECT id FROM res_users WHERE login = %s", [LOGIN])
            self.uid = cr.fetchone()[0]

    @contextmanager
    def env(self):
        """The salesperson's environment, as fresh as at the start of a request.

        What is done in it is rolled back.
        """
        with self.registry.cursor() as cr:
            try:
                yield Environment(cr, self.uid, dict(CONTEXT))
            finally:
                cr.rollback()

    def timed(self, function):
        """Seconds that ``function(env)`` takes, without the connection."""
        with self.env() as env:
            return seconds(function, env)[0]

    def timed_list(self, domain_of=None, action=None):
        """Seconds that the first page of the list takes.

        :param domain_of: gives the domain of a search, from the ``ListView``
        :param action: of another list than this side's own
        """
        with self.env() as env:
            view = ListView(env, *(action or self.action))
            domain = domain_of(view) if domain_of else ()
            env.invalidate_all()
            return seconds(view.read, domain)[0]

    def query(self, statement, parameters=()):
        """All rows of one statement."""
        with self.registry.cursor() as cr:
            cr.execute(statement, parameters)
            return cr.fetchall()
