import base64

from .common import ContactCase

PIXEL = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
        "awAAAABJRU5ErkJggg=="
    )
)


class FieldCase(ContactCase):
    """A manager who defines fields; the registry is put back after each test."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.registry.reset_changes)
        self.Field = self.env["contact.field"].with_user(self.manager)

    def flush_tracking(self):
        """Note in the chatter what was changed, as the end of a request does."""
        self.env.flush_all()
        self.cr.precommit.run()

    def define(self, name, field_type="char", **values):
        """Return a new definition, made by the manager, as in a request of his."""
        self.env.transaction.default_env = self.Field.env
        return self.Field.create({"name": name, "field_type": field_type, **values})
