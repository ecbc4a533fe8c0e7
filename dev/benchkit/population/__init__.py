"""A stock database with a given number of contacts, made by a few SQL statements."""

import hashlib
import time
from pathlib import Path
from typing import NamedTuple

import psycopg2
from psycopg2.extras import execute_values

from .words import COUNTRIES, WORD_LISTS, pairs

FOLDER = Path(__file__).parent
COMPANY_SHARE = 10  # per cent of all contacts
PLANTED_SHARE = 2


class Population(NamedTuple):
    """How many contacts of which kind; together they are ``contacts``."""

    companies: int
    persons: int
    planted: int

    @classmethod
    def of(cls, contacts):
        """The split of a total."""
        companies = max(8, contacts * COMPANY_SHARE // 100)
        planted = contacts * PLANTED_SHARE // 100
        return cls(companies, contacts - companies - planted, planted)


def fingerprint():
    """Twelve characters that change when what is generated may have changed."""
    parts = [
        (FOLDER / "population.sql").read_text(),
        (FOLDER / "users.py").read_text(),
        repr((COMPANY_SHARE, PLANTED_SHARE, _country_rows())),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def fill(database, contacts):
    """Insert ``contacts`` contacts into a stock database with users; gives seconds.

    The owners are all active internal users but the administrator.
    """
    start = time.monotonic()
    connection = psycopg2.connect(dbname=database)
    try:
        with connection, connection.cursor() as cursor:
            owners = _prepare(cursor)
            numbers = Population.of(contacts)._asdict()
            cursor.execute(
                (FOLDER / "population.sql").read_text(), {**numbers, "owners": owners}
            )
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    finally:
        connection.close()
    return time.monotonic() - start


def _prepare(cursor):
    """Make the temporary tables that the statements read; gives the owners' number."""
    cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
    if cursor.fetchone()[0]:
        # Foreign keys hold by construction; checking them row by row would take
        # longer than all the rest.
        cursor.execute("SET LOCAL session_replication_role = replica")
    lists = ", ".join(f"{name} text[]" for name in WORD_LISTS)
    cursor.execute(
        f"""
        CREATE TEMP TABLE bench_country (
            slot int, code text, {lists}, dial text, trunk text, free int,
            local_from text, local_to text, world_from text, world_to text,
            country_id int
        ) ON COMMIT DROP
        """
    )
    execute_values(cursor, "INSERT INTO bench_country VALUES %s", _country_rows())
    cursor.execute(
        """
        UPDATE bench_country SET country_id = res_country.id
          FROM res_country WHERE res_country.code = bench_country.code;
        CREATE TEMP TABLE bench_owner ON COMMIT DROP AS
            SELECT (row_number() OVER (ORDER BY login))::int - 1 AS place,
                   id AS user_id
              FROM res_users
             WHERE active AND NOT share AND login LIKE 'bench%';
        SELECT count(*) FROM bench_owner
        """
    )
    return cursor.fetchone()[0]


def _country_rows():
    """Rows of ``bench_country``, one for each eighth of the contacts."""
    eighths = [country for country in COUNTRIES for _ in range(country.share)]
    return [
        (
            slot,
            country.code,
            *(pairs(getattr(country, name)) for name in WORD_LISTS),
            country.dial,
            country.trunk,
            country.free,
            *country.local,
            *country.world,
            None,
        )
        for slot, country in enumerate(eighths)
    ]
