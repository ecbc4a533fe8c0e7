from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    contact_master_field_ids = fields.Many2many(
        "ir.model.fields",
        string="Master data",
        domain="[('model', '=', 'res.partner'), ('store', '=', True),"
        " ('ttype', 'not in', ('one2many', 'boolean', 'json', 'properties'))]",
        help="A contact stays a draft until all of these fields are filled and an "
        "account is linked.",
    )

    contact_states_total = fields.Integer(compute="_compute_contact_states")
    contact_states_done = fields.Integer(
        string="Contacts in line with the rule", compute="_compute_contact_states"
    )

    @api.depends_context("uid")
    def _compute_contact_states(self):
        progress = self.env["res.partner"]._contact_states_progress()
        for settings in self:
            settings.contact_states_total = progress["total"]
            settings.contact_states_done = progress["total"] - progress["remaining"]

    @api.model
    def get_values(self):
        names = self.env["res.partner"]._contact_master_data()
        found = [self.env["ir.model.fields"]._get("res.partner", n).id for n in names]
        return {
            **super().get_values(),
            "contact_master_field_ids": [fields.Command.set(found)],
        }

    def set_values(self):
        result = super().set_values()
        names = self.contact_master_field_ids.sorted("id").mapped("name")
        self.env["res.partner"]._contact_set_master_data(names)
        return result
