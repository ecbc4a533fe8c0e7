"""Which values a column can keep, by Odoo's type of it; plain Python.

Odoo itself lets some wrong ones pass: "no" is true to it, 2.5 becomes 2 in a whole
number, and the name of a linked record becomes no link at all.
"""

import base64
import math
from datetime import date, datetime

LARGEST = 2**31 - 1  # PostgreSQL's integer
# What a B-tree of PostgreSQL takes, short of its 2704 bytes.
INDEXED_BYTES = 2600
_MOMENT = "%Y-%m-%d %H:%M:%S"


def check_text(value):
    """Refuse lists and dicts, and the zero byte that PostgreSQL can't store."""
    if not isinstance(value, str | int | float) or "\x00" in str(value):
        raise ValueError(value)


def check_whole(value):
    """Refuse fractions and what is beyond four bytes."""
    if int(value) != float(value) or abs(int(value)) > LARGEST:
        raise ValueError(value)


def check_number(value):
    """Refuse what is not finite, too: a sum of it would be none."""
    if not math.isfinite(float(value)):
        raise ValueError(value)


def check_boolean(value):
    """Refuse texts: "false" is true to Python."""
    if value not in (True, False):
        raise ValueError(value)


def check_date(value):
    """Refuse what is no day of the calendar; a moment is cut to its day."""
    if not isinstance(value, date):
        datetime.strptime(value[:10], "%Y-%m-%d")


def check_datetime(value):
    """Refuse what is no moment; it may stop at the day, the hour or the minute."""
    if isinstance(value, datetime):
        if value.tzinfo:
            raise ValueError(value)
    elif not isinstance(value, date):
        datetime.strptime(value, _MOMENT[: len(value) - 2])


def decode(value):
    """Return the bytes that base64 stands for; lines may be broken."""
    data = value.encode() if isinstance(value, str) else bytes(value)
    return base64.b64decode(data.translate(None, delete=b"\r\n"), validate=True)


CHECKS = {
    "char": check_text,
    "text": check_text,
    "html": check_text,
    "integer": check_whole,
    "float": check_number,
    "monetary": check_number,
    "boolean": check_boolean,
    "date": check_date,
    "datetime": check_datetime,
    "binary": decode,
}
