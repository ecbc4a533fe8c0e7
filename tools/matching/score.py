"""From two contacts to one score with reasons: Fellegi–Sunter evidence plus rules.

Each field gives bits by its level, the name more or less of them by how rare its words
are, and the sum is even odds at 0 (Fellegi & Sunter 1969). Rules that hold for contacts
whatever a database would teach put a lid on the sum: see ``_lid``.
"""

from math import exp
from typing import NamedTuple

from .features import prepare
from .keys import keys
from .levels import FIELDS, compare_fields

WARN = 50.0
SHOW = 25.0
# Bits to a factor e of the odds that the score shows; soft, so that sure pairs differ.
SOFTNESS = 4.0

REASONS = {
    "name_same": "The name is the same.",
    "name_similar": "The names are similar.",
    "name_swapped": "First and last name are swapped.",
    "name_reading": "One name is a reading of the other in Latin letters.",
    "name_nickname": "One first name is a short form of the other.",
    "name_initial": "One name gives only the initial of the other.",
    "name_part": "One name is a part of the other.",
    "family_name_changed": "The first name is the same, the family name differs.",
    "email_same": "The email address is the same.",
    "email_similar": "The email addresses are similar.",
    "phone_same": "The phone number is the same.",
    "phone_similar": "The phone numbers differ by a digit.",
    "company_same": "They work for the same company.",
    "address_same": "The address is the same.",
    "address_similar": "The addresses are similar.",
    "birthdate_same": "The birthday is the same.",
    "vat_same": "The tax number is the same.",
    "website_same": "The website is the same.",
}


class Match(NamedTuple):
    """score: 0 to 100, a warning from ``WARN``; bits: log2 of the odds; reasons: codes
    of ``REASONS``, the weightiest first"""

    score: float
    bits: float
    reasons: tuple


def compare(a, b, model):
    """Match of two contacts' features; symmetric."""
    if (b.name, b.emails, b.phones) < (a.name, a.emails, a.phones):
        a, b = b, a
    kind, levels, match = compare_fields(a, b, model.family_share)
    bits = model.bits(kind, levels)
    if match is not None and match.shared:
        bits += model.rarity(match.shared, match.level)
    bits = min(bits, _lid(a, b, kind, dict(zip(FIELDS, levels, strict=True))))
    score = score_of(bits)
    reasons = _reasons(levels, match) if score >= SHOW / 2 else ()
    return Match(score, bits, reasons)


def compare_by_reasons(a, b, model):
    """Match of two contacts by what is among the reasons alone, and that is found by
    these: whoever sees it, and does not know the one contact, learns no more of it than
    the reasons say."""
    _kind, levels, match = compare_fields(a, b, model.family_share)
    reasons = _reasons(levels, match)
    a, b = _of_reasons(a, reasons), _of_reasons(b, reasons)
    if set(keys(a)).isdisjoint(keys(b)):
        return Match(0.0, -60.0, ())
    return compare(a, b, model)


def _of_reasons(features, reasons):
    given = {code.partition("_")[0] for code in reasons}
    kept = {name for part in given for name in _REASON_FEATURES.get(part, ())}
    if features.kind == "c":
        kept.add("firm")  # its own name
    silent = {name for names in _REASON_FEATURES.values() for name in names} - kept
    blank = {name: getattr(_NOTHING, name) for name in {*silent, "function"}}
    return features._replace(**blank)


def score_of(bits):
    """Score, 0 to 100, of evidence in bits; even odds give 50."""
    return 100 / (1 + exp(-max(-60.0, min(60.0, bits / SOFTNESS))))


def _lid(a, b, kind, levels):
    """Most bits that a pair may have, by rules about people and firms."""
    if a.kind != b.kind and a.kind and b.kind:
        return -12.0  # a person is no company
    name, hard = levels["name"], levels["birth"] == "same" or levels["vat"] == "same"
    if levels["vat"] == "other" and kind == "c":
        return -6.0  # branches and namesakes have numbers of their own
    if kind == "c" or hard:
        return 99.0
    if name in ("clash", "family_only", "middle_clash"):
        return -3.0 if name != "middle_clash" else -1.0
    if levels["birth"] == "other":
        return -5.0  # father and son, twins apart from their names
    return 99.0


_SAME_NAME = frozenset(("same", "joined", "same_bare", "same_but_legal"))
_LIKE_NAME = frozenset(
    "typo typos core same_but_trade partial initial_typo reading_near given_near"
    " family_but_hard middle_but_hard initial_clash".split()
)
_NAME_REASONS = {
    "reading": "name_reading", "reading_near": "name_reading",
    "han_variant": "name_reading", "western": "name_part", "nickname": "name_nickname",
    "initial": "name_initial", "initial_both": "name_initial", "alias": "name_initial",
    "middle_initial": "name_part", "middle_missing": "name_part", "subset": "name_part",
    "one_word": "name_part", "given_only": "family_name_changed",
    "given_but_hard": "family_name_changed",
}  # fmt: skip


_FIELD_REASONS = {
    "email": {"same_private": "email_same", "same_work": "email_same",
              "same_role": "email_same", "near": "email_similar",
              "same_local": "email_similar"},
    "phone": {"same_mobile": "phone_same", "same_fixed": "phone_same",
              "same": "phone_same", "same_but_mobile": "phone_same",
              "same_fixed_but_mobile": "phone_same", "near": "phone_similar"},
    "vat": {"same": "vat_same"},
    "birth": {"same": "birthdate_same"},
    "firm": {"same": "company_same", "domain": "company_same",
             "name_domain": "company_same", "domain_but_name": "company_same"},
    "address": {"house": "address_same", "house_near": "address_similar"},
    "web": {"same": "website_same"},
}  # fmt: skip


# What the score of a field is made of, by how its reasons begin; the name's stay.
_REASON_FEATURES = {
    "email": ("emails", "alias", "owner"),
    "phone": ("phones",),
    "address": ("street", "numbers", "zip", "city"),
    "company": ("firm", "domains"),
    "website": ("domains",),
    "birthdate": ("birthdate",),
    "vat": ("vat",),
}
_NOTHING = prepare({})


def _reasons(levels, match):
    """Codes of what agrees: addresses of mail and phone first, then the name."""
    found = dict(zip(FIELDS, levels, strict=True))
    codes = {f: known.get(found[f]) for f, known in _FIELD_REASONS.items()}
    out = [codes.pop("email"), codes.pop("phone")]
    out += _name_reasons(found["name"], match)
    return tuple(code for code in [*out, *codes.values()] if code)


def _name_reasons(level, match):
    if match is not None and match.swapped and level in ("same", "typo", "typos"):
        return ["name_swapped"] if level == "same" else ["name_swapped", "name_similar"]
    if level in _SAME_NAME:
        return ["name_same"]
    if level in _LIKE_NAME:
        return ["name_similar"]
    return [_NAME_REASONS[level]] if level in _NAME_REASONS else []
