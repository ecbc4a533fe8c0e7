from odoo import fields, models


class ContactVoid(models.TransientModel):
    """Asks why contacts are voided."""

    _name = "contact.void"
    _description = "Void Contacts"

    partner_ids = fields.Many2many(
        "res.partner",
        string="Contacts",
        default=lambda self: self.env.context.get("active_ids"),
        required=True,
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        """Void the contacts and return to where the user was."""
        self.ensure_one()
        self.partner_ids.contact_void(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
