from odoo import api, models
from odoo.fields import Command


class MailScheduledMessage(models.Model):
    """Messages that go out later to hidden contacts whom the document concerns."""

    _inherit = "mail.scheduled.message"

    @api.model_create_multi
    def create(self, vals_list):
        parting = self.env["mail.message"]._contact_part_recipients
        parted = [parting(vals) for vals in vals_list]
        scheduled = super().create([vals for vals, _hidden in parted])
        for message, (_vals, hidden) in zip(scheduled, parted, strict=True):
            if hidden:
                # Superuser: see the messages themselves.
                linked = [Command.link(id_) for id_ in hidden.ids]
                message.sudo().with_context(prefetch_fields=False).partner_ids = linked
        return scheduled

    def _post_message(self, raise_exception=True):
        # Superuser: all recipients; it is posted in the name of who wrote it.
        return super(MailScheduledMessage, self.sudo())._post_message(raise_exception)
