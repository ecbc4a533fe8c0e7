"""Dates as people and programs write them, in English, French and Danish."""

import datetime
import functools
import re

from .text import fold, tidy

_MONTHS = (
    "january jan janvier janv januar",
    "february feb fevrier fevr fev februar febr",
    "march mar mars marts",
    "april apr avril avr",
    "may mai maj",
    "june jun juin juni",
    "july jul juillet juil juli",
    "august aug aout",
    "september sep sept septembre",
    "october oct octobre okt oktober",
    "november nov novembre",
    "december dec decembre dez",
)
_MONTH = {name: i for i, names in enumerate(_MONTHS, 1) for name in names.split()}
# Outlook and old databases write these where there is no date
_NO_DATE = re.compile(r"0{1,4}([-/.])0{1,2}\1(?:0{1,4}|1900)|[-–—?/.\s]+|n/?a")
_TIME = re.compile(
    r"[T ]\s*\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?"
    r"\s*(?:Z|[+-]\d\d:?\d\d)?$"
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/. ])\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d\d)")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
# Google and Apple write a birthday without its year like this
_NO_YEAR = re.compile(r"--\d\d-?\d\d")
# Day 1 is 1900-01-01, and Excel believes in 1900-02-29 as Lotus did
_EXCEL_EPOCH = datetime.date(1899, 12, 30)
_LAST_SERIAL = 73_050


def parse_date(text, day_first=None):
    """Give ``(date or None, fault or None)``.

    :param day_first: how to read 03/04/2020; None stands for day first, which most
        countries use. A value that only makes sense the other way is read that way.
    :return: fault is ``bad_date``, or ``partial_date`` for a date without its year;
        empty text and placeholders (0/0/00, n/a) give ``(None, None)``
    """
    iso = _ISO.fullmatch(text) if text else None
    if iso:
        date = _date(*map(int, iso.groups()))
        if date:
            return date, None
    text = tidy(text or "").lstrip("'").strip(" ,;")
    if not text or _NO_DATE.fullmatch(text.lower()):
        return None, None
    text = _TIME.sub("", text)
    if _NO_YEAR.fullmatch(text):
        return None, "partial_date"
    date = _numeric(text, day_first) or _with_month_name(text)
    return (date, None) if date else (None, "bad_date")


def guess_day_first(values):
    """Tell how a column writes 03/04/2020: True day first, False month first.

    None if no value of the column shows it. Impossible dates have no vote.
    """
    day = month = 0
    for value in values:
        match = _YEAR_LAST.fullmatch(_TIME.sub("", (value or "").strip()))
        if not match:
            continue
        first, second = int(match[1]), int(match[3])
        if 12 < first <= 31 and 1 <= second <= 12:
            day += 1
        elif 12 < second <= 31 and 1 <= first <= 12:
            month += 1
    return None if day == month else day > month


def _numeric(text, day_first):
    match = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return _date(*map(int, match.groups()))
    match = _SERIAL.fullmatch(text)
    if match and int(match[1]) <= _LAST_SERIAL:
        return _EXCEL_EPOCH + datetime.timedelta(days=int(match[1]))
    match = _YEAR_LAST.fullmatch(text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), _full_year(match[4])
    if day_first is False and match[2] in "/-":
        return _date(year, first, second) or _date(year, second, first)
    return _date(year, second, first) or _date(year, first, second)


def _with_month_name(text):
    """Read ``12 Mar 2026``, ``March 12th, 2026``, ``1er mars 2026``, ``12. maj 80``."""
    words = re.findall(r"[^\W\d_]+|\d+", _fold_date(text))
    months = [_MONTH[word] for word in words if word in _MONTH]
    # not isdigit(): that holds for ❼ and ² too, which are no numbers to int()
    numbers = [word for word in words if word.isdecimal()]
    rest = [w for w in words if w not in _MONTH and not w.isdecimal()]
    if len(months) != 1 or len(numbers) != 2 or set(rest) - _DATE_WORDS:
        return None
    if len(numbers[0]) == 4:
        numbers.reverse()
    return _date(_full_year(numbers[1]), months[0], int(numbers[0]))


_DATE_WORDS = frozenset(
    "st nd rd th er e of the le den d de "
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat "
    "sun lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim "
    "mandag tirsdag onsdag torsdag fredag lordag sondag man tir ons tor fre lor son "
    "tues thur thurs".split()
)


@functools.lru_cache(maxsize=4096)
def _fold_date(text):
    return re.sub(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)", " ", fold(text))


def _full_year(digits):
    """Two digits mean the latest such year that isn't in the future."""
    year = int(digits)
    if len(digits) > 2:
        return year
    current = datetime.date.today().year
    year += current - current % 100
    return year if year <= current else year - 100


def _date(year, month, day):
    try:
        return datetime.date(year, month, day) if year >= 1000 else None
    except ValueError:
        return None
