from odoo import models

from .field_types import PREFIX


class MailTrackingValue(models.Model):
    """The history of a closed field is as closed as the field.

    Odoo asks the model before it shows a history in the chatter; what it mails to
    followers it only holds against the groups of the Python field.
    """

    _inherit = "mail.tracking.value"

    def _filter_free_field_access(self):
        closed = self.env["contact.field"]._contact_closed()
        free = super()._filter_free_field_access()
        return free.filtered(
            lambda value: (
                not value.field_id.name.startswith(PREFIX)
                or value.field_id.name not in closed
            )
        )
