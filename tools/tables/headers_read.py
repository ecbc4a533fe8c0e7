"""Reading one column name: which data it announces, of which group and number."""

import dataclasses
import difflib
import functools
import re

from . import header_words as words
from .text import fold

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# "Prénom(s)", "Assistant(e)"; Outlook and hand-made sheets mark with * what is needed
_OPTIONAL_END = re.compile(r"\((?:s|e|es|er|en)\)")
_POSSESSIVE = re.compile(r"['’]s\b")
_EMAIL = re.compile(r"\be (?=mail)")
_LINKEDIN = re.compile(r"\blinked in\b")
_FORMAT_HINT = re.compile(r"\([^()]*(?:yy|aaaa|åå|mm)[^()]*\)", re.IGNORECASE)
_NUMBERED_GROUP = re.compile(r"address (\d+) (?=[a-z])")
_LABEL = re.compile(r"(.+?)(?: (\d+))? (?:label|type|libelle|etiket)")
_GOOGLE_EXTRA = re.compile(
    r"(?:im|relation|event|custom field|external id|jot|calendar|user|utilisateur|"
    r"bruger|user field)(?: \d+)?(?: .*)?"
)


@dataclasses.dataclass
class Reading:
    """What a column name says.

    :param base: a target, or ``?name``, ``?title``, ``?department`` if it depends
    :param group: ``work``, ``home``…, ``address2``, or empty
    :param index: the number in the name (``E-mail 2``), or None
    :param stem: what label columns share with their value column
    """

    base: str | None = None
    group: str = ""
    index: int | None = None
    confidence: float = 0.0
    ignored: bool = False
    stem: str = ""
    label_stem: str = ""


def normalise_header(text):
    """Give a column name without accents, case, punctuation and camel case."""
    text = _CAMEL.sub(" ", _POSSESSIVE.sub("s", _OPTIONAL_END.sub("", text or "")))
    return _LINKEDIN.sub("linkedin", _EMAIL.sub("e", fold(text)))


def _split(text):
    return [normalise_header(phrase) for phrase in text.split("|")]


@functools.cache
def _vocabulary():
    """Map folded phrases to bases; ignored phrases to an empty base."""
    found = {}
    for base, phrases in words.PHRASES.items():
        for phrase in _split(phrases):
            found.setdefault(phrase, base)
    for base, phrases in words.WEAK_PHRASES.items():
        for phrase in _split(phrases):
            found.setdefault(phrase, base)
    for phrase in _split(words.IGNORED):
        found.setdefault(phrase, "")
    for base, phrases in (
        ("?name", words.AMBIGUOUS_NAME),
        ("?title", words.AMBIGUOUS_TITLE),
        ("?department", words.AMBIGUOUS_DEPARTMENT),
    ):
        found.update(dict.fromkeys(_split(phrases), base))
    return found


@functools.cache
def _short_vocabulary():
    """The vocabulary with filler words dropped."""
    short = {}
    for phrase, base in _vocabulary().items():
        key = " ".join(w for w in phrase.split() if w not in _fillers())
        if key:
            short.setdefault(key, base)
    return short


@functools.cache
def _fillers():
    return frozenset(_split(words.FILLERS))


@functools.cache
def _groups():
    return {
        word: group for group, text in words.GROUPS.items() for word in _split(text)
    }


@functools.cache
def _weak():
    return frozenset(w for text in words.WEAK_PHRASES.values() for w in _split(text))


def is_known_header(text):
    """Tell whether a cell is surely a column name."""
    return len(text) < 60 and _read(text).confidence >= 0.8


def read_header(text):
    """Give a ``Reading`` of one column name, free to be changed."""
    return dataclasses.replace(_read(text))


@functools.lru_cache(maxsize=16384)
def _read(text):
    name = normalise_header(_FORMAT_HINT.sub("", re.sub(r" \(\d+\)$", "", text)))
    stem = re.sub(r" (?:value|formatted|street|name|address)$", "", name)
    label = _LABEL.fullmatch(name)
    if label and (label[2] or label[1] == "email"):
        stem = f"{label[1]} {label[2]}" if label[2] else label[1]
        return Reading(ignored=True, confidence=1.0, label_stem=stem)
    if re.fullmatch(r"column \d+", name) or not name:
        return Reading()
    reading = _exact(name) or _google_extra(name) or _grouped(name) or _loose(name)
    reading.stem = stem
    return reading


def _exact(name):
    base = _vocabulary().get(name)
    if base is None:
        return None
    sure = 0.8 if name in _weak() else 1.0
    return Reading(base=base or None, ignored=base == "", confidence=sure)


def _google_extra(name):
    if _GOOGLE_EXTRA.fullmatch(name) and re.search(r"\d", name):
        return Reading(ignored=True, confidence=1.0)
    return None


def _grouped(name):
    """Read names such as ``Mailing City``, ``E-mail 2``, ``Address 1 - City``."""
    group, numbered = "", _NUMBERED_GROUP.match(name)
    if numbered:
        group, name = f"address{numbered[1]}", name[numbered.end() :]
    index, kept = None, []
    for word in name.split():
        if word.isdecimal() and len(word) < 3:
            index = int(word)
        elif word not in _fillers():
            kept.append(word)
    base, inner = _look_up(kept)
    if base is None:
        return None
    if inner and base and base not in words.GROUPED:
        return None
    if group == "address1":
        group = ""
    group = group or inner
    return Reading(
        base=base or None,
        ignored=base == "",
        group=group,
        index=index,
        confidence=0.95,
    )


def _look_up(kept):
    """Give ``(base, group)`` of a list of words, group words taken out if need be."""
    vocabulary = _short_vocabulary()
    phrase = " ".join(kept)
    if phrase in vocabulary:
        return vocabulary[phrase], ""
    marked = [word for word in kept if word in _groups()]
    # one group word first: both words of "business postal code" may be one
    for gone in [{word} for word in marked] + [set(marked)]:
        bare = " ".join(word for word in kept if word not in gone)
        if marked and bare in vocabulary:
            return vocabulary[bare], _groups()[marked[0]]
    return None, ""


def _loose(name):
    """Guess from a fragment, else from a name that is almost the same."""
    stopped = re.search(words.KEYWORD_STOP, name)
    for base, pattern in words.KEYWORDS:
        if re.search(pattern, name):
            if stopped and base not in words.KEYWORD_STOP_EXEMPT:
                break
            group = next((_groups()[w] for w in name.split() if w in _groups()), "")
            return Reading(base=base, group=group, confidence=0.6)
    if len(name) >= 5 and not stopped:
        near = _nearly(name)
        if near:
            base = _vocabulary()[near]
            return Reading(base=base or None, ignored=base == "", confidence=0.5)
    return Reading()


def _nearly(name):
    """Give the phrase that ``name`` misspells, or None; swapped letters come first."""
    letters = sorted(name)
    for phrase in _vocabulary():
        if len(phrase) == len(name) and sorted(phrase) == letters:
            return phrase
    near = difflib.get_close_matches(name, _vocabulary(), n=1, cutoff=0.88)
    return near[0] if near else None
