from odoo import api, models

from .field_access import forget, is_closed
from .res_partner import LATER


class ResUsers(models.Model):
    """A login shows the fields of its contact: those are as closed as there."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        """Ask nothing of the card of a colleague, which looks like a contact first."""
        later = self.with_context(contact_required=LATER)
        return super(ResUsers, later).create(vals_list).with_env(self.env)

    def write(self, vals):
        result = super().write(vals)
        forget(self.env)
        return result

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        found = super().fields_get(allfields, attributes)
        self.env["contact.field"]._contact_describe(found, attributes)
        return found

    def _has_field_access(self, field, operation):
        if is_closed(self.env, field):
            return False
        return super()._has_field_access(field, operation)
