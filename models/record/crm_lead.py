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

    def action_contact_add(self):
        """Open an empty contact of this lead and of its customer."""
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id
        company = customer.is_company and customer
        defaults = {
            "default_parent_id": company and company.id,
            "default_company_name": not company and self.partner_name,
            "contact_add_to_lead": self.id,
        }
        if not self.partner_id:
            defaults |= {
                "default_name": self.contact_name,
                "default_email": self.email_from,
                "default_phone": self.phone,
            }
        return self.env["res.partner"]._contact_new_form(defaults)

    def _merge_dependences(self, opportunities):
        """The contacts of the leads that go are linked to the one that stays."""
        result = super()._merge_dependences(opportunities)
        # Superuser: a merge loses nothing, whoever may see the contacts.
        relations = self.env["contact.relation"].sudo()
        gone = relations.search([("lead_id", "in", (opportunities - self).ids)])
        gone._move_to_lead(self)
        return result

    def _contact_linked(self):
        """Return the contacts linked to these leads."""
        # Superuser: a stored name is brought up to date whoever may see the contact.
        relations = self.env["contact.relation"].sudo()
        return relations.search([("lead_id", "in", self.ids)]).contact_id
