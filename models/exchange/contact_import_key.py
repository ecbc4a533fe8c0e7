from psycopg2.extras import execute_values

from odoo import models

# A key that more rows share than this says next to nothing about one of them.
KEY_CAP = 60

_EARLIER = """
WITH hit AS (
    SELECT asked.row, found.row AS other,
           count(*) OVER (PARTITION BY asked.row, asked.key) AS shared_by
      FROM unnest(%s::int[], %s::bigint[]) AS asked(row, key)
     CROSS JOIN LATERAL (
            SELECT row FROM contact_import_key
             WHERE import_id = %s AND contact_import_key.key = asked.key
               AND contact_import_key.row < asked.row
             ORDER BY contact_import_key.row LIMIT %s
           ) AS found
), ranked AS (
    SELECT row, other, row_number() OVER (
               PARTITION BY row ORDER BY sum(1.0 / shared_by) DESC, other
           ) AS place
      FROM hit GROUP BY row, other
)
SELECT row, other FROM ranked WHERE place <= %s
"""


class ContactImportKey(models.AbstractModel):
    """The match keys of the rows of an import while it is being checked.

    A plain table like that of the contacts, so that a check that was interrupted goes
    on where it was: ``contact_import_key(import_id, key bigint, row)``.
    """

    _name = "contact.import.key"
    _description = "Match Key of an Import Row"

    def init(self):
        self.env.cr.execute(
            """
            CREATE TABLE IF NOT EXISTS contact_import_key (
                import_id integer NOT NULL
                    REFERENCES contact_import ON DELETE CASCADE,
                key bigint NOT NULL,
                row integer NOT NULL
            );
            CREATE INDEX IF NOT EXISTS contact_import_key_idx
                ON contact_import_key (import_id, key, row)
            """
        )

    def _add(self, job, key_lists):
        """File rows under their keys.

        :param dict key_lists: data row → list of keys
        """
        execute_values(
            self.env.cr._obj,
            "INSERT INTO contact_import_key (import_id, key, row) VALUES %s",
            [(job.id, key, row) for row, found in key_lists.items() for key in found],
            page_size=10_000,
        )

    def _earlier(self, job, key_lists, cap):
        """Return ``{data row: [earlier rows that share keys]}``, most likely first."""
        asked = [(row, key) for row, found in key_lists.items() for key in found]
        result = {}
        if asked:
            rows, all_keys = zip(*asked, strict=True)
            self.env.cr.execute(
                _EARLIER, [list(rows), list(all_keys), job.id, KEY_CAP, cap]
            )
            for row, other in self.env.cr.fetchall():
                result.setdefault(row, []).append(other)
        return result

    def _forget(self, job):
        self.env.cr.execute(
            "DELETE FROM contact_import_key WHERE import_id = %s", [job.id]
        )
