"""Whose contacts a user sees besides his own."""

from array import array
from dataclasses import dataclass
from functools import cached_property

from odoo import fields
from odoo.tools import SQL

from . import access_tokens
from .access_tokens import (
    CREATOR,
    EVERYONE,
    MEMBER,
    NAMED,
    NO_PERSON,
    OWNER,
    TEAM,
    WRITER,
)


@dataclass
class Reach:
    """The ids of users by why their contacts are open to the user ``uid``.

    Nobody changes one: a worker keeps it for all requests of the user, and with it the
    tokens as PostgreSQL reads them quickest.
    """

    uid: int
    subordinates: array
    headed: array
    shared: array
    shared_write: array
    teams: array
    # Whether looking at each contact is quicker than the indexes.
    far: bool = False
    # Where there are many partners: how many, and how many of the contacts and of the
    # others PostgreSQL expects the user to see.
    size: int | None = None
    persons: int = 0
    no_persons: int = 0

    @cached_property
    def owners(self):
        """The tokens that may stand first in a contact, all contacts his to read."""
        return access_tokens.literal([EVERYONE, *self._owners()])

    @cached_property
    def owners_or_no_person(self):
        """The same, and that of a partner who is no contact."""
        return access_tokens.literal([EVERYONE, NO_PERSON, *self._owners()])

    @cached_property
    def others(self):
        """The tokens that open a contact to read in another place than the first."""
        return access_tokens.literal(self._others())

    @cached_property
    def writing(self):
        """The tokens that open a contact to write."""
        line = {self.uid, *self.subordinates}
        return access_tokens.literal(
            [
                *access_tokens.tokens(OWNER, line.union(self.shared_write)),
                *access_tokens.tokens(CREATOR, [self.uid]),
                *access_tokens.tokens(WRITER, line),
            ]
        )

    @property
    def private(self):
        """The tokens that open a contact that is not everyone's, as numbers."""
        return [*self._owners(), *self._others()]

    @property
    def _involved(self):
        return {self.uid, *self.subordinates, *self.headed}

    def _owners(self):
        return access_tokens.tokens(OWNER, self._involved.union(self.shared))

    def _others(self):
        return [
            *access_tokens.tokens(CREATOR, [self.uid]),
            *access_tokens.tokens(MEMBER, self._involved),
            *access_tokens.tokens(NAMED, [self.uid]),
            *access_tokens.tokens(TEAM, self.teams),
        ]


class ReachField(fields.Json):
    """Holds a ``Reach``: as nobody changes it, no look at it makes a copy."""

    def convert_to_cache(self, value, record, validate=True):
        return value

    def convert_to_record(self, value, record):
        return value


def expected_rows(env, query):
    """Return how many rows PostgreSQL expects of a query (``SQL``)."""
    [[[plan]]] = env.execute_query(SQL("EXPLAIN (FORMAT JSON) %s", query))
    return plan["Plan"]["Plan Rows"]
