from odoo import api, models

from ...exceptions import DuplicateContactError
from ..linked import linked_id
from .res_partner import AccessGrant, Created


class CrmLead(models.Model):
    """A lead copies email, phone and address of its customer: only of one seen.

    With a customer whom the salesperson may not see, or not edit, he works on the lead
    alone: what he writes there stays there.
    """

    _inherit = "crm.lead"

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not all("partner_id" in vals for vals in vals_list):
            # a user sets defaults of his own
            default = self.default_get(["partner_id"])
            self._contact_check_customers([default])
        self._contact_check_customers(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        # a form may send back the customer that the lead has
        customer = linked_id(vals.get("partner_id"))
        if customer and any(lead.partner_id.id != customer for lead in self):
            self._contact_check_customers([vals])
        return super().write(vals)

    def copy(self, default=None):
        return super(CrmLead, self._contact_keeping()).copy(default).with_env(self.env)

    def onchange(self, values, field_names, fields_spec):
        if not field_names or "partner_id" in field_names:
            default = {} if field_names else self.default_get(["partner_id"])
            self._contact_check_customers([values, default])
        return super().onchange(values, field_names, fields_spec)

    def _contact_check_customers(self, vals_list):
        """Refuse a customer that the user may not see, unless it is the lead's."""
        asked = {linked_id(vals.get("partner_id")) for vals in vals_list}
        asked.add(linked_id(self.env.context.get("default_partner_id")))
        kept = self.env.context.get("contact_kept_customers")
        if isinstance(kept, AccessGrant):
            asked -= kept.ids
        if not self.env.su:
            customers = self.env["res.partner"].browse(filter(None, asked))
            customers.check_access("read")

    def _contact_keeping(self):
        """Return these leads, whose customers may pass to what becomes of them."""
        kept = AccessGrant(self.partner_id.ids)
        return self.with_context(contact_kept_customers=kept)

    # ------------------------------------------------------------
    # CUSTOMER
    # ------------------------------------------------------------

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
        """Whether a difference between lead and customer is to be made even."""
        return to_lead or self.env.su or self.partner_id.has_access("write")

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

    def _merge_opportunity(self, *args, **kwargs):
        merge = super(CrmLead, self._contact_keeping())._merge_opportunity
        return merge(*args, **kwargs).with_env(self.env)
