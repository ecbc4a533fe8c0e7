from odoo import api, models


class ContactCachedMixin(models.AbstractModel):
    """A few rows that every keystroke needs: cached, and each change empties that."""

    _name = "contact.cached.mixin"
    _description = "Cached Configuration"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
