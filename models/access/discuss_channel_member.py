from odoo import api, models

from ..linked import linked_id


class DiscussChannelMember(models.Model):
    _inherit = "discuss.channel.member"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse hidden members: who takes part in a channel sees all others' photos.

        A channel adds them as superuser, at the wish of the user.
        """
        asked = {linked_id(vals.get("partner_id")) for vals in vals_list}
        asked.discard(self.env.user.partner_id.id)
        partners = self.env["res.partner"].browse(filter(None, asked))
        partners._contact_masked().sudo(False).check_access("read")
        return super().create(vals_list)
