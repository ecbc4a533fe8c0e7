"""What the columns of a table mean.

Each header is read on its own first (``headers_read``), then the columns compete:
every target is given once, columns with values before empty ones, an address is
taken whole from one group, and unknown headers are judged by their values.
"""

import dataclasses

from . import sniff
from .headers_read import Reading, is_known_header, normalise_header, read_header

__all__ = ["TARGETS", "Match", "is_known_header", "match_headers", "normalise_header"]

# Everything a column may be matched to, with neutral names
TARGETS = (
    "first_name middle_name last_name name prefix suffix nickname company department "
    "function email email_2 email_3 phone mobile phone_2 phone_3 fax street street2 "
    "street3 po_box street_full zip zip_city city state country website birthdate "
    "comment tags lang owner vat linkedin external_id connected_on gender"
).split()
_SERIES = {
    "email": ("email", "email_2", "email_3"),
    "phone": ("phone", "phone_2", "phone_3"),
    "street": ("street", "street2", "street3"),
    "street2": ("street2", "street3"),
}
_ADDRESS = frozenset(
    "street street2 po_box street_full zip zip_city city state country".split()
)
_GROUP_RANK = {"": 0, "work": 0, "home": 2, "other": 3, "billing": 4, "shipping": 5}


@dataclasses.dataclass
class Match:
    """What one column means.

    :param target: one of ``TARGETS``, or None
    :param float confidence: 0 to 1
    :param label_of: position of the column that this one only labels, or None
    :param bool ignored: known to hold nothing for a contact, so no question about it
    """

    header: str
    target: str | None = None
    confidence: float = 0.0
    label_of: int | None = None
    ignored: bool = False


@dataclasses.dataclass
class _Column:
    position: int
    reading: Reading
    values: list | None

    @property
    def filled(self):
        return self.values is None or bool(self.values)

    @property
    def rank(self):
        """Sort key: values before none, sure before guessed, then group, then order."""
        reading = self.reading
        group = _GROUP_RANK.get(reading.group, 1)
        guess = reading.confidence < 0.9
        return (not self.filled, guess, group, reading.index or 1, self.position)


def match_headers(headers, samples=None, remembered=None):
    """Give a list of ``Match``, one for each header.

    :param samples: for each column a list of its values (``Table.samples()``);
        without them all columns count as filled
    :param dict remembered: normalised header → target the user chose before, or
        None where the user chose not to import the column; wins over everything
    """
    values = samples or [None] * len(headers)
    columns = [
        _Column(position, read_header(header), cells)
        for position, (header, cells) in enumerate(zip(headers, values, strict=True))
    ]
    matches = [
        Match(header, confidence=float(c.reading.ignored), ignored=c.reading.ignored)
        for header, c in zip(headers, columns, strict=True)
    ]
    free = set(TARGETS)
    rest = _apply_remembered(matches, columns, remembered or {}, free)
    _link_labels(matches, columns)
    _resolve(rest, columns)
    _assign(matches, rest, free)
    _assign_by_values(matches, rest, free)
    return matches


def _apply_remembered(matches, columns, remembered, free):
    """Settle what the user chose before; give the columns still open."""
    rest = []
    for column in columns:
        match = matches[column.position]
        key = normalise_header(match.header)
        if key not in remembered:
            rest.append(column)
            continue
        target = remembered[key] or None
        match.confidence, match.ignored = 1.0, target is None
        if target in free or target not in TARGETS:
            # a target we don't know is an additional field of the caller
            match.target = target
            free.discard(target)
    return rest


def _link_labels(matches, columns):
    """Point label columns (``Phone 1 - Label``) to the column they describe."""
    for column in columns:
        stem = column.reading.label_stem
        if not stem:
            continue
        wanted = [
            other.position
            for other in columns
            if other is not column
            and other.reading.stem == stem
            and not other.reading.label_stem
        ]
        if wanted:
            matches[column.position].label_of = wanted[0]
            kind = sniff.label_kind(column.values)
            if kind and columns[wanted[0]].reading.base == "phone":
                columns[wanted[0]].reading.base = kind


# ---------------------------------------------------------------- ambiguous names


def _resolve(rest, columns):
    """Decide headers whose meaning depends on the other columns and the values."""
    for column in rest:
        if sniff.contradicts(column.reading, column.values):
            column.reading.base = None
    bases = {column.reading.base for column in columns if not column.reading.ignored}
    for column in rest:
        resolver = _RESOLVERS.get(column.reading.base)
        if resolver:
            column.reading.base = resolver(column, bases, columns)
            bases.add(column.reading.base)


def _resolve_name(column, bases, columns):
    """``Nom`` is the family name beside ``Prénom``, else the whole name.

    In the same way ``Name`` beside a lone ``Surname`` is the first name.
    """
    known = bases & {"first_name", "last_name"}
    if len(known) != 1:
        return "name"
    part = known.pop()
    other = next(c for c in columns if c.reading.base == part)
    parts = set(other.values or ())
    whole = sniff.share(column.values, lambda text: _holds(text, parts))
    if whole > 0.5:
        return "name"
    return "last_name" if part == "first_name" else "first_name"


def _holds(text, parts):
    words = text.split()
    return len(words) > 1 and (words[0] in parts or words[-1] in parts)


def _resolve_title(column, bases, columns):
    """``Title`` is Mr or Dr in Outlook, the job in Salesforce.

    French Outlook names both so; the form of address comes first.
    """
    if sniff.share(column.values, sniff.is_honorific) >= 0.5:
        return "prefix"
    if any(c.reading.base == "?title" and c is not column for c in columns):
        return "prefix" if not column.values else "function"
    if "function" in bases:
        return None if column.values else "prefix"
    return "function"


def _resolve_department(column, bases, _columns):
    """``Département`` is a part of France more often than of a company."""
    numeric = sniff.share(column.values, lambda text: text[:2].isdigit()) > 0.5
    if numeric or "department" in bases:
        return "state"
    return "department"


def _resolve_url(column, bases, _columns):
    """A bare ``URL`` is the profile in exports of LinkedIn, else the website."""
    linkedin = sniff.share(column.values, lambda text: "linkedin." in text) > 0.5
    if linkedin or ("connected_on" in bases and "linkedin" not in bases):
        return "linkedin"
    return "website"


def _resolve_street(column, bases, _columns):
    """A lone address column holds post code and city too."""
    if bases & {"city", "zip", "zip_city"} or column.reading.index:
        return "street"
    whole = sniff.share(column.values, sniff.is_whole_address) > 0.5
    return "street_full" if whole else "street"


_RESOLVERS = {
    "?name": _resolve_name,
    "?title": _resolve_title,
    "?department": _resolve_department,
    "website": _resolve_url,
    "street": _resolve_street,
}


# ---------------------------------------------------------------- competition


def _assign(matches, rest, free):
    named = [c for c in rest if c.reading.base and not c.reading.ignored]
    group = _main_address(named)
    for column in sorted(named, key=lambda column: column.rank):
        base = column.reading.base
        if base in _ADDRESS and column.reading.group not in group:
            continue
        target = _target(column.reading, free)
        if target:
            free.discard(target)
            match = matches[column.position]
            match.target, match.confidence = target, column.reading.confidence


def _main_address(named):
    """Give the address groups to take: the one with most values, and no name.

    Streets of one address must not meet the city of another.
    """
    score = {}
    for column in named:
        if column.reading.base in _ADDRESS:
            group = column.reading.group
            filled = len(column.values) if column.values is not None else 1
            score[group] = score.get(group, 0) + filled
    if not score:
        return ("",)
    best = max(score, key=lambda group: (score[group], -_GROUP_RANK.get(group, 1)))
    return (best, "")


def _target(reading, free):
    """Give the free target for a reading, or None."""
    series = _SERIES.get(reading.base, (reading.base,))
    if reading.base == "street":
        series = series[(reading.index or 1) - 1 :]
    elif reading.base == "mobile":
        series = ("mobile", *_SERIES["phone"])
    return next((target for target in series if target in free), None)


def _assign_by_values(matches, rest, free):
    """Judge columns with unknown names by what they hold."""
    for column in rest:
        match = matches[column.position]
        if match.target or match.ignored or column.reading.base or not column.values:
            continue
        base = sniff.guess(column.values, normalise_header(match.header))
        target = base and _target(Reading(base=base), free)
        if target:
            free.discard(target)
            match.target, match.confidence = target, 0.4
