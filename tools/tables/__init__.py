"""Reading, understanding and writing tables of people, without Odoo.

``read_table`` turns bytes of a csv or xlsx file into a ``Table``, ``match_headers``
finds out what its columns mean, ``to_records`` cleans the rows, ``write_xlsx`` and
``write_csv`` write tables. Everything a caller may need is exported here.
"""

from .countries import country_code
from .dates import guess_day_first, parse_date
from .errors import CODES as TABLE_CODES
from .errors import TableError
from .headers import TARGETS, Match, match_headers, normalise_header
from .plain_values import parse_number, parse_time, parse_truth
from .reader import Table, read_table
from .records import CODES as FAULT_CODES
from .records import Fault, Row, to_records
from .values import parse_email, parse_phone, split_tags
from .writer import write_csv, write_xlsx

__all__ = [
    "FAULT_CODES",
    "TABLE_CODES",
    "TARGETS",
    "Fault",
    "Match",
    "Row",
    "Table",
    "TableError",
    "country_code",
    "guess_day_first",
    "match_headers",
    "normalise_header",
    "parse_date",
    "parse_email",
    "parse_number",
    "parse_phone",
    "parse_time",
    "parse_truth",
    "read_table",
    "split_tags",
    "to_records",
    "write_csv",
    "write_xlsx",
]
