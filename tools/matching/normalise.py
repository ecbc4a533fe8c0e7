"""Plain forms of what people type: names, emails, phone numbers, dates.

Two forms of a text are used. The *plain* form (``normalise_name``) is what exact rules
compare and what a user would call "the same without accents". The *folded* form
(``fold``) is in Latin letters where they can be had. ``collapse`` makes ``soren`` and
``soeren`` one, because keyboards, mail systems and old databases write ``ø`` in both
ways; only matching uses these two.
"""

import re
import unicodedata
from functools import lru_cache

import phonenumbers

try:
    from anyascii import anyascii
except ImportError:  # other scripts then stay as they are and match only themselves
    anyascii = None

MAX_TEXT = 240
# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
     "ı": "i", "ŋ": "ng", "ħ": "h", "’": "'", "‘": "'", "ʼ": "'", "`": "'"}
)  # fmt: skip
_DIGRAPHS = re.compile(r"aa|ae|oe|ue")
_SPACES = re.compile(r"\s+")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0002fa1f]")
_NON_DIGIT = re.compile(r"\D+")
_EMAIL = re.compile(r"[^\s<>,;:\"()\[\]]+@[^\s<>,;:\"()\[\]@]+")


def as_text(value):
    """A short clean string of anything: lists, numbers, None and False included.

    Control and format characters go, so that a zero-width space or a newline pasted
    from a mail can neither split nor hide a name.
    """
    if value is None or value is False or value is True:
        return ""
    if isinstance(value, (list, tuple, set, frozenset)):
        value = " ".join(as_text(item) for item in list(value)[:5])
    text = value if isinstance(value, str) else str(value)
    text = text[: MAX_TEXT * 4]
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFKC", text)
        text = "".join(
            " " if c.isspace() else c for c in text if c.isprintable() or c.isspace()
        )
    return text[:MAX_TEXT].strip()


def has_han(text):
    """True if the text holds a Chinese character."""
    return not text.isascii() and _HAN.search(text) is not None


def normalise_name(name):
    """Plain form of a name: NFKC, no case, no accents, single spaces; maybe ``""``."""
    text = as_text(name).casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(c for c in text if not unicodedata.combining(c))
        text = unicodedata.normalize("NFKC", text)
    return _SPACES.sub(" ", text).strip()


def fold(text):
    """Folded form for matching: plain, in Latin letters where they can be had.

    Chinese characters are kept; they need readings, not a transliteration.
    """
    text = normalise_name(text)
    if not text.isascii() and anyascii is not None:
        text = "".join(c if has_han(c) else anyascii(c).lower() for c in text)
    return text


@lru_cache(maxsize=100_000)
def collapse(text):
    """The text with ``aa``, ``ae``, ``oe`` and ``ue`` as their first letter."""
    return _DIGRAPHS.sub(lambda m: m.group()[0], text)


def normalise_email(email):
    """Email in lower case, out of ``Name <address>``; None if there is no address."""
    text = as_text(email).lower()
    if "@" not in text:
        return None
    found = _EMAIL.search(text)
    return found.group().strip(".'") if found else None


@lru_cache(maxsize=50_000)
def _e164(number, country):
    try:
        parsed = phonenumbers.parse(number, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def normalise_phone(number, country_code=None):
    """Phone number in E.164, or None if it can't be one.

    :param country_code: two letters (ISO 3166), for numbers typed without a prefix
    """
    text = as_text(number)
    if text.startswith("00"):
        text = "+" + text[2:]
    country = as_text(country_code).upper()[:2]
    return _e164(text, country) if text else None


# Calling codes of two and three digits are told apart by a prefix table (ITU E.164).
_LONG_CODES = re.compile(r"(1|7|2(?:0|7|[1-689]\d)|3(?:[578]\d|\d)|4(?:2\d|\d)"
                         r"|5(?:[09]\d|\d)|6(?:[789]\d|\d)|8(?:[05789]\d|\d)"
                         r"|9(?:[679]\d|\d))")  # fmt: skip
_MOBILE_PREFIX = {
    "33": ("6", "7"), "44": ("7",), "86": ("13", "14", "15", "16", "17", "18", "19"),
    "886": ("9",), "49": ("15", "16", "17"), "46": ("7",), "47": ("4", "9"),
    "34": ("6", "7"), "39": ("3",), "31": ("6",), "32": ("4",), "41": ("7",),
    "852": ("5", "6", "9"), "45": (), "1": (),
}  # fmt: skip
_COUNTRY_CODES = {
    "GB": "44", "FR": "33", "DK": "45", "US": "1", "CA": "1", "CN": "86", "TW": "886",
    "DE": "49", "SE": "46", "NO": "47", "ES": "34", "IT": "39", "NL": "31", "BE": "32",
    "CH": "41", "HK": "852",
}  # fmt: skip


def phone_parts(number, country_code=""):
    """National digits without the trunk zero, and "m" (mobile), "f" (fixed) or "".

    Much cheaper than parsing, and it also takes numbers that are no valid ones, such
    as a number with one digit too few, which is what duplicates often hold. None if
    there are fewer than six digits.
    """
    text = as_text(number)
    digits = _NON_DIGIT.sub("", text)
    if not 6 <= len(digits) <= 17:
        return None
    code = _COUNTRY_CODES.get(country_code, "")
    international = text.lstrip(" (").startswith("+")
    if digits.startswith("00"):
        international, digits = True, digits[2:]
    if international:
        match = _LONG_CODES.match(digits)
        if match:
            code, digits = match.group(), digits[match.end() :]
    trunk = digits.startswith("0")
    digits = digits.lstrip("0")
    if len(digits) < 5:
        return None
    return digits, _phone_kind(digits, code, trunk)


def _phone_kind(digits, code, trunk):
    if code:
        prefixes = _MOBILE_PREFIX.get(code)
        if not prefixes:
            return ""
        return "m" if digits.startswith(prefixes) else "f"
    if trunk:
        return "m" if digits[0] in "679" else "f"
    if len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789":
        return "m"
    return ""


def soundex_like(token):
    """A short phonetic code for European names, blind to the usual misspellings.

    Vowels after the first letter go, doubled and alike consonants become one; simpler
    than Metaphone, because it must serve English, French and Danish alike.
    """
    if not token.isascii():
        return token
    for old, new in _SOUNDS:
        if old in token:
            token = token.replace(old, new)
    head = "a" if token[:1] in "aeiou" else token[:1]
    out = [head]
    for letter in token[1:]:
        if letter not in "aeiouyhw" and letter != out[-1]:
            out.append(letter)
    return "".join(out[:6])


_SOUNDS = (
    ("sch", "s"), ("ph", "f"), ("ch", "k"), ("ck", "k"), ("th", "t"), ("dt", "t"),
    ("gh", "g"), ("kn", "n"), ("w", "v"), ("q", "k"), ("c", "k"), ("z", "s"),
    ("x", "ks"), ("y", "i"), ("j", "i"), ("d", "t"), ("b", "p"), ("g", "k"),
    ("f", "v"), ("m", "n"),
)  # fmt: skip
