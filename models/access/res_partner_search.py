from odoo import api, models
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition
from odoo.tools import SQL, OrderedSet

from .res_partner import MANAGER

_ONLY_PERSONS = (("=", True), ("in", [True]), ("in", OrderedSet([True])))


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
        hints = {
            "contact_only_persons": _asks_persons(domain),
            "contact_sort_found": self._contact_finds_few(domain),
        }
        context = self.env.context
        if any(bool(context.get(name)) != hint for name, hint in hints.items()):
            self = self.with_context(**hints)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _contact_finds_few(self, domain):
        """Whether a text is searched by a user who sees few of all contacts."""
        user = self.env.user
        if self.env.su or not user._is_internal() or user.has_group(MANAGER):
            return False
        if not any(part.operator.endswith("like") for part in domain.iter_conditions()):
            return False
        return not user.sudo().contact_reach.far

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sort what was found, where few are.

        PostgreSQL expects many of a frequent name among the contacts that a user sees,
        and would walk through all contacts in the order of their names to find the
        first of them. It can't walk in the order of an expression.
        """
        order = super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        if field_name != "complete_name" or not order:
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
