"""A number that says whether what decides over access has changed.

What a user reaches is found out by a query over the whole organisation, and kept by
each worker for as long as this number stays. PostgreSQL counts it up itself, by
triggers, so that plain SQL is noticed, too. It is counted by rows that are added, one
for each transaction: nobody waits for anybody else, and each sees as many as he sees
changes.
"""

from odoo.tools import SQL

_CHANGES = """
CREATE TABLE IF NOT EXISTS contact_access_change (
    changes bigint NOT NULL DEFAULT 1,
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE OR REPLACE FUNCTION contact_access_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM contact_access_change
                    WHERE transaction = pg_current_xact_id()) THEN
        INSERT INTO contact_access_change DEFAULT VALUES;
    END IF;
    RETURN NULL;
END $$;
"""

_WATCH = """
DROP TRIGGER IF EXISTS contact_access_changed ON %(table)s;
CREATE TRIGGER contact_access_changed
    AFTER INSERT OR DELETE OR UPDATE OF %(columns)s ON %(table)s
    FOR EACH STATEMENT EXECUTE FUNCTION contact_access_changed()
"""

_CURRENT = """
SELECT COALESCE(SUM(changes), 0)::bigint,
       COALESCE(BOOL_OR(transaction = pg_current_xact_id_if_assigned()), FALSE)
  FROM contact_access_change
"""

# The sum stays, so that nobody takes an old number for a new one.
_CONDENSE = """
WITH gone AS (DELETE FROM contact_access_change RETURNING changes)
INSERT INTO contact_access_change (changes)
SELECT SUM(changes) FROM gone HAVING COUNT(*) > 0
"""

_CHANGING = "contact_access_changing"

DROP = """
DROP FUNCTION IF EXISTS contact_access_changed CASCADE;
DROP TABLE IF EXISTS contact_access_change
"""


def watch(cr, table, columns):
    """Have PostgreSQL count the changes of some columns of a table."""
    cr.execute(_CHANGES)
    names = SQL(", ").join(map(SQL.identifier, columns))
    cr.execute(SQL(_WATCH, table=SQL.identifier(table), columns=names))


def current(env, to_flush):
    """Return the number, or None in a transaction that has made a change itself.

    What such a transaction finds out is nobody else's.

    :param list to_flush: fields whose values have to be in the database before
    """
    # Odoo empties this at the end of a transaction, or when part of it is undone
    known = env.cr.cache
    if known.get(_CHANGING):
        env.flush_query(SQL("", to_flush=to_flush))
        return None
    [[number, changing]] = env.execute_query(SQL(_CURRENT, to_flush=to_flush))
    known[_CHANGING] = changing
    return None if changing else number


def condense(cr):
    """Keep one row for all the changes so far."""
    cr.execute(_CONDENSE)
