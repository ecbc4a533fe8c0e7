"""Install into a database that is in use.

Odoo would compute every new stored column record by record; with a million partners
that takes hours. The columns are therefore made and filled by set before the models
are loaded, and Odoo finds nothing left to compute.
"""

from psycopg2.extras import execute_values

from .models.access import access_tokens, access_version
from .models.access.access_tokens import (
    CREATOR,
    EVERYONE,
    NO_PERSON,
    NOBODY,
    OWNER,
)
from .tools.matching import split_name

BATCH = 20_000

_COLUMNS = """
ALTER TABLE res_partner
    ADD COLUMN IF NOT EXISTS is_contact_person boolean,
    ADD COLUMN IF NOT EXISTS contact_first_name varchar,
    ADD COLUMN IF NOT EXISTS contact_last_name varchar,
    ADD COLUMN IF NOT EXISTS contact_account_names varchar,
    ADD COLUMN IF NOT EXISTS contact_state varchar;
ALTER TABLE crm_lead ADD COLUMN IF NOT EXISTS contact_is_linked boolean
"""

# The names of colleagues are split, too, but they have neither customer nor state.
_NAMES = f"""
UPDATE res_partner AS partner
   SET contact_first_name = part.first,
       contact_last_name = part.last,
       is_contact_person = part.person,
       contact_account_names = part.account,
       contact_state = part.state,
       contact_access_key = CASE WHEN part.person THEN {EVERYONE} ELSE {NO_PERSON} END,
       contact_access_tokens = CASE WHEN part.person THEN ARRAY[
           {EVERYONE},
           COALESCE(partner.user_id * 8 + {OWNER}, {NOBODY}),
           COALESCE(partner.create_uid * 8 + {CREATOR}, {NOBODY})
       ] ELSE ARRAY[{NO_PERSON}] END
  FROM (VALUES %s) AS part(id, first, last, person, account, state)
 WHERE partner.id = part.id
"""

_PERSONS = """
SELECT person.id, person.name, person.lang, person.email, person.phone, parent.name,
       NOT EXISTS (
           SELECT FROM res_users
            WHERE res_users.partner_id = person.id
              AND (NOT COALESCE(res_users.share, FALSE)
                   OR res_users.id IN (SELECT res_id FROM ir_model_data
                                        WHERE module = 'base'
                                          AND name = 'template_portal_user_id')
                   OR res_users.id IN (SELECT uid FROM res_groups_users_rel
                                        WHERE gid = %s))
       )
  FROM res_partner AS person
  LEFT JOIN res_partner AS parent ON parent.id = person.parent_id
 WHERE NOT COALESCE(person.is_company, FALSE)
   AND person.type = 'contact'
"""


def pre_init_hook(env):
    """Add the stored columns of the record and fill them by set."""
    env.cr.execute(_COLUMNS)
    access_tokens.add_columns(env.cr)
    # A server-side cursor: the rows are read while the batches are written.
    with env.cr._cnx.cursor(name="contact_person_persons") as reader:
        reader.execute(_PERSONS, [env.ref("base.group_public").id])
        while rows := reader.fetchmany(BATCH):
            values = [_person_values(*row) for row in rows]
            execute_values(env.cr._obj, _NAMES, values, page_size=BATCH)
    env.cr.execute(
        "UPDATE res_partner SET is_contact_person = FALSE"
        " WHERE is_contact_person IS NULL"
    )


def _person_values(partner_id, name, lang, email, phone, account, is_person):
    """Return a row of ``_NAMES``; by default name, email and account are needed."""
    first = last = None
    if name and name not in (email, phone):
        first, last = split_name(name, lang)
    if not is_person:
        return partner_id, first or None, last or None, False, None, None
    complete = (first or last) and email and account
    state = "active" if complete else "draft"
    return partner_id, first or None, last or None, True, account, state


def post_init_hook(env):
    """Give every partner that is already there its match keys."""
    env["contact.match.key"]._rebuild()


def uninstall_hook(env):
    """Drop what no model owns: the plain tables, the guards and the parameters.

    Additional fields stay as custom fields of Odoo with their data.
    """
    env["contact.field"].with_context(active_test=False).search([])._contact_outlive()
    env["ir.module.module"]._contact_release_mailings()
    # Odoo deletes groups, purposes and wordings one by one; nothing may hold them.
    env.cr.execute(
        "DELETE FROM contact_field_res_groups_rel;"
        "DROP FUNCTION IF EXISTS contact_ledger_guard, contact_consent_text_guard,"
        " contact_consent_standing_keep, contact_consent_standing_term,"
        " contact_consent_standing_set CASCADE;"
        " DELETE FROM contact_consent_move; DELETE FROM contact_consent;"
        " DELETE FROM contact_consent_erasure;"
        " DROP TABLE IF EXISTS contact_ledger_head;"
        " UPDATE mail_message SET contact_purpose_id = NULL"
        "  WHERE contact_purpose_id IS NOT NULL;"
        " UPDATE mail_template SET contact_purpose_id = NULL"
        "  WHERE contact_purpose_id IS NOT NULL"
    )
    env.cr.execute(access_tokens.DROP)
    env.cr.execute(access_version.DROP)
    env.cr.execute(
        "DROP TABLE IF EXISTS contact_match_key, contact_match_lock, contact_import_key"
    )
    parameters = env["ir.config_parameter"].sudo()
    parameters.search([("key", "=like", "contact_person.%")]).unlink()
