from psycopg2.extras import Json, execute_values

from odoo import models

from ...tools.matching import WARN, compare, keys, prepare
from ...tools.tables import to_records
from .texts import FAULT_MESSAGES, message

BATCH = 500
KEY_CAP = 60
# Targets that the matching engine reads under another name than the import does.
PREPARED = (
    "name first_name last_name company email phone mobile street zip city website vat"
    " function birthdate".split()
)


class ContactImportCheck(models.Model):
    """The check before an import: each row gets its fate, nothing is written."""

    _inherit = "contact.import"

    def _check(self):
        """Fill ``row_ids`` with what would become of every row of the file."""
        self.ensure_one()
        self.row_ids.sudo().unlink()
        targets = [line.target or None for line in self.mapping_ids.sorted("sequence")]
        table = self._read_table()
        rows = []
        for record in to_records(table, targets, self.country_id.code):
            rows.append(self._row_values(record, table.row_numbers[record.index]))
        alive = [row for row in rows if not row["fate"]]
        self._find_in_file(alive)
        self._find_in_database(alive)
        self._insert_rows(rows)
        self.write({"row_count": len(rows), "done_count": 0})

    def _row_values(self, record, line):
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
        return {
            "index": record.index,
            "line": line,
            "values": values,
            "label": values.get("name") or values.get("email") or "",
            "fate": "rejected" if fatal else None,
            "reason": " ".join(texts) if fatal else None,
            "warning": None if fatal else " ".join(texts) or None,
            "features": None if fatal else prepare(_prepared(values)),
            "contact_id": None,
            "duplicate_of_row": None,
            "score": 0.0,
        }

    # ------------------------------------------------------------
    # DUPLICATES
    # ------------------------------------------------------------

    def _find_in_file(self, rows):
        """Mark each row that repeats an earlier one of the file."""
        engine = self.env["contact.match.model"]._engine()
        filed = {}
        for row in rows:
            row["keys"] = keys(row["features"])
            best = self._best_earlier(row, filed, engine)
            if best:
                row["score"], row["duplicate_of_row"] = best[0], best[1]["index"]
                continue
            for key in row["keys"]:
                filed.setdefault(key, []).append(row)

    def _best_earlier(self, row, filed, engine):
        found = {}
        for key in row["keys"]:
            others = filed.get(key, ())
            if len(others) <= KEY_CAP:
                found.update((other["index"], other) for other in others)
        scored = [
            (compare(row["features"], other["features"], engine).score, other)
            for other in found.values()
        ]
        best = max(scored, key=lambda hit: (hit[0], -hit[1]["index"]), default=None)
        return best if best and best[0] >= WARN else None

    def _find_in_database(self, rows):
        """Find the contact that each row describes and plan what to do with it."""
        engine = self.env["contact.match.model"]._engine()
        match_key = self.env["contact.match.key"]
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            stored = match_key._compared([row["features"] for row in batch])
            for row, others in zip(batch, stored, strict=True):
                best = max(
                    (
                        (compare(row["features"], features, engine).score, -partner_id)
                        for partner_id, features in others.items()
                        if features.kind != "c"
                    ),
                    default=(0.0, 0),
                )
                if best[0] >= WARN:
                    row["score"], row["contact_id"] = best[0], -best[1]
            self._plan(batch)

    # ------------------------------------------------------------
    # FATES
    # ------------------------------------------------------------

    def _plan(self, rows):
        """Give each row its fate from what was found and what the user chose."""
        found = [row["contact_id"] for row in rows if row["contact_id"]]
        contacts = self.env["res.partner"].with_context(active_test=False).browse(found)
        writable = contacts.exists()._filtered_access("write")
        for row in rows:
            if row["contact_id"]:
                contact = writable.browse(row["contact_id"])
                self._plan_known(row, contact if contact in writable else None)
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
                self.env._("%(name)s is completed.", name=name)
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
        # rows are told to people from 1
        number = row["duplicate_of_row"] + 1
        if self.on_duplicate == "create" and self.mode != "update":
            row["fate"] = "created"
            row["reason"] = self.env._("Created, though it repeats row %s.", number)
        elif self.on_duplicate == "review":
            row["fate"] = "review"
            row["reason"] = self.env._("Looks like row %s of this file.", number)
        else:
            row["fate"] = "skipped"
            row["reason"] = self.env._("Repeats row %s of this file.", number)

    def _insert_rows(self, rows):
        """Store the rows by set; the ORM would take a minute for 100,000."""
        self.env["contact.import.row"].flush_model()
        execute_values(
            self.env.cr._obj,
            """
            INSERT INTO contact_import_row
                (import_id, index, line, values, label, fate, done, reason, warning,
                 contact_id, duplicate_of_row, has_duplicate_row, score)
            VALUES %s
            """,
            [
                (
                    self.id, row["index"], row["line"], Json(row["values"]),
                    row["label"], row["fate"], row["fate"] not in WRITTEN,
                    row["reason"], row["warning"], row["contact_id"],
                    row["duplicate_of_row"], row["duplicate_of_row"] is not None,
                    row["score"],
                )
                for row in rows
            ],
            page_size=5_000,
        )  # fmt: skip
        self.invalidate_recordset()


# The fates that need something to be written; the others are final when checked.
WRITTEN = ("created", "updated")


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
