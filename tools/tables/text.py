"""Small text helpers that headers, values and countries share."""

import functools
import re
import unicodedata

# Letters that Unicode doesn't split into a base letter and an accent
_NO_ACCENT = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "ı": "i"}
)
_NOT_WORD = re.compile(r"[\W_]+")
# Marks that phones and web pages leave in copied text: zero width, direction, BOM
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

# What people type to say that they have no value
_PLACEHOLDERS = frozenset(
    "- -- --- – — ? n/a na n.a. #n/a none null nil (none) (blank) ingen aucun aucune "
    "néant unknown ukendt inconnu".split()
)


@functools.lru_cache(maxsize=65536)
def fold(text):
    """Give text without case, accents and punctuation, one space between words."""
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_NO_ACCENT)
    text = "".join(char for char in text if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", text).strip()


def tidy(text):
    """Give text without invisible marks and doubled blanks, lines kept."""
    if text.isascii() and "  " not in text and "\t" not in text:
        return text.strip()
    text = _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u3000", " ")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def is_placeholder(text):
    """Tell whether a cell says in words that it is empty (n/a, none, -)."""
    return text.strip().casefold() in _PLACEHOLDERS


def is_cjk(text):
    """Tell whether text is written in Chinese characters, kana or Hangul only."""
    letters = [char for char in text if not char.isspace() and char not in "·・"]
    return bool(letters) and all(
        "\u3040" <= char <= "\u30ff"
        or "\u3400" <= char <= "\u9fff"
        or "\uac00" <= char <= "\ud7af"
        or "\U00020000" <= char <= "\U0003134f"
        for char in letters
    )
