from odoo import api, models
from odoo.fields import Command


class MailMessage(models.Model):
    """Messages to hidden contacts whom the document concerns.

    Odoo refuses to link what the user may not read.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        parted = [self._contact_part_recipients(vals) for vals in vals_list]
        messages = super().create([vals for vals, _hidden in parted])
        for message, (_vals, hidden) in zip(messages, parted, strict=True):
            if hidden:
                # Superuser: those concerned by a document that the user reads.
                linked = [Command.link(id_) for id_ in hidden.ids]
                message.sudo().with_context(prefetch_fields=False).partner_ids = linked
        return messages

    def _contact_part_recipients(self, vals):
        partners = self.env["res.partner"]
        if self.env.su or not vals.get("partner_ids"):
            return vals, partners
        _kept, asked = partners._contact_part_closed(vals["partner_ids"])
        if not asked:
            return vals, partners
        people = partners._contact_concerned_by(vals.get("model"), vals.get("res_id"))
        kept, linked = people._contact_hidden()._contact_part(vals["partner_ids"])
        return ({**vals, "partner_ids": kept} if linked else vals), linked
