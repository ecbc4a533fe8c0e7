import base64
from datetime import date, datetime

from odoo import Command
from odoo.tests import TransactionCase

from odoo.addons.contact_person.models.field.field_types import TYPES, WITH_OPTIONS

from .common import ContactCase

PIXEL = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
        "awAAAABJRU5ErkJggg=="
    )
)
OPTIONS = [Command.create({"name": "Red"}), Command.create({"name": "White"})]
MOMENT = datetime(2024, 2, 29, 12, 0)
# type: (value, exported, another value); tags and links are named.
TABLE = {
    "char": ("Riesling", "Riesling", "Merlot"),
    "text": ("two\nlines", "two\nlines", "x"),
    "html": ("<p>bold</p>", "<p>bold</p>", "<p>x</p>"),
    "integer": (7, 7, 8),
    "float": (2.5, 2.5, 3.5),
    "monetary": (9.5, 9.5, 8.5),
    "boolean": (True, True, False),
    "date": (date(2024, 2, 29), date(2024, 2, 29), date(2024, 3, 1)),
    "datetime": (MOMENT, MOMENT, datetime(2024, 3, 1)),
    "selection": ("red", "Red", "white"),
    "tags": ("Red", "Red", "White"),
    "many2one": ("Denmark", "Denmark", "France"),
    "email": ("a@b.example", "a@b.example", "c@d.example"),
    "phone": ("+45 12345678", "+45 12345678", "+45 1"),
    "url": ("https://b.example", "https://b.example", "https://c.example"),
    "image": (PIXEL, PIXEL, None),
    "file": (PIXEL, PIXEL, None),
}


class ColumnCase(TransactionCase):
    """Puts the fields of models back after each test that made columns."""

    def setUp(self):
        # Before the savepoint, so that it comes after the rollback: columns that are
        # not rolled back yet would be read anew.
        self.addCleanup(self.put_fields_back, self.registry.registry_sequence)
        super().setUp()

    def put_fields_back(self, sequence):
        """Load the fields that the database has, whoever changed them in the test."""
        # A request of a browser has signalled its changes: the registry is as if new.
        if self.registry.registry_sequence != sequence:
            self.registry.registry_invalidated = True
            self.registry.registry_sequence = sequence
        self.registry.reset_changes()


class FieldCase(ColumnCase, ContactCase):
    """A manager who defines fields; the registry is put back after each test."""

    def setUp(self):
        super().setUp()
        self.Field = self.env["contact.field"].with_user(self.manager)

    def flush_tracking(self):
        """Note in the chatter what was changed, as the end of a request does."""
        self.env.flush_all()
        self.cr.precommit.run()

    def define(self, name, field_type="char", **values):
        """Return a new definition, made by the manager, as in a request of his."""
        self.env.transaction.default_env = self.Field.env
        return self.Field.create({"name": name, "field_type": field_type, **values})

    def define_all(self, tracked=False, **more):
        """Define a field of each type in one call; return them by type."""
        values = [
            {
                "name": f"Kind of {kind}",
                "field_type": kind,
                "option_ids": OPTIONS if kind in WITH_OPTIONS else [],
                "relation_model": kind == "many2one" and "res.country",
                "tracking": tracked and spec.tracked,
                **more,
            }
            for kind, spec in TYPES.items()
        ]
        return {field.field_type: field for field in self.Field.create(values)}
