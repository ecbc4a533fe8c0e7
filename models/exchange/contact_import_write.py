import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.matching import keys, normalise_name, prepare

_logger = logging.getLogger(__name__)

BATCH = 200
# Looked at a company name: those with the most telling keys in common.
CANDIDATES = 10


class ContactImportWrite(models.Model):
    """Writing a checked import, batch by batch."""

    _inherit = "contact.import"

    def _start(self):
        self.write({"state": "running", "date_start": fields.Datetime.now()})

    @api.model
    def _cron_run(self):
        """Check and run the imports that wait; each batch is committed with its marks.

        Odoo gives a scheduled action so much time; what is left is taken up by the
        next worker that comes along.
        """
        waiting = ["|", ("state", "=", "running"), ("checking", "=", True)]
        for job in self.search(waiting, order="id"):
            # The job runs as the one who made it: his rights, his name. ``create_uid``
            # is the one field of the job that no client can write.
            job = job.with_user(job.create_uid).with_context(lang=job.create_uid.lang)
            batch = job._check_batch if job.checking else job._run_batch
            while remaining := batch():
                if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                    return
            self.env["ir.cron"]._commit_progress(1)

    def _run_batch(self):
        """Write the next rows; return how many remain, 0 when the import is done."""
        self.ensure_one()
        self._lock_job()
        if self.state != "running":
            return 0
        domain = [("import_id", "=", self.id), ("done", "=", False)]
        # Superuser: the marks of a row are the job's own, users only read them.
        rows = self.env["contact.import.row"].sudo()
        batch = rows.search(domain, limit=BATCH, order="index")
        if batch:
            self._write_rows(batch)
            self.done_count += len(batch)
        remaining = rows.search_count(domain) if batch else 0
        if not remaining:
            self.write({"state": "done", "date_end": fields.Datetime.now()})
            self._make_report()
        return remaining

    def _lock_job(self):
        """One worker at a time; the others get a serialisation error and come back."""
        self.flush_recordset()
        self.env.cr.execute(
            "SELECT id FROM contact_import WHERE id = %s FOR UPDATE", [self.id]
        )
        self.invalidate_recordset(["state", "checking"])

    # ------------------------------------------------------------
    # ROWS
    # ------------------------------------------------------------

    def _write_rows(self, rows):
        companies = self._companies(rows)
        created = rows.filtered(lambda row: row.fate == "created")
        self._create_contacts(created, companies)
        for row in rows.filtered(lambda row: row.fate == "updated"):
            self._attempt(row, lambda row=row: self._update_contact(row, companies))
        rows.done = True
        rows.flush_recordset()

    def _contacts(self):
        """Return the empty recordset that contacts are written through."""
        partners = self.env["res.partner"]._contact_importing()
        return partners.with_context(
            contact_keep_address=True,
            _partners_skip_fields_sync=True,
            tracking_disable=True,
            mail_create_nosubscribe=True,
            active_test=False,
        )

    def _create_contacts(self, rows, companies):
        """Create the batch in one call; if that fails, row by row to find the cause."""
        vals_list = [self._create_values(row, companies) for row in rows]
        if not rows:
            return
        try:
            with self.env.cr.savepoint():
                contacts = self._contacts().create(vals_list)
        except (UserError, ValidationError, AccessError, psycopg2.IntegrityError):
            for row, vals in zip(rows, vals_list, strict=True):
                self._attempt(row, lambda v=vals: self._contacts().create(dict(v)))
            return
        for row, contact in zip(rows, contacts, strict=True):
            row.contact_id = contact

    def _attempt(self, row, write):
        """Do one row in a savepoint; what stops it becomes the reason of its fate."""
        try:
            with self.env.cr.savepoint():
                row.contact_id = write()
        except psycopg2.IntegrityError as error:
            self._reject(row, str(error).splitlines()[0])
        except (UserError, ValidationError, AccessError) as error:
            self._reject(row, str(error))

    def _reject(self, row, reason):
        """Note why a row could not be written; a decided one may be decided anew."""
        if row.decision:
            row.write({"fate": "review", "reason": reason})
        else:
            row.write({"fate": "rejected", "reason": reason, "contact_id": False})

    def _create_values(self, row, companies):
        vals = self._partner_values(row.values)
        vals.setdefault("user_id", self.env.uid)
        vals.update(is_company=False, type="contact")
        if parent := companies.get(_company_key(row.values)):
            vals["parent_id"] = parent
        return vals

    def _update_contact(self, row, companies):
        contact = self._contacts().browse(row.contact_id.id).exists()
        if not contact:
            raise UserError(self.env._("The contact has been deleted meanwhile."))
        gaps_only = (row.decision or self.on_duplicate) == "fill_gaps"
        changes = self._changes(contact, row.values, gaps_only)
        if changes.pop("company", None):
            parent = companies.get(_company_key(row.values))
            changes.update({"parent_id": parent} if parent else {})
        contact.write(changes)
        return contact

    # ------------------------------------------------------------
    # COMPANIES
    # ------------------------------------------------------------

    def _companies(self, rows):
        """Return ``{normalised name: id}`` of companies, each found or made once."""
        names = {}
        for row in rows:
            if key := _company_key(row.values):
                names.setdefault(key, row.values["company"])
        known = self._known_companies(names)
        missing = [key for key in names if key not in known]
        made = self._contacts().create(
            [{"name": names[key], "is_company": True} for key in missing]
        )
        return {**known, **dict(zip(missing, made.ids, strict=True))}

    def _known_companies(self, names):
        """Return ``{normalised name: id}`` of companies that are there already."""
        match_key = self.env["contact.match.key"]
        asked = [
            keys(prepare({"name": name, "is_company": True})) for name in names.values()
        ]
        found = match_key._candidates(asked, CANDIDATES)
        ids = {partner_id for partner_ids in found for partner_id in partner_ids}
        # The rules of the user decide which companies he may link to.
        companies = self.env["res.partner"].search(
            [("id", "in", list(ids)), ("is_company", "=", True)], order="id desc"
        )
        return {
            key: company.id
            for company in companies
            if (key := normalise_name(company.name)) in names
        }


def _company_key(values):
    return normalise_name(values.get("company") or "")
