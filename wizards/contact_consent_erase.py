from odoo import api, fields, models
from odoo.exceptions import UserError


class ContactConsentErase(models.TransientModel):
    """Asks for the name before the consents of a person are erased for good."""

    _name = "contact.consent.erase"
    _description = "Erase Consents"

    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    expected = fields.Char(compute="_compute_consents")
    consent_count = fields.Integer(string="Decisions", compute="_compute_consents")
    typed_confirmation = fields.Char(string="Type the name of the contact")

    @api.depends("partner_id")
    def _compute_consents(self):
        for wizard in self:
            wizard.expected = wizard.partner_id.name
            wizard.consent_count = len(wizard._contact_consents())

    def _contact_consents(self):
        consents = self.env["contact.consent"].sudo()
        present = self.partner_id and self.partner_id._contact_present()
        versions = self.partner_id | present
        return consents.search([("partner_id", "in", versions.ids)])

    def action_apply(self):
        """Erase all decisions of the person; who, when and how many stays on record.

        :raise UserError: the name is not typed as it is, or there is nothing to erase
        """
        self.ensure_one()
        self.partner_id.check_access("write")
        if (self.typed_confirmation or "").strip() != (self.expected or "").strip():
            raise UserError(
                self.env._(
                    "Type the name “%s” exactly as it is to confirm.", self.expected
                )
            )
        # Superuser: the ledger has no right to delete; only administrators of contacts
        # have the right to this wizard.
        consents = self._contact_consents()
        if not consents:
            raise UserError(self.env._("No decision of this contact is recorded."))
        count = len(consents)
        consents._contact_erase()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Decisions erased for good: %s.", count),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
