from odoo import api, fields, models


class MailFollowers(models.Model):
    _inherit = "mail.followers"

    # Odoo tells it as superuser, also of documents that the user may not read.
    email = fields.Char(related=None, compute="_compute_email", compute_sudo=True)

    @api.depends("partner_id.email")
    @api.depends_context("uid")
    def _compute_email(self):
        masked = self.partner_id._contact_masked()
        for follower in self:
            partner = follower.partner_id
            follower.email = partner not in masked and partner.email
