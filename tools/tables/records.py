"""Rows of a table to clean values of contacts, with what is wrong in each."""

import dataclasses

from . import addresses
from .countries import country_code
from .dates import guess_day_first, parse_date
from .phones import parse_phone
from .text import is_cjk, tidy
from .values import WEAK_TARGETS, parse_email, split_tags

__all__ = ["CODES", "Fault", "Row", "to_records"]

# What can be wrong in a row; a caller has the words for it, and notes ``bad_value``
# itself where it reads a target of its own
CODES = (
    "empty bad_email bad_phone bad_date partial_date bad_country bad_value torn_row"
    " too_long_row"
).split()
_EMAILS = ("email", "email_2", "email_3")
_PHONES = ("phone", "mobile", "phone_2", "phone_3", "fax")
_DATES = ("birthdate", "connected_on")
_SPECIAL = frozenset((*_EMAILS, *_PHONES, *_DATES, "country", "tags"))
# The United States and the few that write the month first as they do
_MONTH_FIRST = frozenset("US PH FM MH PW PR GU VI AS".split())


@dataclasses.dataclass
class Fault:
    """Something wrong in a row.

    :param code: one of ``CODES``; :param text: the value it is about
    :param fatal: whether the row can't be imported at all; else only the value is
        left out
    """

    code: str
    target: str | None
    text: str
    fatal: bool = False


@dataclasses.dataclass
class Row:
    """A clean row.

    :param index: position among the data rows, from 0
    :param values: target → str; ``birthdate`` and ``connected_on`` are dates,
        ``tags``, ``extra_emails`` and ``extra_phones`` lists, ``country`` an ISO
        3166-1 alpha-2 code. Targets without a value are absent.
    :param number: the line or row of the file where it starts, from 1
    """

    index: int
    values: dict
    faults: list
    number: int | None = None

    @property
    def fatal(self):
        """Whether the row can't be imported."""
        return any(fault.fatal for fault in self.faults)


def to_records(table, mapping, default_country=None, day_first=None):
    """Yield a ``Row`` for each data row of a table.

    :param mapping: for each column its target, a ``Match`` or None; or a dict of
        header or position → target. Unknown targets are passed on as tidy text;
        several columns of one target are joined.
    :param default_country: ISO code or name, for phones of rows without a country
    :param day_first: how to read 03/04/2020 where the column doesn't show it
    """
    columns = _columns(table, mapping)
    default = country_code(default_country)
    if day_first is None:
        day_first = default not in _MONTH_FIRST
    orders = {
        target: _order(table, columns.get(target, ()), day_first) for target in _DATES
    }
    for index, cells in enumerate(table.rows):
        cleaner = _Cleaner(tuple(columns.items()), cells, default, orders)
        row = cleaner.row(index, table.long_rows.get(index))
        torn = _swallowed(cells, table.delimiter)
        if torn:
            row.faults.append(Fault("torn_row", None, torn, fatal=True))
        row.number = table.row_numbers[index] if table.row_numbers else None
        yield row


def _swallowed(cells, delimiter):
    """Give a line of the file that a stray quotation mark drew into a cell, or None.

    In narrow tables a line of an address may look the same, so they are spared.
    """
    if not delimiter or len(cells) < 6:
        return None
    for cell in cells:
        if "\n" in cell:
            for line in cell.split("\n"):
                if line.count(delimiter) >= len(cells) - 2:
                    return line
    return None


def _columns(table, mapping):
    """Give target → positions of its columns."""
    if isinstance(mapping, dict):
        mapping = [
            mapping.get(header, mapping.get(position))
            for position, header in enumerate(table.headers)
        ]
    columns = {}
    for position, target in enumerate(mapping):
        target = getattr(target, "target", target)
        if target:
            columns.setdefault(target, []).append(position)
    return columns


def _order(table, positions, fallback):
    guess = guess_day_first(row[at] for at in positions for row in table.rows)
    return fallback if guess is None else guess


class _Cleaner:
    """Cleans one row; a new one for each row, as it gathers values and faults."""

    def __init__(self, columns, cells, default_country, orders):
        self.raw = {}
        for target, positions in columns:
            text = "\n".join(cells[at] for at in positions if cells[at])
            if text and (text := tidy(text)):
                self.raw[target] = text
        self.default_country = default_country
        self.orders = orders
        self.values, self.faults = {}, []

    def row(self, index, surplus):
        """Give the finished ``Row``; ``surplus``: cells beyond the last column."""
        if surplus:
            text = ", ".join(filter(None, surplus))
            self.fault("too_long_row", None, text, fatal=True)
        if not self.has_substance(self.raw):
            if not surplus:
                self.fault("empty", None, "", fatal=True)
            return Row(index, self.values, self.faults)
        self.clean()
        if self.faults and not self.has_substance(self.values):
            # nothing is left once the bad values are gone
            for fault in self.faults:
                fault.fatal = True
        return Row(index, self.values, self.faults)

    @staticmethod
    def has_substance(values):
        """Tell whether there is a value that can make a contact."""
        return any(target not in WEAK_TARGETS for target in values)

    def fault(self, code, target, text, fatal=False):
        """Note a ``Fault`` of this row."""
        self.faults.append(Fault(code, target, text, fatal))

    def clean(self):
        """Fill ``values`` and ``faults`` from the raw texts."""
        for target, text in self.raw.items():
            if target not in _SPECIAL:
                self.values[target] = text
        if "tags" in self.raw:
            self.values["tags"] = split_tags(self.raw["tags"])
        self.clean_country()
        addresses.complete(self.values)
        self.clean_emails()
        self.clean_phones()
        self.clean_dates()
        complete_name(self.values)
        self.values = {key: value for key, value in self.values.items() if value}

    def clean_country(self):
        text = self.raw.get("country")
        if not text:
            return
        code = country_code(text)
        if code:
            self.values["country"] = code
        else:
            self.fault("bad_country", "country", text)

    def clean_emails(self):
        found = []
        for target in filter(self.raw.__contains__, _EMAILS):
            good, faults = parse_email(self.raw[target])
            found += good
            if faults:
                self.fault("bad_email", target, self.raw[target])
        unique = {}
        for address in found:
            unique.setdefault(address.lower(), address)
        if unique:
            self.values["email"], *self.values["extra_emails"] = unique.values()

    def clean_phones(self):
        country = self.values.get("country") or self.default_country
        extra = []
        for target in filter(self.raw.__contains__, _PHONES):
            numbers, faults = parse_phone(self.raw[target], country)
            if faults:
                self.fault("bad_phone", target, self.raw[target])
            for number in numbers:
                home = "phone" if target.startswith("phone") else target
                if home not in self.values:
                    self.values[home] = number
                elif home != "fax":
                    extra.append(number)
        taken = {self.values.get("phone"), self.values.get("mobile")}
        self.values["extra_phones"] = [
            number for number in dict.fromkeys(extra) if number not in taken
        ]

    def clean_dates(self):
        for target in filter(self.raw.__contains__, _DATES):
            text = self.raw[target]
            date, fault = parse_date(text, self.orders[target])
            if date:
                self.values[target] = date
            if fault:
                self.fault(fault, target, text)


def complete_name(values):
    """Put ``name`` together from its parts where it is missing.

    Chinese, Japanese and Korean names are written family name first, without a
    blank. The form of address stays out: it is no part of the name.
    """
    if values.get("name"):
        return
    first, last = values.get("first_name", ""), values.get("last_name", "")
    if first and last and is_cjk(first) and is_cjk(last):
        values["name"] = last + first
        return
    parts = (first, values.get("middle_name"), last, values.get("suffix"))
    if first or last:
        values["name"] = " ".join(part for part in parts if part)
