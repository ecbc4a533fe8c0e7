from itertools import repeat

from odoo import api, models
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition
from odoo.tools import SQL, OrderedSet

from .res_partner import MANAGER

_ONLY_PERSONS = (("=", True), ("in", [True]), ("in", OrderedSet([True])))


class Part:
    """Which of the partners that are open to the user one search is for.

    Those whose key opens them are the ``first``, and there are the ``others``; or those
    who are ``no_persons``.
    """

    def __init__(self, name):
        self.name = name


class ResPartner(models.Model):
    """Help PostgreSQL to search among the contacts that a user may see."""

    _inherit = "res.partner"

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Tell the access rule and the order what is searched.

        Companies are open to everyone: left out of the rule where they are left out
        anyway, they don't keep PostgreSQL from using the index. Each search tells anew,
        as a domain may search the companies of contacts.
        """
        domain = Domain(domain)
        context = self.env.context
        part = context.get("contact_part")
        hints = {
            "contact_only_persons": _asks_persons(domain),
            "contact_sort_found": self._contact_sees_few() and asks_text(domain),
            # of this search alone, not of those within its domain
            "contact_part": part.name if isinstance(part, Part) else False,
        }
        if any(context.get(name, False) != hint for name, hint in hints.items()):
            self = self.with_context(**hints)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Note that a user may read what he found, for those who ask it next."""
        domain = Domain(domain)
        query = self._contact_first_query(domain, offset, limit, order)
        if query is None:
            found = super().search_fetch(domain, field_names, offset, limit, order)
        else:
            names = self._determine_fields_to_fetch(field_names)
            found = self._fetch_query(query, names)
        if not self.env.su:
            # Superuser: where the access rule asks it.
            field = self._fields["contact_can_read"]
            field._insert_cache(found.sudo(), repeat(True))
        return found

    @api.model
    @api.readonly
    def search_count(self, domain, limit=None):
        """Count up to a limit those whose key opens them, and only then the others."""
        domain = Domain(domain)
        if not limit or asks_text(domain) or not self._contact_sees_few():
            return super().search_count(domain, limit)
        queries = [
            self.with_context(contact_part=Part(name))._search(domain)
            for name in ("first", "others")
        ]
        if any(query.is_empty() for query in queries):
            return 0
        counted = SQL(" UNION ALL ").join(query.select("1") for query in queries)
        counted = SQL("SELECT COUNT(*) FROM (%s LIMIT %s) found", counted, limit)
        [[count]] = self.env.execute_query(counted)
        return count

    @api.model
    def _contact_sees_few(self):
        """Whether the user sees few of all contacts, and none that he gives away."""
        if self.env.su or self.env.context.get("contact_grant"):
            return False
        reach = self._contact_held_reach()
        return reach is not None and not reach.far

    @api.model
    def _contact_held_reach(self):
        """Return the reach that holds for the user, None where he sees everything."""
        user = self.env.user
        if user._is_superuser() or not user._is_internal() or user.has_group(MANAGER):
            return None
        # Superuser: nobody may read the field itself.
        return user.sudo().contact_reach

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sort what was found, where few are.

        PostgreSQL expects many of a frequent name among the contacts that a user sees,
        and would walk through all contacts in the order of their names to find the
        first of them. It can't walk in the order of an expression.
        """
        order = super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        if field_name not in ("name", "complete_name") or not order:
            return order
        if not self.env.context.get("contact_sort_found"):
            return order
        column = SQL.identifier(alias, field_name)
        return SQL("(%s || '') %s %s", column, direction, nulls)


def _asks_persons(domain):
    """Whether a domain finds nothing but contact persons, seen at a glance."""
    parts = domain.children if isinstance(domain, DomainAnd) else (domain,)
    return any(
        isinstance(part, DomainCondition)
        and part.field_expr == "is_contact_person"
        and (part.operator, part.value) in _ONLY_PERSONS
        for part in parts
    )


def asks_text(domain):
    """Whether a domain compares a text with a part of it."""
    return any(part.operator.endswith("like") for part in domain.iter_conditions())
