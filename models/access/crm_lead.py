from odoo import api, models


class CrmLead(models.Model):
    """A lead copies email, phone and address of its customer: only of one seen."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        self._contact_check_customers(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        # a form may send back the customer that the lead has
        if vals.get("partner_id") and vals["partner_id"] not in self.partner_id.ids:
            self._contact_check_customers([vals])
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        if not field_names or "partner_id" in field_names:
            self._contact_check_customers([values])
        return super().onchange(values, field_names, fields_spec)

    def _contact_check_customers(self, vals_list):
        """Refuse a customer that the user may not see, unless it is the lead's."""
        asked = {vals.get("partner_id") for vals in vals_list}
        asked.add(self.env.context.get("default_partner_id"))
        customers = [id_ for id_ in asked if id_ and isinstance(id_, int)]
        if customers and not self.env.su:
            self.env["res.partner"].browse(customers).check_access("read")
