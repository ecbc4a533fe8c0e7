from odoo import api, models

from .res_partner_guard import LATER


class ResUsers(models.Model):
    """The card of a colleague is no contact, so that no rule refuses it."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        """Hold the cards against the rules when it is known whose they are.

        While a card is made it has no user yet and looks like a contact. What a portal
        user gets is one.
        """
        given = [vals.get("partner_id") for vals in vals_list]
        quiet = self.with_context(contact_duplicates=LATER)
        users = super(ResUsers, quiet).create(vals_list).with_env(self.env)
        if not self.env.su:
            cards = users.partner_id - users.partner_id.browse(filter(None, given))
            cards._contact_check_duplicates("on_create")
        return users
