from odoo import api, models
from odoo.fields import Domain

from odoo.addons.mail.tools.discuss import Store

from .res_partner import MANAGER

# What Odoo adds to the name of a contact when a client asks for it.
_MORE = ("show_address", "show_email", "show_vat")
# What Odoo's chatter and chats show of people beside the name.
_TOLD = ("avatar_128", "email", "phone")
_PLAIN = dict.fromkeys(_MORE, False) | {
    "formatted_display_name": False,
    "partner_display_name_hide_company": True,
}


class ResPartner(models.Model):
    """What Odoo tells as superuser of contacts: of hidden ones the name, no more."""

    _inherit = "res.partner"

    def _contact_masked(self):
        """Return those of these contacts that the present user may not read.

        Also where Odoo asks as superuser, for him.
        """
        user = self.env.user
        if user._is_superuser() or not user._is_internal() or user.has_group(MANAGER):
            return self.browse()
        # Superuser: asked for the user, also where a search has just noted it.
        shown = self.sudo().filtered("contact_can_read")
        # see the rule of voided contacts
        return self - shown.filtered(lambda shown: shown.contact_state != "obsolete")

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Name a hidden contact without its employer, its address or its email."""
        masked = self._contact_shown_hidden()
        super(ResPartner, self - masked)._compute_display_name()
        plain = masked.with_context(**_PLAIN)
        # by the method: the field is being computed, and would read as empty
        super(ResPartner, plain)._compute_display_name()
        for partner, named in zip(masked, plain, strict=True):
            partner.display_name = named.display_name
        return None

    def _contact_shown_hidden(self):
        """Return those of these contacts of whom only the name is to be shown."""
        if any(self.env.context.get(name) for name in _MORE):
            return self._contact_masked()
        if not self.env.su or self.env.user._is_superuser():
            # a user who computes it himself has read more than the name
            return self.browse()
        # most are everyone's, and their own columns say so without a query
        closed = self.filtered(lambda partner: not partner._contact_is_open("read"))
        return closed and closed._contact_masked()

    def get_attendee_detail(self, meeting_ids):
        """Tell by name who attends meetings that the user reads, hidden or not."""
        attendees = self.env["calendar.event"].browse(meeting_ids).attendee_ids
        people = attendees.partner_id & self
        people._contact_hidden()._contact_lend("display_name")
        return super().get_attendee_detail(meeting_ids)

    def _to_store_defaults(self, target):
        """Leave the address of a hidden follower, member or recipient out."""
        shown = super()._to_store_defaults(target)
        # what goes to others tells them only of who is everyone's
        if "email" in shown and target.channel is not None:
            shown[shown.index("email")] = self._contact_open_email()
        return shown

    def _field_store_repr(self, field_name):
        parts = super()._field_store_repr(field_name)
        masked = field_name in _TOLD and self._contact_untold()
        if not masked:
            return parts
        parts = [Store.Attr(part) if isinstance(part, str) else part for part in parts]
        told = {"predicate": lambda one: one not in masked}
        return [Store.Attr(part.field_name, part.value, **told) for part in parts]

    def _contact_untold(self):
        """Return those of these contacts of whom a client is told the name alone."""
        if self.env.user._is_superuser():
            # What the server tells by itself is for others.
            return self.filtered(lambda one: not one._contact_is_everyones())
        return self._contact_masked()

    @api.model
    def _contact_open_email(self):
        """Return what is put into a client's store of the address of contacts."""
        return Store.Attr("email", predicate=lambda one: one._contact_is_everyones())

    def _contact_is_everyones(self):
        # Superuser: its own columns, and nothing else for the cache.
        known = self.sudo().with_context(prefetch_fields=False)
        return known._contact_is_open("read")

    def _search_mention_suggestions(self, domain, limit, extra_domain=None):
        """Propose nobody who is hidden, where Odoo asks as superuser for a user."""
        if self.env.su and not self.env.user._is_superuser():
            if self.env.user._is_internal():
                seen = Domain("id", "in", self.sudo(False)._search([]))
            else:
                # the people of a project that is shared, but nobody's own contacts
                seen = Domain("user_ids", "!=", False)
                seen |= Domain("is_contact_person", "=", False)
                seen |= Domain("contact_visibility", "=", "everyone")
            domain = Domain(domain) & seen
            extra_domain = extra_domain and Domain(extra_domain) & seen
        return super()._search_mention_suggestions(domain, limit, extra_domain)

    def get_external_id(self):
        """Tell where a contact came from to who may read it."""
        found = super().get_external_id()
        seen = set(self.ids if self.env.su else self._filtered_access("read").ids)
        return {id_: name if id_ in seen else "" for id_, name in found.items()}

    def _compute_same_vat_partner_id(self):
        """Warn of nobody who is hidden: his name goes with his number."""
        result = super()._compute_same_vat_partner_id()
        names = ("same_vat_partner_id", "same_company_registry_partner_id")
        if self.env.su:
            return result
        alike = self.browse().union(*(self[name] for name in names))
        hidden = alike._contact_hidden()
        for partner in self if hidden else ():
            for name in names:
                if partner[name] in hidden:
                    partner[name] = False
        return result

    def open_commercial_entity(self):
        """Show the company of a contact to who may see that."""
        self.check_access("read")
        return super().open_commercial_entity()

    def signup_get_auth_param(self):
        """Keep the key to a portal login from who may not edit the contact.

        With it he would sign in as the contact.
        """
        partners = self if self.env.su else self._contact_allowed("write")
        return super(ResPartner, partners).signup_get_auth_param()
