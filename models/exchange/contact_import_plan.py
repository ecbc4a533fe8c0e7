import itertools

from psycopg2.extras import execute_values

from odoo import fields, models

from ...tools.matching import keys
from .contact_import_check import BATCH, CANDIDATES, KEY_CAP, as_asked

# The fates that need something to be written; the others are final when checked.
WRITTEN = ("created", "updated")
# Minutes: a contact saved after the check bears the time its transaction began.
LONGEST_TRANSACTION = 10


class ContactImportPlan(models.Model):
    """The fate of each row, from what was found and what the user chose."""

    _inherit = "contact.import"

    def _plan(self, rows):
        """Give each row its fate and the reason."""
        found = [row["contact_id"] for row in rows if row["contact_id"]]
        contacts = self.env["res.partner"].with_context(active_test=False).browse(found)
        readable = contacts.exists()._filtered_access("read")
        # one by one from the set, so that they are fetched together
        writable = {each.id: each for each in readable._filtered_access("write")}
        tags = self._known_tags([row["values"] for row in rows if row["contact_id"]])
        for row in rows:
            if row["contact_id"]:
                self._plan_known(row, writable.get(row["contact_id"]), tags)
                # a link would tell the name of a contact that the user may not see
                if row["contact_id"] not in readable._ids:
                    row["contact_id"] = None
            elif row["duplicate_of_row"] is not None:
                self._plan_repeated(row)
            elif self.mode == "update":
                row["fate"] = "skipped"
                row["reason"] = self.env._("No contact like this was found to update.")
            else:
                row["fate"], row["reason"] = "created", self.env._("New contact.")

    def _plan_known(self, row, contact, tags):
        """Plan a row whose contact is in the database; ``None``: not to be edited."""
        if contact is None:
            row["fate"] = "review"
            row["reason"] = self.env._(
                "A contact like this exists, but you may not edit it."
            )
            return
        changes = self._changes(contact, row["values"], tags)
        gaps = self._gaps(contact, changes)
        row["fate"], row["reason"] = self._known_fate(
            contact.display_name, changes, gaps
        )
        row["changes"] = gaps if self.on_duplicate == "fill_gaps" else changes
        if row["fate"] == "created":
            row["contact_id"] = None

    def _known_fate(self, name, changes, gaps):
        """Return ``(fate, reason)`` of a row whose contact is known.

        :param str name: of the contact
        :param dict changes: what of the row would change the contact
        :param dict gaps: what of that would overwrite nothing
        """
        if not changes:
            return "unchanged", self.env._("%(name)s has all of this.", name=name)
        if self.mode == "create" or self.on_duplicate == "skip":
            return "skipped", self.env._("%(name)s exists already.", name=name)
        if self.on_duplicate == "update":
            return "updated", self.env._("%(name)s is overwritten.", name=name)
        if self.on_duplicate == "fill_gaps":
            if gaps:
                return "updated", self.env._(
                    "The gaps of %(name)s are filled.", name=name
                )
            return "unchanged", self.env._("%(name)s lacks nothing of this.", name=name)
        if self.on_duplicate == "create" and self.mode != "update":
            return "created", self.env._("Created beside %(name)s.", name=name)
        return "review", self.env._("%(name)s looks like this contact.", name=name)

    def _plan_repeated(self, row):
        """Plan a row that repeats an earlier row of the same file."""
        line = row["repeats"]["record"].line
        if self.on_duplicate == "create" and self.mode != "update":
            row["fate"] = "created"
            row["reason"] = self.env._("Created, though it repeats line %s.", line)
        elif self.on_duplicate == "review":
            row["fate"] = "review"
            row["reason"] = self.env._("Looks like line %s of the file.", line)
        else:
            row["fate"] = "skipped"
            row["reason"] = self.env._("Repeats line %s of the file.", line)

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
    # WHAT HAS HAPPENED SINCE THE CHECK
    # ------------------------------------------------------------

    def _plan_again(self, batch):
        """Plan those of ``batch`` anew whose contact has come since the check.

        Another import or a colleague may have been quicker. What the user decided
        stays as he decided it.
        """
        created = batch.filtered(lambda row: row.fate == "created" and not row.decision)
        rows = [as_asked(row) for row in created]
        self._find_since_check(rows)
        if found := [row for row in rows if row["contact_id"]]:
            self._plan(found)
            self._store_plan(found)

    def _find_since_check(self, rows):
        """Find the contact of each row among those edited since the check."""
        match_key = self.env["contact.match.key"]
        asked = [keys(row["features"]) for row in rows]
        candidates = match_key._candidates(asked, CANDIDATES, KEY_CAP)
        recent = self._edited_since_check(set(itertools.chain(*candidates)))
        features = match_key._features(recent) if recent else {}
        for row, ids in zip(rows, candidates, strict=True):
            row["others"] = {pid: features[pid] for pid in ids if pid in features}
        self._choose(rows)

    def _edited_since_check(self, partner_ids):
        """Return those edited since the check, by others than this import."""
        since = fields.Datetime.subtract(
            self.date_checked or self.create_date, minutes=LONGEST_TRANSACTION
        )
        recent = self._persons(partner_ids, [("write_date", ">=", since)])
        if not recent:
            return recent
        # Superuser: the rows are the job's own, whoever runs it
        own = self.env["contact.import.row"].sudo()
        domain = [("import_id", "=", self.id), ("contact_id", "in", list(recent))]
        written = [("done", "=", True), ("fate", "in", WRITTEN)]
        return recent - set(own.search(domain + written).contact_id.ids)
