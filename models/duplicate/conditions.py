"""What a duplicate rule compares, apart from the records: plain values and SQL."""

from typing import NamedTuple

from rapidfuzz import fuzz

from odoo import models
from odoo.tools import SQL

from ...tools.matching import (
    is_shared_mailbox,
    normalise_email,
    normalise_name,
    normalise_phone,
)

NAME_FIELDS = ("name", "contact_first_name", "contact_last_name")
PHONE_FIELDS = ("phone", "contact_mobile", "phone_sanitized")
# Columns that stock keeps normalised beside a field.
COLUMNS = {"email": "email_normalized", "phone": "phone_sanitized"}


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
        if self.field_name in ("email", "email_normalized"):
            email = normalise_email(value)
            # info@ is read by many; two people who share it are no duplicate
            return None if not email or is_shared_mailbox(email) else email
        if self.field_name in PHONE_FIELDS:
            return normalise_phone(value, country_code)
        return normalise_name(value)

    def holds(self, values, other):
        """Whether the condition holds between two ``{field name: value}``."""
        one, two = (
            self.normalise(side.get(self.field_name), side.get("country_code"))
            for side in (values, other)
        )
        if one is None or two is None:
            return False
        if self.exact:
            return one == two
        return fuzz.token_sort_ratio(one, two) >= self.threshold

    @property
    def column(self):
        """The column by which PostgreSQL finds exact matches.

        ``None`` where no column tells: a name without its accents or the second phone
        in another format is known to the key table only.
        """
        if self.field_name in COLUMNS:
            return COLUMNS[self.field_name]
        if self.field_name in (*NAME_FIELDS, *PHONE_FIELDS):
            return None
        return self.field_name

    def same_sql(self, fields):
        """Return SQL that is true for rows ``one`` and ``two`` that may match.

        It may be true too often, as :meth:`holds` is asked afterwards.

        :param fields: the fields of the model, by name
        """
        one, two = (SQL.identifier(alias, self.column) for alias in ("one", "two"))
        if self.column == self.field_name and fields[self.column].type == "char":
            return SQL("lower(%s) = lower(%s)", one, two)
        return SQL("%s = %s", one, two)


class Rule(NamedTuple):
    """A duplicate rule as it is applied; ``action`` is ``"block"`` or ``"warn"``."""

    id: int
    action: str
    conditions: tuple

    @property
    def field_names(self):
        return frozenset(condition.field_name for condition in self.conditions)

    @property
    def exact(self):
        return tuple(condition for condition in self.conditions if condition.exact)

    def holds(self, values, other):
        """Whether all conditions hold between two ``{field name: value}``."""
        return all(condition.holds(values, other) for condition in self.conditions)
