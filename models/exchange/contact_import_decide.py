from odoo import api, fields, models
from odoo.exceptions import UserError

from .contact_import import INLINE

# What tells a person at a glance, beside the name.
SUMMARY = ("email", "phone", "mobile", "function", "company", "city")


class ContactImportRow(models.Model):
    """Rows that were set aside: decided one by one, before or after the import."""

    _inherit = "contact.import.row"

    summary = fields.Char(compute="_compute_summary")
    decision = fields.Selection(
        [
            ("create", "Create"),
            ("fill_gaps", "Fill gaps"),
            ("update", "Overwrite"),
            ("skip", "Leave out"),
        ],
        readonly=True,
        help="What the user chose for a row that was set aside.",
    )
    can_decide = fields.Boolean(compute="_compute_can_decide")
    can_update = fields.Boolean(compute="_compute_can_decide")

    @api.depends("values")
    def _compute_summary(self):
        for row in self:
            values = row.values or {}
            row.summary = " · ".join(values[n] for n in SUMMARY if values.get(n))

    @api.depends("fate", "contact_id", "import_id.state")
    def _compute_can_decide(self):
        for row in self:
            open_job = row.import_id.state in ("checked", "done")
            row.can_decide = open_job and row.fate == "review"
        known = self.filtered("can_decide")._known_contacts()
        contacts = self.env["res.partner"].union(*known.values())
        writable = contacts._filtered_access("write")
        for row in self:
            row.can_update = known.get(row.id) and known[row.id] in writable

    def action_create(self):
        """Create the contact of a row beside the one it looks like."""
        return self._decide("create")

    def action_fill_gaps(self):
        """Fill what the contact lacks from the row."""
        return self._decide("fill_gaps")

    def action_update(self):
        """Overwrite the contact with the row."""
        return self._decide("update")

    def action_skip(self):
        """Leave the row out."""
        return self._decide("skip")

    def _known_contacts(self):
        """Return ``{id: contact}`` that a row looks like; that of its twin row, too."""
        repeats = self.filtered(lambda row: row.has_duplicate_row)
        twins = self.search_fetch(
            [
                ("import_id", "in", repeats.import_id.ids),
                ("index", "in", repeats.mapped("duplicate_of_row")),
                ("done", "=", True),
            ],
            ["import_id", "index", "contact_id"],
        )
        of_twins = {(twin.import_id, twin.index): twin.contact_id for twin in twins}
        return {
            row.id: row.contact_id
            or of_twins.get((row.import_id, row.duplicate_of_row), row.contact_id)
            for row in self
        }

    def _decide(self, choice):
        """Plan the rows as the user chose; of an ended import, carry it out at once."""
        self.check_access("read")
        for job, rows in self.grouped("import_id").items():
            job.check_access("write")
            job._decide(rows.filtered("can_decide"), choice)
        return True


class ContactImport(models.Model):
    """Carrying out what was decided of the rows of an import."""

    _inherit = "contact.import"

    def _decide(self, rows, choice):
        self.ensure_one()
        self._lock_job()
        self._check_state("checked", "done")
        if choice in ("fill_gaps", "update"):
            rows = rows.filtered("can_update")
        if not rows:
            raise UserError(
                self.env._(
                    "None of these rows can be decided this way. Choose rows that are "
                    "to be reviewed; where there is no contact that you may edit, "
                    "create one or leave the row out."
                )
            )
        fate, reason = self._decided_fate(choice)
        known = rows._known_contacts()
        # Superuser: the marks of a row are the job's own, users only read them.
        for row in rows.sudo():
            row.write(
                {
                    "decision": choice,
                    "fate": fate,
                    "reason": reason,
                    "done": choice == "skip",
                    "contact_id": known[row.id].id,
                }
            )
        if self.state == "done":
            self._carry_out(rows.sudo().filtered(lambda row: not row.done))

    def _decided_fate(self, choice):
        name = self.env.user.name
        return {
            "create": ("created", self.env._("%s decided to create it.", name)),
            "fill_gaps": ("updated", self.env._("%s decided to fill gaps.", name)),
            "update": ("updated", self.env._("%s decided to overwrite it.", name)),
            "skip": ("skipped", self.env._("%s decided to leave it out.", name)),
        }[choice]

    def _carry_out(self, rows):
        """Write decided rows of an ended import and renew its report.

        The report of a large file takes its time, so that is done in the background.
        """
        if self.row_count > INLINE:
            self.state = "running"
            self.env.ref("contact_person.ir_cron_import")._trigger()
            return
        self._write_rows(rows)
        self._make_report()
