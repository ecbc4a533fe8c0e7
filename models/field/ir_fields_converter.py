from odoo import api, models


class IrFieldsConverter(models.AbstractModel):
    """Odoo's import finds an option by its name among those of its own field.

    Two fields may have an option of one name; Odoo looks at the model alone.
    """

    _inherit = "ir.fields.converter"

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        if field.comodel_name == "contact.field.option":
            self = self.with_context(contact_options_of=field.name)
        return super().db_id_for(model, field, subfield, value, savepoint)
