from odoo import models


class CrmLead(models.Model):
    """Keeps the customer column of contacts in step with the names of their leads.

    Not by ``@api.depends``: Odoo would then look for relations at every write and merge
    of a lead, and leads are converted and merged by the hundred.
    """

    _inherit = "crm.lead"

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            self._contact_linked()._contact_refresh_account_names()
        return result

    def unlink(self):
        contacts = self._contact_linked()
        result = super().unlink()
        contacts._contact_refresh_account_names()
        return result

    def _contact_linked(self):
        """Return the contacts linked to these leads; no query if no lead has any."""
        # Superuser: a stored name is brought up to date whoever may see the contact.
        relations = self.env["contact.relation"].sudo()
        if not relations._is_any_lead_linked():
            return self.env["res.partner"].sudo()
        return relations.search([("lead_id", "in", self.ids)]).contact_id
