"""Install into a database that is in use.

Odoo would compute every new stored column record by record; with a million partners
that takes hours. The columns are therefore made and filled by set before the models
are loaded, and Odoo finds nothing left to compute.
"""

from psycopg2.extras import execute_values

from .tools.matching import split_name

BATCH = 20_000

_COLUMNS = """
ALTER TABLE res_partner
    ADD COLUMN IF NOT EXISTS is_contact_person boolean,
    ADD COLUMN IF NOT EXISTS contact_first_name varchar,
    ADD COLUMN IF NOT EXISTS contact_last_name varchar,
    ADD COLUMN IF NOT EXISTS contact_account_names varchar,
    ADD COLUMN IF NOT EXISTS contact_state varchar
"""

# The first names batch also tells persons from the rest: one pass over the table.
_NAMES = """
UPDATE res_partner AS partner
   SET contact_first_name = part.first,
       contact_last_name = part.last,
       is_contact_person = TRUE,
       contact_account_names = part.account,
       contact_state = CASE WHEN part.complete THEN 'active' ELSE 'draft' END
  FROM (VALUES %s) AS part(id, first, last, account, complete)
 WHERE partner.id = part.id
"""

_PERSONS = """
SELECT person.id, person.name, person.lang, person.email, person.phone, parent.name
  FROM res_partner AS person
  LEFT JOIN res_partner AS parent ON parent.id = person.parent_id
 WHERE NOT COALESCE(person.is_company, FALSE)
   AND person.type = 'contact'
   AND NOT EXISTS (SELECT FROM res_users
                    WHERE res_users.partner_id = person.id
                      AND res_users.active
                      AND NOT COALESCE(res_users.share, FALSE))
"""


def pre_init_hook(env):
    """Add the stored columns of the record and fill them by set."""
    env.cr.execute(_COLUMNS)
    # A server-side cursor: the rows are read while the batches are written.
    with env.cr._cnx.cursor(name="contact_person_persons") as reader:
        reader.execute(_PERSONS)
        while rows := reader.fetchmany(BATCH):
            values = [_person_values(*row) for row in rows]
            execute_values(env.cr._obj, _NAMES, values, page_size=BATCH)
    env.cr.execute(
        "UPDATE res_partner SET is_contact_person = FALSE"
        " WHERE is_contact_person IS NULL"
    )


def _person_values(partner_id, name, lang, email, phone, account):
    """Return a row of ``_NAMES``; by default name, email and account are needed."""
    first = last = None
    if name and name not in (email, phone):
        first, last = split_name(name, lang)
    complete = bool((first or last) and email and account)
    return partner_id, first or None, last or None, account, complete


def post_init_hook(env):
    """Give every partner that is already there its match keys."""
    env["contact.match.key"]._rebuild()


def uninstall_hook(env):
    """Drop the tables that no model owns."""
    env.cr.execute(
        "DROP TABLE IF EXISTS contact_match_key, contact_match_lock, contact_import_key"
    )
