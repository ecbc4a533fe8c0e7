from odoo import models

from .field_types import PREFIX


class IrModelFields(models.Model):
    """What Odoo's columns can't say of a field that a user defined.

    Amounts of money are not summed: contacts may be in several currencies. A retired
    option stays on the contacts that have it.
    """

    _inherit = "ir.model.fields"

    def _instanciate_attrs(self, field_data):
        attrs = super()._instanciate_attrs(field_data)
        if attrs and field_data["name"].startswith(PREFIX):
            if field_data["ttype"] == "monetary":
                attrs["aggregator"] = None
            elif field_data["ttype"] == "many2many":
                attrs["context"] = {"active_test": False}
        return attrs
