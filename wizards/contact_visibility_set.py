from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.access.res_company import VISIBILITIES


class ContactVisibilitySet(models.TransientModel):
    """Set who sees a selection of contacts."""

    _name = "contact.visibility.set"
    _description = "Set the Visibility of Contacts"

    partner_ids = fields.Many2many(
        "res.partner", string="Contacts", context={"active_test": False}
    )
    contact_count = fields.Integer(compute="_compute_contact_count")
    visibility = fields.Selection(VISIBILITIES, required=True, default="private")
    user_ids = fields.Many2many(
        "res.users", string="Visible to", domain=[("share", "=", False)]
    )
    team_ids = fields.Many2many("crm.team", string="Visible to teams")

    def _compute_contact_count(self):
        for wizard in self:
            wizard.contact_count = len(wizard.partner_ids)

    def action_apply(self):
        """Write the visibility of all contacts in one go.

        :raise UserError: nothing to change, or nobody named
        :raise AccessError: the user may not edit one of them
        """
        self.ensure_one()
        if not self.partner_ids:
            raise UserError(self.env._("Choose at least one contact person."))
        values = {"contact_visibility": self.visibility}
        if self.visibility == "selected":
            if not (self.user_ids or self.team_ids):
                raise UserError(
                    self.env._("Name at least one colleague or team who may see them.")
                )
            values["contact_visible_user_ids"] = [Command.set(self.user_ids.ids)]
            values["contact_visible_team_ids"] = [Command.set(self.team_ids.ids)]
        self.partner_ids.write(values)
        return {"type": "ir.actions.act_window_close"}
