import contextlib
import logging

import psycopg2

from odoo import models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

# What a strange value may raise anywhere between this addon and the others.
BAD_VALUE = (ValueError, TypeError, LookupError, ArithmeticError)
REFUSED = (psycopg2.IntegrityError, psycopg2.DataError)


class ContactImportWrite(models.Model):
    """Writing rows into the address book; what stops a row stops no other."""

    _inherit = "contact.import"

    def _write_rows(self, rows):
        links = self._links([row.values for row in rows])
        self._create_contacts(rows.filtered(lambda row: row.fate == "created"), links)
        for row in rows.filtered(lambda row: row.fate == "updated"):
            self._attempt(row, links, self._update_contact)
        rows.done = True
        rows.flush_recordset()

    def _contacts(self):
        """Return the empty recordset that contacts are written through."""
        partners = self.env["res.partner"]._contact_importing()
        return partners.with_context(
            contact_keep_address=True,
            tracking_disable=True,
            mail_create_nosubscribe=True,
            active_test=False,
        )

    def _create_contacts(self, rows, links):
        """Create the batch in one call; if that fails, row by row to find the cause."""
        contacts = ()
        with contextlib.suppress(UserError, *REFUSED, *BAD_VALUE):
            with self._trial(links) as trial:
                contacts = self._create_contact(rows, trial)
        if contacts:
            for row, contact in zip(rows, contacts, strict=True):
                row.contact_id = contact
        else:
            for row in rows:
                self._attempt(row, links, self._create_contact)

    def _attempt(self, row, links, write):
        """Do one row in a savepoint; what stops it becomes the reason of its fate."""
        try:
            with self._trial(links) as trial:
                contact = write(row, trial)
        except REFUSED as error:
            self._reject(row, self.env["res.partner"]._sql_error_to_message(error))
        except UserError as error:
            self._reject(row, str(error))
        except BAD_VALUE as error:
            _logger.info(
                "Row %s of import %s can't be written",
                row.index,
                self.id,
                exc_info=True,
            )
            self._reject(
                row,
                self.env._(
                    "A value of this row can't be stored: %(error)s. Correct it and "
                    "import the row again.",
                    error=error,
                ),
            )
        else:
            row.contact_id = contact

    def _reject(self, row, reason):
        """Note why a row could not be written; a decided one may be decided anew."""
        if row.decision:
            row.write({"fate": "review", "reason": reason})
        else:
            row.write({"fate": "rejected", "reason": reason, "contact_id": False})

    def _create_contact(self, rows, links):
        values_list = [self._new_values(row.values) for row in rows]
        self._make_missing(values_list, links)
        return self._contacts().create(
            [self._linked(values, links) for values in values_list]
        )

    def _update_contact(self, row, links):
        contact = self._contacts().browse(row.contact_id.id).exists()
        if not contact:
            raise UserError(self.env._("The contact has been deleted meanwhile."))
        changes = self._changes(contact, row.values, links.tags)
        if (row.decision or self.on_duplicate) == "fill_gaps":
            changes = self._gaps(contact, changes)
        self._make_missing([changes], links)
        contact.write(self._linked(changes, links))
        return contact
