import binascii
from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.misc import hash_sign, verify_hash_signed

SCOPE = "contact_person.consent_page"
LINK_DAYS = 30
# So long before it expires, a consent can be renewed.
RENEW_DAYS = 90


class ResPartner(models.Model):
    """The page on which contacts decide themselves, behind a signed link."""

    _inherit = "res.partner"

    # ------------------------------------------------------------
    # THE LINK
    # ------------------------------------------------------------

    def _contact_consent_link(self, days=LINK_DAYS):
        """Return the address of the page of this contact.

        Signed with the secret of the database, so that nobody can guess the link of
        another contact or lengthen its life. It goes to the mailbox of the contact and
        to nobody else: who has it decides for the contact.
        """
        self.ensure_one()
        # Who may tick on the form may send the link on which the contact does.
        self.check_access("write")
        # Superuser: the secret of the database is read to sign with.
        token = hash_sign(
            self.sudo().env,
            SCOPE,
            [self._contact_present().id, self.env.company.id],
            expiration=timedelta(days=days),
        )
        return f"{self.get_base_url()}/contact/consents/{token}"

    def _contact_of_consent_link(self, token):
        """Return ``(contact, company)`` of a link, both empty if it is not valid.

        What is expired, tampered with, or of a contact that was deleted or voided
        gives the same: nobody learns which contacts there are.
        """
        nobody = self.browse(), self.env["res.company"]
        try:
            found = verify_hash_signed(self.env, SCOPE, token)
        except (ValueError, binascii.Error, IndexError):
            found = None
        if not found:
            return nobody
        contact = self.browse(found[0]).exists()
        contact = contact and contact._contact_present().exists()
        company = self.env["res.company"].browse(found[1]).exists()
        if not contact or not company or contact.contact_state == "obsolete":
            return nobody
        return (contact, company) if contact.is_contact_person else nobody

    # ------------------------------------------------------------
    # WHAT THE PAGE SHOWS AND SAVES
    # ------------------------------------------------------------

    def _contact_page_purposes(self, company):
        """Return the purposes of a company, and those that the contact decided on."""
        purposes = self.env["contact.consent.purpose"]
        own = purposes.search(Domain("company_id", "in", [company.id, False]))
        rows = self.env["contact.consent"]._read_group(
            [("partner_id", "=", self.id)], ["purpose_id"]
        )
        decided = purposes.browse(purpose.id for (purpose,) in rows)
        asked = own.filtered("text_id") | decided
        return asked.sorted(lambda purpose: (purpose.sequence, purpose.id))

    def _contact_page_lines(self, company):
        """Return what the page shows of each purpose, in the context's language."""
        purposes = self._contact_page_purposes(company)
        states = self._contact_consent_states(purposes)
        return [
            self._contact_page_line(purpose, states[self.id, purpose.id])
            for purpose in purposes
        ]

    def _contact_page_line(self, purpose, state):
        valid = state["state"] == "given"
        said = purpose.text_id.browse(state.get("text_id") or ())
        offered = purpose.active and purpose.text_id
        newer = valid and offered and said != offered
        return {
            "id": purpose.id,
            "name": purpose.name,
            "state": state["state"],
            "sentence": self._contact_page_sentence(state),
            "accepted": said.body if valid else False,
            "offered": offered and (newer or not valid) and offered.body,
            "newer": bool(newer),
            "give": bool(offered) and (not valid or newer or _ends_soon(state)),
            "text_id": offered and offered.id,
            "withdraw": state["state"] in ("given", "expired"),
        }

    def _contact_page_sentence(self, state):
        def day(value):
            return format_date(self.env, value.date()) if value else ""

        dates = {"date": day(state.get("date")), "end": day(state["expires"])}
        if state["state"] == "withdrawn":
            return self.env._("You withdrew your consent on %(date)s.", **dates)
        if state["state"] == "expired":
            return self.env._(
                "You agreed on %(date)s. Your consent expired on %(end)s.", **dates
            )
        if state["state"] == "given" and state["expires"]:
            return self.env._(
                "You agreed on %(date)s. Your consent is valid until %(end)s.", **dates
            )
        if state["state"] == "given":
            return self.env._("You agreed on %(date)s.", **dates)
        return self.env._("You have not decided yet.")

    def _contact_page_decide(self, company, purpose_id, given, text_id=None):
        """Record what the contact chose on the page, to the wording it showed.

        :return: whether it was recorded, or is so already; False when the wording is
            another one by now, or the purpose is not asked any more
        """
        purpose = self.env["contact.consent.purpose"].browse(purpose_id)
        if purpose not in self._contact_page_purposes(company):
            return False
        if given and (not purpose.active or purpose.text_id.id != text_id):
            return False
        state = self._contact_consent_states(purpose)[self.id, purpose.id]
        if not given and state["state"] in ("none", "withdrawn"):
            return True
        row = self._contact_consent_row(purpose, given, "web")
        row["lang"] = self.env.lang or row["lang"]
        self.env["contact.consent"].create(row)
        return True

    def _contact_page_languages(self, wanted=None):
        """Return ``(code of the page's language, [(code, name)])`` of what is offered.

        :param str wanted: what the contact chose on the page
        """
        offered = [(code, name) for code, name in self.env["res.lang"].get_installed()]
        codes = [code for code, _name in offered]
        for code in (wanted, self.lang, self.env.lang):
            if code in codes:
                return code, offered
        return codes[0], offered

    def _contact_log_request(self):
        """Note in the chatter of each of these contacts that they were asked."""
        text = self.env._("Asked for consent by email.")
        self._message_log_batch(bodies=dict.fromkeys(self.ids, text))

    def _contact_askable(self):
        """Return the present versions of those of these contacts who can be asked."""
        present = self.browse({contact._contact_present().id for contact in self})
        return present._filtered_access("read").filtered(
            lambda contact: (
                contact.is_contact_person
                and contact.contact_state != "obsolete"
                and contact.email_normalized
            )
        )

    def _contact_names(self, shown):
        """Return the names of the first of these contacts, and how many more there are.

        :param int shown: so many names are written out
        """
        # Superuser: who may see the contact through a document knows its name.
        first = self[:shown].sudo()
        names = ", ".join(one.name or one.display_name for one in first)
        if more := len(self[shown:]):
            return self.env._("%(names)s and %(count)s more", names=names, count=more)
        return names


def _ends_soon(state):
    soon = fields.Datetime.now() + timedelta(days=RENEW_DAYS)
    return bool(state["expires"]) and state["expires"] <= soon
