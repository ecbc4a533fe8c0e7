"""Keys under which a contact is filed, so that its duplicates are found by equality.

Two contacts that may be one share a key. Each key is a hash of a kind and a value and
fits PostgreSQL's ``bigint``. The hash is the same in every process and on every
machine. The value is so only where the same optional libraries are (``anyascii`` for
other scripts; ``pypinyin``, ``ToJyutping`` and ``opencc`` for Chinese): after one of
them has come or gone, stored keys of names in those scripts must be made anew.
"""

from hashlib import blake2b

from .chinese import skeleton
from .features import domain_word, prepare
from .normalise import as_text, collapse, fold, phone_parts, soundex_like

MAX_KEYS = 32


def hash_key(kind, value):
    """Signed 64-bit integer of a kind (one letter) and a value (str)."""
    data = f"{kind}:{value}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)


def keys(features):
    """Deduplicated list of the contact's keys, the most telling first.

    About ten for a usual contact; never more than 32, whatever was typed.
    """
    found = dict.fromkeys(_raw_keys(features))
    return list(dict.fromkeys(hash_key(k, v) for k, v in found if v))[:MAX_KEYS]


def name_key(name):
    """The key that all persons of this name share, however else they differ.

    None without a name. The same name is one that ``normalise_name`` makes the same.
    """
    for kind, value in _whole_name(prepare({"name": name, "is_company": False})):
        return hash_key(kind, value)
    return None


def phone_key(number, country_code=""):
    """The key that all contacts with this phone number share; None if it is none."""
    parts = phone_parts(number, as_text(country_code).upper()[:2])
    return hash_key(*_phone(parts[0])) if parts and len(parts[0]) >= 6 else None


def _phone(digits):
    return "p", digits[-8:]


def _whole_name(f):
    """One key of the name alone; its letters where it has but Latin ones and the like.

    Digits tell apart what the letters do not: ``Till 1`` and ``Till 2``.
    """
    if f.tokens and not f.han and not any(map(str.isdigit, f.name)):
        yield "j", "".join(f.tokens)
    elif f.name:
        yield "j", f.name


def _raw_keys(f):
    yield from _contact_keys(f)
    if f.vat and len(f.vat) > 4:
        yield "v", f.vat.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or f.vat
    if f.kind == "c":
        yield from _company_keys(f)
    else:
        yield from _person_keys(f)
        if f.kind == "" and f.name:
            yield "c", f.name.replace(" ", "")


def _contact_keys(f):
    for address, local, _domain, kind in f.emails:
        if kind != "r" or f.kind == "c":
            yield "e", address
        bare = "".join(c for c in local if c.isalnum())
        if kind != "r" and len(bare) > 5:
            yield "l", bare
            letters = bare.strip("0123456789")
            yield "m", "".join(sorted(letters))
    for digits, _kind in f.phones:
        if len(digits) >= 6:
            yield _phone(digits)


def _person_keys(f):
    yield from _whole_name(f)
    pairs = _name_pairs(f)
    for one, two in pairs:
        yield "n", " ".join(sorted((one, two)))
    yield from _han_keys(f)
    place = f.zip or f.city
    firm = f.firm[0][0] if f.firm[0] else ""
    for token in _long_tokens(f):
        if place:
            yield "z", f"{token} {place}"
        if firm:
            yield "f", f"{token} {firm}"
        for domain in f.domains[:1]:
            yield "d", f"{token} {domain}"
        if f.numbers and f.street:
            yield "a", f"{token} {f.numbers[0]} {f.street[:4]}"
    for one, two in pairs[:1]:
        yield from _fuzzy_pair(one, two)
        for alias in f.alias:
            yield "n", " ".join(sorted((alias, two)))
            yield "r", " ".join(sorted((skeleton(alias), skeleton(two))))
    if f.tokens and not f.han:
        yield "j", "".join(f.tokens)
        yield "j", "".join(f.tokens[-1:] + f.tokens[:-1])


def _long_tokens(f):
    """The first and the last word of the name, where the family name usually is."""
    if f.readings:
        return dict.fromkeys(soundex_like(r[0]) for r in f.readings)
    long = [t for t in f.tokens if len(t) > 1]
    return dict.fromkeys(soundex_like(skeleton(t)) for t in (long[:1] + long[-1:]))


def _name_pairs(f):
    """Pairs of name words that tell the person; first and last word come first."""
    tokens = [collapse(t) for t in f.tokens]
    if len(tokens) < 2:
        return []
    out = [(tokens[0], tokens[-1])]
    if len(tokens) > 2:
        joined = "".join(tokens[:-1])
        out.append((joined, tokens[-1]))
        out.append((tokens[0], "".join(tokens[1:])))
        out += [(tokens[i], tokens[-1]) for i in range(1, len(tokens) - 1)]
        out += [(tokens[0], tokens[i]) for i in range(1, len(tokens) - 1)]
    return out[:7]


def _fuzzy_pair(one, two):
    """One word whole and the head or tail of the other: one of the four survives any
    single slip of the keyboard; the phonetic pair survives one in each word."""
    yield "s", " ".join(sorted((soundex_like(one), soundex_like(two))))
    for whole, part in ((one, two), (two, one)):
        if len(whole) > 2:
            yield "h", f"{whole} {part[:3]}"
            if len(part) > 2:
                yield "t", f"{whole} {part[-3:]}"
            yield "i", f"{soundex_like(whole)} {part[0]}"


def _han_keys(f):
    if f.han:
        yield "n", f.han
        yield "k", "".join(sorted(f.han))
        if len(f.han) > 2:
            yield "x", f.han[1:]
            yield "x", f.han[0] + f.han[-1]
    for surname, given, system in f.readings[:8]:
        if given:
            yield "r", " ".join(sorted((surname, given)))
            yield "i", f"{surname} {given[:2]}" + system
    if f.tokens and not f.han and len(f.tokens) < 5:
        yield from _romanised_keys([skeleton(t) for t in f.tokens])


def _romanised_keys(tokens):
    """A Latin name may be a reading: the surname first or last, the rest in one."""
    if len(tokens) < 2 or max(map(len, tokens)) > 9:
        return
    yield "r", " ".join(sorted((tokens[0], "".join(tokens[1:]))))
    yield "r", " ".join(sorted((tokens[-1], "".join(tokens[:-1]))))
    if len(tokens) > 2:  # a Western first name in front
        yield "r", " ".join(sorted((tokens[1], "".join(tokens[2:]))))
        yield "r", " ".join(sorted((tokens[-1], "".join(tokens[1:-1]))))


def _company_keys(f):
    core, extra, _legal, reading = f.firm
    joined = "".join(core)
    if joined:
        yield "c", joined
        yield "c", joined + "".join(extra)
        yield "q", soundex_like(joined)
        if len(joined) > 5:
            yield "g", joined[:4] + joined[-1]
            yield "g", joined[:1] + joined[-4:]
        if f.zip or f.city:
            yield "y", f"{joined[:2]} {f.zip or f.city} {''.join(f.numbers[:1])}"
    if reading:
        yield "c", fold(reading)
    for domain in f.domains[:2]:
        yield "w", domain
        yield "c", domain_word(domain)
