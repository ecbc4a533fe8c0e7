from contextlib import nullcontext

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...exceptions import DuplicateContactError
from ..linked import linked_id
from .res_partner import MANAGER

# What Odoo reads of a recipient before it proposes him.
_ASKED = ("active", "name", "display_name", "email", "email_normalized")
_ASKED += ("partner_share", "user_ids", "is_public")
_ORDERED = ("partner_id", "partner_invoice_id", "partner_shipping_id")


class Base(models.AbstractModel):
    _inherit = "base"

    def _contact_seen(self):
        """Return those of these documents that the user may read."""
        return self._filtered_access("read")

    def _contact_customers(self):
        """Return the customers of these documents, hidden from the user or not."""
        # Superuser: Odoo shows the customer of a document by name.
        documents = self.sudo().with_context(prefetch_fields=False)
        found = documents._mail_get_partners().values()
        return self.env["res.partner"].union(*found).with_env(self.env)


class MailThread(models.AbstractModel):
    """Mails about a document whose customer the user may not read."""

    _inherit = "mail.thread"

    @api.model_create_multi
    def create(self, vals_list):
        self._contact_check_order(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._contact_check_order([vals])
        return super().write(vals)

    def _contact_check_order(self, vals_list):
        """Refuse a customer of a quotation whom the user may not see.

        Its printout has the address. The customer of its opportunity is no secret to
        who may read that. Here, as the addon does without the app Sales.
        """
        if self._name != "sale.order" or self.env.su:
            return
        for vals in vals_list:
            asked = {linked_id(vals.get(name)) for name in _ORDERED}
            own = [{order[name].id for name in _ORDERED} for order in self]
            asked -= set.intersection(*own) if own else set()
            asked = self.env["res.partner"].browse(filter(None, asked))
            hidden = asked._contact_hidden()
            if hidden and "opportunity_id" in self:
                lead = self.opportunity_id[:1].browse(
                    vals.get("opportunity_id") or self.opportunity_id[:1].id
                )
                hidden -= lead._contact_seen()._contact_customers()
            hidden.check_access("read")

    def _message_get_suggested_recipients_batch(self, **options):
        """Propose hidden contacts by name, with the address that the document has.

        Odoo makes a contact of an address that it can't find. One that is refused as a
        double of a hidden contact stays an address.
        """
        hidden = self._contact_concerned()._contact_hidden()
        hidden._contact_lend(*_ASKED)
        suggest = super()._message_get_suggested_recipients_batch
        try:
            # nothing stays of a contact that is refused
            creating = not options.get("no_create", True)
            with self.env.cr.savepoint() if creating else nullcontext():
                suggested = suggest(**options)
        except DuplicateContactError:
            suggested = suggest(**options | {"no_create": True})
        if hidden:
            for record in self:
                own = record._mail_get_primary_email().get(record.id)
                for recipient in suggested[record.id]:
                    if recipient["partner_id"] in hidden.ids:
                        recipient["email"] = own or False
        return suggested

    @api.model
    def message_process(self, *args, **kwargs):
        """Refuse mails from who could write in the name of anybody by one.

        Odoo files a mail as superuser, under what the caller says.
        """
        user = self.env.user
        if not (self.env.su or user.has_group(MANAGER) or self.env.is_system()):
            raise AccessError(
                self.env._(
                    "Only an administrator may hand in mails that arrived. Give the "
                    "login of the mail gateway the role of an administrator of "
                    "contacts."
                )
            )
        return super().message_process(*args, **kwargs)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Refuse followers who are hidden and whom the document doesn't concern.

        A follower is shown with his name, and told what happens.
        """
        partners = self.env["res.partner"].browse(partner_ids or ())
        if hidden := partners._contact_hidden():
            (hidden - self._contact_concerned()).check_access("read")
        return super().message_subscribe(partner_ids, subtype_ids)

    def _contact_concerned(self):
        """Return whom those of these documents concern that the user may read.

        Their customers, followers and those who wrote, hidden from the user or not.
        """
        seen = self._origin._contact_seen()
        if self.env.su or not seen:
            return self.env["res.partner"]
        # Superuser: each of them is shown by name in a document that the user reads.
        documents = seen.sudo().with_context(prefetch_fields=False)
        wrote = Domain("model", "=", seen._name) & Domain("res_id", "in", seen.ids)
        wrote &= Domain("author_id", "!=", False)
        wrote &= Domain("message_type", "!=", "user_notification")
        # their messages may be thousands
        authors = documents.env["mail.message"]._read_group(wrote, ["author_id"])
        people = documents.message_partner_ids.union(*(author for [author] in authors))
        return people.with_env(self.env) | seen._contact_customers()
