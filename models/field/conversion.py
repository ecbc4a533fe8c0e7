"""Which type of a field can become which, and how its column follows; plain Python."""

from typing import NamedTuple

PLAIN = ("char", "text", "email", "phone", "url")
# More different values than this make no list to choose from.
MOST_OPTIONS = 100
_ONE_LINE = "{c} !~ E'[\\\\r\\\\n]'"
_WHOLE = "{c} ~ '^(0|-?[1-9][0-9]{{0,8}})$'"
_ESCAPED = (
    "'<p>' || replace(replace(replace(replace({c}, '&', '&amp;'), '<', '&lt;'),"
    " '>', '&gt;'), E'\\n', '<br/>') || '</p>'"
)
_LOCAL_MIDNIGHT = "{c}::timestamp AT TIME ZONE {tz} AT TIME ZONE 'UTC'"
# The columns of Odoo's types, and where ``mail.tracking.value`` keeps them.
COLUMNS = {
    "char": "varchar",
    "selection": "varchar",
    "text": "text",
    "html": "text",
    "integer": "int4",
    "float": "float8",
    "monetary": "numeric",
    "date": "date",
    "datetime": "timestamp",
}
TRACKED = {
    "char": "char",
    "selection": "char",
    "many2many": "char",
    "text": "text",
    "integer": "integer",
    "float": "float",
    "monetary": "float",
    "date": "datetime",
    "datetime": "datetime",
}


class Conversion(NamedTuple):
    """One change of type.

    :param kept: how values are kept, a key of the texts that the dialog shows
    :param using: SQL of the new value, ``{c}`` is the column and ``{tz}`` a time zone
    :param fits: SQL of what every value must meet; empty: any value does
    """

    kept: str = "same"
    using: str = "{c}"
    fits: str = ""


def conversions(field_type):
    """Return ``{type: Conversion}`` of what ``field_type`` may become without loss."""
    if field_type in PLAIN:
        found = {other: Conversion() for other in PLAIN}
        if field_type == "text":
            one_line = Conversion(fits=_ONE_LINE)
            found.update(dict.fromkeys(found, one_line))
        found["html"] = Conversion("formatted", _ESCAPED)
        found["selection"] = Conversion("options", fits=_ONE_LINE)
        found["integer"] = Conversion("number", "{c}::int4", _WHOLE)
    else:
        found = dict(_OTHERS.get(field_type, {}))
    found.pop(field_type, None)
    return found


_AS_TEXT = Conversion("digits", "{c}::varchar")
_NUMBER = Conversion("number")
_OTHERS = {
    "integer": {
        "float": _NUMBER,
        "monetary": _NUMBER,
        "char": _AS_TEXT,
        "text": _AS_TEXT,
    },
    "float": {"monetary": _NUMBER},
    "monetary": {"float": _NUMBER},
    "date": {"datetime": Conversion("midnight", _LOCAL_MIDNIGHT), "char": _AS_TEXT},
    "selection": {
        "char": Conversion("labels"),
        "text": Conversion("labels"),
        "tags": Conversion("tags"),
    },
    "image": {"file": Conversion()},
}
