from odoo import models


class HrDepartureWizard(models.TransientModel):
    """Who leaves and loses the login may still own contacts."""

    _inherit = "hr.departure.wizard"

    def action_register_departure(self):
        """Offer the transfer of what the archived users own as the next step."""
        users = self.employee_ids.user_id.filtered("active")
        action = super().action_register_departure()
        left = users.filtered(lambda user: user.contact_owned_count)
        if not left or not self.env.user.has_group(
            "contact_person.group_contact_transfer"
        ):
            return action
        # The offer takes the place of the end of Odoo's chain of notifications.
        offer, last = left.action_contact_transfer(), action
        if not last.get("params", {}).get("next"):
            return offer
        while last["params"]["next"].get("params", {}).get("next"):
            last = last["params"]["next"]
        last["params"]["next"] = offer
        return action
