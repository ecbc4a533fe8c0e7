from odoo import models


class CrmLead2opportunityPartner(models.TransientModel):
    """Converting leads whose customers the salesperson may not read."""

    _inherit = "crm.lead2opportunity.partner"

    def _compute_duplicated_lead_ids(self):
        self.lead_id.partner_id._contact_hidden()._contact_lend("email")
        return super()._compute_duplicated_lead_ids()

    def _compute_commercial_partner_id(self):
        # where a hidden contact works stays hidden, too
        hidden = self.partner_id._contact_hidden()
        seen = self.filtered(lambda wizard: wizard.partner_id not in hidden)
        return super(CrmLead2opportunityPartner, seen)._compute_commercial_partner_id()


class CrmLead2opportunityPartnerMass(models.TransientModel):
    _inherit = "crm.lead2opportunity.partner.mass"

    def _compute_duplicated_lead_ids(self):
        self.lead_tomerge_ids.partner_id._contact_hidden()._contact_lend("email")
        return super()._compute_duplicated_lead_ids()

    def action_mass_convert(self):
        self.lead_tomerge_ids.partner_id._contact_hidden()._contact_lend("email")
        return super().action_mass_convert()
