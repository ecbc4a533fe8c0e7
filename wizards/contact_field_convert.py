from odoo import api, fields, models
from odoo.exceptions import UserError


class ContactFieldConvert(models.TransientModel):
    """Says what a change of type does to the values of a field, then does it."""

    _name = "contact.field.convert"
    _description = "Change the Type of an Additional Field"

    field_id = fields.Many2one("contact.field", required=True, ondelete="cascade")
    old_type = fields.Selection(related="field_id.field_type", string="Present type")
    new_type = fields.Selection(
        lambda self: self._all_types(),
        string="New type",
        required=True,
    )
    offered_types = fields.Char(compute="_compute_offered_types")
    explanation = fields.Text(compute="_compute_explanation")
    possible = fields.Boolean(compute="_compute_explanation")

    @api.model
    def _all_types(self):
        types = self.env["contact.field"]._fields["field_type"]
        return types._description_selection(self.env)

    @api.depends("field_id")
    def _compute_offered_types(self):
        """Name the types that lose no value; the list of the dialog shows only those.

        The list itself can't be shorter: browsers keep it for all fields alike.
        """
        for wizard in self:
            offered = wizard.field_id._contact_offered_types(wizard.field_id.field_type)
            wizard.offered_types = ",".join(offered)

    @api.depends("field_id", "new_type")
    def _compute_explanation(self):
        for wizard in self:
            wizard.explanation, wizard.possible = False, False
            if wizard.field_id and wizard.new_type:
                try:
                    wizard.explanation = wizard.field_id._contact_check_conversion(
                        wizard.new_type
                    )
                    wizard.possible = True
                except UserError as error:
                    wizard.explanation = str(error)

    def action_apply(self):
        """Change the type and show the definition.

        :raise UserError: a value would be lost
        """
        self.ensure_one()
        self.field_id._contact_convert(self.new_type)
        # The client reads the views anew, as their fields have another type now.
        return {"type": "ir.actions.client", "tag": "reload"}
