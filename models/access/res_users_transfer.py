from odoo import api, fields, models


class ResUsers(models.Model):
    """What a colleague who has left still owns is offered for a transfer."""

    _inherit = "res.users"

    contact_owned_count = fields.Integer(
        string="Contacts Left Behind",
        compute="_compute_contact_owned_count",
        help="Contacts and customers that an archived user still owns.",
    )

    @api.depends("active")
    def _compute_contact_owned_count(self):
        self.contact_owned_count = 0
        # asked for archived users alone: others go on working with theirs
        if left := self.filtered(lambda user: not user.active and user.id):
            partners = self.env["res.partner"].with_context(active_test=False)
            rows = partners._read_group(
                left._contact_owned_domain(), ["user_id"], ["__count"]
            )
            counts = {user.id: count for user, count in rows}
            for user in left:
                user.contact_owned_count = counts.get(user.id, 0)

    def _contact_owned_domain(self):
        return [("user_id", "in", self.ids), ("contact_void_date", "=", False)]

    def action_contact_transfer(self):
        """Open the wizard that transfers all that these users own."""
        partners = self.env["res.partner"].with_context(active_test=False)
        return partners.search(self._contact_owned_domain()).action_contact_transfer()
