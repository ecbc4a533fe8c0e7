"""What the addon raises apart from Odoo's own exceptions."""

from odoo.exceptions import ValidationError


class DuplicateContactError(ValidationError):
    """A duplicate rule refuses to save a contact; the message names the ones found.

    Clients know it by its name,
    ``odoo.addons.contact_person.exceptions.DuplicateContactError``.
    """

    # Whether the user may read none of the contacts found.
    all_hidden = False
