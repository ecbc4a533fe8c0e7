from collections.abc import Collection

from odoo import api, models, tools
from odoo.fields import Domain
from odoo.tools import SQL, Query

from .res_partner import AccessGrant

# Of a contact that a document names this is no news.
NAMED = frozenset({"name", "display_name", "complete_name", "active"})
# How the customer of a document is looked for by his name.
_BY_NAME = frozenset({"ilike", "like", "child_of"})
# What a comparison with nothing asks of a list; to be like nothing is to be there.
_WHETHER = {"=": "not any", "in": "not any", "!=": "any", "not in": "any"} | {
    "like": "any",
    "ilike": "any",
    "not like": "not any",
    "not ilike": "not any",
    "=like": "not any",
    "=ilike": "not any",
    "not =like": "any",
    "not =ilike": "any",
}
# What Odoo turns into another operator before it searches.
_OTHER = {"==": "=", "<>": "!=", "=?": "="}
_ONE_OF = {"=": "in", "!=": "not in"}


class Base(models.AbstractModel):
    """What a search, a group, an order or a list tells of contacts: of those seen."""

    _inherit = "base"

    # ------------------------------------------------------------
    # SEARCHED
    # ------------------------------------------------------------

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Find nothing by what hidden contacts have, or by where they work."""
        if not self.env.su:
            domain = self._contact_guarded(Domain(domain))
        return super()._search(domain, *args, **kwargs)

    def filtered_domain(self, domain):
        """Keep nothing by what hidden contacts have.

        In Python Odoo reads of a customer what is in the cache already, and what it is
        told for the document (see ``res_partner_lend.py``); users write domains, too.
        """
        domain = Domain(domain)
        asked = self and not self.env.su and self.env.user._is_internal()
        if not asked or not self._contact_reached(domain):
            return super().filtered_domain(domain)
        kept = self.browse()
        if stored := self.filtered(lambda record: isinstance(record.id, int)):
            every = stored.with_context(active_test=False)
            found = every._search(Domain("id", "in", stored.ids) & domain)
            kept = self.browse(found.get_result_ids())
        return self & (kept | super(Base, self - stored).filtered_domain(domain))

    @api.model
    def _contact_guarded(self, domain, bypassing=False):
        """Return a domain that the rules of contacts hold for, most often the same.

        Odoo follows ids upwards, the followers of a document, its messages and fields
        that are shown of a contact as superuser.

        :param bool bypassing: whether the records themselves are searched so
        """
        changed = {}
        for condition in domain.iter_conditions():
            guarded = _plainly(condition)
            if not guarded.is_true():
                guarded = self._contact_condition(guarded, bypassing)
            if guarded is not condition:
                changed[id(condition)] = guarded
        if not changed:
            return domain
        return domain.map_conditions(lambda one: changed.get(id(one), one))

    def _contact_condition(self, condition, bypassing):
        operator = condition.operator
        nested = isinstance(condition.value, Domain | list | tuple)
        if operator.endswith("!") and nested:
            # a client may write it, in upper case: Odoo refuses it in lower case only
            operator = operator.removesuffix("!")
            condition = Domain(condition.field_expr, operator, condition.value)
        name, _dot, rest = condition.field_expr.partition(".")
        field = self._fields.get(name)
        if field is None:
            return condition
        if not rest and self._contact_shown_of(field):
            shown = Domain(field.related, operator, condition.value)
            return self._contact_condition(shown, bypassing)
        if not field.relational:
            above = name == "id" and self._name == "res.partner"
            return self._contact_above(condition) if above else condition
        bypassing = bypassing or operator.endswith("!") or field.bypass_search_access
        if field.comodel_name == "res.partner":
            guarded = self._contact_pointing(condition, field, rest, bypassing)
            if guarded is not None:
                return guarded
        inner = self._contact_inner(condition, rest)
        if inner is None:
            return condition
        guarded = self.env[field.comodel_name]._contact_guarded(inner, bypassing)
        if guarded is inner:
            return condition
        return Domain(name, "any" if rest else operator, guarded)

    def _contact_pointing(self, condition, field, rest, bypassing):
        """Return a condition on what points to contacts, None for that of any model."""
        several = field.type != "many2one" and not rest
        if several and condition.operator == "child_of":
            return self._contact_below(condition)
        if several and condition.operator in ("in", "not in"):
            parts = _parts(condition)
            if len(parts) > 1:
                parts = [self._contact_condition(part, bypassing) for part in parts]
                return (Domain.OR if condition.operator == "in" else Domain.AND)(parts)
        lines = field.type == "one2many" and not rest and not bypassing
        if condition.operator == "parent_of" or lines:
            return self._contact_above(condition)
        if several and field.store and _asks_whether(condition):
            return self._contact_whether_any(condition)
        if bypassing or field.search and not field.related:
            return self._contact_searched(condition, rest)
        shown = field.type == "many2one" and field.store and not rest
        if shown and condition.operator in _BY_NAME:
            return self._contact_by_name(condition)
        return None

    @api.model
    def _contact_inner(self, condition, rest=""):
        """Return the domain of a condition on what a field points to, or None.

        :param str rest: of the path of the condition, behind that field
        """
        if rest:
            return Domain(rest, condition.operator, condition.value)
        nested = condition.operator.removesuffix("!") in ("any", "not any")
        if nested and isinstance(condition.value, Domain | list | tuple):
            return Domain(condition.value, internal=True)
        return None

    def _contact_searched(self, condition, rest):
        """Return a condition on contacts that Odoo would look for as superuser."""
        name, operator = condition.field_expr.partition(".")[0], condition.operator
        inner = self._contact_inner(condition, rest)
        if rest:
            operator = "any"
        elif inner is None:
            if not any(isinstance(one, str) for one in each(condition.value)):
                lines = self._fields[name].type == "one2many"
                return self._contact_above(condition) if lines else condition
            inner = Domain("display_name", operator, condition.value)
            if operator in Domain.NEGATIVE_OPERATORS:
                inner, operator = ~inner, "not any"
            else:
                operator = "any"
        contacts = self.env["res.partner"].with_context(active_test=False)
        return Domain(name, operator, Domain("id", "in", contacts._search(inner)))

    def _contact_by_name(self, condition):
        """Find documents by the name of a hidden customer, too, which stands on them.

        Odoo looks for email and employer as well, but as the user.
        """
        if not isinstance(condition.value, str) or not condition.value:
            return condition
        operator = condition.operator.replace("child_of", "ilike")
        # the first of the two has the index
        names = ("complete_name", "name")
        named = Domain.AND(Domain(name, operator, condition.value) for name in names)
        return condition | Domain(condition.field_expr, "any!", named)

    def _contact_above(self, condition):
        """Return a condition on who is above, or above of, contacts that are seen."""
        if condition.operator != "parent_of" and condition.field_expr == "id":
            return condition
        inner = self._contact_inner(condition)
        if inner is not None:
            guarded = self.env["res.partner"]._contact_guarded(inner)
            return Domain(condition.field_expr, condition.operator, guarded)
        if _asks_whether(condition):
            return self._contact_whether_any(condition)
        values = each(condition.value)
        if isinstance(condition.value, bool | str):
            return condition
        ids = [id_ for id_ in values if isinstance(id_, int) and id_]
        hidden = self.env["res.partner"].browse(ids)._contact_hidden().ids
        kept = [one for one in values if one not in hidden]
        operator = _ONE_OF.get(condition.operator, condition.operator)
        return Domain(condition.field_expr, operator, kept)

    def _contact_below(self, condition):
        """Return a condition on who is seen of those at a company, of lists of them."""
        contacts = self.env["res.partner"].with_context(active_test=False)
        below = contacts._search(Domain("id", "child_of", condition.value))
        return Domain(condition.field_expr, "any", Domain("id", "in", below))

    def _contact_whether_any(self, condition):
        """Return whether there is any that is seen, of a list of contacts."""
        contacts = self.env["res.partner"].with_context(active_test=False)
        seen = Domain("id", "in", contacts._search(Domain.TRUE))
        return Domain(condition.field_expr, _WHETHER[condition.operator], seen)

    # ------------------------------------------------------------
    # GROUPED, SORTED, SHOWN
    # ------------------------------------------------------------

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

    def _read_format(self, fnames, load="_classic_read"):
        """Show nothing of hidden contacts but their names."""
        rows = super()._read_format(fnames, load)
        for name in self._contact_telling().intersection(fnames):
            masked = set(self._contact_masked_by(name)._ids)
            for row in rows:
                if row["id"] in masked:
                    row[name] = False
        return rows

    def _export_rows(self, fields, **kwargs):
        """Export of hidden contacts nothing but their names."""
        asked = {path[0] for path in fields if path}
        masked = {
            name: self._contact_masked_by(name)
            for name in self._contact_telling() & asked
        }
        for name, records in masked.items():
            self._fields[name]._update_cache(records, False)
        naming = self.with_context(contact_named=self._contact_exported(asked))
        rows = super(Base, naming)._export_rows(fields, **kwargs)
        for name, records in masked.items():
            records.invalidate_recordset([name])
        return rows

    def _contact_exported(self, names):
        """Return whom some fields of these documents name, as what can be exported."""
        fields = [
            name
            for name in names
            if name in self._fields
            and self._fields[name].store
            and self._fields[name].type == "many2one"
            and self._fields[name].comodel_name == "res.partner"
        ]
        if self.env.su or not fields:
            return False
        # Superuser: Odoo shows the customer of a document by name.
        documents = self._contact_seen().sudo().with_context(prefetch_fields=False)
        ids = {id_ for name in fields for id_ in documents[name].ids}
        return AccessGrant(ids)

    @tools.ormcache()
    def _contact_telling(self):
        """Return the names of fields that tell of a contact more than who it is."""
        return frozenset(
            name
            for name, field in self._fields.items()
            if self._contact_shown_of(field)
        )

    def _contact_masked_by(self, name):
        """Return those of these records whose field shows something of a hidden one."""
        if self.env.su:
            return self.browse()
        # Superuser: who is hidden is the answer, not who he is.
        pointing = self._fields[name].related.partition(".")[0]
        partners = self.sudo().with_context(prefetch_fields=False)[pointing]
        hidden = partners.with_env(self.env)._contact_hidden().ids
        return self.filtered(lambda record: record.sudo()[pointing].id in hidden)

    def _contact_shown_of(self, field):
        """Return whether a field tells of a contact that another points to."""
        if not field.related or field.store or field.inherited:
            return False
        name, _dot, shown = field.related.partition(".")
        end = self._fields[name]
        partner = end.type == "many2one" and end.comodel_name == "res.partner"
        return partner and shown not in NAMED


def _plainly(condition):
    """Return a condition as Odoo is going to read it."""
    operator, value = condition.operator, condition.value
    if operator.endswith("like") and not isinstance(value, str):
        return Domain(condition.field_expr, operator, str(value) if value else "")
    if operator == "=?" and not value:
        return Domain.TRUE
    plain = _OTHER.get(operator, operator)
    if (
        plain in _ONE_OF
        and isinstance(value, Collection)
        and not isinstance(value, str)
    ):
        plain, value = _ONE_OF[plain], value or [False]
    same = plain == operator
    return condition if same else Domain(condition.field_expr, plain, value)


def _parts(condition):
    """Return a comparison with several as those with nothing and with something."""
    values = each(condition.value)
    if isinstance(values, Query | SQL) or all(values) or not any(values):
        return [condition]
    name, operator = condition.field_expr, condition.operator
    some = [one for one in values if one]
    return [Domain(name, operator, [False]), Domain(name, operator, some)]


def _asks_whether(condition):
    values = each(condition.value)
    return condition.operator in _WHETHER and len(values) and not any(values)


def each(value):
    """Return the values that a condition compares with."""
    if isinstance(value, Collection) and not isinstance(value, str):
        return value
    return [value]
