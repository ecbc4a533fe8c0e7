"""Cleaning of cells: emails, phones, dates, countries, tags.

Phones, dates and countries are made in modules of their own and offered here too.
Functions that may find something wrong tell it beside the value, and never raise.
"""

import re

from .countries import country_code
from .dates import guess_day_first, parse_date
from .phones import parse_phone
from .text import fold, is_placeholder, tidy

__all__ = [
    "country_code",
    "guess_day_first",
    "parse_date",
    "parse_email",
    "parse_phone",
    "split_tags",
]

# A person needs more than these to be one: exports fill them in for anybody
WEAK_TARGETS = frozenset(
    "country lang owner tags connected_on linkedin gender prefix suffix "
    "external_id".split()
)
_BETWEEN = re.compile(r"\s*(?::::|[;,|\n]|\s/\s)\s*|\s+")
_LOCAL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+")
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?!\d+$)[^\W_](?:[\w-]*[^\W_])")
_ANGLE = re.compile(r"<\s*([^<>]*)\s*>")
_QUOTED = re.compile(r'"[^"]*"')
_NOISE = "<>()[]'\"“”.,;:"


def parse_email(text):
    """Give ``(addresses, faults)`` of a cell with one or several email addresses.

    ``Ann Lee <ann@x.org>``, ``mailto:`` and lists with any usual separator are
    understood. Faults are the pieces that are no address.
    """
    text = tidy(text or "").lstrip("'")
    if not text or is_placeholder(text):
        return [], []
    return _parse_email(text.replace("\uff20", "@"))


def _parse_email(text):
    found, faults = [], []
    if "<" in text:
        pieces = [piece for piece in _ANGLE.findall(text) if piece.strip()]
        # a name beside its <address> is fine; addresses outside of <> count too
        outside = _QUOTED.sub(" ", _ANGLE.sub(" ; ", text))
        pieces += [word for word in _BETWEEN.split(outside) if "@" in word]
        if not pieces:
            faults.append(text)
    else:
        pieces = _BETWEEN.split(text)
    for piece in filter(None, pieces):
        address = _clean_address(piece)
        if address is None:
            faults.append(piece.strip())
        elif address and address.lower() not in map(str.lower, found):
            found.append(address)
    return found, faults


def _clean_address(piece):
    """Give the bare address, None if it is none, "" for a mere separator."""
    piece = re.sub(r"^(?:mailto|e-?mail|smtp)\s*:\s*", "", piece.strip(), flags=re.I)
    piece = piece.strip(_NOISE + " ")
    if not piece:
        return ""
    local, at, domain = piece.rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        return None
    if local.startswith(".") or local.endswith(".") or len(piece) > 254:
        return None
    return piece


def split_tags(text):
    """Give the tags of a cell, each once; Google's system groups are left out."""
    tags = {}
    for piece in re.split(r"\s*(?::::|[;,|\n])\s*", tidy(text or "")):
        tag = piece.removeprefix("*").strip()
        if tag and fold(tag) not in ("mycontacts", "my contacts", "starred"):
            tags.setdefault(tag.casefold(), tag)
    return list(tags.values())
