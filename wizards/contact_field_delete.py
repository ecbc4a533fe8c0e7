from odoo import fields, models


class ContactFieldDelete(models.TransientModel):
    """Asks for the technical name before an additional field goes with its data."""

    _name = "contact.field.delete"
    _description = "Delete Additional Field"

    field_id = fields.Many2one("contact.field", required=True, ondelete="cascade")
    field_name = fields.Char(related="field_id.field_name")
    typed_confirmation = fields.Char(string="Type the technical name", required=True)

    def action_apply(self):
        """Delete the field and show the list of the others."""
        self.ensure_one()
        self.field_id.action_delete_forced(self.typed_confirmation)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "contact_person.contact_field_action"
        )
