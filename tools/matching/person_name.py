"""First and last name out of one string, and back, for many scripts and habits.

``join_name(*split_name(name))`` gives the name again when it was typed the way its
script or language writes it (given name first for Latin script, family name first for
Chinese, Korean and Hungarian), apart from repeated spaces.
"""

from .chinese import COMPOUND_SURNAMES, SURNAMES
from .normalise import as_text, has_han

PARTICLES = frozenset(
    "van von de der den del della di da do dos das du des af av la le les el al bin ibn"
    " ben ter ten zu zum zur vom y e st st. saint san santa mac o d' l' vander"
    " vande".split()
)
TITLES = frozenset(
    "dr dr. mr mr. mrs mrs. ms ms. miss sir madam dame lord lady prof prof. professor"
    " doctor m. mme mme. mlle mlle. me maître monsieur madame mademoiselle hr hr. herr"
    " fru frk frk. frøken ing ing. dipl.-ing. rev rev. père sr sr. sra sra. don doña"
    " 先生 女士 小姐 太太 教授 博士 医生 醫生".split()
)
SUFFIXES = frozenset(
    "jr jr. sr sr. ii iii iv phd ph.d ph.d. md m.d. mba esq esq. msc bsc ma cpa".split()
)
_FAMILY_FIRST = ("zh", "ja", "ko", "hu", "vi")


def split_name(name, lang=None):
    """``(first, last)`` of a person's name; of a name of 240 characters all of it.

    :param str name: e.g. ``"Dr. Anne-Marie van der Berg"`` gives
        ``("Dr. Anne-Marie", "van der Berg")``, ``"O'Neill, Pat"`` gives
        ``("Pat", "O'Neill")``, ``"欧阳建国"`` gives ``("建国", "欧阳")``
    :param str lang: language code of the contact, e.g. ``"hu_HU"``; script comes first
    :return: two strings. A single word is a first name, unless it is a Chinese surname
        (``"杨"``), because people are entered by their first name far more often.
    """
    text = " ".join(as_text(name).split())
    if not text:
        return "", ""
    for comma in (",", "，", "、"):
        last, found, first = text.partition(comma)
        if found and last.strip() and first.strip():
            return _split_comma(first.strip(), last.strip())
    if _is_cjk(text):
        return _split_cjk(text)
    words = text.split(" ")
    if len(words) == 1:
        return text, ""
    if (lang or "")[:2] in _FAMILY_FIRST:
        return " ".join(words[1:]), words[0]
    return _split_latin(words)


def join_name(first, last, lang=None):
    """The name as one string, in the order and with the space its script uses."""
    first = " ".join(as_text(first).split())
    last = " ".join(as_text(last).split())
    if not first or not last:
        return first or last
    code = (lang or "")[:2]
    if _is_cjk(first) and _is_cjk(last):
        glue = " " if code == "ja" or _has_kana(first + last) else ""
        return last + glue + first
    if code in _FAMILY_FIRST and not has_han(first + last):
        return last + " " + first
    return first + " " + last


def _split_comma(first, last):
    """ "Last, First", but "Pat O'Neill, PhD" is a suffix and no first name."""
    words = last.split(" ")
    if first.lower() in SUFFIXES and len(words) > 1:
        head, tail = _split_latin(words)
        return head, tail + ", " + first
    return first, last


def _split_latin(words):
    """Given names in front, family name behind; titles and particles stay with theirs.

    ``DUPONT Jean`` (family name in capitals, as French forms ask for) is turned.
    """
    lead = 0
    while lead < len(words) - 1 and words[lead].lower() in TITLES:
        lead += 1
    body = words[lead:]
    if _capitals_first(body):
        count = 1
        while count < len(body) - 1 and body[count].isupper():
            count += 1
        return " ".join(words[:lead] + body[count:]), " ".join(body[:count])
    start = len(body) - 1
    while start > 1 and body[start].lower() in SUFFIXES:
        start -= 1
    while start > 1 and body[start - 1].lower() in PARTICLES:
        start -= 1
    if start == 0:
        return (" ".join(words), "") if not lead else (words[0], " ".join(words[1:]))
    if start == 1 and len(body) == 2 and body[0].lower() in PARTICLES:
        start = 0
    return " ".join(words[: lead + start]), " ".join(words[lead + start :])


def _is_capitals(word):
    letters = [c for c in word if c.isalpha()]
    return len(letters) > 2 and all(c.isupper() for c in letters)


def _capitals_first(words):
    if len(words) < 2 or not words[0].isupper():
        return False
    if not _is_capitals(words[0]) and words[0].lower() not in PARTICLES:
        return False
    last = words[-1]
    return last[:1].isupper() and any(c.islower() for c in last)


def _has_kana(text):
    return any("぀" <= c <= "ヿ" for c in text)


def _is_cjk(text):
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(
        has_han(c) or "가" <= c <= "힯" or "぀" <= c <= "ヿ" for c in letters
    )


def _split_cjk(text):
    """Family name first; a space, where one was typed, decides where it ends."""
    words = text.split(" ")
    if len(words) > 1:
        return " ".join(words[1:]), words[0]
    for sign in "·・":
        first, found, last = text.partition(sign)
        if found and first and last:  # a Western name in characters keeps its order
            return first + sign, last
    if _has_kana(text):
        return text, ""
    if len(text) == 1:
        return ("", text) if text in SURNAMES else (text, "")
    if text[:2] in COMPOUND_SURNAMES:
        return text[2:], text[:2]
    if len(text) == 4 and text[0] in SURNAMES and text[1] in SURNAMES:
        return text[2:], text[:2]  # a married name: 陳方安生
    return text[1:], text[0]
