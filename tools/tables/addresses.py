"""Postal addresses: joining and splitting what exports put into odd columns."""

import re

from .countries import country_code

# 8000 Aarhus C, DK-8000 Aarhus, 75011 Paris
_ZIP_CITY = re.compile(r"(?:[A-Z]{1,3}[- ])?(\d{4,6})[\s,]+(\D.*)")
# Boston, MA 02110
_CITY_STATE_ZIP = re.compile(r"(.+?),?\s+([A-Z]{2,3})\s+(\d{4,5}(?:-\d{4})?)")
# London SW1A 1AA
_CITY_UK_ZIP = re.compile(r"(?:(.+?)[\s,]+)?([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})")
_CITY_ZIP = re.compile(r"(\D+?)[\s,]+(\d{4,6})")


def complete(values):
    """Bring ``values`` to street, street2, zip, city, state and country.

    ``street_full``, ``zip_city``, ``po_box`` and ``street3`` are taken apart and
    vanish; what is given in columns of its own is never overwritten.
    """
    _split_whole(values)
    _split_zip_city(values)
    lines = values.pop("street", "").split("\n")
    lines += values.pop("street2", "").split("\n")
    lines += [values.pop("street3", ""), values.pop("po_box", "")]
    lines = [line.strip(" ,") for line in lines]
    lines = list(dict.fromkeys(line for line in lines if line))
    if lines:
        values["street"] = lines[0]
    if len(lines) > 1:
        values["street2"] = ", ".join(line.replace("\n", ", ") for line in lines[1:])


def split_zip_city(text):
    """Give a dict of ``zip``, ``city`` and perhaps ``state``; empty if unclear."""
    for pattern, names in (
        (_ZIP_CITY, ("zip", "city")),
        (_CITY_STATE_ZIP, ("city", "state", "zip")),
        (_CITY_UK_ZIP, ("city", "zip")),
        (_CITY_ZIP, ("city", "zip")),
    ):
        match = pattern.fullmatch(text.strip(" ,"))
        if match:
            found = zip(names, match.groups(), strict=True)
            return {name: part.strip(" ,") for name, part in found if part}
    return {}


def _split_zip_city(values):
    text = values.pop("zip_city", None)
    if text:
        for key, part in (split_zip_city(text) or {"city": text}).items():
            values.setdefault(key, part)


def _split_whole(values):
    """Take a formatted address apart, unless its parts have columns of their own."""
    text = values.pop("street_full", None)
    if not text or values.get("street"):
        return
    lines = [line.strip(" ,") for line in text.split("\n")]
    if len(lines) == 1:
        lines = [part.strip() for part in text.split(",")]
    lines = [line for line in lines if line]
    if len(lines) > 1 and country_code(lines[-1]):
        values.setdefault("country", country_code(lines.pop()))
    for index in range(len(lines) - 1, 0, -1):
        found = split_zip_city(lines[index])
        if found:
            for key, part in found.items():
                values.setdefault(key, part)
            del lines[index]
            break
    values["street"] = "\n".join(lines)
