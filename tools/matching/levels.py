"""How two contacts relate field by field, each in one of a few levels.

A level is a word; what it is worth is the model's business (``model.py``). Missing
values say nothing: their level is ``none`` and weighs nothing.
"""

from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from .chinese import skeleton
from .company import company_parts
from .features import domain_word
from .name_match import match_names

FIELDS = (
    "name", "email", "phone", "address", "firm", "function", "birth", "vat", "web",
    "owner",
)  # fmt: skip


def compare_fields(a, b, family_share):
    """``(kind, levels, name_match)``: kind "p" or "c", levels a tuple in the order of
    ``FIELDS``, and what the names told (None for companies)."""
    email = email_level(a.emails, b.emails)
    phone = phone_level(a.phones, b.phones)
    address = address_level(a, b)
    if a.kind == "c" or b.kind == "c":
        kind, match, firm, owner = "c", None, "none", "none"
        name = company_level(_as_firm(a), _as_firm(b))
        web = _web_level(a.domains, b.domains)
    else:
        kind, web = "p", "none"
        match = match_names(a, b, family_share)
        name = _with_proof(match.level, email, phone, address)
        firm = employer_level(a, b)
        owner = owner_level(a, b, email)
    function = _equal_level(a.function, b.function)
    birth, vat = _date_level(a.birthdate, b.birthdate), _vat_level(a.vat, b.vat)
    levels = name, email, phone, address, firm, function, birth, vat, web, owner
    return kind, levels, match


_PROOF = {
    "family_only": "family_but_hard", "given_only": "given_but_hard",
    "clash": "clash_but_hard", "middle_clash": "middle_but_hard",
}  # fmt: skip


def _with_proof(name, email, phone, address):
    """A work mailbox and a mobile belong to one person, so that names that clash beside
    them are slips or changes. A private mailbox may be a couple's; it proves a new
    family name, as does the address, since the given name is the same."""
    if name not in _PROOF:
        return name
    if email in ("same_work", "near") or phone == "same_mobile":
        return _PROOF[name]
    if name == "middle_clash" and email == "same_private":
        return _PROOF[name]
    if name == "given_only" and (email == "same_private" or address == "house"):
        return _PROOF[name]
    return name


def owner_level(a, b, email):
    """Whether the mail addresses speak of the other's given name or of a stranger's.

    ``yngvekjeldsen@…`` on Otto Kjeldsen is his family's address, so that another Otto
    Kjeldsen with a mailbox of his own is likelier his father than himself.
    """
    if email.startswith("same") or email == "near":
        return "none"
    if "f" in (a.owner, b.owner):
        return "stranger"
    if "g" in (a.owner, b.owner):
        return "both_given" if a.owner == b.owner else "given"
    return "none"


def _as_firm(f):
    return f.firm if f.kind == "c" else company_parts(f.name)


def email_level(one, two):
    """The best relation of any two addresses."""
    if not one or not two:
        return "none"
    if len(one) == 1 and len(two) == 1:
        return _two_emails(one[0], two[0])
    found = [_two_emails(a, b) for a in one for b in two]
    return min(found, key=_EMAIL_ORDER.index)


_EMAIL_ORDER = (
    "same_private", "same_work", "near", "same_local", "same_role", "work_private",
    "role_domain", "domain", "work_other", "other", "private_other",
)  # fmt: skip


def _two_emails(a, b):
    if a[0] == b[0]:
        return {"p": "same_private", "w": "same_work", "r": "same_role"}[a[3]]
    if "r" in (a[3], b[3]):
        return "role_domain" if a[2] == b[2] else "other"
    local_a, local_b = a[1], b[1]
    if a[2] == b[2]:
        if _near(local_a, local_b):
            return "near"
    elif local_a == local_b and len(local_a) > 4:
        return "near" if ratio(a[2], b[2]) > 85 else "same_local"
    if a[3] == b[3] == "p":
        return "private_other"
    if a[3] == b[3]:
        return "domain" if a[2] == b[2] else "work_other"
    return "work_private"


def _near(one, two):
    short = min(len(one), len(two))
    return short > 4 and OSA.distance(one, two, score_cutoff=1) <= 1


def phone_level(one, two):
    """The best relation of any two numbers."""
    if not one or not two:
        return "none"
    best, clash_m, clash_f = "", False, False
    for digits_a, kind_a in one:
        for digits_b, kind_b in two:
            if digits_a == digits_b or (
                min(len(digits_a), len(digits_b)) >= 8
                and digits_a[-8:] == digits_b[-8:]
            ):
                kind = kind_a if kind_a == kind_b else kind_a or kind_b
                if kind == "m":
                    return "same_mobile"
                best = "same_fixed" if kind == "f" else "same"
            elif not best and len(digits_a) > 7 and _near_digits(digits_a, digits_b):
                best = "near"
            elif kind_a == kind_b == "m":
                clash_m = True
            elif kind_a == kind_b or not kind_a or not kind_b:
                clash_f = True
    if best:
        return best + ("_but_mobile" if clash_m and best != "near" else "")
    return "mobile_other" if clash_m else "other" if clash_f else "kinds"


def _near_digits(one, two):
    return one[:2] == two[:2] and OSA.distance(one, two, score_cutoff=1) <= 1


@lru_cache(maxsize=50_000)
def _street_ratio(one, two):
    return ratio(one, two)


def address_level(a, b):
    """Same house, same street name, same town, another town …"""
    zips = bool(a.zip and b.zip)
    cities = bool(a.city and b.city)
    same_zip = zips and a.zip == b.zip
    same_city = cities and (a.city == b.city or _street_ratio(a.city, b.city) > 85)
    far = (zips and not same_zip) or (cities and not same_city and not same_zip)
    if a.street and b.street:
        house = _house(a, b)
        alike = 100 if a.street == b.street else _street_ratio(a.street, b.street)
        if alike >= 75 and house == "same":
            if far and not same_city:
                return "house_elsewhere"
            return "house" if alike == 100 else "house_near"
        if alike >= 85 and house == "near" and not far:
            return "house_near"
        if same_zip or same_city:
            return "street_other"
        return "far" if far else "street_other"
    if far:
        return "far"
    return "town" if same_zip or same_city else "none"


def _house(a, b):
    one, two = a.numbers, b.numbers
    if not one or not two:
        return "near"
    if one == two or one[0] == two[0]:
        return "same"
    if set(one) & set(two) or OSA.distance(one[0], two[0]) == 1 and len(one[0]) > 2:
        return "near"
    if "".join(one) == "".join(two):
        return "near"
    return "other"


@lru_cache(maxsize=50_000)
def company_level(one, two):
    """Relation of two names of firms, given as ``company_parts``."""
    core_a, extra_a, legal_a, reading_a = one
    core_b, extra_b, legal_b, reading_b = two
    if not core_a or not core_b:
        return "none"
    joined_a, joined_b = "".join(core_a), "".join(core_b)
    if joined_a == joined_b:
        return _same_core(extra_a, extra_b, legal_a, legal_b)
    whole_a, whole_b = joined_a + "".join(extra_a), joined_b + "".join(extra_b)
    if whole_a == whole_b:
        return "core"
    if bool(reading_a) != bool(reading_b):
        return _reading_firm(reading_a or joined_a, reading_b or joined_b)
    if _slip(joined_a, joined_b) or _slip(whole_a, whole_b):
        return "typo"
    part = set(core_a) < set(core_b) or set(core_b) < set(core_a)
    part = part or whole_a.startswith(joined_b) or whole_b.startswith(joined_a)
    if part or (reading_a and (joined_a in joined_b or joined_b in joined_a)):
        return "subset"
    return "clash"


def _same_core(extra_a, extra_b, legal_a, legal_b):
    if extra_a != extra_b:
        return "same_but_trade" if extra_a and extra_b else "core"
    if legal_a and legal_b and legal_a[:2] != legal_b[:2]:
        return "same_but_legal"
    return "same" if legal_a or legal_b else "same_bare"


def _slip(one, two):
    limit = 1 if min(len(one), len(two)) < 9 else 2
    return (
        min(len(one), len(two)) > 3
        and one.isascii()
        and two.isascii()
        and OSA.distance(one, two, score_cutoff=limit) <= limit
    )


def _reading_firm(one, two):
    one, two = skeleton(one), skeleton(two)
    if one == two:
        return "reading"
    return "reading" if len(one) > 5 and ratio(one, two) > 90 else "clash"


def employer_level(a, b):
    """Employers by name, by mail domain, or one's name against the other's domain."""
    level = "none"
    if a.firm[0] and b.firm[0]:
        level = company_level(a.firm, b.firm)
        level = _EMPLOYER.get(level, level)
        if level == "same":
            return level
    domains = set(a.domains) & set(b.domains)
    if domains:
        return "domain" if level == "none" else "domain_but_name"
    if level == "none" and (_owns(a, b) or _owns(b, a)):
        return "name_domain"
    if level == "none" and (a.domains or b.domains):
        known_a = a.domains or a.firm[0]
        known_b = b.domains or b.firm[0]
        if known_a and known_b:
            return "clash"
    return level


_EMPLOYER = {
    "same_bare": "same", "same_but_legal": "same", "core": "same", "typo": "same",
    "reading": "same", "same_but_trade": "alike", "subset": "alike",
}  # fmt: skip


def _owns(a, b):
    """True if the mail domain of b is named after the employer of a."""
    core = a.firm[0]
    if not core or not b.domains:
        return False
    words = {domain_word(d) for d in b.domains}
    reading = skeleton(a.firm[3]) if a.firm[3] else ""
    joined = "".join(core)
    for word in words:
        if word.startswith(joined) or (len(word) > 3 and joined.startswith(word)):
            return True
        if reading and word.startswith(reading):
            return True
    return False


def _equal_level(one, two):
    if not one or not two:
        return "none"
    return "same" if one == two else "other"


def _date_level(one, two):
    if not one or not two:
        return "none"
    if one == two:
        return "same"
    slip = sorted(one) == sorted(two) or OSA.distance(one, two) == 1
    return "near" if slip else "other"


def _vat_level(one, two):
    if not one or not two:
        return "none"
    if one == two or one[-8:] == two[-8:] and (one.isdigit() or two.isdigit()):
        return "same"
    return "near" if OSA.distance(one, two, score_cutoff=1) <= 1 else "other"


def _web_level(one, two):
    if not one or not two:
        return "none"
    if set(one) & set(two):
        return "same"
    return "other"
