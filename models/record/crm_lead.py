from odoo import api, fields, models
from odoo.fields import Domain


class CrmLead(models.Model):
    """A lead has contact persons, as a customer has.

    Keeps the customer column of contacts in step with the names of their leads.

    Not by ``@api.depends``: Odoo would then look for relations at every write and merge
    of a lead, and leads are converted and merged by the hundred.
    """

    _name = "crm.lead"
    _inherit = ["crm.lead", "contact.account.mixin"]

    _contact_relation_end = "lead_id"

    contact_relation_ids = fields.One2many(
        "contact.relation",
        "lead_id",
        string="Contact Persons",
        groups="base.group_user",
    )
    # A column of the lead itself: leads are converted, merged and deleted by the
    # hundred, and next to none of them has relations to be asked for.
    contact_is_linked = fields.Boolean(
        string="Has Contact Persons",
        compute="_compute_contact_is_linked",
        store=True,
    )

    @api.depends("contact_relation_ids")
    def _compute_contact_is_linked(self):
        for lead in self:
            lead.contact_is_linked = bool(lead.contact_relation_ids)

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
        relations = (opportunities | self)._contact_lead_relations()
        if moving := relations.filtered(lambda r: r.lead_id != self):
            moving._move_to_lead(self)
        return result

    def _contact_linked(self):
        """Return the contacts linked to these leads."""
        return self._contact_lead_relations().contact_id

    def _contact_lead_relations(self):
        """Return the relations of these leads; no query if no lead has any."""
        # Superuser: a stored name is brought up to date, and a merge loses nothing,
        # whoever may see the contact.
        return self.sudo().filtered("contact_is_linked").contact_relation_ids

    def _contact_persons_present(self):
        customer = Domain("id", "=", self.partner_id.id)
        customer &= Domain("is_contact_person", "=", True)
        return customer | super()._contact_persons_present()

    def _contact_is_main(self, person):
        return person == self.partner_id
