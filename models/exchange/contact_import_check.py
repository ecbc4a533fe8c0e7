from psycopg2.extras import Json, execute_values

from odoo import models

from ...tools.matching import REASONS, WARN, compare, keys, prepare
from ...tools.tables import to_records
from .texts import FAULT_MESSAGES, message

BATCH = 500
# Compared a row at most: with the most telling keys in common. A form can afford more.
CANDIDATES = 10
# Rows bring several values, so that keys that many contacts share are not needed.
KEY_CAP = 20
# The fates that need something to be written; the others are final when checked.
WRITTEN = ("created", "updated")
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
        targets = [line.target or None for line in self.mapping_ids.sorted("sequence")]
        table = self._read_table()
        rows = [
            self._row_values(record)
            for record in to_records(table, targets, self.country_id.code)
        ]
        self._insert_rows(rows)
        self.write({"row_count": len(rows), "done_count": 0, "checking": True})

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
        batch = undecided.search_fetch(
            domain, ["index", "values"], limit=BATCH, order="index"
        )
        rows = [
            {
                "record": row,
                "index": row.index,
                "values": row.values,
                "features": prepare(_prepared(row.values)),
                "contact_id": None,
                "duplicate_of_row": None,
                "score": 0.0,
            }
            for row in batch
        ]
        if rows:
            self._find_in_file(rows)
            self._find_in_database(rows)
            self._plan(rows)
            self._store_plan(rows)
            self.done_count += len(rows)
        remaining = undecided.search_count(domain) if rows else 0
        if not remaining:
            self.env["contact.import.key"]._forget(self)
            self.write({"state": "checked", "checking": False, "done_count": 0})
        return remaining

    def _store_plan(self, rows):
        """Write the fates by set."""
        execute_values(
            self.env.cr._obj,
            """
            UPDATE contact_import_row AS row
               SET fate = plan.fate, reason = plan.reason, done = plan.done,
                   contact_id = plan.contact_id::int, score = plan.score,
                   duplicate_of_row = plan.repeats::int,
                   has_duplicate_row = plan.repeats IS NOT NULL
              FROM (VALUES %s) AS plan
                   (id, fate, reason, done, contact_id, score, repeats)
             WHERE row.id = plan.id
            """,
            [
                (
                    row["record"].id, row["fate"], row["reason"],
                    row["fate"] not in WRITTEN, row["contact_id"], row["score"],
                    row["duplicate_of_row"],
                )
                for row in rows
            ],
            page_size=BATCH,
        )  # fmt: skip
        self.env["contact.import.row"].invalidate_model()

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
        features = {row["index"]: row["features"] for row in rows}
        lines = {row["index"]: row["record"].line for row in rows}
        repeats = self._earlier_rows(found, features, lines)
        for row in rows:
            scored = [
                (_likeness(row, features[other], engine), -other)
                for other in found.get(row["index"], ())
            ]
            score, other = max(scored, default=(0.0, 0))
            if score >= WARN:
                first = repeats.get(-other)
                row["score"] = score
                row["duplicate_of_row"] = -other if first is None else first
                row["repeated_line"] = lines.get(row["duplicate_of_row"], lines[-other])
                repeats[row["index"]] = row["duplicate_of_row"]

    def _earlier_rows(self, found, features, lines):
        """Add the rows of earlier batches; return ``{row: the row it repeats}``."""
        wanted = set().union(*found.values()) - features.keys()
        earlier = (
            self.env["contact.import.row"]
            .sudo()
            .search_fetch(
                [("import_id", "=", self.id), ("index", "in", list(wanted))],
                ["index", "line", "values", "duplicate_of_row", "has_duplicate_row"],
            )
        )
        repeats = {}
        for row in earlier:
            features[row.index] = prepare(_prepared(row.values))
            lines[row.index] = row.line
            if row.has_duplicate_row:
                repeats[row.index] = row.duplicate_of_row
        return repeats

    def _find_in_database(self, rows):
        """Find the contact that each row describes."""
        engine = self.env["contact.match.model"]._engine()
        stored = self.env["contact.match.key"]._compared(
            [row["features"] for row in rows], CANDIDATES, KEY_CAP
        )
        for row, others in zip(rows, stored, strict=True):
            scored = [
                (_likeness(row, features, engine), -partner_id)
                for partner_id, features in others.items()
                if features.kind != "c"
            ]
            score, partner_id = max(scored, default=(0.0, 0))
            if score >= WARN:
                row["score"], row["contact_id"] = score, -partner_id

    # ------------------------------------------------------------
    # FATES
    # ------------------------------------------------------------

    def _plan(self, rows):
        """Give each row its fate from what was found and what the user chose."""
        found = [row["contact_id"] for row in rows if row["contact_id"]]
        contacts = self.env["res.partner"].with_context(active_test=False).browse(found)
        readable = contacts.exists()._filtered_access("read")
        writable = readable._filtered_access("write")
        for row in rows:
            if row["contact_id"]:
                contact = writable.browse(row["contact_id"])
                self._plan_known(row, contact if contact in writable else None)
                # a link would tell the name of a contact that the user may not see
                if contact not in readable:
                    row["contact_id"] = None
            elif row["duplicate_of_row"] is not None:
                self._plan_repeated(row)
            elif self.mode == "update":
                row["fate"] = "skipped"
                row["reason"] = self.env._("No contact like this was found to update.")
            else:
                row["fate"], row["reason"] = "created", self.env._("New contact.")

    def _plan_known(self, row, contact):
        """Plan a row whose contact is in the database; ``None``: not to be edited."""
        if contact is None:
            row["fate"] = "review"
            row["reason"] = self.env._(
                "A contact like this exists, but you may not edit it."
            )
            return
        name = contact.display_name
        changes = self._changes(contact, row["values"])
        gaps = self._changes(contact, row["values"], gaps_only=True)
        if not changes:
            row["fate"] = "unchanged"
            row["reason"] = self.env._("%(name)s has all of this.", name=name)
        elif self.mode == "create" or self.on_duplicate == "skip":
            row["fate"] = "skipped"
            row["reason"] = self.env._("%(name)s exists already.", name=name)
        elif self.on_duplicate == "update":
            row["fate"] = "updated"
            row["reason"] = self.env._("%(name)s is overwritten.", name=name)
        elif self.on_duplicate == "fill_gaps":
            row["fate"] = "updated" if gaps else "unchanged"
            row["reason"] = (
                self.env._("The gaps of %(name)s are filled.", name=name)
                if gaps
                else self.env._("%(name)s lacks nothing of this.", name=name)
            )
        elif self.on_duplicate == "create" and self.mode != "update":
            row["fate"], row["contact_id"] = "created", None
            row["reason"] = self.env._("Created beside %(name)s.", name=name)
        else:
            row["fate"] = "review"
            row["reason"] = self.env._("%(name)s looks like this contact.", name=name)

    def _plan_repeated(self, row):
        """Plan a row that repeats an earlier row of the same file."""
        line = row["repeated_line"]
        if self.on_duplicate == "create" and self.mode != "update":
            row["fate"] = "created"
            row["reason"] = self.env._("Created, though it repeats line %s.", line)
        elif self.on_duplicate == "review":
            row["fate"] = "review"
            row["reason"] = self.env._("Looks like line %s of the file.", line)
        else:
            row["fate"] = "skipped"
            row["reason"] = self.env._("Repeats line %s of the file.", line)


def _likeness(row, features, engine):
    """Return how likely a row and a contact are one, from 0 to 100.

    A name alone proves nothing of a row that has an email or a phone of its own: large
    address books are full of namesakes.
    """
    match = compare(row["features"], features, engine)
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
