"""What the values of a column look like, for headers that don't say it."""

import re

from .countries import country_code
from .dates import parse_date
from .header_words import OTHER_DATES
from .text import fold
from .values import parse_email, parse_phone

_HONORIFICS = frozenset(
    "mr mrs ms miss mx dr prof professor sir madam m mme mlle monsieur madame "
    "mademoiselle pr me maitre hr fr fru froken herr frau docteur doctor".split()
)
_LABELS = (
    ("fax", ("fax", "telecopie")),
    ("mobile", ("mobile", "mobil", "cell", "portable", "gsm", "iphone")),
)
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d\s().\-/]{7,25}")
_WHOLE_ADDRESS = re.compile(r"\b\d{4,6}\s+[^\W\d]|[^\W\d],?\s+[A-Z]{2}\s+\d{5}\b")


def share(values, test):
    """Give the share (0 to 1) of the values that pass the test; 0 without values."""
    if not values:
        return 0.0
    return sum(1 for value in values if value and test(value)) / len(values)


def is_honorific(text):
    """Tell whether text is a form of address such as Mr, Mme or Dr."""
    parts = fold(text).split()
    return bool(parts) and all(part in _HONORIFICS for part in parts)


def is_whole_address(text):
    """Tell whether text holds a street with its post code and city."""
    return bool(_WHOLE_ADDRESS.search(text)) and ("\n" in text or "," in text)


def label_kind(values):
    """Give ``mobile`` or ``fax`` if most labels of a phone column say so."""
    for kind, hints in _LABELS:
        if share(values, lambda text, h=hints: fold(text).startswith(h)) > 0.5:
            return kind
    return None


def guess(values, name=""):
    """Give the base of a column from its values alone, or None.

    :param name: the normalised header; it can only speak against a birthdate
    """
    for base, test in _TESTS:
        if share(values, test) >= 0.8:
            return base
    if _are_birthdates(values) and not re.search(OTHER_DATES, name):
        return "birthdate"
    return None


def contradicts(reading, values):
    """Tell whether the values can't be what the header announces.

    A guessed reading needs some support; a sure one yields only to a column of
    five or more values of which none fits.
    """
    test = _SUPPORT.get(reading.base)
    if not test or not values:
        return False
    if reading.confidence < 0.8:
        return share(values, test) < 0.3
    return len(values) >= 5 and not any(map(test, values))


def _is_email(text):
    return "@" in text and bool(parse_email(text)[0])


def _is_phone(text):
    # bare digits may as well be a number of a customer
    marked = text.startswith(("+", "00", "(")) or re.search(r"\d[\s.\-]\d", text)
    if not marked or not _PHONE.fullmatch(text) or parse_date(text)[0]:
        return False
    return bool(parse_phone(text)[0])


def _are_birthdates(values):
    """Birthdays lie far apart and mostly long ago; other dates seldom do."""
    if share(values, lambda text: not text.isdigit() and parse_date(text)[0]) < 0.8:
        return False
    years = sorted(date.year for date in (parse_date(v)[0] for v in values) if date)
    return 1915 <= years[len(years) // 2] <= 2002 and years[-1] - years[0] >= 10


def _has_digits(text):
    return sum(char.isdigit() for char in text) >= 5


_TESTS = (
    ("email", _is_email),
    ("linkedin", lambda text: "linkedin.com/in/" in text),
    ("website", lambda text: bool(_URL.fullmatch(text))),
    ("phone", _is_phone),
    ("country", lambda text: len(text) > 3 and country_code(text) is not None),
)
_SUPPORT = {
    "email": lambda text: "@" in text,
    "phone": _has_digits,
    "mobile": _has_digits,
    "fax": _has_digits,
    "birthdate": lambda text: any(map(str.isdigit, text)),
    "connected_on": lambda text: any(map(str.isdigit, text)),
    "website": lambda text: "." in text,
    "name": lambda text: "@" not in text,
    "?name": lambda text: "@" not in text,
}
