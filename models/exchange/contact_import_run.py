import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

_logger = logging.getLogger(__name__)

BATCH = 200
# Another transaction was quicker; the same again may well succeed.
PASSING = (psycopg2.OperationalError, ConcurrencyError)


class ContactImportRun(models.Model):
    """Carrying out a checked import, batch by batch, in the background."""

    _inherit = "contact.import"

    def _start(self):
        self.write({"state": "running", "date_start": fields.Datetime.now()})

    @api.model
    def _cron_run(self):
        """Check and run the imports that wait; each batch is committed with its marks.

        Odoo gives a scheduled action so much time; what is left is taken up by the
        next worker that comes along. An import that fails does not hold up the others.
        """
        waiting = ["|", ("state", "=", "running"), ("checking", "=", True)]
        for job in self.search(waiting, order="id"):
            try:
                in_time = job._go_on()
            except PASSING:
                self.env.cr.rollback()
                _logger.info("Import %s is put off", job.id, exc_info=True)
                self._put_off()
            except Exception as error:
                # whatever it was: it would fail the same way at every run
                self.env.cr.rollback()
                _logger.exception("Import %s was stopped", job.id)
                job._fail(error)
                self.env["ir.cron"]._commit_progress(1, remaining=0)
            else:
                if not in_time:
                    return

    def _go_on(self):
        """Do batch by batch until nothing is left; return False when time is up."""
        # The job runs as the one who made it: his rights, his name. ``create_uid``
        # is the one field of the job that no client can write.
        job = self.with_user(self.create_uid).with_context(lang=self.create_uid.lang)
        batch = job._check_batch if job.checking else job._run_batch
        while remaining := batch():
            if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                return False
        self.env["ir.cron"]._commit_progress(1, remaining=0)
        return True

    def _put_off(self):
        """Have the scheduled action come back in a minute."""
        cron = self.env.ref("contact_person.ir_cron_import")
        cron._trigger(fields.Datetime.add(fields.Datetime.now(), minutes=1))
        self.env["ir.cron"]._commit_progress()

    def _run_batch(self, just_checked=False):
        """Write the next rows; return how many remain, 0 when the import is done.

        :param bool just_checked: the check was made in this very transaction, which
            sees nothing that others have saved since
        """
        self.ensure_one()
        self._lock_job()
        if self.state != "running":
            return 0
        domain = [("import_id", "=", self.id), ("done", "=", False)]
        # Superuser: the marks of a row are the job's own, users only read them.
        rows = self.env["contact.import.row"].sudo()
        batch = rows.search(domain, limit=BATCH, order="index")
        if batch:
            if not just_checked:
                self._plan_again(batch)
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
    # STOPPING
    # ------------------------------------------------------------

    def _stop(self, reason):
        """End the import here: rows that are not written yet are left out.

        :param str reason: why, as the reason of those rows
        """
        rows = self.env["contact.import.row"]
        rows.flush_model()
        self.env.cr.execute(
            """
            UPDATE contact_import_row SET fate = 'skipped', reason = %s, done = TRUE
             WHERE import_id = %s AND NOT done
            """,
            [reason, self.id],
        )
        rows.invalidate_model()
        self.env["contact.import.key"]._forget(self)
        self.write(
            {"state": "cancelled", "checking": False, "date_end": fields.Datetime.now()}
        )

    def _fail(self, error):
        """Stop an import that can't go on and say so to the one who made it."""
        job = self.with_context(lang=self.create_uid.lang)
        running = job.state == "running"
        job._stop(job.env._("An error stopped the import before this row."))
        job.failure = job.env._(
            "An error stopped the import: %(error)s\nWhat was written before it stays. "
            "Import the file once more to go on; if it stops again, show this message "
            "to your administrator, who finds more in the log of the server.",
            error=error,
        )
        if running:
            try:
                with self.env.cr.savepoint():
                    job._make_report()
            except Exception:
                # the import is closed and says why; without its report it can do
                _logger.exception("Import %s has no report", self.id)
