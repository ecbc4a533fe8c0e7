from odoo import api, models
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

    _name = "mail.notification"
    _inherit = ["mail.notification", "contact.about.mixin"]

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
    def _compute_contact_can_read(self):
        return super()._compute_contact_can_read()

    def _contact_about(self):
        message, about = self.mail_message_id, set()
        if message.model == "res.partner":
            about.add(message.res_id)
        if self.notification_type == "sms":
            about.add(self.res_partner_id.id)
        return about

    @api.model
    def _contact_about_sql(self, alias, opened):
        return SQL(
            _ABOUT,
            SQL.identifier(alias, "mail_message_id"),
            opened("about"),
            SQL.identifier(alias, "res_partner_id"),
            SQL.identifier(alias, "notification_type"),
            opened("texted"),
        )
