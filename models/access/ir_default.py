import json

from odoo import api, models
from odoo.exceptions import AccessError

from ..linked import linked_id

_HIDDEN = ("res.partner", "crm.lead")


class IrDefault(models.Model):
    """Users set defaults of their own, which count also where Odoo creates for them."""

    _inherit = "ir.default"

    @api.model_create_multi
    def create(self, vals_list):
        defaults = super().create(vals_list)
        defaults._contact_check_value()
        return defaults

    def write(self, vals):
        result = super().write(vals)
        self._contact_check_value()
        return result

    def _contact_check_value(self):
        """Refuse a default that a user could not type, or of what he may not see."""
        if self.env.su or self.env.is_system():
            return
        # Superuser: a user reads no fields of the registry.
        for default in self.sudo():
            model = self.env[default.field_id.model]
            field = model._fields.get(default.field_id.name)
            if field is None:
                continue
            if field.type == "one2many" or not model._has_field_access(field, "write"):
                raise AccessError(
                    self.env._(
                        "%s takes no default of your own. Ask an administrator.",
                        default.field_id.field_description,
                    )
                )
            if field.type == "many2one" and field.comodel_name in _HIDDEN:
                value = default.json_value and json.loads(default.json_value)
                ends = self.env[field.comodel_name].browse(linked_id(value) or ())
                ends.check_access("read")
