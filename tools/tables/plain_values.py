"""Numbers, yes or no, and times, as people write them in English, French and Danish."""

import re

from .text import fold, tidy

_YES = frozenset("yes y oui o ja j true vrai sand sandt x 1 on".split())
_NO = frozenset("no n non nej false faux falsk 0 off".split())
_MONEY = re.compile(r"^(?:[A-Z]{3}|kr\.?|[€$£])\s*|\s*(?:[A-Z]{3}|kr\.?|[€$£])$", re.I)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([ .,'’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")
_TIME = re.compile(r"(.*?)(?:T|\s+)(\d{1,2})[:h](\d\d)(?::(\d\d)(?:\.\d+)?)?")


def parse_truth(text):
    """Give True, False, or None if the text is neither."""
    word = fold(text or "")
    if word in _YES or (text or "").strip() in ("✓", "✔"):
        return True
    return False if word in _NO else None


def parse_number(text, whole=False):
    """Give the number of a text as a float, None if it is none.

    :param bool whole: numbers without decimals are expected, so ``1.250`` is 1250

    Decimal comma and point are understood, and groups of thousands parted by a blank,
    point, comma or apostrophe. A lone comma or point before three digits is read as a
    decimal sign, unless the number has another one of them: ``1.250`` is 1.25 in a
    spreadsheet, and a list that means 1250 writes ``1.250,00`` or ``1 250``.
    """
    text = _MONEY.sub("", tidy(text or "")).strip().replace("\u2212", "-")
    grouped = _GROUPED.fullmatch(text)
    marks = len(re.findall(r"[.,]", text))
    if grouped and (grouped[1] in " '’" or marks > 1 or whole):
        text = text.replace(grouped[1], "")
    elif not _PLAIN.fullmatch(text):
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def parse_time(text):
    """Give ``(date text, (hour, minute, second))``; midnight without a time."""
    match = _TIME.fullmatch(tidy(text or ""))
    if not match:
        return text, (0, 0, 0)
    date, hour, minute, second = match.groups()
    return date, (int(hour), int(minute), int(second or 0))
