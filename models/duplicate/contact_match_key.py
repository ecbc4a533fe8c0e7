import io
import itertools

from psycopg2.extras import execute_values

from odoo import models
from odoo.tools import SQL

from ...tools.matching import keys, prepare

BATCH = 5_000
# A key that more contacts share than this says next to nothing about one of them.
KEY_CAP = 60
# Scored at most, those with the most and the rarest shared keys first.
CANDIDATE_CAP = 30
LOCK_BUCKETS = 65_536
DIRTY = "contact_person.match_keys"

_VALUES = """
SELECT partner.id,
       -- a person without parts of the name has none: it repeats the email or so
       CASE WHEN partner.is_company OR partner.contact_first_name IS NOT NULL
              OR partner.contact_last_name IS NOT NULL THEN partner.name END AS name,
       partner.contact_first_name AS first_name,
       partner.contact_last_name AS last_name,
       COALESCE(partner.is_company, FALSE) AS is_company,
       COALESCE(parent.name, partner.company_name) AS company,
       partner.email, partner.phone, partner.contact_mobile AS mobile,
       partner.street, partner.zip, partner.city, country.code AS country_code,
       partner.function, partner.website, partner.vat,
       partner.contact_birthdate::text AS birthdate
  FROM res_partner AS partner
  LEFT JOIN res_partner AS parent ON parent.id = partner.parent_id
  LEFT JOIN res_country AS country ON country.id = partner.country_id
 WHERE partner.type = 'contact'
"""

_CANDIDATES = """
WITH hit AS (
    SELECT asked.query, asked.key, found.partner_id,
           count(*) OVER (PARTITION BY asked.query, asked.key) AS shared_by
      FROM unnest(%s::int[], %s::bigint[]) AS asked(query, key)
     CROSS JOIN LATERAL (
            SELECT partner_id FROM contact_match_key
             WHERE contact_match_key.key = asked.key LIMIT %s
           ) AS found
), weighed AS (
    SELECT query, partner_id, sum(1.0 / shared_by) AS weight,
           min(shared_by) AS rarest
      FROM hit GROUP BY query, partner_id
), ranked AS (
    SELECT query, partner_id, rarest,
           row_number() OVER (
               PARTITION BY query ORDER BY (rarest > %s), weight DESC, partner_id
           ) AS place
      FROM weighed
)
SELECT query, partner_id FROM ranked WHERE place <= %s
"""


class ContactMatchKey(models.AbstractModel):
    """The table of match keys: which contacts could be the same person as this one.

    A plain table without ORM columns, since it holds about ten rows a contact and is
    read at every keystroke: ``contact_match_key(key bigint, partner_id)``. Contacts of
    all states are in it, archived and voided ones too; mere addresses are not.
    """

    _name = "contact.match.key"
    _description = "Contact Match Key"

    def init(self):
        self.env.cr.execute(
            """
            CREATE TABLE IF NOT EXISTS contact_match_key (
                key bigint NOT NULL,
                partner_id integer NOT NULL REFERENCES res_partner ON DELETE CASCADE
            );
            CREATE INDEX IF NOT EXISTS contact_match_key_key_idx
                ON contact_match_key (key, partner_id);
            CREATE INDEX IF NOT EXISTS contact_match_key_partner_idx
                ON contact_match_key (partner_id);
            CREATE TABLE IF NOT EXISTS contact_match_lock (
                bucket integer PRIMARY KEY, taken bigint NOT NULL DEFAULT 0
            );
            INSERT INTO contact_match_lock (bucket)
                 SELECT bucket FROM generate_series(0, %s) AS bucket
            ON CONFLICT DO NOTHING
            """,
            [LOCK_BUCKETS - 1],
        )

    # ------------------------------------------------------------
    # WRITING
    # ------------------------------------------------------------

    def _mark(self, partners):
        """Have the keys of ``partners`` renewed before they are next asked for.

        At the latest when the transaction ends, so that a hundred contacts created
        one by one cost no more than in one batch.
        """
        callbacks = self.env.cr.precommit
        if not callbacks.data.get(DIRTY):
            callbacks.add(self._renew)
        callbacks.data.setdefault(DIRTY, set()).update(partners.ids)

    def _renew(self):
        """Renew the keys of the contacts that have been marked."""
        if dirty := self.env.cr.precommit.data.pop(DIRTY, None):
            self._update(self.env["res.partner"].browse(dirty))

    def _update(self, partners):
        """Bring the keys of ``partners`` in line with their present values."""
        ids = partners.ids
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            rows = [
                (key, partner_id)
                for partner_id, values in self._values(batch)
                for key in keys(prepare(values))
            ]
            self.env.cr.execute(
                "DELETE FROM contact_match_key WHERE partner_id = ANY(%s)", [batch]
            )
            execute_values(
                self.env.cr._obj,
                "INSERT INTO contact_match_key (key, partner_id) VALUES %s",
                rows,
                page_size=10_000,
            )

    def _rebuild(self):
        """Make the keys of all contacts anew: half a minute for 100,000 contacts."""
        cr = self.env.cr
        self.env["res.partner"].flush_model()
        cr.execute(
            "TRUNCATE contact_match_key;"
            "DROP INDEX contact_match_key_key_idx;"
            "DROP INDEX contact_match_key_partner_idx;"
            # checked row by row it costs most of the time, afterwards next to none
            "ALTER TABLE contact_match_key"
            " DROP CONSTRAINT contact_match_key_partner_id_fkey"
        )
        with cr._cnx.cursor(name="contact_match_key_rebuild") as reader:
            reader.execute(_VALUES)
            while rows := reader.fetchmany(BATCH):
                names = [column.name for column in reader.description]
                records = [dict(zip(names, row, strict=True)) for row in rows]
                self._copy(records)
        cr.execute(
            "ALTER TABLE contact_match_key"
            " ADD CONSTRAINT contact_match_key_partner_id_fkey"
            " FOREIGN KEY (partner_id) REFERENCES res_partner ON DELETE CASCADE"
        )
        self.init()
        cr.execute("ANALYZE contact_match_key")

    def _copy(self, records):
        """COPY the keys of ``records``; several times as fast as INSERT."""
        text = "".join(
            f"{key}\t{values['id']}\n"
            for values in records
            for key in keys(prepare(values))
        )
        self.env.cr._obj.copy_expert(
            "COPY contact_match_key (key, partner_id) FROM STDIN", io.StringIO(text)
        )

    # ------------------------------------------------------------
    # READING
    # ------------------------------------------------------------

    def _values(self, partner_ids):
        """Return ``[(id, values for tools.matching.prepare)]`` in one query."""
        self.env["res.partner"].flush_model()
        rows = self.env.execute_query_dict(
            SQL(_VALUES + " AND partner.id = ANY(%s)", list(partner_ids))
        )
        return [(row["id"], row) for row in rows]

    def _candidates(self, key_lists, cap=CANDIDATE_CAP, key_cap=KEY_CAP):
        """Return, for each list of keys, the ids of contacts that share some.

        Keys that too many contacts share count only where nothing rarer was found.

        :param list[list[int]] key_lists: keys of one contact each
        :param int cap: so many candidates a contact at most
        :param int key_cap: keys that more contacts share count only as a last resort
        :return: list of lists of partner ids, most likely first
        """
        self._renew()
        asked = [(place, key) for place, found in enumerate(key_lists) for key in found]
        result = [[] for _keys in key_lists]
        if not asked:
            return result
        queries, all_keys = zip(*asked, strict=True)
        self.env.cr.execute(
            _CANDIDATES,
            [list(queries), list(all_keys), key_cap + 1, key_cap, cap],
        )
        for place, partner_id in self.env.cr.fetchall():
            result[place].append(partner_id)
        return result

    def _locked_query(self, keys_to_lock, query):
        """Return the rows of ``query``, which only one transaction at a time may ask.

        The loser waits, then fails with a serialisation error that Odoo answers by
        running the request again, which then sees what the winner has committed.

        :param keys_to_lock: hash keys of what is decided about
        :param SQL query: a SELECT, asked in the same round trip
        """
        buckets = sorted({key % LOCK_BUCKETS for key in keys_to_lock})
        locked = SQL(
            """
            WITH ordered AS (
                SELECT bucket FROM contact_match_lock
                 WHERE bucket = ANY(%s) ORDER BY bucket FOR UPDATE
            ), locked AS (
                UPDATE contact_match_lock SET taken = taken + 1 FROM ordered
                 WHERE contact_match_lock.bucket = ordered.bucket
            ) %s
            """,
            buckets,
            query,
        )
        # losing is no fault, so it is not logged as one
        self.env.cr.execute(locked, log_exceptions=False)
        return self.env.cr.fetchall()

    def _features(self, partner_ids):
        """Return ``{id: Features}`` of stored contacts."""
        return {pid: prepare(values) for pid, values in self._values(partner_ids)}

    def _compared(self, features_list, cap=CANDIDATE_CAP, key_cap=KEY_CAP):
        """Return, for each ``Features``, its candidates as ``{id: Features}``."""
        asked = [keys(features) for features in features_list]
        found = self._candidates(asked, cap, key_cap)
        stored = self._features(set(itertools.chain.from_iterable(found)))
        return [{pid: stored[pid] for pid in ids if pid in stored} for ids in found]
