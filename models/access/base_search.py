from collections.abc import Collection

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class Base(models.AbstractModel):
    """What a search, a group or an order tells: of the contacts that a user may see."""

    _inherit = "base"

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Find nothing by what hidden contacts have, or by where they work.

        Odoo follows ids upwards, and fields that are shown of a contact, as superuser.
        """
        if not self.env.su:
            domain = Domain(domain)
            if any(map(self._contact_found_by, domain.iter_conditions())):
                domain = domain.map_conditions(self._contact_condition)
        return super()._search(domain, *args, **kwargs)

    def _contact_found_by(self, condition):
        """Return the field of a condition that would tell of hidden contacts."""
        field = self._fields.get(condition.field_expr)
        if not field or self._contact_shown_of(field):
            return field
        if condition.operator == "parent_of":
            pointed = field.comodel_name if field.relational else self._name
            return field if pointed == "res.partner" else None
        below = self._name == "res.partner" and field.name == "child_ids"
        return field if below else None

    def _contact_shown_of(self, field):
        """Return whether a field shows one of the contact that another points to."""
        if not field.related or field.store or field.inherited:
            return False
        end = self._fields[field.related.split(".")[0]]
        return end.type == "many2one" and end.comodel_name == "res.partner"

    def _contact_condition(self, condition):
        """Return a condition that the rules of contacts hold for."""
        field, value = self._contact_found_by(condition), condition.value
        if field and self._contact_shown_of(field):
            return Domain(field.related, condition.operator, value)
        if not field or isinstance(value, bool | str | Domain):
            return condition
        values = value if isinstance(value, Collection) else [value]
        ids = [id_ for id_ in values if isinstance(id_, int) and id_]
        hidden = self.env["res.partner"].browse(ids)._contact_hidden().ids
        kept = [one for one in values if one not in hidden]
        operator = {"=": "in", "!=": "not in"}.get(condition.operator)
        return Domain(condition.field_expr, operator or condition.operator, kept)

    def _traverse_related_sql(self, alias, field, query):
        """Group, order and sum only by contacts that the user may see.

        Odoo joins what a field shows of a contact as superuser.
        """
        if self.env.su or not field.compute_sudo or not self._contact_shown_of(field):
            return super()._traverse_related_sql(alias, field, query)
        name, *path, last = field.related.split(".")
        contacts = self.env["res.partner"].with_context(active_test=False)
        seen = contacts._search(Domain.TRUE)
        coalias = query.make_alias(alias, f"{name}__{self.env.uid}")
        every = SQL("%s.*", SQL.identifier(contacts._table))
        query.add_join(
            "LEFT JOIN",
            coalias,
            seen.subselect(every),
            SQL(
                "%s = %s",
                self._field_to_sql(alias, name, query),
                SQL.identifier(coalias, "id"),
            ),
        )
        # Superuser: what he may see of a contact is what the field shows of it.
        model, alias = contacts.sudo(), coalias
        for step in path:
            model, alias = model._fields[step].join(model, alias, query)
        return model, model._fields[last], alias
