from odoo import models

from .field_access import forget


class ResGroups(models.Model):
    """Who joins or leaves a group sees other fields at once."""

    _inherit = "res.groups"

    def write(self, vals):
        result = super().write(vals)
        forget(self.env)
        return result
