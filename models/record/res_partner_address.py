from odoo import api, models


class ResPartner(models.Model):
    """Where a person lives is the person's own: it is neither pushed to a company nor
    overwritten by one.

    Stock treats the address of a contact and of its company as one: who edits a
    person's street rewrites the company and all its other people, and the first
    contact of a company without address gives it a private one, and a VAT number.
    What a user of this app does in a form, by RPC or in an import is kept from that.
    Other employees and what runs as superuser keep the stock behaviour, which Odoo's
    own flows build on, unless the context says ``contact_keep_address``.
    """

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        if not self._contact_keeps_address() or self._contact_sync_skipped():
            return super().create(vals_list)
        skipping = self.with_context(_partners_skip_fields_sync=True)
        partners = super(ResPartner, skipping).create(vals_list).with_env(self.env)
        persons = partners.filtered("is_contact_person")
        persons._contact_take_from_company()
        for partner, vals in zip(partners, vals_list, strict=True):
            if partner not in persons:
                own = tuple(partner._contact_own_addresses().ids)
                partner.with_context(contact_own_address=own)._fields_sync(vals)
                partner._handle_first_contact_creation()
            elif vals.get("child_ids"):
                partner._children_sync(vals)
        return partners

    def write(self, vals):
        if self._contact_keeps_address() and vals.keys() & self._address_fields():
            own = self._contact_own_addresses()
            self = self.with_context(contact_own_address=tuple(own.ids))
        return super().write(vals)

    # ------------------------------------------------------------
    # SYNCHRONISATION
    # ------------------------------------------------------------

    def _fields_sync(self, values):
        if not (self._contact_keeps_address() and self.is_contact_person):
            return super()._fields_sync(values)
        if values.get("parent_id"):
            self._contact_take_from_company()
        return self._children_sync(values)

    def _handle_first_contact_creation(self):
        if not (self._contact_keeps_address() and self.is_contact_person):
            return super()._handle_first_contact_creation()
        return None

    def _update_address(self, vals):
        """Leave out the people who live elsewhere when their company moves."""
        own = self.browse(self.env.context.get("contact_own_address", ()))
        return super(ResPartner, self - own)._update_address(vals)

    def _contact_keeps_address(self):
        if self.env.su:
            return self.env.context.get("contact_keep_address")
        return self.env.user.has_group("contact_person.group_contact_user")

    def _contact_sync_skipped(self):
        return self.env.context.get("_partners_skip_fields_sync")

    def _contact_own_addresses(self):
        """Return the people of these companies whose address is not the company's."""
        # Superuser: a company moves with all its people, whoever may see them.
        return (
            self.sudo()
            .with_context(active_test=False)
            .child_ids.filtered(
                lambda person: (
                    person.is_contact_person
                    and any(
                        person[name] and person[name] != person.parent_id[name]
                        for name in self._address_fields()
                    )
                )
            )
        )

    def _contact_take_from_company(self):
        """Give new people of a company what it has: VAT, terms; its address if none.

        In sets, where stock goes contact by contact.
        """
        # Superuser, as in stock: the company may be one that the user may not edit.
        persons = self.sudo().filtered("parent_id")
        for company, group in persons.grouped("commercial_partner_id").items():
            group = group - company
            if group and (values := company._get_commercial_values()):
                group.write(values)
            for person in group:
                person._company_dependent_commercial_sync()
        names = self._address_fields()
        homeless = persons.filtered(lambda person: not any(person[n] for n in names))
        for parent, group in homeless.grouped("parent_id").items():
            if values := parent._get_address_values():
                group._update_address(values)
