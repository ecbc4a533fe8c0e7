from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    contact_default_visibility = fields.Selection(
        related="company_id.contact_default_visibility", readonly=False
    )
    contact_everyone_write = fields.Boolean(
        related="company_id.contact_everyone_write", readonly=False
    )
    contact_superior_scope = fields.Selection(
        related="company_id.contact_superior_scope", readonly=False
    )
