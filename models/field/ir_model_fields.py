from odoo import models

from .field_types import PREFIX


class IrModelFields(models.Model):
    """Amounts of money are not summed: contacts may be in several currencies."""

    _inherit = "ir.model.fields"

    def _instanciate_attrs(self, field_data):
        attrs = super()._instanciate_attrs(field_data)
        if attrs and field_data["ttype"] == "monetary":
            if field_data["name"].startswith(PREFIX):
                attrs["aggregator"] = None
        return attrs
