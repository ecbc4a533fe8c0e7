from psycopg2.extras import Json, execute_values

from odoo import fields, models

from ...tools.matching import (
    REASONS,
    WARN,
    compare,
    compare_by_reasons,
    keys,
    prepare,
)
from ...tools.tables import to_records
from .texts import FAULT_MESSAGES, message

BATCH = 500
# Compared a row at most: with the most telling keys in common. A form can afford more.
CANDIDATES = 10
# Rows bring several values, so that keys that many contacts share are not needed.
KEY_CAP = 20
# What ``as_asked`` reads of a row.
ASKED = ["index", "line", "values", "duplicate_of_row", "has_duplicate_row"]
NAME_REASONS = frozenset(code for code in REASONS if "name" in code)
# Targets that the matching engine reads under another name than the import does.
PREPARED = (
    "name first_name last_name company email phone mobile street zip city website vat"
    " function birthdate".split()
)


class ContactImportCheck(models.Model):
    """The check before an import: each row gets its fate, no contact is written."""

    _inherit = "contact.import"

    def _load_rows(self):
        """Fill ``row_ids`` with the clean values of the file; faults reject a row."""
        self.ensure_one()
        self.row_ids.sudo().unlink()
        self.env["contact.import.key"]._forget(self)
        table = self._read_table()
        targets = self._usable_targets()
        records = list(to_records(table, targets, self.country_id.code))
        self._read_additional(records)
        rows = [self._row_values(record) for record in records]
        self._insert_rows(rows)
        self.write(
            {
                "row_count": len(rows),
                "done_count": 0,
                "checking": True,
                "date_checked": fields.Datetime.now(),
            }
        )

    def _row_values(self, record):
        """Return a row before its duplicates are known; a fatal fault rejects it."""
        fatal = [fault for fault in record.faults if fault.fatal]
        faults = fatal or record.faults
        texts = [
            message(self.env, FAULT_MESSAGES, f.code, {"text": f.text}) for f in faults
        ]
        values = _json(record.values)
        # a value that can't be used is kept as it was, in the notes
        if unused := [fault.text for fault in faults if fault.text and not fatal]:
            values["rejected"] = unused
        text = " ".join(texts) or None
        return {
            "index": record.index,
            "line": record.number,
            "values": values,
            "label": values.get("name") or values.get("email") or "",
            "fate": "rejected" if fatal else None,
            "reason": text if fatal else None,
            "warning": None if fatal else text,
        }

    def _insert_rows(self, rows):
        """Store the rows by set; the ORM would take a minute for 100,000."""
        execute_values(
            self.env.cr._obj,
            """
            INSERT INTO contact_import_row
                (import_id, index, line, values, label, fate, done, reason, warning)
            VALUES %s
            """,
            [
                (
                    self.id, row["index"], row["line"], Json(row["values"]),
                    row["label"], row["fate"], bool(row["fate"]), row["reason"],
                    row["warning"],
                )
                for row in rows
            ],
            page_size=5_000,
        )  # fmt: skip
        self.invalidate_recordset()

    def _check_batch(self):
        """Decide the fate of the next rows; return how many remain undecided."""
        self.ensure_one()
        self._lock_job()
        if not self.checking:  # the user has cancelled it or gone back
            return 0
        domain = [("import_id", "=", self.id), ("fate", "=", False)]
        # Superuser: the fate of a row is the job's own, users only read it.
        undecided = self.env["contact.import.row"].sudo()
        batch = undecided.search_fetch(domain, ASKED, limit=BATCH, order="index")
        rows = [as_asked(row) for row in batch]
        if rows:
            self._find_in_file(rows)
            self._find_in_database(rows)
            self._plan(rows)
            self._refuse(rows)
            self._store_plan(rows)
            self.done_count += len(rows)
        remaining = undecided.search_count(domain) if rows else 0
        if not remaining:
            self.env["contact.import.key"]._forget(self)
            self.write({"state": "checked", "checking": False, "done_count": 0})
        return remaining

    # ------------------------------------------------------------
    # DUPLICATES
    # ------------------------------------------------------------

    def _find_in_file(self, rows):
        """Mark each row that repeats an earlier one of the file."""
        engine = self.env["contact.match.model"]._engine()
        import_key = self.env["contact.import.key"]
        asked = {row["index"]: keys(row["features"]) for row in rows}
        import_key._add(self, asked)
        found = import_key._earlier(self, asked, CANDIDATES)
        known = self._earlier_rows(found, rows)
        for row in rows:
            row["earlier"] = [known[index] for index in found.get(row["index"], ())]
            scored = [
                (_likeness(row, other["features"], engine), -other["index"])
                for other in row["earlier"]
            ]
            score, index = max(scored, default=(0.0, 0))
            if score >= WARN:
                other = known[-index]
                first = other["duplicate_of_row"]
                row["score"] = score
                row["duplicate_of_row"] = other["index"] if first is None else first
                row["repeats"] = known.get(row["duplicate_of_row"], other)

    def _earlier_rows(self, found, rows):
        """Return ``{data row: row}`` of those of this batch and of earlier ones."""
        known = {row["index"]: row for row in rows}
        wanted = set().union(*found.values()) - known.keys()
        # Superuser: as the rows of this batch
        earlier = (
            self.env["contact.import.row"]
            .sudo()
            .search_fetch(
                [("import_id", "=", self.id), ("index", "in", list(wanted))],
                [*ASKED, "fate", "contact_id"],
            )
        )
        for row in earlier:
            known[row.index] = {
                **as_asked(row),
                "fate": row.fate,
                "contact_id": row.contact_id.id,
            }
        return known

    def _find_in_database(self, rows):
        """Find the contact that each row describes."""
        stored = self.env["contact.match.key"]._compared(
            [row["features"] for row in rows], CANDIDATES, KEY_CAP
        )
        persons = self._persons(set().union(*stored))
        for row, others in zip(rows, stored, strict=True):
            row["others"] = {
                partner_id: features
                for partner_id, features in others.items()
                if partner_id in persons
            }
        self._choose(rows)

    def _persons(self, partner_ids, domain=()):
        """Return the ids of those that are contact persons, as colleagues are not."""
        # Superuser: a contact that the user may not see is not to be doubled either.
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        wanted = [("id", "in", list(partner_ids)), ("is_contact_person", "=", True)]
        return set(partners.search([*wanted, *domain], order="id").ids)

    def _choose(self, rows):
        """Mark each row with the likeliest of its ``others``, if one is likely."""
        engine = self.env["contact.match.model"]._engine()
        contacts = set().union(*(row["others"] for row in rows))
        hidden = set(self.env["res.partner"].browse(contacts)._contact_hidden().ids)
        for row in rows:
            scored = [
                (_likeness(row, features, engine, partner_id in hidden), -partner_id)
                for partner_id, features in row["others"].items()
            ]
            score, partner_id = max(scored, default=(0.0, 0))
            if score >= WARN:
                row["score"], row["contact_id"] = score, -partner_id


def as_asked(row):
    """Return a row of the file as the check and the plan pass it on."""
    return {
        "record": row,
        "index": row.index,
        "values": row.values,
        "features": prepare(_prepared(row.values)),
        "contact_id": None,
        "duplicate_of_row": row.duplicate_of_row if row.has_duplicate_row else None,
        "score": 0.0,
    }


def _likeness(row, features, engine, hidden=False):
    """Return how likely a row and a contact are one, from 0 to 100.

    A name alone proves nothing of a row that has an email or a phone of its own: large
    address books are full of namesakes.

    :param bool hidden: whether the one who imports may not read the contact
    """
    comparing = compare_by_reasons if hidden else compare
    match = comparing(row["features"], features, engine)
    reachable = row["features"].emails or row["features"].phones
    if reachable and NAME_REASONS.issuperset(match.reasons):
        return min(match.score, WARN - 1)
    return match.score


def _json(values):
    """Return the values of a row as JSON can hold them."""
    return {
        target: value.isoformat() if hasattr(value, "isoformat") else value
        for target, value in values.items()
        if value not in (None, "", [], ())
    }


def _prepared(values):
    """Return the values of a row as the matching engine reads them."""
    known = {target: values[target] for target in PREPARED if target in values}
    known["country_code"] = values.get("country")
    known["is_company"] = False
    extra = values.get("extra_emails"), values.get("extra_phones")
    known["emails"], known["phones"] = (list(found or ()) for found in extra)
    return known
