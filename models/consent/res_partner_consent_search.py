from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

STATES = ("given", "expired", "withdrawn", "none")


class ResPartner(models.Model):
    """Finding and grouping contacts by what they say on a purpose."""

    _inherit = "res.partner"

    contact_standing_ids = fields.One2many(
        "contact.consent.standing",
        "partner_id",
        string="Present Consents",
        groups="base.group_user",
    )
    # One field for all purposes, with the choices of those that there are: purposes
    # come and go, and a column for each would lock the table of contacts.
    contact_consent_now = fields.Selection(
        selection="_selection_consent_now",
        string="Consent",
        compute="_compute_contact_consent_now",
        search="_search_contact_consent_now",
        exportable=False,
        help="To search and group by: a purpose and what the contacts say on it now.",
    )

    @api.model
    def _selection_consent_now(self):
        if self.env.su:
            purposes = self.env["contact.consent.purpose"].search([])
        else:
            purposes = self._contact_search_purposes()
        labels = {
            "given": self.env._("given"),
            "expired": self.env._("expired"),
            "withdrawn": self.env._("withdrawn"),
            "none": self.env._("not asked yet"),
        }
        return [
            (f"{purpose.id}:{state}", f"{purpose.name}: {labels[state]}")
            for purpose in purposes
            for state in STATES
        ]

    def _contact_search_purposes(self):
        """Return the purposes that the user may ask for; none for portal users."""
        purposes = self.env["contact.consent.purpose"]
        return purposes.search([]) if purposes.has_access("read") else purposes

    def _compute_contact_consent_now(self):
        # A contact has one answer for each purpose: there is no single value.
        self.contact_consent_now = False

    def _search_contact_consent_now(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._contact_consent_domain(choice) for choice in value)

    def _contact_consent_domain(self, choice):
        purpose, _colon, state = str(choice or "").partition(":")
        if not purpose.isdigit() or state not in STATES:
            return Domain.FALSE
        if int(purpose) not in self._contact_search_purposes().ids:
            return Domain.FALSE
        # A state is as visible as its contact and its purpose: the search is for
        # contacts that the user may read, and asking each line again would be slow.
        line = Domain("purpose_id", "=", int(purpose))
        if state == "none":
            return Domain("contact_standing_ids", "not any!", line)
        line &= Domain("state", "=", state)
        return Domain("contact_standing_ids", "any!", line)

    def _read_group_groupby(self, alias, groupby_spec, query):
        if groupby_spec != "contact_consent_now":
            return super()._read_group_groupby(alias, groupby_spec, query)
        asked = query.make_alias(alias, "consent_purpose")
        line = query.make_alias(alias, "consent_standing")
        # A contact counts once in each purpose: in the group of what it says on it.
        query.add_join(
            "JOIN",
            asked,
            SQL(
                "(SELECT unnest(%s::int[]) AS id)", self._contact_search_purposes().ids
            ),
            SQL("TRUE"),
        )
        query.add_join(
            "LEFT JOIN",
            line,
            "contact_consent_standing",
            SQL(
                "%s = %s AND %s = %s",
                SQL.identifier(line, "partner_id"),
                SQL.identifier(alias, "id"),
                SQL.identifier(line, "purpose_id"),
                SQL.identifier(asked, "id"),
            ),
        )
        return SQL(
            """
            %(asked)s || ':' || CASE
                WHEN %(decision)s IS NULL THEN 'none'
                WHEN %(decision)s = 'given' AND %(expires)s <= %(now)s THEN 'expired'
                ELSE %(decision)s END
            """,
            asked=SQL.identifier(asked, "id"),
            decision=SQL.identifier(line, "decision"),
            expires=SQL.identifier(line, "expires"),
            now=fields.Datetime.now(),
        )

    def _contact_references(self):
        """The present consents follow the ledger; they make no version used."""
        references = super()._contact_references()
        return [row for row in references if row[0] != "contact_consent_standing"]
