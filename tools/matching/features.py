"""What matching needs to know of one contact, worked out once."""

import re
from typing import NamedTuple

from .chinese import readings, simplified, split_han
from .company import company_parts, looks_like_company
from .normalise import (
    as_text,
    collapse,
    fold,
    has_han,
    normalise_email,
    normalise_name,
    phone_parts,
)

MAX_TOKENS = 7
FREE_MAIL = frozenset(
    "gmail googlemail hotmail outlook live msn yahoo ymail icloud me mac aol gmx web"
    " free orange wanadoo laposte sfr neuf bbox numericable proton protonmail pm mail"
    " 126 163 qq sina sohu yeah foxmail 139 189 aliyun hinet pchome netvigator"
    " tdcadsl mailme jubii ofir stofanet youmail tdc btinternet sky talktalk"
    " virginmedia comcast verizon att zoho yandex fastmail hey posteo"
    " t-online freenet".split()
)
ROLES = frozenset(
    "info mail contact kontakt sales office admin administration support service hello"
    " hi post team accueil secretariat secretary marketing press presse jobs career hr"
    " rh finance billing invoice faktura accounting compta comptabilite kundeservice"
    " salg bogholderi ventes commercial enquiries reception noreply no-reply postmaster"
    " webmaster help booking order orders bestilling direction mairie".split()
)
_TITLES = frozenset(
    "dr mr mrs ms miss sir prof professor doctor m mme mlle me madame monsieur"
    " mademoiselle hr herr fru frk froken ing rev jr sr phd md esq".split()
)
_HAN_TITLES = ("先生", "女士", "小姐", "太太", "教授", "博士", "经理", "總經理", "老师")
_WORD = re.compile(r"[^\W\d_]+")
_STREET_WORD = re.compile(r"[^\W_]+")
_SECOND_LEVEL = frozenset("co com org net ac gov edu gob".split())
_STREET_FORMS = {
    "street": "st", "road": "rd", "avenue": "av", "ave": "av", "lane": "ln",
    "drive": "dr", "boulevard": "bd", "blvd": "bd", "bvd": "bd", "square": "sq",
    "place": "pl", "court": "ct", "crescent": "cr", "terrace": "ter", "park": "pk",
    "rue": "r", "chemin": "ch", "che": "ch", "allee": "al", "all": "al", "route": "rte",
    "impasse": "imp", "quai": "q", "gade": "g", "vej": "v", "alle": "al", "north": "n",
    "south": "s", "east": "e", "west": "w", "suite": "", "apt": "", "apartment": "",
    "tv": "", "th": "", "mf": "", "sal": "", "de": "", "du": "", "la": "", "le": "",
    "l": "", "des": "", "d": "", "the": "", "les": "",
}  # fmt: skip


class Features(NamedTuple):
    """One contact, ready to be compared; picklable.

    kind: "c" company, "p" person, "" unknown; name: plain name; tokens: folded words of
    the name; family: the words known to be the family name; han: name in simplified
    characters or ""; readings: its Latin readings; emails: (address, local part,
    domain, kind "p" private, "w" work, "r" shared mailbox); phones: (national digits,
    kind "m", "f", ""); firm: parts of the employer's name, of the own name for a
    company; domains: of work mail and website; alias: name words that an email tells
    beyond the name; owner: whose given name the emails hold, "g" the contact's own,
    "i" its initial, "f" another one, "" no telling
    """

    kind: str
    name: str
    tokens: tuple
    family: tuple
    han: str
    readings: tuple
    emails: tuple
    phones: tuple
    street: str
    numbers: tuple
    zip: str
    city: str
    firm: tuple
    domains: tuple
    function: str
    vat: str
    birthdate: str
    alias: tuple
    owner: str


def prepare(values):
    """Features of a contact; nothing raises, odd types are read as text.

    :param dict values: all optional: name, first_name, last_name, is_company, company,
        emails, email, phones, phone, mobile, street, zip, city, country_code,
        function, website, vat, birthdate (ISO)
    """
    get = values.get
    first, last = as_text(get("first_name")), as_text(get("last_name"))
    name = as_text(get("name")) or f"{first} {last}".strip()
    kind = _kind(get("is_company"), name, first or last)
    firm = company_parts(name if kind == "c" else as_text(get("company")))
    emails = _emails(get)
    person = _person_name(name, first, last, kind)
    tokens, latin = person["tokens"], person["readings"]
    return Features(
        kind=kind,
        name=normalise_name(name),
        **person,
        emails=emails,
        phones=_phones(get),
        **_place(get),
        firm=firm,
        domains=_domains(emails, get("website")),
        function=fold(get("function")),
        vat=_alnum(as_text(get("vat")).upper()),
        birthdate=as_text(get("birthdate"))[:10],
        alias=_alias(tokens or (latin[0][:2] if latin else ()), emails),
        owner=_owner(tokens, latin, emails),
    )


def _place(get):
    """The four fields of an address, by their name."""
    street, numbers = _street(get("street"))
    code, city = _alnum(fold(get("zip"))), _city(get("city"))
    return {"street": street, "numbers": numbers, "zip": code, "city": city}


def _alnum(text):
    return "".join(c for c in text if c.isalnum())[:24]


def _person_name(name, first, last, kind):
    """The four fields of a person's name, by their name; all empty for a company."""
    han, latin = ("", "") if kind == "c" else _scripts(name)
    if han and first and last and has_han(last):
        han = "".join(c for c in simplified(last + first) if c.isalpha())[:6]
    tokens, family = _name_tokens(latin, last)
    read = readings(*_han_names(han, last)) if han else ()
    return {"tokens": tokens, "family": family, "han": han, "readings": read}


def _kind(is_company, name, has_parts):
    if is_company:
        return "c"
    if is_company is None and not has_parts and looks_like_company(name):
        return "c"
    return "p" if is_company is not None or has_parts else ""


def _scripts(name):
    """The Chinese and the other part of a person's name."""
    if not has_han(name):
        return "", name
    text = simplified(name)
    for title in _HAN_TITLES:
        text = text.replace(title, "")
    han = "".join(c for c in text if has_han(c))[:6]
    return han, "".join(" " if has_han(c) else c for c in name)


def _han_names(han, last):
    if not han:
        return "", ""
    plain = simplified(last) if last and has_han(last) else ""
    if plain and han.startswith(plain) and len(plain) < len(han):
        return plain, han[len(plain) :]
    return split_han(han)


def _name_tokens(name, last):
    """Folded words of a name without titles, and those of its family name."""
    if not name:
        return (), ()
    head, comma, tail = name.partition(",")
    raw = f"{tail} {head}" if comma else name
    words = _WORD.findall(fold(raw.replace("'", "")))[: MAX_TOKENS + 3]
    if len(words) > 1:
        words = _without_titles(words, raw)
    words = tuple(words[:MAX_TOKENS])
    if last:
        family = _WORD.findall(fold(last.replace("'", "")))
        family = tuple(w for w in family if w in words)
    elif comma:
        family = tuple(_WORD.findall(fold(head.replace("'", ""))))
    else:
        family = _capital_family(name)
    return words, family


def _without_titles(words, raw):
    """``M. Jean Dupont`` has a title, ``M. Dupont`` or ``M Jean Dupont`` an initial."""
    kept = [w for w in words if w not in _TITLES or w == "m"]
    if len(kept) > 2 and kept[0] == "m" and raw.lstrip()[:3].lower() == "m. ":
        kept = kept[1:]
    elif len(kept) > 2 and kept[0] != "m" and "m" in kept and "m. " in raw.lower():
        kept.remove("m")
    return kept or words


def _capital_family(name):
    """The words in capitals, when others are not: ``GREGERSEN Danny``."""
    words = name.split()
    big = [w for w in words if w.isupper() and sum(map(str.isalpha, w)) > 1]
    if big and len(big) < len(words) and any(c.islower() for w in words for c in w):
        found = _WORD.findall(fold(" ".join(big).replace("'", "")))
        return tuple(w for w in found if w not in _TITLES)
    return ()


def _values(get, plural, *singles):
    many = get(plural) or ()
    if isinstance(many, str) or not isinstance(many, (list, tuple, set, frozenset)):
        many = (many,)
    for value in list(many)[:10]:
        yield "", value
    for key in singles:
        value = get(key)
        if value:
            yield key, value


def is_shared_mailbox(email):
    """Whether many people read this mailbox (``info@…``), so it tells nobody apart."""
    local = email.rpartition("@")[0].split("+")[0].lower()
    return "".join(c for c in local if not c.isdigit()).strip("._-") in ROLES


def _emails(get):
    out = []
    for _key, value in _values(get, "emails", "email"):
        email = normalise_email(value)
        if not email:
            continue
        local, _at, domain = email.rpartition("@")
        local = local.split("+")[0] or local
        label = domain.split(".")[0]
        private = "p" if label in FREE_MAIL else "w"
        kind = "r" if is_shared_mailbox(email) else private
        entry = (f"{local}@{domain}", local, domain, kind)
        if entry not in out:
            out.append(entry)
    return tuple(out[:5])


def _phones(get):
    country = as_text(get("country_code")).upper()[:2]
    out = {}
    for key, value in _values(get, "phones", "phone", "mobile"):
        parts = phone_parts(value, country)
        if parts:
            digits, kind = parts
            out.setdefault(digits, kind or ("m" if key == "mobile" else ""))
    return tuple(out.items())[:6]


def _street(value):
    """Street name without its kind's spelling, and its numbers."""
    text = collapse(fold(value)) if value else ""
    if not text:
        return "", ()
    if has_han(text):
        text = simplified(text)
        numbers = tuple(re.findall(r"\d+", text))
        return "".join(c for c in text if c.isalpha()), numbers
    names, numbers = [], []
    for word in _STREET_WORD.findall(text)[:14]:
        if word[0].isdigit():
            numbers.append(word.rstrip("abcdefghijklmnopqrstuvwxyz"))
        elif word != "bis":
            names.append(_STREET_FORMS.get(word, word))
    return " ".join(n for n in names if n), tuple(numbers)


def _city(value):
    text = collapse(fold(value)) if value else ""
    if has_han(text):
        text = simplified(text).removesuffix("市")
    return text.replace("-", " ")


def domain_word(domain):
    """The word of a domain that names the firm: ``boyle`` of ``www.boyle.co.uk``."""
    labels = [label for label in domain.lower().split(".") if label]
    if len(labels) > 1:
        labels = labels[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels = labels[:-1]
    return labels[-1] if labels else ""


def _domains(emails, website):
    out = [e[2] for e in emails if domain_word(e[2]) not in FREE_MAIL]
    site = as_text(website).lower()
    if site:
        site = site.split("//")[-1].split("/")[0].split(":")[0].removeprefix("www.")
        if "." in site:
            out.append(site)
    return tuple(dict.fromkeys(out))


def _alias(tokens, emails):
    """Name words that the email tells beyond the name: ``jeannine`` for
    ``J Berthelot <jeannineberthelot@…>``, where an initial stands in the name."""
    found = []
    for _address, local, _domain, kind in emails:
        if kind == "r":
            continue
        letters = fold("".join(c for c in local if c.isalpha()))
        for token in tokens:
            if len(token) > 2 and token in letters and letters != token:
                rest = letters.replace(token, "", 1)
                if len(rest) > 2:
                    found.append(rest)
    return tuple(dict.fromkeys(found))[:3]


def _owner(tokens, latin, emails):
    """ "g", "i", "f" or "": see ``Features.owner``."""
    words = set(tokens)
    for surname, given, _system in latin:
        words.update((surname, given))
    if len(words) < 2:
        return ""
    best = ""
    for _address, local, _domain, kind in emails:
        letters = fold("".join(c if c.isalpha() else " " for c in local))
        if kind == "r" or len(letters) < 3:
            continue
        best = min(best, _owner_of(letters, words), key=_RANK.get)
    return best


_RANK = {"g": 0, "i": 1, "f": 2, "": 3}


def _owner_of(letters, words):
    held = [w for w in words if len(w) > 2 and w in letters.replace(" ", "")]
    rest = letters.replace(" ", "")
    for word in sorted(held, key=len, reverse=True):
        rest = rest.replace(word, "", 1)
    if len(held) > 1:
        return "g"
    if len(rest) < 3:
        return "i" if rest and any(w.startswith(rest[0]) for w in words) else ""
    heads = {w[:3] for w in words if len(w) > 2}
    if rest[:3] in heads:
        return "i"
    return "f"
