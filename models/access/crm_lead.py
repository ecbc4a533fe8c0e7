from odoo import models
from odoo.fields import Command

from ...exceptions import DuplicateContactError
from .res_partner import OPENING, Created

# What a lead may have of any customer.
_TELLING_NO_MORE = ("contact_name", "lang_id")


class CrmLead(models.Model):
    """A lead copies email, phone and address of its customer: only of one seen.

    With a customer whom the salesperson may not see, or not edit, he works on the lead
    alone: what he writes there stays there.
    """

    _inherit = "crm.lead"

    def _compute_commercial_partner_id(self):
        # where a hidden contact works stays hidden, too
        hidden = self.partner_id._contact_hidden()
        closed = self.filtered(lambda lead: lead.partner_id in hidden)
        closed.commercial_partner_id = False
        return super(CrmLead, self - closed)._compute_commercial_partner_id()

    def _get_partner_email_update(self, force_void=True):
        # Superuser: whether they differ is no answer to the user, see below.
        differs = super(CrmLead, self.sudo())._get_partner_email_update(force_void)
        return differs and self._contact_may_update(force_void)

    def _get_partner_phone_update(self, force_void=True):
        differs = super(CrmLead, self.sudo())._get_partner_phone_update(force_void)
        return differs and self._contact_may_update(force_void)

    def _contact_may_update(self, to_lead):
        """Whether a difference between lead and customer is to be made even.

        On the lead only if its salesperson may see the customer, who has perhaps been
        changed by somebody else.
        """
        if not to_lead:
            return self.env.su or self.partner_id.has_access("write")
        return self == self._contact_told()

    def _contact_told(self):
        """Return those of these leads on which what their customer has may stand.

        Their salesperson reads them; those of nobody are for whoever takes them.
        """
        # Superuser: most customers are everybody's, and their own columns say so.
        leads = self.sudo()
        leads.partner_id._origin.fetch(OPENING)
        told = leads.filtered(
            lambda lead: not lead.partner_id or lead.partner_id._contact_is_open("read")
        )
        for user, asked in (leads - told).grouped("user_id").items():
            if user:
                hidden = asked.partner_id.with_user(user)._contact_hidden().ids
                told |= asked.filtered(lambda x, ids=hidden: x.partner_id.id not in ids)
        return told.with_env(self.env)

    # What is stored Odoo copies as superuser, whoever reads it then.

    def _compute_partner_address_values(self):
        return super(CrmLead, self._contact_told())._compute_partner_address_values()

    def _compute_partner_name(self):
        return super(CrmLead, self._contact_told())._compute_partner_name()

    def _compute_function(self):
        return super(CrmLead, self._contact_told())._compute_function()

    def _compute_website(self):
        return super(CrmLead, self._contact_told())._compute_website()

    def _prepare_values_from_partner(self, partner):
        """Propose for who is not everyone's the name; the lead knows the rest."""
        values = super()._prepare_values_from_partner(partner)
        if not partner or partner.sudo()._contact_is_open("read"):
            return values
        return {name: values[name] for name in _TELLING_NO_MORE if name in values}

    def _handle_partner_assignment(
        self, force_partner_id=False, create_missing=True, with_parent=None
    ):
        """Convert without a customer where that is a person whom the user can't see.

        Linking him would tell who he is to anybody who knows his address.
        """
        result = None
        for lead in self:
            try:
                result = super(CrmLead, lead)._handle_partner_assignment(
                    force_partner_id, create_missing, with_parent
                )
            except DuplicateContactError as error:
                if not error.all_hidden:
                    raise
                lead._contact_note_unlinked()
        return result

    def _create_customer(self, with_parent=None):
        created = Created()
        lead = self.with_context(contact_created=created)
        try:
            customer = super(CrmLead, lead)._create_customer(with_parent)
        except DuplicateContactError:
            # Superuser: nothing stays of one who is refused, nor of his company. A
            # savepoint would cost two queries for each of a thousand leads.
            self.env["res.partner"].sudo().browse(created.ids).unlink()
            raise
        return customer.with_env(self.env)

    def _contact_note_unlinked(self):
        name = self.contact_name or self.email_from or self.name
        self._message_log(
            body=self.env._(
                "%(name)s already exists as a contact that you may not see, so that "
                "no customer was linked. Ask an administrator of contacts to choose "
                "the customer, or to give you access to the contact.",
                name=name,
            )
        )

    def _message_post_after_hook(self, message, msg_vals):
        """Look among the recipients for the customer, but at nobody hidden."""
        people = message.partner_ids
        hidden = people.browse()
        if self.email_from and not self.partner_id:
            # Odoo's client posts as superuser, for the user
            hidden = people.sudo(False)._contact_hidden()
        if not hidden:
            return super()._message_post_after_hook(message, msg_vals)
        message._update_cache({"partner_ids": [Command.set((people - hidden).ids)]})
        result = super()._message_post_after_hook(message, msg_vals)
        message._update_cache({"partner_ids": [Command.set(people.ids)]})
        return result

    def _merge_opportunity(self, *args, **kwargs):
        merge = super(CrmLead, self._contact_keeping())._merge_opportunity
        return merge(*args, **kwargs).with_env(self.env)
