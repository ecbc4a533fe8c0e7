"""Find the first of a name among the contacts that a user may see.

The indexes of the texts give all who have the name. Of a frequent one those are far
more than a user sees, and PostgreSQL doesn't know what that costs. Two other ways lead
to the first of them: few contacts are looked at one by one, and of many some stand
near the beginning. Of a rare name they are fewer than the tokens of who sees much.
"""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .reach import expected_rows
from .res_partner_search import Part, asks_text

# In rows, as PostgreSQL expects them: what is frequent and what is rare, which contacts
# are few enough to look at each, and how far the end of a walk in the order of names
# may be.
FREQUENT = 1_000
RARE = 500
FEW = 5_000
NEAR = 2_500
# A name does not stand evenly in that order: the walk ends there at last.
PATIENCE = 10_000
# The order for which there is an index.
BY_NAME = "complete_name ASC, id DESC"

_LOOKED_AT = """
SELECT id FROM (
    (SELECT id, complete_name FROM res_partner
      WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM res_partner
             WHERE contact_access_key = ANY(%(owners)s::integer[])
                OR contact_access_tokens && %(others)s::integer[]))
        AND %(where)s
      ORDER BY complete_name, id DESC LIMIT %(limit)s)
     UNION ALL
    (%(no_persons)s)
) AS found ORDER BY complete_name, id DESC LIMIT %(limit)s
"""
# The rule comes first, as a look at a text costs more, and of each row no more is
# carried along than that asks. Namesakes are sorted when they are found.
_WALKED = """
SELECT res_partner.id FROM (
    SELECT id AS seen_id, complete_name AS seen_name FROM (
        SELECT id, complete_name, create_uid, contact_access_key, contact_access_tokens
          FROM res_partner ORDER BY complete_name LIMIT %(patience)s
    ) AS walked WHERE %(opened)s ORDER BY complete_name OFFSET 0
) AS seen, LATERAL (
    SELECT * FROM res_partner WHERE id = seen_id OFFSET 0
) AS res_partner WHERE %(where)s ORDER BY seen_name, seen_id DESC LIMIT %(limit)s
"""


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _contact_first_query(self, domain, offset, limit, order):
        """Return the query for the first of a name, None where it is any other search.

        :rtype: Query or None
        """
        order = order or self._order
        first = limit and not offset and order == BY_NAME and asks_text(domain)
        if not first or self.env.su or self.env.context.get("contact_grant"):
            return None
        reach = self._contact_held_reach()
        if reach is None or reach.size is None:
            return None
        if reach.far:
            rare = self._contact_rare(domain)
            return None if rare is None else self._contact_among(rare, limit)
        query = self._search(domain, limit=limit, order=order)
        if query.is_empty() or query.from_clause != SQL.identifier(self._table):
            return None
        asked = SQL("SELECT FROM res_partner WHERE %s", query.where_clause)
        expected = expected_rows(self.env, asked)
        visible = reach.persons + reach.no_persons
        if expected * reach.size < FREQUENT * visible:
            return query
        if reach.persons < FEW:
            return self._contact_look_at_each(query, reach, domain)
        near = limit * reach.size < NEAR * expected
        return self._contact_walk(query, reach) if near else query

    def _contact_rare(self, domain):
        """Return the ids of all who have a rare name, seen or not; None if it isn't.

        To read and to plan the tokens of who sees almost everybody takes PostgreSQL
        longer than to look for such a name.
        """
        # a search by the name is one by several columns
        domain = Domain(domain).map_conditions(
            lambda x: x.optimize_full(self) if x.field_expr == "display_name" else x
        )
        if not all(map(self._contact_is_column, domain.iter_conditions())):
            return None
        # Superuser: the user gets those of them whom he may see.
        query = self.sudo()._search(domain)
        if query.is_empty():
            return []
        asked = SQL("SELECT id FROM res_partner WHERE %s", query.where_clause)
        if expected_rows(self.env, asked) > RARE:
            return None
        found = self.env.execute_query(SQL("%s LIMIT %s", asked, RARE + 1))
        return None if len(found) > RARE else [id_ for [id_] in found]

    def _contact_among(self, ids, limit):
        every = self.with_context(active_test=False)
        return every._search(Domain("id", "in", ids), limit=limit, order=BY_NAME)

    def _contact_is_column(self, condition):
        """Whether a condition compares what a partner has himself, as a user may."""
        field = self._fields.get(condition.field_expr)
        own = field and field.store and field.column_type and not field.relational
        beyond = condition.operator.rstrip("!").endswith(("_of", "any"))
        return own and not beyond and self._has_field_access(field, "read")

    def _contact_look_at_each(self, query, reach, domain):
        others = self.with_context(contact_part=Part("no_persons"))
        others = others._search(domain, limit=query.limit, order=BY_NAME)
        columns = (SQL.identifier(self._table, x) for x in ("id", "complete_name"))
        found = SQL(
            _LOOKED_AT,
            owners=reach.owners,
            others=reach.others,
            where=query.where_clause,
            limit=query.limit,
            no_persons=others.select(*columns),
        )
        return self._contact_found(found)._as_query()

    def _contact_walk(self, query, reach):
        each = self.with_context(contact_part="each")
        found = SQL(
            _WALKED,
            opened=each._contact_match_sql("walked", reach, only_persons=False),
            patience=PATIENCE,
            where=query.where_clause,
            limit=query.limit,
        )
        found = self._contact_found(found)
        return found._as_query() if len(found) == query.limit else query

    def _contact_found(self, found):
        return self.browse(id_ for [id_] in self.env.execute_query(found))
