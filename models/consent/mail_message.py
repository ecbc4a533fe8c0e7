from odoo import fields, models


class MailMessage(models.Model):
    """Remembers its purpose, since many a message is sent later than it is written."""

    _inherit = "mail.message"

    contact_purpose_id = fields.Many2one(
        "contact.consent.purpose",
        string="Purpose",
        index="btree_not_null",
        ondelete="restrict",
    )


class MailNotification(models.Model):
    _inherit = "mail.notification"

    failure_type = fields.Selection(
        selection_add=[("contact_consent", "No valid consent")],
        ondelete={"contact_consent": "set null"},
    )


class MailScheduledMessage(models.Model):
    _inherit = "mail.scheduled.message"

    def _notification_parameters_whitelist(self):
        return {*super()._notification_parameters_whitelist(), "contact_purpose_id"}


class MailThread(models.AbstractModel):
    """A message for a purpose notifies nobody without a valid consent."""

    _inherit = "mail.thread"

    def _get_message_create_valid_field_names(self):
        return super()._get_message_create_valid_field_names() | {"contact_purpose_id"}

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        found = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        if msg_vals:
            purpose = msg_vals.get("contact_purpose_id")
        else:
            purpose = message.sudo().contact_purpose_id.id
        if not purpose or not found:
            return found
        partners = self.env["res.partner"].browse(r["id"] for r in found if r["id"])
        emails = {r["email_normalized"] for r in found if not r["id"]}
        ledger = self.env["contact.consent"].sudo()
        purposes = self.env["contact.consent.purpose"].sudo()
        refused, refused_emails = ledger._contact_mail_refused(
            purposes.browse(purpose), partners, emails - {False}
        )
        return [
            r
            for r in found
            if r["id"] not in refused.ids
            and (r["id"] or r["email_normalized"] not in refused_emails)
        ]
