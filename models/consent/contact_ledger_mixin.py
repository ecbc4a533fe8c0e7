from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.ledger import START, chain_hash

BATCH = 5_000

# One row a chain: who appends locks it, so that a chain never forks. A row and not an
# advisory lock: under REPEATABLE READ the second of two would not see what the first
# one wrote; here PostgreSQL makes it fail, and Odoo runs its request again.
_HEADS = """
CREATE TABLE IF NOT EXISTS contact_ledger_head (
    chain varchar PRIMARY KEY,
    hash varchar NOT NULL
)
"""
# Only who holds a row may change while a move is under way, and rows may go while an
# erasure request is carried out; nothing else ever.
_GUARD = """
CREATE OR REPLACE FUNCTION contact_ledger_guard() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'contact_consent'
       AND current_setting('contact_person.consent_move', TRUE) = 'on'
       AND to_jsonb(NEW) - 'partner_id' = to_jsonb(OLD) - 'partner_id'
    THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME LIKE 'contact_consent%'
       AND TG_TABLE_NAME <> 'contact_consent_erasure'
       AND current_setting('contact_person.consent_erase', TRUE) = 'on'
    THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only: its rows are neither changed nor deleted',
        TG_TABLE_NAME;
END
$$ LANGUAGE plpgsql
"""


class ContactLedgerMixin(models.AbstractModel):
    """Rows that are only ever added, each chained to the one before by a hash.

    Python refuses to change or delete one with a message, a trigger of the database
    refuses whatever goes round Python, and ``_contact_ledger_broken`` finds what was
    done with the trigger switched off.
    """

    _name = "contact.ledger.mixin"
    _description = "Append-only Ledger"
    _log_access = False

    previous_hash = fields.Char(required=True, readonly=True, copy=False)
    hash = fields.Char(required=True, readonly=True, copy=False)

    def init(self):
        if self._abstract:
            return
        self.env.cr.execute(_HEADS)
        self.env.cr.execute(
            SQL(
                "INSERT INTO contact_ledger_head VALUES (%s, %s)"
                " ON CONFLICT DO NOTHING",
                self._name,
                START,
            )
        )
        self.env.cr.execute(_GUARD)
        for table in self._contact_ledger_tables():
            self._contact_ledger_guard(table)

    def _contact_ledger_tables(self):
        """Return the tables that are guarded; relation tables count as well."""
        relations = [f.relation for f in self._fields.values() if f.type == "many2many"]
        return [self._table, *relations]

    def _contact_ledger_guard(self, table):
        names = {"table": SQL.identifier(table)}
        self.env.cr.execute(
            SQL(
                """
                DROP TRIGGER IF EXISTS contact_ledger_rows ON %(table)s;
                DROP TRIGGER IF EXISTS contact_ledger_table ON %(table)s;
                CREATE TRIGGER contact_ledger_rows
                    BEFORE UPDATE OR DELETE ON %(table)s
                    FOR EACH ROW EXECUTE FUNCTION contact_ledger_guard();
                CREATE TRIGGER contact_ledger_table
                    BEFORE TRUNCATE ON %(table)s
                    FOR EACH STATEMENT EXECUTE FUNCTION contact_ledger_guard()
                """,
                **names,
            )
        )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        rows = [self._contact_ledger_row(vals) for vals in vals_list]
        last = self._contact_ledger_head()
        for row, facts in zip(rows, self._contact_ledger_facts(rows), strict=True):
            row["previous_hash"] = last
            row["hash"] = last = chain_hash(last, facts)
        records = super().create(rows)
        self.env.cr.execute(
            SQL(
                "UPDATE contact_ledger_head SET hash = %s WHERE chain = %s",
                last,
                self._name,
            )
        )
        return records

    def write(self, vals):
        if self:
            self._contact_ledger_refuse()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        self._contact_ledger_refuse()

    def _contact_ledger_refuse(self):
        raise UserError(
            self.env._(
                "What was recorded on consents is neither changed nor deleted. Record "
                "a new decision on the contact instead."
            )
        )

    # ------------------------------------------------------------
    # THE CHAIN
    # ------------------------------------------------------------

    def _contact_ledger_row(self, vals):
        """Hook: return ``vals`` with every column that the hash covers."""
        return dict(vals)

    def _contact_ledger_facts(self, rows):
        """Hook: return what the hash covers, one dictionary for each of ``rows``.

        :param rows: list of dictionaries of column values, to be written or as read
        """
        raise NotImplementedError

    def _contact_ledger_head(self):
        """Return the last hash and keep others from appending until the commit."""
        [[last]] = self.env.execute_query(
            SQL(
                "SELECT hash FROM contact_ledger_head WHERE chain = %s FOR UPDATE",
                self._name,
            )
        )
        return last

    def _contact_ledger_broken(self):
        """Return ``(rows read, the id of the first row that is not as written)``.

        The id is None if all are, and 0 if the last rows are missing.
        """
        read, last, after = 0, START, 0
        gone = self._contact_ledger_erased()
        while rows := self._contact_ledger_read(after):
            for row, facts in zip(rows, self._contact_ledger_facts(rows), strict=True):
                after = row["id"]
                last = _close_gap(last, gone, after)
                chained = chain_hash(last, facts)
                if row["previous_hash"] != last or row["hash"] != chained:
                    return read, after
                read, last = read + 1, chained
        [[head]] = self.env.execute_query(
            SQL("SELECT hash FROM contact_ledger_head WHERE chain = %s", self._name)
        )
        return read, None if head == _close_gap(last, gone) else 0

    def _contact_ledger_erased(self):
        """Hook: return ``[(id, hash before, hash)]`` of rows erased by request."""
        return []

    def _contact_ledger_read(self, after):
        """Return the next rows as dictionaries of what the table holds."""
        self.env.cr.execute(
            SQL(
                "SELECT * FROM %s WHERE id > %s ORDER BY id LIMIT %s",
                SQL.identifier(self._table),
                after,
                BATCH,
            )
        )
        return self.env.cr.dictfetchall()


def _close_gap(last, gone, before=None):
    """Return the hash that the chain has after the erased rows that come next.

    :param list gone: links, sorted; those that are passed are taken out
    :param int before: the id of the next row that is left, or None for the end
    """
    while gone and (before is None or gone[0][0] < before):
        _number, previous, own = gone.pop(0)
        last = own if previous == last else last
    return last
