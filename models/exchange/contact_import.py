import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.tables import TableError, match_headers, normalise_header, read_table
from .texts import TABLE_MESSAGES, message

# So many rows are checked while the user waits; a larger file goes on by itself.
INLINE = 2_000


class ContactImport(models.Model):
    """One file on its way into the address book; it outlives the browser.

    ``draft``: no file read. ``mapped``: the columns have a meaning. ``checked``: every
    row has a planned fate and nothing is written yet. ``running``: rows are written in
    batches, each with its marks in one transaction, so that a worker killed in the
    middle is followed by another without a double.
    """

    _name = "contact.import"
    _description = "Contact Import"
    _order = "id desc"

    name = fields.Char(string="File Name")
    file = fields.Binary(attachment=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "New"),
            ("mapped", "Columns"),
            ("checked", "Checked"),
            ("running", "Running"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    mode = fields.Selection(
        [
            ("create", "Create new contacts only"),
            ("update", "Update existing contacts only"),
            ("create_or_update", "Create new and update existing contacts"),
        ],
        default="create_or_update",
        required=True,
    )
    on_duplicate = fields.Selection(
        [
            ("skip", "Leave the row out"),
            ("update", "Overwrite the contact with the row"),
            ("fill_gaps", "Fill only what the contact lacks"),
            ("create", "Create it all the same"),
            ("review", "Set the row aside for me to decide"),
        ],
        string="When a contact exists",
        default="review",
        required=True,
    )
    country_id = fields.Many2one(
        "res.country",
        string="Country of the File",
        default=lambda self: self.env.company.country_id,
        help="For phone numbers without a country code in rows without a country.",
    )
    create_uid = fields.Many2one("res.users", string="Imported by", readonly=True)
    mapping_ids = fields.One2many("contact.import.mapping", "import_id")
    row_ids = fields.One2many("contact.import.row", "import_id", string="File Rows")
    checking = fields.Boolean(
        readonly=True, copy=False, help="The rows are being checked in the background."
    )
    row_count = fields.Integer(string="Rows", readonly=True)
    done_count = fields.Integer(string="Done", readonly=True)
    date_start = fields.Datetime(string="Started", readonly=True, copy=False)
    date_end = fields.Datetime(string="Ended", readonly=True, copy=False)
    date_checked = fields.Datetime(
        string="Checked",
        readonly=True,
        copy=False,
        help="When the check began: contacts edited since are looked at once more.",
    )
    failure = fields.Text(
        readonly=True, copy=False, help="The error that stopped the import."
    )
    file_info = fields.Char(string="Read as", readonly=True)
    report = fields.Binary(attachment=True, readonly=True, copy=False)
    report_name = fields.Char(compute="_compute_report_name")
    created_count = fields.Integer(string="Created", compute="_compute_counts")
    updated_count = fields.Integer(string="Updated", compute="_compute_counts")
    unchanged_count = fields.Integer(string="Unchanged", compute="_compute_counts")
    skipped_count = fields.Integer(string="Skipped", compute="_compute_counts")
    review_count = fields.Integer(string="To Review", compute="_compute_counts")
    rejected_count = fields.Integer(string="Rejected", compute="_compute_counts")
    warning_count = fields.Integer(string="Warnings", compute="_compute_counts")

    @api.depends("name")
    def _compute_report_name(self):
        for job in self:
            stem = (job.name or "contacts").rsplit(".", 1)[0]
            job.report_name = self.env._("%(file)s – report.xlsx", file=stem)

    @api.depends("state", "done_count", "row_ids.fate")
    def _compute_counts(self):
        groups = self.env["contact.import.row"]._read_group(
            [("import_id", "in", self.ids)], ["import_id", "fate"], ["__count"]
        )
        counts = {(job.id, fate): count for job, fate, count in groups}
        warned = self.env["contact.import.row"]._read_group(
            [("import_id", "in", self.ids), ("warning", "!=", False)],
            ["import_id"],
            ["__count"],
        )
        warnings = {job.id: count for job, count in warned}
        for job in self:
            for fate in dict(self.env["contact.import.row"]._fields["fate"].selection):
                job[f"{fate}_count"] = counts.get((job.id, fate), 0)
            job.warning_count = warnings.get(job.id, 0)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_read(self):
        """Read the file and find out what its columns mean."""
        self.ensure_one()
        self._check_state("draft", "mapped", "checked")
        table = self._read_table()
        samples = table.samples()
        matches = match_headers(table.headers, samples, self._known_headers())
        self.row_ids.sudo().unlink()
        self.mapping_ids = [fields.Command.clear()] + [
            fields.Command.create(
                {
                    "sequence": place,
                    "header": match.header,
                    "target": match.target,
                    "sample": " · ".join(values[:3])[:120],
                }
            )
            for place, (match, values) in enumerate(zip(matches, samples, strict=True))
        ]
        self.write(
            {
                "state": "mapped",
                "row_count": len(table.rows),
                "done_count": 0,
                "checking": False,
                "file_info": self._table_info(table),
            }
        )
        return True

    def action_check(self):
        """Decide the fate of every row without writing any contact."""
        self.ensure_one()
        self._check_state("mapped")
        self._load_rows()
        if self.row_count > INLINE:
            self.env.ref("contact_person.ir_cron_import")._trigger()
            return True
        while self._check_batch():
            pass
        return True

    def action_run(self):
        """Start writing in the background; the form shows how far it is."""
        self.ensure_one()
        self._check_state("checked")
        self._start()
        self.env.ref("contact_person.ir_cron_import")._trigger()
        return True

    def action_cancel(self):
        """Stop; what has been written stays and is listed in the report."""
        for job in self:
            job._lock_job()
            job._check_state("draft", "mapped", "checked", "running")
            running = job.state == "running"
            job._stop(self.env._("The import was cancelled before this row."))
            if running:
                job._make_report()
        return True

    def action_back(self):
        """Return to the columns of a file that was only checked."""
        self._check_state("mapped", "checked")
        self.write({"state": "mapped", "checking": False})
        return True

    def action_rows(self):
        """Open the rows of this import, with the fate the button names."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_person.contact_import_row_action"
        )
        fate = self.env.context.get("fate")
        action["domain"] = [("import_id", "=", self.id)]
        action["context"] = {f"search_default_{fate}": 1} if fate else {}
        return action

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    def _check_state(self, *states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for job in self:
            if job.state not in states:
                raise UserError(
                    self.env._(
                        "The import “%(name)s” is %(state)s, so this is not possible "
                        "any more. Start a new import.",
                        name=job.name,
                        state=labels[job.state],
                    )
                )

    def _read_table(self):
        if not self.file:
            raise UserError(self.env._("Choose a csv or xlsx file first."))
        # ``file`` may hold its size instead of its bytes in a form's context
        data = base64.b64decode(self.with_context(bin_size=False).file)
        try:
            return read_table(data, self.name or "")
        except TableError as error:
            text = message(self.env, TABLE_MESSAGES, error.code, error.params)
            raise UserError(text) from error

    def _table_info(self, table):
        kind = table.sheet or table.encoding
        return self.env._(
            "%(rows)s rows, %(columns)s columns (%(kind)s)",
            rows=len(table.rows),
            columns=len(table.headers),
            kind=kind,
        )

    def _remembered(self):
        """Return what this user has chosen for headers before, newest choice last."""
        lines = self.env["contact.import.mapping"].search(
            [("import_id.create_uid", "=", self.env.uid), ("chosen", "=", True)],
            order="id",
        )
        return {normalise_header(line.header): line.target or None for line in lines}
