"""What each level of each field is worth, and how common the words of names are.

The shipped weights (``weights.json``) were fitted on invented contacts of four
countries, with a lid on each weight so that none is surer than life. ``learn`` moves
them to a database without labels: the weights guess which of its candidate pairs are
one, the guesses give the levels' frequencies among pairs that are one and pairs that
are not, and these move the weights (expectation maximisation, Dempster, Laird & Rubin
1977, as ECM for record linkage).
"""

import json
from functools import lru_cache
from math import log2
from pathlib import Path

from .learn import learn
from .levels import FIELDS

KINDS = ("p", "c")
_SHIPPED = Path(__file__).with_name("weights.json")


class Model:
    """Weights in bits and frequencies of name words; immutable once made."""

    def __init__(self, data):
        """:param dict data: what ``to_json`` wrote"""
        self.data = data
        self._bias = data["bias"]
        self._weights = {
            kind: [data["weights"][kind].get(field, {}) for field in FIELDS]
            for kind in KINDS
        }
        self._tokens = data["tokens"]
        self._floor = data["floor"]

    @classmethod
    def default(cls):
        """The shipped model, for a database too small or too young to learn from."""
        return _default()

    @classmethod
    def from_json(cls, text):
        """The model that ``to_json`` wrote; ValueError if the text is none."""
        data = json.loads(text)
        if not isinstance(data, dict) or {"weights", "bias", "tokens"} - set(data):
            raise ValueError("This is no matching model.")
        return cls(data)

    def to_json(self):
        """The model as a small JSON text (below 100 kB)."""
        return json.dumps(self.data, ensure_ascii=False, sort_keys=True)

    def bits(self, kind, levels):
        """Evidence in bits of a pair's levels, prior included."""
        total = self._bias[kind]
        for weights, level in zip(self._weights[kind], levels, strict=True):
            if level != "none":
                total += weights.get(level, 0.0)
        return total

    def rarity(self, words, level):
        """Bits that rare words of a shared name add and common ones take.

        Term frequency adjustment: agreeing on Jensen tells less than on Kierkegaard.
        """
        total = 0.0
        for word in words:
            known = self._tokens.get(word)
            total += -log2(known[0] if known else self._floor)
        mean = self.data["usual"] * len(words)
        strength = self.data["rarity"].get(level, self.data["rarity"]["other"])
        return max(-4.0, min(4.0, (total - mean) * strength))

    def family_share(self, word):
        """Share of a word's bearers who have it as family name, None if unknown."""
        known = self._tokens.get(word)
        return known[1] if known else None

    @classmethod
    def learn(cls, features_list, pairs=None):
        """A model moved to this database, without labels.

        :param list features_list: all contacts, or a random sample of them
        :param pairs: candidate pairs (i, j) of that list, if they are known already
        """
        return cls(learn(cls.default(), features_list, pairs))


@lru_cache(maxsize=1)
def _default():
    return Model(json.loads(_SHIPPED.read_text(encoding="utf-8")))
