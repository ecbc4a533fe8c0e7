from odoo import models
from odoo.fields import Command

from odoo.addons.mail.tools.parser import parse_res_ids


class MailComposeMessage(models.TransientModel):
    """Mails to a customer whom the user may not read, from a document of his."""

    _inherit = "mail.compose.message"

    def onchange(self, values, field_names, fields_spec):
        hidden = self._contact_hidden_recipients(values)
        named = hidden._contact_name_in(self)
        return super(MailComposeMessage, named).onchange(
            values, field_names, fields_spec
        )

    def _compute_partner_ids_all_have_email(self):
        for composer in self:
            hidden = composer._contact_hidden_recipients({})
            hidden._contact_lend("active", "email")
        return super()._compute_partner_ids_all_have_email()

    def _action_send_mail(self, auto_commit=False):
        """Send to hidden contacts, too, whom the document concerns.

        What a user reads of the recipients of his mail is those that he may see.
        """
        for composer in self.filtered("model"):
            hidden = composer._contact_hidden_recipients({})
            if not hidden:
                continue
            # Superuser: the recipients that were saved, of these those concerned.
            saved = composer.sudo().with_context(prefetch_fields=False)
            saved.invalidate_recordset(["partner_ids"], flush=False)
            hidden &= saved.partner_ids.with_env(self.env)
            saved.invalidate_recordset(["partner_ids"], flush=False)
            recipients = composer.partner_ids | hidden
            hidden._contact_lend("active")
            composer._update_cache({"partner_ids": [Command.set(recipients.ids)]})
        return super()._action_send_mail(auto_commit=auto_commit)

    def _contact_hidden_recipients(self, values):
        """Return the hidden contacts whom the one document of the mail concerns."""
        context = self.env.context
        name = values.get("model") or self.model or context.get("default_model")
        ids = values.get("res_ids") or self.res_ids or context.get("default_res_ids")
        ids = parse_res_ids(ids, self.env) if ids else []
        partners = self.env["res.partner"]
        if len(ids) != 1:
            return partners
        return partners._contact_concerned_by(name, ids[0])._contact_hidden()
