from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _find_or_create_from_emails(self, emails, ban_emails=None, **options):
        """Make no double of a hidden contact out of the address of a document.

        Odoo makes it past the duplicate rules. The address stays an address then.
        """
        if not (self.env.su or options.get("no_create")):
            ban_emails = [*(ban_emails or ()), *self._contact_hidden_emails(emails)]
        return super()._find_or_create_from_emails(
            emails, ban_emails=ban_emails, **options
        )

    @api.model
    def _contact_hidden_emails(self, emails):
        """Return those of the addresses that only hidden contacts have."""
        asked = {email_normalize(email, strict=False) for email in emails} - {False}
        domain = Domain("email_normalized", "in", list(asked))
        # Superuser: hidden contacts are found; the user learns that there is one, as
        # from a duplicate rule that refuses to save the address.
        found = self.browse(self.sudo()._search(domain).get_result_ids())
        hidden = found._contact_hidden()
        own = {partner.email_normalized for partner in (found - hidden).sudo()}
        return {partner.email_normalized for partner in hidden.sudo()} - own
