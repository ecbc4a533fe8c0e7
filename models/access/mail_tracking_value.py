from odoo import models


class MailTrackingValue(models.Model):
    _inherit = "mail.tracking.value"

    def _create_tracking_values(
        self, initial_value, new_value, col_name, col_info, record
    ):
        """Note the name of a hidden customer whom a document had, or gets."""
        values = [initial_value, new_value]
        for index, value in enumerate(values):
            if isinstance(value, models.BaseModel) and value._name == "res.partner":
                # Superuser: Odoo shows the customer of a document by name.
                values[index] = value.sudo()
        return super()._create_tracking_values(*values, col_name, col_info, record)
