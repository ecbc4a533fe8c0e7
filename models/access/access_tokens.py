"""Who may read a contact, as numbers kept on its row.

A token is ``id * 8 + kind``: "owned by user 7", "user 7 is a member", "named: team 3".
The column ``contact_access_tokens`` of a contact holds all of its tokens: perhaps that
it is everyone's, its owner, its creator, then members and who is named. The column
``contact_access_key`` has the first of them, which decides for most contacts. A user
has tokens, too (see ``res_users.py``); he reads what shares one with him. PostgreSQL
keeps the columns itself, by triggers, so that neither a merge nor plain SQL leaves them
old.
"""

from contextlib import contextmanager

from odoo.tools import SQL

EVERYONE = 0
OWNER, CREATOR, MEMBER, WRITER, NAMED, TEAM, NO_PERSON = range(1, 8)
# In the place of an owner or a creator that there is not; nobody has this token.
NOBODY = -1

COLUMNS = f"""
ALTER TABLE res_partner
    ADD COLUMN IF NOT EXISTS contact_visibility varchar DEFAULT 'everyone',
    ADD COLUMN IF NOT EXISTS contact_access_key integer DEFAULT {NO_PERSON},
    ADD COLUMN IF NOT EXISTS contact_access_tokens integer[]
        DEFAULT '{{{NO_PERSON}}}'
"""

# ``partner`` is NULL while a row is inserted: nothing can refer to it yet. A session
# keeps the plans of a function: one that was made while nobody had a member would read
# the whole table of members for each contact.
_TOKENS = f"""
CREATE OR REPLACE FUNCTION contact_access_tokens(
    partner integer, person boolean, visibility varchar, creator integer, owner integer
) RETURNS integer[] LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
DECLARE
    tokens integer[];
BEGIN
    IF person IS NOT TRUE THEN
        RETURN ARRAY[{NO_PERSON}];
    END IF;
    IF visibility = 'creator' THEN
        RETURN ARRAY[{NOBODY}, COALESCE(creator * 8 + {CREATOR}, {NOBODY})];
    END IF;
    tokens := ARRAY[
        COALESCE(owner * 8 + {OWNER}, {NOBODY}),
        COALESCE(creator * 8 + {CREATOR}, {NOBODY})
    ];
    IF visibility = 'everyone' THEN
        tokens := {EVERYONE} || tokens;
    END IF;
    IF partner IS NULL THEN
        RETURN tokens;
    END IF;
    tokens := tokens || ARRAY(
        SELECT user_id * 8 + {MEMBER}
          FROM contact_team_member WHERE partner_id = partner
    ) || ARRAY(
        SELECT user_id * 8 + {WRITER}
          FROM contact_team_member WHERE partner_id = partner AND access = 'write'
    );
    IF visibility = 'selected' THEN
        tokens := tokens || ARRAY(
            SELECT user_id * 8 + {NAMED}
              FROM contact_visible_user_rel WHERE partner_id = partner
        ) || ARRAY(
            SELECT team_id * 8 + {TEAM}
              FROM contact_visible_team_rel WHERE partner_id = partner
        );
    END IF;
    RETURN tokens;
END $$;
"""

# PostgreSQL counts the comparison of two lists as it does that of two numbers. Told
# what it costs, it reads the indexes where a user sees a small part of the contacts.
_COST = """
CREATE OR REPLACE FUNCTION contact_access_compared(integer[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE COST 200 AS $$ BEGIN RETURN TRUE; END $$;
"""

_PARTNER = """
CREATE OR REPLACE FUNCTION contact_access_partner() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.contact_access_tokens := contact_access_tokens(
        CASE TG_OP WHEN 'UPDATE' THEN NEW.id END,
        NEW.is_contact_person, NEW.contact_visibility, NEW.create_uid, NEW.user_id
    );
    NEW.contact_access_key := NEW.contact_access_tokens[1];
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS contact_access_partner ON res_partner;
CREATE TRIGGER contact_access_partner
    BEFORE INSERT OR UPDATE OF
        is_contact_person, contact_visibility, create_uid, user_id
    ON res_partner FOR EACH ROW EXECUTE FUNCTION contact_access_partner();
"""

# An update of the visibility to what it is has the tokens of the row renewed. Only
# constraint triggers can be put off.
_RELATED = """
CREATE OR REPLACE FUNCTION contact_access_related() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE res_partner SET contact_visibility = contact_visibility
     WHERE id IN (OLD.partner_id, NEW.partner_id)
       AND contact_access_tokens IS DISTINCT FROM contact_access_tokens(
               id, is_contact_person, contact_visibility, create_uid, user_id
           );
    RETURN NULL;
END $$;
"""

_RELATED_TRIGGER = """
DROP TRIGGER IF EXISTS contact_access_related ON %(table)s;
CREATE CONSTRAINT TRIGGER contact_access_related
    AFTER INSERT OR UPDATE OR DELETE ON %(table)s
    DEFERRABLE INITIALLY IMMEDIATE
    FOR EACH ROW EXECUTE FUNCTION contact_access_related();
"""

DROP = """
DROP FUNCTION IF EXISTS contact_access_compared, contact_access_partner,
    contact_access_related, contact_access_tokens CASCADE;
ALTER TABLE res_partner DROP COLUMN IF EXISTS contact_access_key,
    DROP COLUMN IF EXISTS contact_access_tokens
"""


def tokens(kind, ids):
    """Return the tokens of one kind as a list of numbers."""
    return [id_ * 8 + kind for id_ in sorted(ids)]


def literal(numbers):
    """Return numbers as PostgreSQL reads an array quickest, e.g. ``"{8,16}"``."""
    return f"{{{','.join(map(str, numbers))}}}"


def add_columns(cr):
    """Add the columns: existing contacts are open to everyone, without a rewrite.

    So are rows that somebody inserts by plain SQL, who can know of no visibility.
    """
    cr.execute(COLUMNS)


def watch_partners(cr):
    """Have PostgreSQL keep the tokens when a contact changes."""
    for statement in (_TOKENS, _COST, _PARTNER, _RELATED):
        cr.execute(statement)


def watch(cr, table):
    """Have PostgreSQL keep the tokens when rows of a table with ``partner_id`` do."""
    cr.execute(SQL(_RELATED_TRIGGER, table=SQL.identifier(table)))


@contextmanager
def renewed_once(env):
    """Renew the tokens of contacts at the end of a block that changes them twice.

    PostgreSQL writes a row anew, and into each index, at every change. Who asks within
    the block sees the access from before; an error leaves nothing open, since the
    end of the transaction renews what is left.
    """
    env.cr.execute("SET CONSTRAINTS contact_access_related DEFERRED")
    yield
    env.flush_all()
    env.cr.execute("SET CONSTRAINTS contact_access_related IMMEDIATE")
