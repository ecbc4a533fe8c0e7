from odoo import api, models
from odoo.tools.mail import email_normalize_all


class ContactConsent(models.Model):
    """Who may be written to for a purpose."""

    _inherit = "contact.consent"

    @api.model
    def _contact_mail_refused(self, purpose, partners, emails=()):
        """Return who of these addressees must not be written to for a purpose.

        Needed is a valid consent of the contact, and of everybody in use who has the
        same address: the strictest wins. A contact that is archived or voided still
        counts with what it withdrew. An address that belongs to nobody has no consent;
        colleagues are no contacts and need none.

        :param partners: records of ``res.partner``
        :param emails: normalised email addresses
        :return: ``(partners, set of emails)`` that are refused
        """
        # Superuser: a consent counts, whoever may see the contact.
        partners = partners.sudo()
        own = {partner: email_normalize_all(partner.email) for partner in partners}
        asked = set(emails).union(*own.values())
        holders = self._contact_mail_holders(asked, own)
        everybody = partners.union(*holders.values())
        persons = everybody.filtered("is_contact_person")
        found = persons._contact_consent_states(purpose)
        states = {key[0]: line["state"] for key, line in found.items()}
        allowed = {e for e in asked if _may_write_to(holders[e], states)}
        refused = partners.filtered(
            lambda partner: (
                states.get(partner.id, "given") != "given"
                or not allowed.issuperset(own[partner])
            )
        )
        return refused.sudo(False), set(emails) - allowed

    @api.model
    def _contact_mail_sharing(self, purpose, refused):
        """Return those who agreed and are refused for another with their address.

        :param refused: partners that ``_contact_mail_refused`` gave
        """
        # Superuser: a consent counts, whoever may see the contact.
        persons = refused.sudo().filtered("is_contact_person")
        states = persons._contact_consent_states(purpose)
        agreed = persons.filtered(
            lambda person: states[person.id, purpose.id]["state"] == "given"
        )
        return agreed.sudo(False)

    @api.model
    def _contact_mail_sharing_text(self, sharing, shown):
        """Return the sentence that tells why these are refused, or an empty text.

        :param int shown: so many names are written out
        """
        if not sharing:
            return ""
        # Whose address it is, too, the sender may not be allowed to know.
        return self.env._(
            "Agreed, but another contact with the same email has no valid consent: %s.",
            sharing._contact_names(shown),
        )

    def _contact_mail_holders(self, emails, own):
        """Return the partners that have each of the addresses, archived ones too."""
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        holders = dict.fromkeys(emails, partners)
        for partner in partners.search([("email_normalized", "in", list(emails))]):
            holders[partner.email_normalized] |= partner
        for partner, addresses in own.items():
            for email in addresses:
                holders[email] |= partner
        return holders


def _may_write_to(holders, states):
    persons = holders.filtered("is_contact_person")
    if not persons:
        return any(not partner.partner_share for partner in holders)
    said = [states[person.id] for person in persons]
    if "withdrawn" in said or "expired" in said:
        return False
    silent = persons.filtered(lambda p: p.active and states[p.id] == "none")
    return not silent and "given" in said
