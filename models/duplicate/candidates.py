"""The SQL that finds the contacts that a duplicate rule is to be held against."""

from odoo.tools import SQL

from .conditions import EMAIL_FIELDS, PHONE_FIELDS
from .folding import folded


def candidates_sql(rule, asked, fields):
    """Return a SELECT of ``(place in asked, id)``: who may agree in the exact values.

    Every contact that does is in it and a few others, since a text is compared in its
    folded form and a phone by its last digits: :meth:`Rule.score` decides. Emails,
    names and phones are looked up in an index; a rule that has none of them reads the
    table of the contacts, which takes seconds where there are a million.

    :param list asked: ``(telling values, values of a contact that has them)``
    :param fields: the fields of ``res.partner``, by name
    """
    columns = zip(*(telling for telling, _values in asked), strict=True)
    found = [
        (condition, SQL.identifier(f"c{place}"), list(column))
        for place, (condition, column) in enumerate(
            zip(rule.exact, columns, strict=True)
        )
        # its column holds any format: only the match keys tell
        if condition.field_name not in PHONE_FIELDS
    ]
    keys = [rule.keyed and rule.keyed.key(values) for _telling, values in asked]
    comma, names = SQL(", "), [SQL("id"), SQL("key"), *(name for _c, name, _ in found)]
    arrays = [SQL("%s::int[]", list(range(len(asked)))), SQL("%s::bigint[]", keys)]
    same = [_same(condition, name, fields) for condition, name, _column in found]
    return SQL(
        _BY_KEY if rule.keyed else _BY_COLUMN,
        comma.join(names[:2] + [_asked(c, name, fields) for c, name, _ in found]),
        comma.join(arrays + [SQL("%s::text[]", column) for _c, _n, column in found]),
        comma.join(names),
        SQL(" AND ").join([*same, SQL("TRUE")]),
    )


_BY_COLUMN = """
SELECT one, two FROM (
    WITH one AS MATERIALIZED (SELECT %s FROM unnest(%s) AS given (%s))
    SELECT one.id AS one, two.id AS two FROM one JOIN res_partner AS two ON %s
) AS pair
"""
# OFFSET 0: PostgreSQL knows how dear folding is no more than how few share a key, and
# would compare all contacts.
_BY_KEY = """
SELECT one, two FROM (
    WITH one AS MATERIALIZED (SELECT %s FROM unnest(%s) AS given (%s))
    SELECT one.id AS one, found.id AS two FROM one CROSS JOIN LATERAL (
        SELECT two.id FROM contact_match_key AS filed
          JOIN res_partner AS two ON two.id = filed.partner_id
         WHERE filed.key = one.key AND %s
        OFFSET 0
    ) AS found
) AS pair
"""


def column_of(condition):
    """Return the name of the column in which a condition's value is looked up."""
    name = condition.field_name
    return "email_normalized" if name in EMAIL_FIELDS else name


def _is_text(condition, fields):
    """Whether texts are compared that may be written in more than one way."""
    column = column_of(condition)
    normalised = column in ("email_normalized", "phone_sanitized")
    return not normalised and fields[column].column_type[0] in ("varchar", "text")


def _asked(condition, name, fields):
    """Return SQL of the value asked for, folded or cast once for all rows."""
    if _is_text(condition, fields):
        return SQL("%s AS %s", folded(name), name)
    kind = fields[column_of(condition)].column_type[0]
    return SQL("%s::%s AS %s", name, SQL.identifier(kind), name)


def _same(condition, name, fields):
    column = SQL.identifier("two", column_of(condition))
    if _is_text(condition, fields):
        column = folded(column)
    return SQL("%s = one.%s", column, name)
