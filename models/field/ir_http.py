from odoo import api, models
from odoo.tools import hmac


class IrHttp(models.AbstractModel):
    """Gives browsers new views when additional fields have changed.

    A browser keeps views on its disk under the hash of the registry, which only a new
    column changes: not a field that moved, was closed to the user or got a new label.
    """

    _inherit = "ir.http"

    @api.model
    def session_info(self):
        info = super().session_info()
        fields = self.env["contact.field"]
        version = fields._contact_version(), sorted(fields._contact_closed_to_user())
        # Superuser: the secret of the database makes the hash.
        env = self.env(su=True)
        info["registry_hash"] = hmac(
            env, "contact-fields", (info["registry_hash"], version)
        )
        return info
