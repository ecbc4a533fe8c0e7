from contextlib import nullcontext

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import email_normalize

from ...exceptions import DuplicateContactError
from .res_partner import MANAGER

# What Odoo reads of a recipient before it proposes him.
_ASKED = ("active", "name", "display_name", "email", "email_normalized")
_ASKED += ("partner_share", "user_ids", "is_public")


class MailThread(models.AbstractModel):
    """Mails about a document whose customer the user may not read."""

    _inherit = "mail.thread"

    def _compute_message_partner_ids(self):
        # Superuser: the followers of a document are shown by name to who reads it, and
        # Odoo asks for each that is assigned to a field.
        return super(MailThread, self.sudo())._compute_message_partner_ids()

    def message_get_followers(self, *args, **kwargs):
        # who follows a contact sees it, which is no news for who does not
        self.check_access("read")
        return super().message_get_followers(*args, **kwargs)

    def _message_get_suggested_recipients_batch(self, **options):
        """Propose hidden contacts by name, with the address that the document has.

        Odoo makes a contact of an address that it can't find. One that is refused as a
        double of a hidden contact stays an address.
        """
        people = self._contact_concerned() | self._contact_authors()
        hidden = people._contact_hidden()
        hidden._contact_lend(*_ASKED)
        suggest = super()._message_get_suggested_recipients_batch
        try:
            # nothing stays of a contact that is refused
            creating = not options.get("no_create", True) and not hidden
            with self.env.cr.savepoint() if creating else nullcontext():
                suggested = suggest(**options | {"no_create": not creating})
        except DuplicateContactError:
            suggested = suggest(**options | {"no_create": True})
        if hidden:
            for record in self:
                own = record._mail_get_primary_email().get(record.id)
                for recipient in suggested[record.id]:
                    if recipient["partner_id"] in hidden.ids:
                        partner = hidden.browse(recipient["partner_id"])
                        recipient["email"] = own or partner._contact_mask()
                # the address of the document is his, and nobody else's
                suggested[record.id] = [
                    recipient
                    for recipient in suggested[record.id]
                    if recipient["partner_id"]
                    or not own
                    or email_normalize(recipient["email"]) != email_normalize(own)
                ]
        return suggested

    def _message_get_default_recipients(self, *args, **kwargs):
        """Find whom to write to: ids, hidden or not, and emails of the document."""
        hidden = self._contact_seen()._contact_customers()._contact_hidden()
        if not hidden:
            return super()._message_get_default_recipients(*args, **kwargs)
        self.check_access("read")
        # Superuser: which of a document's own customers have an email.
        finding = self.sudo().with_context(prefetch_fields=False)
        find = super(MailThread, finding)._message_get_default_recipients
        found = find(*args, **kwargs)
        hidden.invalidate_recordset()
        return found

    def _sms_get_recipients_info(self, force_field=False, partner_fallback=True):
        """Text to hidden customers by the number of the document; of Odoo's ``sms``."""
        hidden = self._contact_seen()._contact_customers()._contact_hidden()
        hidden._contact_lend("name", "display_name")
        closed = self.filtered(lambda one: one._contact_customers() & hidden)
        inform = super(MailThread, self - closed)._sms_get_recipients_info
        found = inform(force_field, partner_fallback=partner_fallback)
        inform = super(MailThread, closed)._sms_get_recipients_info
        return found | inform(force_field, partner_fallback=False)

    def _notify_by_email_get_base_mail_values(
        self, message, recipients_data, additional_values=None
    ):
        """Name in a mail as further recipients only contacts who are everyone's.

        Each of those to whom it goes would read their addresses.
        """
        ids = {row["id"] for row in recipients_data if row["share"] and row["id"]}
        # Superuser: their own columns.
        people = self.env["res.partner"].browse(ids).sudo()
        people = people.with_context(prefetch_fields=False)
        closed = people.filtered(lambda partner: not partner._contact_is_open("read"))
        named = [row for row in recipients_data if row["id"] not in closed.ids]
        prepare = super()._notify_by_email_get_base_mail_values
        return prepare(message, named, additional_values=additional_values)

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
        # not the field of partners, which has those to come as well
        people = documents.message_follower_ids.partner_id.with_env(self.env)
        # a user may write in the name of others
        wrote = seen._contact_authors(Domain("create_uid", "!=", self.env.uid))
        return people | wrote | seen._contact_customers()

    def _contact_authors(self, domain=Domain.TRUE):
        """Return who wrote on those of these documents that the user may read.

        :param domain: of the messages that count
        """
        seen = self._origin._contact_seen()
        if self.env.su or not seen:
            return self.env["res.partner"]
        wrote = Domain("model", "=", seen._name) & Domain("res_id", "in", seen.ids)
        wrote &= Domain("author_id", "!=", False)
        wrote &= Domain("message_type", "!=", "user_notification")
        # Superuser: see above. Their messages may be thousands.
        messages = self.env["mail.message"].sudo()
        authors = messages._read_group(wrote & domain, ["author_id"])
        people = self.env["res.partner"].union(*(author for [author] in authors))
        return people.with_env(self.env)
