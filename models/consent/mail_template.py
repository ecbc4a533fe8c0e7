from odoo import fields, models


class MailTemplate(models.Model):
    """A template may name the purpose for which its mails are sent."""

    _inherit = "mail.template"

    contact_purpose_id = fields.Many2one(
        "contact.consent.purpose",
        string="Purpose",
        index="btree_not_null",
        ondelete="restrict",
        help="The mails go only to contacts with a valid consent to this purpose. "
        "Empty: consents are not asked.",
    )

    def send_mail_batch(
        self,
        res_ids,
        force_send=False,
        raise_exception=False,
        email_values=None,
        email_layout_xmlid=False,
    ):
        if self.contact_purpose_id:
            purpose = {"contact_purpose_id": self.contact_purpose_id.id}
            email_values = {**(email_values or {}), **purpose}
        return super().send_mail_batch(
            res_ids,
            force_send=force_send,
            raise_exception=raise_exception,
            email_values=email_values,
            email_layout_xmlid=email_layout_xmlid,
        )
