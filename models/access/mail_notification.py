from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.mail.tools.discuss import Store

from ..linked import linked_id

_ABOUT = """
NOT EXISTS (
    SELECT FROM mail_message AS message JOIN res_partner AS about
        ON message.model = 'res.partner' AND about.id = message.res_id
     WHERE message.id = %s AND NOT %s
) AND NOT EXISTS (
    SELECT FROM res_partner AS texted
     WHERE texted.id = %s AND %s = 'sms' AND NOT %s
)
"""


class MailNotification(models.Model):
    """Notifications about a contact are as hidden as the contact, whose name they have.

    So are text messages to a contact, which have its number. Odoo shows all of them to
    every colleague.
    """

    _inherit = "mail.notification"

    # Asked by the access rule.
    contact_can_read = fields.Boolean(
        compute="_compute_contact_can_read", search="_search_contact_can_read"
    )

    def _to_store_defaults(self, target):
        """Tell who got a message, the address only of who is everyone's."""
        shown = super()._to_store_defaults(target)
        for index, part in enumerate(shown):
            if isinstance(part, Store.One) and part.field_name == "res_partner_id":
                told = self.env["res.partner"]._contact_open_email()
                fields = [told if one == "email" else one for one in part.fields]
                # Superuser: the name, to who sent the message, too.
                shown[index] = Store.One("res_partner_id", fields, sudo=True)
        return shown

    def _contact_lent(self, values):
        lent = super()._contact_lent(values)
        message = linked_id(self._contact_value("mail_message_id", values))
        # Superuser: what the message is about; the document itself is asked for.
        message = self.env["mail.message"].browse(message or ()).sudo()
        partners = self.env["res.partner"]
        return lent | partners._contact_concerned_by(message.model, message.res_id)

    @api.depends("mail_message_id.model", "mail_message_id.res_id", "res_partner_id")
    @api.depends_context("uid")
    def _compute_contact_can_read(self):
        # Superuser: what the notifications are about decides over the access to them.
        about = {
            one: one.mail_message_id.res_id
            for one in self.sudo()
            if one.mail_message_id.model == "res.partner"
        }
        texted = {
            one: one.res_partner_id.id
            for one in self.sudo()
            if one.notification_type == "sms"
        }
        contacts = self.env["res.partner"].browse({*about.values(), *texted.values()})
        masked = {*contacts.exists()._contact_masked().ids}
        for one in self.sudo():
            one.contact_can_read = masked.isdisjoint({about.get(one), texted.get(one)})

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
                SQL.identifier(alias, "mail_message_id"),
                partners._contact_match_sql("about", reach, only_persons=False),
                SQL.identifier(alias, "res_partner_id"),
                SQL.identifier(alias, "notification_type"),
                partners._contact_match_sql("texted", reach, only_persons=False),
            )

        return Domain.custom(to_sql=to_sql)
