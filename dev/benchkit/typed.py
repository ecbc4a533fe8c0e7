"""Contacts as somebody would type them who does not know that they are there."""

import random
import re
import unicodedata
from typing import NamedTuple

KINDS = (
    "typo",
    "swapped",
    "no accents",
    "phone format",
    "name and company",
    "only name",
    "only phone",
    "only email",
)

_PEOPLE = """
SELECT original.id, original.name, original.email, original.phone,
       original.phone_sanitized, original.city, firm.name,
       array_agg(planted.partner_id)
  FROM bench_planted AS planted
  JOIN res_partner AS original ON original.id = planted.of_id
  LEFT JOIN res_partner AS firm ON firm.id = original.parent_id
 WHERE original.email IS NOT NULL AND original.phone IS NOT NULL
   AND (%s OR original.name ~ '[à-žÀ-Ž]') AND (%s OR firm.id IS NOT NULL)
 GROUP BY original.id, firm.id
 ORDER BY hashint8extended(original.id, %s) LIMIT %s
"""
_NAMESAKES = "SELECT id FROM res_partner WHERE name = %s"


class Typed(NamedTuple):
    """``values`` for ``contact_find_duplicates`` and the ids that are right."""

    kind: str
    values: dict
    right: frozenset

    def is_right(self, partner_id):
        """Whether this contact is the person who was typed."""
        return partner_id in self.right


def typed_people(side, each):
    """``each`` people of every kind who are in the database, in a mixed order."""
    people = []
    for salt, kind in enumerate(KINDS):
        any_name, any_firm = kind != "no accents", kind != "name and company"
        rows = side.query(_PEOPLE, [any_name, any_firm, salt, each])
        people += [_typed(side, kind, row) for row in rows]
    random.Random(1).shuffle(people)
    return people


def _typed(side, kind, row):
    partner_id, name, email, phone, sanitized, city, firm, twins = row
    right = {partner_id, *twins}
    if kind == "only name":
        # Nothing else was typed, so nothing tells namesakes apart.
        right |= {found for [found] in side.query(_NAMESAKES, [name])}
    values = {
        "typo": {"name": misspelt(name, partner_id), "email": email, "city": city},
        "swapped": {"name": swapped(name), "phone": phone, "city": city},
        "no accents": {"name": unaccented(name), "email": email},
        "phone format": {"name": name, "phone": regrouped(sanitized)},
        "name and company": {"name": name, "company_name": firm},
        "only name": {"name": name},
        "only phone": {"phone": regrouped(sanitized)},
        "only email": {"email": email.upper()},
    }[kind]
    return Typed(kind, values, frozenset(right))


def misspelt(name, seed):
    """Two neighbouring letters changed places; a name of two letters stays as it is."""
    place = random.Random(seed).randrange(1, max(2, len(name) - 1))
    if len(name) < 3:
        return name
    return name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :]


def swapped(name):
    """Last name first; a Chinese name with its given name first."""
    first, space, last = name.rpartition(" ")
    return f"{last} {first}" if space else f"{name[1:]} {name[0]}"


def unaccented(name):
    """Without accents, as on a foreign keyboard."""
    text = unicodedata.normalize("NFKD", name.replace("ø", "o").replace("Ø", "O"))
    return "".join(c for c in text if not unicodedata.combining(c))


def regrouped(number):
    """An international number with other signs than the database has."""
    return "00" + re.sub(r"^\+(\d\d)(\d{3})(\d*)$", r"\1 (\2)-\3", number)
