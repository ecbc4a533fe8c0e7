"""Text as PostgreSQL can compare it: at least as coarse as ``normalise_name``.

Two texts that ``normalise_name`` makes one fold alike; a few others do too, so what is
found by it is compared once more in Python. ``unaccent`` will not do: it is not always
installed, and other letters are alike to it. A test folds every character of Unicode.
"""

from odoo.tools import SQL

# ``normalise_name`` compares the first 240 characters; so many of them are left here.
LENGTH = 60
# Letters that Unicode does not take apart; ligatures with what they stand for.
_LATIN = ("ØøŁłĐđÐðıĦħ", "oollddddihh")
_LIGATURES = {"æÆ": "ae", "œŒ": "oe", "þÞ": "th", "ŋŊ": "ng", "ßẞ": "ss"}
# Capitals, since how far ``lower`` goes depends on the locale of the database.
_CAPITALS = (
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯᲀᲁᲂᲃᲄᲅᲆΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩς\u0345",
    "абвгдежзийклмнопрстуфхцчшщъыьэюявдосттъαβγδεζηθικλμνξοπρστυφχψωσι",
)
# What is kept: ASCII without spaces and quotes and, by code point, the letters of
# Greek, Cyrillic, Hebrew, Arabic, Thai, Hangul, Kana and Han. Of other scripts nothing
# is, which makes PostgreSQL find more than is the same, never less.
_KEPT = (
    "!-&(-_a-~\u03b1-\u03c9\u0430-\u044f\u05d0-\u05ea\u0621-\u064a\u0e01-\u0e2e"
    "\u1100-\u1112\u1161-\u1175\u11a8-\u11c2\u3041-\u3096\u30a1-\u30fa"
    "\u3400-\u4dbf\u4e00-\u9fff"
)


def folded(text):
    """Return SQL of the folded form of ``text``, an SQL expression of type text."""
    plain = SQL('lower(%s COLLATE "C")', text)
    other = SQL('lower(normalize(%s, NFKD) COLLATE "C")', text)
    # most texts need no capitals made small, and the long list takes most of the time
    other = SQL(
        "CASE WHEN %(other)s ~ %(wanted)s THEN translate(%(other)s, %(capitals)s,"
        " %(small)s) ELSE %(other)s END",
        other=other,
        wanted="[\u0345\u0370-\u04ff\u1c80-\u1c86]",
        capitals=_CAPITALS[0],
        small=_CAPITALS[1],
    )
    other = SQL("translate(%s, %s, %s)", other, *_LATIN)
    for letters, both in _LIGATURES.items():
        for letter in letters:
            other = SQL("replace(%s, %s, %s)", other, letter, both)
    return SQL(
        """
        left(regexp_replace(
            CASE WHEN octet_length(%s) = char_length(%s) THEN %s ELSE %s END,
            %s, '', 'g'), %s)
        """,
        text,
        text,
        plain,
        other,
        f"[^{_KEPT}]+",
        LENGTH,
    )
