"""Making, copying and removing whole databases on the server in the environment."""

import os
import time
from contextlib import contextmanager

import psycopg2
from psycopg2 import sql

RUN_PREFIX = "cp_run_"


@contextmanager
def _maintenance():
    connection = psycopg2.connect(dbname="postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def exists(name):
    """Whether there is a database of this name."""
    with _maintenance() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return bool(cursor.fetchone())


def drop(name):
    """Remove a database, if it is there, whoever is connected to it."""
    with _maintenance() as cursor:
        cursor.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                sql.Identifier(name)
            )
        )


def rename(old, new):
    """Give a database its final name: what is half made never bears it."""
    with _maintenance() as cursor:
        cursor.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(old), sql.Identifier(new)
            )
        )


def copy(template, name):
    """A copy of ``template``, made inside the server in under a second."""
    with _maintenance() as cursor:
        cursor.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


@contextmanager
def fresh_copy(template, label):
    """The name of a copy that is removed in the end."""
    name = f"{RUN_PREFIX}{os.getpid()}_{label}"
    drop(name)
    copy(template, name)
    try:
        yield name
    finally:
        drop(name)


def sweep(cluster):
    """Remove what killed runs left, when nobody else can be using it."""
    if not cluster.is_mine_alone():
        return
    with _maintenance() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            " OR datname LIKE '%%.half'",
            [RUN_PREFIX],
        )
        left = [row[0] for row in cursor.fetchall()]
    for name in left:
        drop(name)


def query(name, statement, parameters=()):
    """All rows of one statement in one database."""
    connection = psycopg2.connect(dbname=name)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def execute(name, statement, parameters=()):
    """One statement that changes one database."""
    query(name, statement, parameters)


def seconds_since(start):
    """For messages: whole seconds since ``time.monotonic()`` gave ``start``."""
    return round(time.monotonic() - start)
