"""Learning from a database without labels; see ``model.Model.learn``."""

from collections import Counter
from math import log2

from .batch import candidate_pairs
from .levels import FIELDS, compare_fields

MAX_WORDS = 1500
SAMPLE = 30_000
ROUNDS = 4
CAUTION = 400.0
MOST = 1.0


def learn(model, features_list, pairs=None):
    """Data of a model: the given model's, moved to what the contacts show."""
    data = dict(model.data)
    data.update(word_table(features_list, model.data))
    words = type(model)(data)
    pairs = candidate_pairs(features_list) if pairs is None else list(pairs)
    if len(pairs) > SAMPLE:  # every n-th: the same in each run, and spread over all
        step = len(pairs) / SAMPLE
        pairs = [pairs[int(n * step)] for n in range(SAMPLE)]
    seen = _level_counts(words, features_list, pairs)
    for _round in range(ROUNDS):
        data = _moved(model.data, data, seen, type(model)(data))
    return data


def word_table(features_list, shipped):
    """Frequencies of the commonest name words, and how often each is a family name."""
    count, family, placed = Counter(), Counter(), Counter()
    for f in features_list:
        if f.kind == "c":
            continue
        words = f.tokens or ((f.han, f.han[0]) if f.han else ())
        count.update(set(words))
        if len(f.tokens) > 1:
            last = f.family or (f.tokens[-1],)
            for word in f.tokens:
                placed[word] += 1
                family[word] += word in last
    total = sum(count.values())
    if total < 200:
        return {}
    kept = {
        w: [round(n / total, 7), round(family[w] / placed[w], 2) if placed[w] else 0.5]
        for w, n in count.most_common(MAX_WORDS)
        if n > 2 and len(w) > 1
    }
    usual = sum(n * -log2(max(n, 1) / total) for n in count.values()) / total
    # Never less than shipped: where everybody is called Nielsen, an equal name tells
    # less, and not as much as elsewhere for being as usual as any.
    usual = max(usual, shipped["usual"])
    return {"tokens": kept, "floor": 1.5 / total, "usual": round(usual, 3)}


def _level_counts(model, features_list, pairs):
    """Counter of (kind, levels, rarity in quarter bits) over the pairs."""
    seen = Counter()
    for i, j in pairs:
        a, b = features_list[i], features_list[j]
        if a.kind != b.kind:
            continue
        kind, levels, match = compare_fields(a, b, model.family_share)
        extra = 0.0
        if match is not None and match.shared:
            extra = round(model.rarity(match.shared, match.level) * 4) / 4
        seen[kind, levels, extra] += 1
    return seen


def _moved(shipped, data, seen, model):
    """One round: guess the pairs that are one, count, move the weights."""
    one, other = Counter(), Counter()
    for (kind, levels, extra), n in seen.items():
        bits = max(-40.0, min(40.0, model.bits(kind, levels) + extra))
        chance = 1 / (1 + 2.0**-bits)
        for field, level in zip(FIELDS, levels, strict=True):
            one[kind, field, level] += n * chance
            other[kind, field, level] += n * (1 - chance)
    weights, bias = {}, dict(shipped["bias"])
    for kind, fields in shipped["weights"].items():
        weights[kind] = {
            field: _field_weights(shipped, kind, field, levels, one, other)
            for field, levels in fields.items()
        }
    moved = dict(data)
    moved["weights"], moved["bias"] = weights, bias
    return moved


def _field_weights(shipped, kind, field, levels, one, other):
    """Shipped weight of each level plus the move of its likelihood ratio."""
    known = {k: n for k, n in one.items() if k[:2] == (kind, field) and k[2] != "none"}
    total_one = sum(known.values())
    total_other = sum(
        n for k, n in other.items() if k[:2] == (kind, field) and k[2] != "none"
    )
    out = {}
    for level, weight in levels.items():
        seen_one, seen_other = one[kind, field, level], other[kind, field, level]
        usual = shipped["ratio"][kind].get(field, {}).get(level)
        if usual is None or total_one < 20 or total_other < 20:
            out[level] = weight
            continue
        ratio = log2((seen_one + 1) / (total_one + 2)) - log2(
            (seen_other + 1) / (total_other + 2)
        )
        trust = (seen_one + seen_other) / (seen_one + seen_other + CAUTION)
        move = max(-MOST, min(MOST, ratio - usual)) * trust
        out[level] = round(weight + move, 3)
    return out
