from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_ABOUT = """
NOT EXISTS (
    SELECT FROM res_partner AS about
     WHERE %s = 'res.partner' AND about.id = %s AND NOT %s
)
"""


class MailFollowers(models.Model):
    """Who follows a contact is as hidden as the contact: its owner does."""

    _inherit = "mail.followers"

    # Odoo tells it as superuser, also of documents that the user may not read.
    email = fields.Char(related=None, compute="_compute_email", compute_sudo=True)
    # Asked by the access rule.
    contact_can_read = fields.Boolean(
        compute="_compute_contact_can_read", search="_search_contact_can_read"
    )

    @api.depends("partner_id.email")
    @api.depends_context("uid")
    def _compute_email(self):
        masked = self.partner_id._contact_masked()
        for follower in self:
            partner = follower.partner_id
            follower.email = partner not in masked and partner.email

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_contact_can_read(self):
        # Superuser: what is followed decides over the access.
        followed = {
            one: one.res_id for one in self.sudo() if one.res_model == "res.partner"
        }
        contacts = self.env["res.partner"].browse({*followed.values()})
        masked = {*contacts.exists()._contact_masked().ids} if contacts else ()
        for one in self.sudo():
            one.contact_can_read = followed.get(one) not in masked

    @api.model
    def _search_contact_can_read(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        partners = self.env["res.partner"]
        reach = partners._contact_held_reach()
        if reach is None:
            return Domain.TRUE

        def to_sql(model, alias, query):
            return SQL(
                _ABOUT,
                SQL.identifier(alias, "res_model"),
                SQL.identifier(alias, "res_id"),
                partners._contact_match_sql("about", reach, only_persons=False),
            )

        return Domain.custom(to_sql=to_sql)
