"""What a duplicate rule compares, apart from the records: plain values."""

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from odoo import models
from odoo.tools import email_normalize

from ...tools.matching import (
    is_shared_mailbox,
    name_key,
    normalise_name,
    normalise_phone,
    phone_key,
)

EMAIL_FIELDS = ("email", "email_normalized")
# Typed in any format, so that only the match keys tell which are the same.
PHONE_FIELDS = ("phone", "contact_mobile")
TYPES = (
    "char text selection integer float monetary boolean date datetime many2one"
).split()


@lru_cache(maxsize=10_000)
def _email(text):
    # the very form that the column holds in which it is looked up
    email = email_normalize(text, strict=False)
    # info@ is read by many; two people who share it are no duplicate
    return None if not email or is_shared_mailbox(email) else email


class Condition(NamedTuple):
    """One condition of a rule; ``threshold`` from 0 to 100 counts where not exact."""

    field_name: str
    exact: bool
    threshold: int

    def normalise(self, value, country_code=None):
        """Return ``value`` as this condition compares it, ``None`` if it is empty."""
        if isinstance(value, models.BaseModel):
            value = value.id
        if not value:
            return None
        if not isinstance(value, str):
            return str(value)
        if self.field_name in EMAIL_FIELDS:
            return _email(value)
        if self.field_name in (*PHONE_FIELDS, "phone_sanitized"):
            return normalise_phone(value, country_code)
        return normalise_name(value) or None

    def likeness(self, one, two):
        """Return how alike two normalised values are, 0 to 100.

        ``None`` if that is too little for the condition to hold.
        """
        if self.exact:
            return 100.0 if one == two else None
        # below the cutoff it gives 0, and that at once
        ratio = fuzz.token_sort_ratio(one, two, score_cutoff=self.threshold)
        return ratio if ratio or not self.threshold else None

    def key(self, values):
        """Return the match key that all contacts share that are the same here."""
        if self.field_name == "name":
            return name_key(values["name"])
        return phone_key(values[self.field_name], values.get("country_code"))


class Rule(NamedTuple):
    """A duplicate rule as it is applied.

    action: ``"block"`` or ``"warn"``; watched: the fields by whose change a contact can
    come under the rule
    """

    id: int
    action: str
    conditions: tuple
    watched: frozenset

    @property
    def field_names(self):
        return frozenset(condition.field_name for condition in self.conditions)

    @property
    def exact(self):
        return tuple(condition for condition in self.conditions if condition.exact)

    @property
    def keyed(self):
        """The condition by whose match key contacts are found, ``None`` if by none.

        An email has an index of its own; a phone tells more than a name.
        """
        exact = {condition.field_name: condition for condition in self.exact}
        if exact.keys() & {*EMAIL_FIELDS, "phone_sanitized"}:
            return None
        names = (*PHONE_FIELDS, "name")
        return next((exact[name] for name in names if name in exact), None)

    def normalise(self, values):
        """Return the normalised values of the conditions, ``()`` if one is empty."""
        code = values.get("country_code")
        found = tuple(
            condition.normalise(values.get(condition.field_name), code)
            for condition in self.conditions
        )
        return () if None in found else found

    def telling(self, normalised):
        """Return those of the values that another contact must have, too."""
        pairs = zip(self.conditions, normalised, strict=True)
        return tuple(value for condition, value in pairs if condition.exact)

    def score(self, one, two):
        """Return how alike two contacts are by their normalised values, 0 to 100.

        100 when all conditions are exact, ``None`` if one of them does not hold.
        """
        if not one or not two:
            return None
        found = []
        for condition, *values in zip(self.conditions, one, two, strict=True):
            likeness = condition.likeness(*values)
            if likeness is None:
                return None
            found.append(likeness)
        return sum(found) / len(found)
