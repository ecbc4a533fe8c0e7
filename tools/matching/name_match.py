"""How two names of persons relate, as one string of aligned words.

Names are not compared first name with first name: sources swap, drop and run them
together. Each word of the one is laid against a word of the other; what is left over
decides between a middle name that is missing and a clash.
"""

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from .chinese import skeleton
from .nickname import same_given_name
from .normalise import collapse


class NameMatch(NamedTuple):
    """level: how the names relate, one word; shared: the words of the first name that
    the second has too; swapped: True if the order differs; slips: how many words differ
    by a slip of the keyboard"""

    level: str
    shared: tuple
    swapped: bool
    slips: int


_NONE = NameMatch("none", (), False, 0)


def match_names(a, b, family_share):
    """NameMatch of two persons' features.

    :param family_share: function of a word: share of its bearers, 0 to 1, who have it
        as the family name; None if unknown
    """
    if a.han and b.han:
        return _match_han(a, b)
    if a.han or b.han:
        return _match_scripts(a, b) if (a.tokens or b.tokens) else _NONE
    if not a.tokens or not b.tokens:
        return _NONE
    if a.tokens == b.tokens:
        return _same(a, b, False)
    return _match_latin(a, b, family_share)


def _same(a, b, swapped):
    tokens = a.tokens
    if len(tokens) == 1:
        return NameMatch("one_word", tokens, False, 0)
    if any(len(t) == 1 for t in tokens) and len([t for t in tokens if len(t) > 1]) < 2:
        return NameMatch("initial_both", tokens, swapped, 0)
    return NameMatch("same", tokens, swapped, 0)


_DIGRAPH = frozenset(("aa", "ae", "oe"))


@lru_cache(maxsize=100_000)
def word_relation(one, two):
    """ "equal", "nick", "typo", "initial" or "" for two folded words."""
    if one in _DIGRAPH or two in _DIGRAPH:  # "Aa." stands for Åse or Aage
        one, two = collapse(one), collapse(two)
    short = min(len(one), len(two))
    if short > 1 and (one == two or collapse(one) == collapse(two)):
        return "equal"
    if short == 1:
        return "initial" if one[0] == two[0] else ""
    if same_given_name(one, two):
        return "nick"
    distance = OSA.distance(one, two, score_cutoff=2)
    long = max(len(one), len(two))
    if distance == 1 and long > 3 or distance == 2 and long > 7:
        return "typo"
    return "near" if distance <= 2 and long > 4 or distance == 1 else ""


_ORDER = {"equal": 0, "nick": 1, "typo": 2, "initial": 3, "near": 4}


def _align(one, two):
    """Greedy best pairs of words: list of (relation, i, j), and both rests."""
    options = []
    for i, left in enumerate(one):
        for j, right in enumerate(two):
            relation = word_relation(left, right)
            if relation:
                options.append((_ORDER[relation], abs(i - j), i, j, relation))
    options.sort()
    pairs, used_i, used_j = [], set(), set()
    for _rank, _far, i, j, relation in options:
        if i not in used_i and j not in used_j:
            pairs.append((relation, i, j))
            used_i.add(i)
            used_j.add(j)
    rest_i = [i for i in range(len(one)) if i not in used_i]
    rest_j = [j for j in range(len(two)) if j not in used_j]
    return pairs, rest_i, rest_j


def _match_latin(a, b, family_share):
    one, two = a.tokens, b.tokens
    pairs, rest_i, rest_j = _align(one, two)
    if (rest_i or rest_j) and "".join(one) == "".join(two):
        return NameMatch("joined", one, False, 0)
    if rest_i and rest_j:
        glued = _glue(one, two, rest_i, rest_j)
        if glued:
            return glued
    kinds = [p[0] for p in pairs]
    strong = [p for p in pairs if p[0] not in ("initial", "near")]
    shared = tuple(one[i] for relation, i, _j in pairs if relation == "equal")
    ordered = sorted((i, j) for _r, i, j in pairs)
    swapped = any(x[1] > y[1] for x, y in zip(ordered, ordered[1:], strict=False))
    slips = kinds.count("typo")
    rests = rest_i, rest_j
    level = _latin_level(a, b, (pairs, strong, kinds, slips), rests, family_share)
    return NameMatch(level, shared, swapped, slips)


def _glue(one, two, rest_i, rest_j):
    """``MariaLouise`` against ``Maria Louise``, once the other words are paired."""
    left = "".join(one[i] for i in rest_i)
    right = "".join(two[j] for j in rest_j)
    if len(left) > 3 and (left == right or word_relation(left, right) == "typo"):
        shared = tuple(t for t in one if t in two)
        return NameMatch("joined", shared, False, int(left != right))
    if ratio("".join(sorted(one)), "".join(sorted(two))) == 100:
        return NameMatch("joined", one, False, 0)
    return None


def _latin_level(a, b, aligned, rests, family_share):
    pairs, strong, kinds, slips = aligned
    both = rests[0] and rests[1]
    if not pairs:
        whole = ratio("".join(a.tokens), "".join(b.tokens))
        return "partial" if whole >= 88 else "clash"
    if len(a.tokens) == 1 or len(b.tokens) == 1:
        return "one_word" if strong else "clash"
    if not strong:
        return "partial" if len(pairs) > 1 and not both else "clash"
    if len(strong) >= 2:
        return _level_of_two(kinds, slips, rests)
    if len(pairs) > 1 and "near" in kinds and "initial" not in kinds:
        return "given_near"
    if len(pairs) > 1 and not both:
        return _initial_level(a, b, pairs, slips)
    if "initial" in kinds and strong[0][0] == "equal":
        return "initial_clash"
    return _rest_level(a, b, strong[0], family_share)


def _initial_level(a, b, pairs, slips):
    if any(r == "initial" and len(a.tokens[i] + b.tokens[j]) == 2 for r, i, j in pairs):
        return "initial_both"
    if _alias_agrees(a, b):
        return "alias"
    return "initial_typo" if slips else "initial"


def _alias_agrees(a, b):
    """True if an email tells the name behind an initial and it fits the other name."""
    for f, g in ((a, b), (b, a)):
        for alias in f.alias:
            for token in g.tokens:
                if len(token) > 2 and (token == alias or alias.startswith(token)):
                    return True
    return False


def _level_of_two(kinds, slips, rests):
    if rests[0] and rests[1]:
        return "middle_clash"
    if slips > 1:
        return "typos"
    if slips:
        return "typo"
    if "nick" in kinds:
        return "nickname"
    if "initial" in kinds:
        return "middle_initial"
    return "middle_missing" if rests[0] or rests[1] else "same"


def _rest_level(a, b, pair, family_share):
    """One word shared, the others clash: is it the family's or the given name?"""
    relation, i, j = pair
    if relation not in ("equal", "nick"):
        return "clash"
    word = a.tokens[i]
    known = (word in a.family or b.tokens[j] in b.family) and relation == "equal"
    share = 1.0 if known else family_share(word)
    if share is None:
        share = ((i == len(a.tokens) - 1) + (j == len(b.tokens) - 1)) / 2
    return "given_only" if share < 0.5 else "family_only"


def _match_han(a, b):
    if a.han == b.han:
        return NameMatch("same", (a.han,), False, 0)
    if sorted(a.han) == sorted(b.han) and a.han in b.han * 2:
        return NameMatch("same", (a.han,), True, 0)
    if a.readings and b.readings and set(a.readings) & set(b.readings):
        return NameMatch("han_variant", (), False, 0)
    if a.han[0] == b.han[0] and len(a.han) > 1 and len(b.han) > 1:
        if len(a.han) == len(b.han) == 3 and len(set(a.han) & set(b.han)) == 2:
            return NameMatch("partial", (a.han[0],), False, 1)
        return NameMatch("family_only", (a.han[0],), False, 0)
    return NameMatch("clash", (), False, 0)


def _match_scripts(a, b):
    """A name in characters against one in Latin letters."""
    han, latin = (a, b) if a.han else (b, a)
    if han.tokens and latin.tokens and set(han.tokens) & set(latin.tokens):
        return NameMatch("middle_missing", (), False, 0)
    words = [skeleton(t) for t in latin.tokens]
    options = _reading_options(words)
    best = "clash"
    for surname, given, _system in han.readings:
        for family, first in options:
            if family != surname:
                continue
            level = _reading_level(given, first, latin, surname)
            if _RANK[level] < _RANK[best]:
                best = level
    return NameMatch(best, (), False, 0)


_RANK = {"reading": 0, "reading_near": 1, "initial": 2, "western": 3,
         "family_only": 4, "clash": 5}  # fmt: skip


def _reading_options(words):
    """(surname, given) readings that the Latin words allow."""
    if len(words) < 2:
        return [(words[0], "")] if words else []
    out = [(words[0], "".join(words[1:])), (words[-1], "".join(words[:-1]))]
    if len(words) > 2:
        out += [(words[1], "".join(words[2:])), (words[-1], "".join(words[1:-1]))]
    return out


def _reading_level(given, first, latin, surname):
    if given == first:
        return "reading"
    if given and len(first) > 3 and ratio(given, first) >= 80:
        return "reading_near"
    if len(first) <= 2 and given[:1] == first[:1]:
        return "initial"
    for alias in latin.alias:
        if given and (skeleton(alias) == given):
            return "reading_near"
    if first and latin.tokens and len(latin.tokens) == 2 and _western(first):
        return "western"
    return "family_only"


@lru_cache(maxsize=20_000)
def _western(word):
    """True unless the word can be cut into syllables of Chinese."""
    return not _syllabic(word)


def _syllabic(word):
    if not word:
        return True
    return any(
        word[:n] in _SYLLABLES and _syllabic(word[n:])
        for n in range(min(6, len(word)), 0, -1)
    )


def _syllable_table():
    initials = (
        "b p m f d t n l g k h j q x zh ch sh r z c s y w hs ts tz kw ng".split() + [""]
    )
    finals = (
        "a o e i u ai ei ui ao ou iu ie ue er an en in un ang eng ing ong ia ian iang"
        " iao iong ua uo uai uan uang ien ih eh ung ieh ueh erh uei zu am im om ap at"
        " ak ik ok uk oi eung oon ee au it ip iu ue euk un ing ut"
    ).split()
    return frozenset(i + f for i in initials for f in finals if len(i + f) > 1) | {"o"}


_SYLLABLES = _syllable_table()
