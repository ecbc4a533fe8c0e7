from odoo import Command, api, models

from .field_access import is_closed
from .field_types import LEAD


class CrmLead(models.Model):
    """Additional fields that are typed on a lead go to its contact, and come from it.

    A lead without a contact keeps what is typed in a column of its own; the contact
    that is made of it gets that. A lead with a contact has what the contact has, as
    with email and phone. Companies have no additional fields.
    """

    _inherit = "crm.lead"

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self.env["contact.field"]._contact_check_values(self, vals_list)
        leads = super().create(vals_list)
        leads._contact_unite_fields(self._contact_carried())
        return leads

    def write(self, vals):
        self.env["contact.field"]._contact_check_values(self, [vals])
        result = super().write(vals)
        if carried := self._contact_carried():
            if vals.get("partner_id"):
                self._contact_unite_fields(carried)
            if typed := carried & vals.keys():
                self._contact_hand_to_contacts(typed)
        return result

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        found = super().fields_get(allfields, attributes)
        self.env["contact.field"]._contact_describe(found, attributes)
        return found

    def _has_field_access(self, field, operation):
        if is_closed(self.env, field):
            return False
        return super()._has_field_access(field, operation)

    # ------------------------------------------------------------
    # CONVERSION AND MERGE
    # ------------------------------------------------------------

    def _prepare_customer_values(self, partner_name, is_company=False, parent_id=False):
        values = super()._prepare_customer_values(partner_name, is_company, parent_id)
        # Superuser: what a colleague typed goes along, be it closed to this user.
        lead = self.sudo()
        for name in () if is_company else self._contact_carried():
            if lead[name] and self.env["res.partner"]._contact_sees_field(name):
                values[name] = _value(lead, name)
        return values

    def _merge_get_fields(self):
        return [*super()._merge_get_fields(), *self._contact_carried()]

    def _merge_get_fields_specific(self):
        united = {
            name: lambda fname, leads: [Command.set(leads.mapped(fname).ids)]
            for name in self._contact_carried()
            if self._fields[name].type == "many2many"
        }
        return {**super()._merge_get_fields_specific(), **united}

    def _merge_data(self, fnames=None):
        """Merge what is closed to the user, too, without telling him of it."""
        fnames = self._merge_get_fields() if fnames is None else fnames
        carried = self._contact_carried()
        closed = {n for n in carried if is_closed(self.env, self._fields[n])}
        kept = closed.intersection(fnames)
        if kept:
            # Superuser: a merge loses nothing, whoever may see it.
            leads = self.sudo()
            leads[:1].write(super(CrmLead, leads)._merge_data(sorted(kept)))
        return super()._merge_data([name for name in fnames if name not in kept])

    # ------------------------------------------------------------
    # LEAD AND CONTACT
    # ------------------------------------------------------------

    @api.model
    def _contact_carried(self):
        """Return the names of the fields that leads and contacts share."""
        placed = self.env["contact.field"]._contact_placed(LEAD)
        return {name for name in placed if name in self._fields}

    def _contact_unite_fields(self, names):
        """Give each lead what its contact has, and the contact what it lacks."""
        if not names:
            return
        # Superuser: both sides stay equal in fields that are closed to this user.
        for lead in self.sudo().filtered("partner_id.is_contact_person"):
            partner = lead.partner_id
            held = {name for name in names if partner[name]}
            if given := _differences(lead, partner, names - held):
                lead._contact_write_contact(given)
            if taken := _differences(partner, lead, held):
                lead.write(taken)

    def _contact_hand_to_contacts(self, names):
        """Write what was typed on leads to their contacts."""
        # Superuser: see _contact_unite_fields.
        for lead in self.sudo().filtered("partner_id.is_contact_person"):
            if values := _differences(lead, lead.partner_id, names):
                lead._contact_write_contact(values)

    def _contact_write_contact(self, values):
        """Write to the contact, unless the user may not edit it."""
        partner = self.partner_id.sudo(False)
        if partner.has_access("write"):
            partner.sudo().write(values)
            partner._contact_check_required(set(values))


class ResPartner(models.Model):
    """A contact hands its additional fields on to its leads."""

    _inherit = "res.partner"

    def _contact_hand_to_leads(self, changed):
        """Bring the leads of these contacts up to date in the fields ``changed``."""
        leads = self.env["crm.lead"]
        names = leads._contact_carried() & changed
        if not names:
            return
        # Superuser: a lead shows what its contact has, whoever may edit the lead.
        domain = [("partner_id", "in", self.ids)]
        for lead in leads.sudo().with_context(active_test=False).search(domain):
            if values := _differences(lead.partner_id, lead, names):
                lead.write(values)


def _differences(source, target, names):
    """Return the values of ``source`` that ``target`` has otherwise."""
    differing = (name for name in names if source[name] != target[name])
    return {name: _value(source, name) for name in differing}


def _value(record, name):
    """Return the value of a field as ``write`` takes it."""
    value = record[name]
    if record._fields[name].type == "many2many":
        return [Command.set(value.ids)]
    return value.id if isinstance(value, models.BaseModel) else value
