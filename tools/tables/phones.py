"""Phone numbers: what is one, how it is written, and what is only text."""

import functools
import re
import unicodedata

import phonenumbers
from phonenumbers import PhoneNumberFormat, ValidationResult

from .text import is_placeholder, tidy

_BETWEEN = re.compile(r"\s*(?::::|[;|\n])\s*")
# Weaker separators, believed only if both sides are whole numbers
_MAYBE_BETWEEN = re.compile(
    r"\s*,\s*|\s*/\s*|\s+(?:or|ou|eller|og|et|and)\s+|(?<=\d)\s+(?=\+)", re.IGNORECASE
)
_EXTENSION = re.compile(
    r"\s*(?:\b(?:ext(?:ension)?|poste|lok(?:al)?|x|#)\.?\s*:?|;ext=|#)\s*(\d{1,6})\)?$",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"\b(?:tele?phone?|phone|tel|tél|tlf|telefon|téléphone|mobile?|mob|cell|portable|"
    r"port|gsm|fixe|fax|home|work|office|bureau|direct|direkte|privat|arbejde|main|"
    r"domicile|pro|perso|whatsapp|wechat|dir|nr|no|m|t|p|w|h|f|c)\b\s*[.:)]*",
    re.IGNORECASE,
)
_NOT_DIGIT = re.compile(r"\D+")
_PLAIN = re.compile(r"\+[1-9][\d ().-]{5,20}", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_RUN = re.compile(r"[+(]?\d[\d\s().\-/]*\d")
_VANITY = re.compile(r"\+?[\d\s().-]*\d[\s().-]*[A-Z]{3,}[A-Z\d-]*")
_POSSIBLE = (ValidationResult.IS_POSSIBLE, ValidationResult.IS_POSSIBLE_LOCAL_ONLY)
# E.164 ends at 15 digits; nothing with a name has a number below 5
_MIN_DIGITS, _MAX_DIGITS = 5, 15


def parse_phone(text, country_code=None):
    """Give ``(numbers, faults)`` of a cell with one or several phone numbers.

    Numbers are written internationally where the country is sure (a + or a valid
    number of ``country_code``), else as they were typed. A number that fits no
    numbering plan is kept if it looks like one. Faults are the pieces that are no
    number, or are one among other words.

    :param str country_code: ISO 3166-1 alpha-2 of the row, or None
    """
    if not text:
        return [], []
    if _PLAIN.fullmatch(text):
        # nearly all numbers of exports: the shortcut halves the time of a file
        number = _one(text, None)
        return ([number], []) if number else ([], [text])
    text = unicodedata.normalize("NFKC", tidy(text)).lstrip("'").strip()
    if not text or is_placeholder(text):
        return [], []
    found, faults = [], []
    for piece in filter(None, _BETWEEN.split(text)):
        for part in _parts(piece):
            number = _one(part, country_code)
            if number is None:
                faults.append(part)
                number = _inside(part, country_code)
            if number and number not in found:
                found.append(number)
    return found, faults


def _parts(piece):
    """Split at weak separators if every part is long enough for a number."""
    parts = [part.strip() for part in _MAYBE_BETWEEN.split(piece)]
    if len(parts) > 1 and all(_digits(part) >= 7 for part in parts):
        return parts
    return [piece]


def _digits(text):
    return len(_NOT_DIGIT.sub("", text))


@functools.lru_cache(maxsize=8192)
def _one(text, country):
    """Give one number as it should be kept, or None."""
    if _PLAIN.fullmatch(text):
        return _international(text)
    text = text.removeprefix("tel:").strip()
    if _SCIENTIFIC.fullmatch(text.replace(" ", "")):
        # 4.5E+10 is what Excel leaves of a number; its end is lost
        return None
    if _VANITY.fullmatch(text):
        return _known(text, country or "US")
    extension = _EXTENSION.search(text)
    if extension:
        text = text[: extension.start()]
    bare = _LABELS.sub(" ", text).strip(" :.,")
    if any(char.isalpha() for char in bare):
        return None
    run = _RUN.search(bare)
    if not run or not _MIN_DIGITS <= _digits(bare) <= _MAX_DIGITS + 3:
        return None
    number = _format(" ".join(bare.split()), country)
    if number and extension:
        number += f" ext. {extension[1]}"
    return number


def _inside(text, country):
    """Give the number in a piece that holds other words too, or None."""
    if _SCIENTIFIC.search(text):
        return None
    runs = [run for run in _RUN.findall(text) if _digits(run) >= 7]
    return _one(runs[0], country) if len(runs) == 1 and runs[0] != text else None


def _format(bare, country):
    if not bare.strip("0 ().-/+"):
        return None
    if re.match(r"00\s?[1-9]", bare):
        bare = "+" + bare[2:].lstrip()
    if bare.startswith("+"):
        return _international(bare)
    number = _known(bare, country)
    if number:
        return number
    return bare if _digits(bare) <= _MAX_DIGITS else None


def _international(bare):
    """A number with a country code must have a length that this country has."""
    try:
        parsed = phonenumbers.parse(bare, None)
    except phonenumbers.NumberParseException as error:
        unknown = error.error_type == error.INVALID_COUNTRY_CODE
        return bare if unknown and 7 <= _digits(bare) <= _MAX_DIGITS else None
    if phonenumbers.is_possible_number_with_reason(parsed) not in _POSSIBLE:
        return None
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)


def _known(bare, country):
    """Give the number in international form if it is valid in the country."""
    if not country:
        return None
    try:
        parsed = phonenumbers.parse(bare, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
