from odoo import fields, models

from .selection import selected


class ContactVoid(models.TransientModel):
    """Asks why contacts are voided."""

    _name = "contact.void"
    _description = "Void Contacts"

    partner_ids = fields.Many2many(
        "res.partner",
        string="Contacts",
        default=lambda self: selected(self.env["res.partner"]),
        required=True,
        context={"active_test": False},
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        """Void the contacts and return to where the user was.

        Who sees a voided contact no more can't stay in its form either.
        """
        self.ensure_one()
        contacts = self.partner_ids
        contacts.contact_void(self.reason)
        seen = contacts.sudo(False)._filtered_access("read") == contacts
        tag = "soft_reload" if seen else "contact_person.leave"
        return {"type": "ir.actions.client", "tag": tag}
