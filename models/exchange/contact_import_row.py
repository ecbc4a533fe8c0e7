from odoo import fields, models


class ContactImportRow(models.Model):
    """One row of an imported file, and what became of it."""

    _name = "contact.import.row"
    _description = "Import Row"
    _order = "import_id desc, index"
    _rec_name = "line"
    # Rows are written by the job alone, in sets; who wrote them is on the job.
    _log_access = False

    import_id = fields.Many2one(
        "contact.import", required=True, index=True, ondelete="cascade"
    )
    index = fields.Integer(string="Data Row", help="Counted from 0 after the header.")
    line = fields.Integer(help="Line of the file, as a spreadsheet counts.")
    values = fields.Json(help="The cleaned values by target.")
    label = fields.Char(string="Contact of the File")
    fate = fields.Selection(
        [
            ("created", "Created"),
            ("updated", "Updated"),
            ("unchanged", "Unchanged"),
            ("skipped", "Skipped"),
            ("review", "To review"),
            ("rejected", "Rejected"),
        ],
        help="Before the import has run: what will become of the row. Empty: not "
        "checked yet.",
    )
    done = fields.Boolean()
    reason = fields.Char()
    warning = fields.Char()
    contact_id = fields.Many2one("res.partner", index="btree_not_null")
    duplicate_of_row = fields.Integer(string="Repeats Row")
    has_duplicate_row = fields.Boolean(string="Repeats Another Row")
    score = fields.Float(string="Likeness")

    _job_progress_idx = models.Index("(import_id, done, index)")

    def _result(self):
        self.ensure_one()
        result = {
            "row": self.index,
            "fate": self.fate,
            "reason": self.reason or "",
            "contact_id": self.contact_id.id,
            "duplicate_of_row": (
                self.duplicate_of_row if self.has_duplicate_row else None
            ),
        }
        if self.warning:
            result["warning"] = self.warning
        return result
