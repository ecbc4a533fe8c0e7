"""Duplicates inside one list of contacts, in memory: an import's file, a bench."""

from collections import defaultdict
from math import log2

from .keys import keys
from .score import compare, score_of

# Two contacts so far apart can't both be the same as a third.
CONFLICT = -4.0
# How much of the doubt between two rivals a pair takes on: one of them may be right.
DOUBT = 0.5


def candidate_pairs(features_list, cap=60):
    """Sorted (i, j), i < j, that share a key which at most ``cap`` contacts have."""
    holders = defaultdict(list)
    for place, features in enumerate(features_list):
        for key in keys(features):
            holders[key].append(place)
    found = set()
    for places in holders.values():
        if 1 < len(places) <= cap:
            for n, j in enumerate(places):
                for i in places[:n]:
                    found.add((i, j))
    return sorted(found)


def find_pairs(features_list, model, threshold, cap=60):
    """List of (i, j, Match) with a score of at least ``threshold``, best first.

    Scores are those of ``compare``, less the doubt between rivals (see ``settle``).
    """
    matches = {
        (i, j): compare(features_list[i], features_list[j], model)
        for i, j in candidate_pairs(features_list, cap)
    }
    out = [
        (i, j, match)
        for (i, j), match in settle(matches, features_list, model).items()
        if match.score >= threshold
    ]
    out.sort(key=lambda hit: (-hit[2].score, hit[0], hit[1]))
    return out


def settle(matches, features_list, model):
    """The matches, lowered where a contact has two rivals that can't both be it.

    A father, his son and a third card with the name and address of both: the card is
    one of the two, so that each pair is less sure than it looks on its own.

    :param dict matches: (i, j), i < j, to Match
    """
    near = defaultdict(list)
    for (i, j), match in matches.items():
        if match.bits > 0:
            near[i].append((j, match.bits))
            near[j].append((i, match.bits))

    def bits_of(i, j):
        pair = (i, j) if i < j else (j, i)
        if pair in matches:
            return matches[pair].bits
        return compare(features_list[i], features_list[j], model).bits

    out = dict(matches)
    for (i, j), match in matches.items():
        if match.bits > 0:
            out[i, j] = _doubted(match, _rivals(near, i, j, bits_of))
    return out


def _rivals(near, i, j, bits_of):
    """Bits of the pairs of i, or of j, with others who can't be j, or i."""
    return [
        bits
        for one, two in ((i, j), (j, i))
        for other, bits in near[one]
        if other != two and bits_of(other, two) < CONFLICT
    ]


def _doubted(match, rivals):
    if not rivals:
        return match
    bits = match.bits - DOUBT * log2(1 + 2 ** min(max(rivals), 20.0))
    return match._replace(bits=bits, score=score_of(bits))
