"""Bytes to text: which encoding a csv file is in.

A file that decodes as UTF-8 is UTF-8: other text almost never does by chance. For
the rest, each candidate is scored by how many of its letters people in our
languages use, which tells cp1252 from Mac Roman and DOS code pages on a few words.
"""

import codecs
import contextlib
import re

from .errors import TableError

# UTF-32 LE starts with the bytes of UTF-16 LE, so it comes first
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LETTERS = frozenset("àâäáãåæçèéêëíìîïñòóôöõøœùúûüýÿßšžÀÂÄÁÃÅÆÇÈÉÊËÍÎÏÑÓÔÖÕØŒÙÚÛÜÝŠŽ")
_USUAL = frozenset("àâäåæçèéêëîïñôöøœùûüáíóúßÀÄÅÆÈÉÖØÜ")
_MARKS = frozenset("’‘“”–—…€°«»·£§ºª®©´¨\u00a0")
_SINGLE_BYTE = ("cp1252", "latin-1", "mac-roman", "cp850")
_BAD_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_HIGH_IN_WORD = re.compile(rb"[A-Za-z]?[\x80-\xff]+")
_SAMPLE = 1 << 16


def decode(data):
    """Give ``(text, encoding name)`` of the bytes of a csv file.

    NUL and other control characters are dropped: Excel and databases leave them in
    text, PostgreSQL refuses them.

    :raises TableError: ``not_text`` if the bytes can't be text
    """
    encoding = _by_bom(data) or _utf16_without_bom(data)
    if encoding:
        text = data.decode(encoding, errors="replace").lstrip("\ufeff")
    else:
        text, encoding = _without_mark(data)
    return _without_controls(text), encoding


def _by_bom(data):
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    return None


def _utf16_without_bom(data):
    """Latin letters and delimiters in UTF-16 have a NUL in every other byte."""
    head = data[:_SAMPLE]
    half = max(1, len(head) // 2)
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if odd > 0.2 and odd > 8 * even:
        return "utf-16-le"
    if even > 0.2 and even > 8 * odd:
        return "utf-16-be"
    return None


def _without_mark(data):
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-8"), "utf-8"
    replaced = data.decode("utf-8", errors="replace")
    damaged = replaced.count("\ufffd")
    sound = sum(1 for char in replaced[: 1 << 20] if char > "\x7f") - damaged
    if sound > 20 * damaged:
        # UTF-8 with a few spoilt bytes, often cut in the middle of a letter
        return replaced, "utf-8"
    encoding = _best_legacy(data)
    return data.decode(encoding, errors="replace"), encoding


def _best_legacy(data):
    high = b" ".join(_HIGH_RUN.findall(data[: 16 * _SAMPLE])[:20000])
    if _looks_chinese(high):
        return "gb18030"
    in_words = b" ".join(_HIGH_IN_WORD.findall(data[: 16 * _SAMPLE])[:20000])
    scores = {name: _score(in_words, name) for name in _SINGLE_BYTE}
    # max() keeps the first of equals, so cp1252 wins over its subset latin-1
    return max(_SINGLE_BYTE, key=scores.__getitem__)


def _looks_chinese(high):
    """GB 2312 writes a Chinese character as two high bytes, so runs are even."""
    runs = high.split(b" ")
    even = sum(len(run) for run in runs if len(run) % 2 == 0)
    if even < 0.95 * sum(map(len, runs)) or sum(map(len, runs)) < 4:
        return False
    decoded = b"".join(run for run in runs if len(run) % 2 == 0).decode(
        "gb18030", errors="replace"
    )
    return sum("\u4e00" <= char <= "\u9fff" for char in decoded) > 0.8 * len(decoded)


def _score(words, encoding):
    """Rate an encoding: usual letters win, capitals inside of words and signs lose."""
    text = words.decode(encoding, errors="replace")
    score, before = 0, " "
    for char in text:
        if char not in _LETTERS:
            score -= 0 if char in _MARKS or char.isascii() else 3
        elif char.isupper() and before.islower():
            score -= 3
        else:
            score += 3 if char in _USUAL else 1
        before = char
    return score


def _without_controls(text):
    if not _BAD_CONTROLS.search(text):
        return text
    sample = text[:_SAMPLE].replace("\x00", "")
    if len(_BAD_CONTROLS.findall(sample)) > 0.02 * len(sample) + 2:
        raise TableError("not_text")
    return _BAD_CONTROLS.sub("", text)
