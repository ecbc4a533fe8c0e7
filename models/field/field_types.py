"""What each type of an additional field is made of; plain Python."""

import re
import unicodedata
from typing import NamedTuple

PREFIX = "x_contact_"
# The column beside a file that keeps the name of the file.
FILENAME = "_filename"
# Codes of places where an additional field may appear.
FORM = "backoffice-crm-contacts"
LIST, SEARCH, QUICK_CREATE = f"{FORM}-list", f"{FORM}-search", f"{FORM}-quick-create"
IMPORT, EXPORT, LEAD = f"{FORM}-import", f"{FORM}-export", f"{FORM}-lead"
# PostgreSQL cuts names at 63 characters; an index and a relation table append to it.
NAME_LENGTH = 50
NAME_PATTERN = re.compile(rf"{PREFIX}[a-z0-9_]{{1,{NAME_LENGTH - len(PREFIX)}}}")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "œ": "oe", "ß": "ss"})


class FieldType(NamedTuple):
    """How a type is stored and shown.

    ``ttype`` is the type of Odoo; ``widget`` shows it in views; the flags say whether
    it may be listed, searched, grouped, indexed, followed in the chatter, imported.
    """

    label: str
    ttype: str
    widget: str = ""
    listed: bool = True
    searched: bool = True
    grouped: bool = False
    indexed: bool = True
    tracked: bool = True
    imported: bool = True


TYPES = {
    "char": FieldType("Text", "char", grouped=True),
    "text": FieldType("Long text", "text", indexed=False),
    "html": FieldType(
        "Formatted text", "html", listed=False, indexed=False, tracked=False
    ),
    "integer": FieldType("Whole number", "integer"),
    "float": FieldType("Decimal number", "float"),
    "monetary": FieldType("Amount of money", "monetary"),
    "boolean": FieldType("Yes or no", "boolean", grouped=True, indexed=False),
    "date": FieldType("Date", "date", grouped=True),
    "datetime": FieldType("Date and time", "datetime", grouped=True),
    "selection": FieldType("One option", "selection", "contact_option", grouped=True),
    "tags": FieldType(
        "Several options", "many2many", "many2many_tags", grouped=True, indexed=False
    ),
    "many2one": FieldType("Link to a record", "many2one", grouped=True),
    "email": FieldType("Email", "char", "email"),
    "phone": FieldType("Phone", "char", "phone"),
    "url": FieldType("Web address", "char", "url"),
    "image": FieldType(
        "Picture",
        "binary",
        "image",
        searched=False,
        indexed=False,
        tracked=False,
        imported=False,
    ),
    "file": FieldType(
        "File",
        "binary",
        listed=False,
        searched=False,
        indexed=False,
        tracked=False,
        imported=False,
    ),
}
WITH_OPTIONS = ("selection", "tags")
WITHOUT_DEFAULT = ("html", "tags", "many2one", "image", "file")


def slug(label):
    """Return a label as lower case letters, digits and underscores; may be empty."""
    text = unicodedata.normalize("NFKD", (label or "").lower().translate(_LETTERS))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "_", text).strip("_")


def unique_slug(label, taken, prefix="", fallback="field"):
    """Return a name for ``label`` that is not in ``taken``; a number is appended."""
    stem = (prefix + (slug(label) or fallback))[: NAME_LENGTH - 4].rstrip("_")
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}_{number}"
    return name


def parse_default(field_type, text):
    """Return the default value that ``text`` stands for.

    :raise ValueError: the type takes no default, or the text is no value of it
    """
    if field_type == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(
            text.strip().lower(), None
        )
    if field_type == "integer":
        return int(text)
    if field_type in ("float", "monetary"):
        return float(text)
    if field_type in WITHOUT_DEFAULT:
        raise ValueError(field_type)
    return text
