from odoo import api, fields, models
from odoo.tools import SQL

_ABOUT = """
NOT EXISTS (
    SELECT FROM res_partner AS about
     WHERE %s = 'res.partner' AND about.id = %s AND NOT %s
)
"""


class MailFollowers(models.Model):
    """Who follows a contact is as hidden as the contact: its owner does."""

    _name = "mail.followers"
    _inherit = ["mail.followers", "contact.about.mixin"]

    # Odoo tells it as superuser, also of documents that the user may not read.
    email = fields.Char(related=None, compute="_compute_email", compute_sudo=True)

    @api.depends("partner_id.email")
    @api.depends_context("uid")
    def _compute_email(self):
        masked = self.partner_id._contact_masked()
        for follower in self:
            partner = follower.partner_id
            follower.email = partner not in masked and partner.email

    @api.depends("res_model", "res_id")
    def _compute_contact_can_read(self):
        return super()._compute_contact_can_read()

    def _contact_about(self):
        return {self.res_id} if self.res_model == "res.partner" else set()

    @api.model
    def _contact_about_sql(self, alias, opened):
        return SQL(
            _ABOUT,
            SQL.identifier(alias, "res_model"),
            SQL.identifier(alias, "res_id"),
            opened("about"),
        )
