from odoo import api, models

from .res_partner import MANAGER

# What Odoo adds to the name of a contact when a client asks for it.
_MORE = ("show_address", "show_email", "show_vat")


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
        shown = self._contact_allowed("read")
        # see the rule of voided contacts
        return self - shown.filtered(lambda shown: shown.contact_state != "obsolete")

    @api.depends_context("uid")
    def _compute_display_name(self):
        context = self.env.context
        if not any(context.get(name) for name in _MORE):
            return super()._compute_display_name()
        masked = self._contact_masked()
        super(ResPartner, self - masked)._compute_display_name()
        plain = masked.with_context(**dict.fromkeys(_MORE, False))
        # by the method: the field is being computed, and would read as empty
        super(ResPartner, plain)._compute_display_name()
        for partner, named in zip(masked, plain, strict=True):
            partner.display_name = named.display_name
        return None

    def get_attendee_detail(self, meeting_ids):
        """Tell by name who attends meetings that the user reads, hidden or not."""
        attendees = self.env["calendar.event"].browse(meeting_ids).attendee_ids
        people = attendees.partner_id & self
        people._contact_hidden()._contact_lend("display_name")
        return super().get_attendee_detail(meeting_ids)

    def _to_store_defaults(self, target):
        """Leave the address of a hidden follower, member or recipient out."""
        shown = super()._to_store_defaults(target)
        if "email" in shown and self._contact_masked():
            shown.remove("email")
        return shown

    def signup_get_auth_param(self):
        """Keep the key to a portal login from who may not edit the contact.

        With it he would sign in as the contact.
        """
        partners = self if self.env.su else self._contact_allowed("write")
        return super(ResPartner, partners).signup_get_auth_param()
