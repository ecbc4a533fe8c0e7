from odoo import api, fields, models
from odoo.fields import Domain


class ContactAboutMixin(models.AbstractModel):
    """A record of Odoo's messaging that is about contacts: as hidden as they are."""

    _name = "contact.about.mixin"
    _description = "About a Contact"

    # Asked by the access rules.
    contact_can_read = fields.Boolean(
        compute="_compute_contact_can_read", search="_search_contact_can_read"
    )

    @api.depends_context("uid")
    def _compute_contact_can_read(self):
        # Superuser: what the records are about decides over the access to them.
        about = {record: record.sudo()._contact_about() for record in self}
        contacts = self.env["res.partner"].browse(set().union(*about.values()))
        masked = {*contacts.exists()._contact_masked().ids} if contacts else set()
        for record, ids in about.items():
            record.contact_can_read = masked.isdisjoint(ids)

    @api.model
    def _search_contact_can_read(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        partners = self.env["res.partner"]
        reach = partners._contact_held_reach()
        if reach is None:
            return Domain.TRUE

        def opened(alias):
            return partners._contact_match_sql(alias, reach, only_persons=False)

        return Domain.custom(
            to_sql=lambda model, alias, query: self._contact_about_sql(alias, opened)
        )

    def _contact_about(self):
        """Return the ids of all contacts that one record is about.

        :rtype: set[int]
        """
        raise NotImplementedError

    @api.model
    def _contact_about_sql(self, alias, opened):
        """Return the SQL that is true of a record if all of those are open.

        :param str alias: of the table of the records
        :param opened: returns for the alias of a partner the ``SQL`` that is true of
            one who is open to the user
        """
        raise NotImplementedError
