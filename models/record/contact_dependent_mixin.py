from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..linked import linked_id

_POINTED = ("res.partner", "crm.lead")


class ContactDependentMixin(models.AbstractModel):
    """A record that tells something of contacts: as hidden as the records it names.

    Access rules ask ``can_read`` and ``can_write``. They are no columns but asked at
    each query, since the rights to a contact change without its dependent records.
    """

    _name = "contact.dependent.mixin"
    _description = "Hidden with its Contact"

    # The contact whose data this is; who may edit it may edit the record.
    _contact_field = "partner_id"
    # All many2one fields whose records have to be readable.
    _contact_ends = ("partner_id",)

    @api.model_create_multi
    def create(self, vals_list):
        self._contact_check_pointed(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._contact_check_pointed([vals], defaults=False)
        return super().write(vals)

    def _contact_check_pointed(self, vals_list, defaults=True):
        """Ask for the right to what the records are to point to before they do.

        A row may itself open its contact, so that the rules would find it in order;
        and they are not asked about what a change makes of a record.
        """
        if self.env.su:
            return
        for name, field in self._fields.items():
            if field.type != "many2one" or field.comodel_name not in _POINTED:
                continue
            asked = {linked_id(vals.get(name)) for vals in vals_list}
            if defaults and not all(name in vals for vals in vals_list):
                # in the context, or a user's own
                asked.add(linked_id(self.default_get([name]).get(name)))
            operation = "write" if name == self._contact_field else "read"
            records = self.env[field.comodel_name].browse(filter(None, asked))
            records.check_access(operation)

    can_read = fields.Boolean(compute="_compute_can_read", search="_search_can_read")
    can_write = fields.Boolean(compute="_compute_can_write", search="_search_can_write")

    @api.depends(lambda self: self._contact_ends)
    @api.depends_context("uid")
    def _compute_can_read(self):
        readable = self._contact_readable()
        for record in self:
            record.can_read = record in readable

    @api.depends(lambda self: self._contact_ends)
    @api.depends_context("uid")
    def _compute_can_write(self):
        readable = self._contact_readable()
        # Access rules are checked as superuser; the contact is asked for as the user.
        contacts = self[self._contact_field].sudo(False)._filtered_access("write")
        for record in self:
            contact = record[self._contact_field]
            record.can_write = (
                record in readable
                and contact in contacts
                and contact.sudo().contact_state != "obsolete"
            )

    def _contact_readable(self):
        found = self
        for name in self._contact_ends:
            ends = self[name].sudo(False)._filtered_access("read")
            found = found.filtered(lambda record, n=name, e=ends: record[n] <= e)
        return found

    def _search_can_read(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain.AND(
            Domain.custom(to_sql=self._contact_end_sql(name, "read"))
            for name in self._contact_ends
        )

    def _search_can_write(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        name = self._contact_field
        editable = Domain.custom(to_sql=self._contact_end_sql(name, "write"))
        frozen = Domain(f"{name}.contact_state", "=", "obsolete")
        return self._search_can_read(operator, value) & editable & ~frozen

    def _contact_end_sql(self, field_name, operation):
        """Return what makes the SQL that is true if the user has the right to an end.

        Asked of each row by ``EXISTS``: with ``IN`` PostgreSQL reads all partners, as
        an end may be empty.
        """
        comodel = self.env[self._fields[field_name].comodel_name]
        records = comodel.sudo(False).with_context(active_test=False)

        def to_sql(model, alias, query):
            column = model._field_to_sql(alias, field_name, query)
            allowed = SQL("FALSE")
            if records.has_access(operation):
                rule = records.env["ir.rule"]._compute_domain(comodel._name, operation)
                ends = records._search(rule or [], order="id")
                ends.add_where(SQL("%s = %s", SQL.identifier(ends.table, "id"), column))
                allowed = SQL("EXISTS %s", ends.subselect(SQL("1")))
            if model._fields[field_name].required:
                return allowed
            return SQL("(%s IS NULL OR %s)", column, allowed)

        return to_sql
