from odoo import models


class MailRenderMixin(models.AbstractModel):
    _inherit = "mail.render.mixin"

    def _render_lang(self, res_ids, engine="inline_template"):
        """Write to a hidden customer by name and in his language, as to others."""
        documents = self.env[self.render_model].browse(res_ids).exists()
        customers = documents._contact_seen()._contact_customers()
        customers._contact_hidden()._contact_lend("name", "display_name")
        return super()._render_lang(res_ids, engine=engine)
