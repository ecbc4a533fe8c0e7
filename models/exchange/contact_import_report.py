import base64
import io

from odoo import models

from ...tools.tables import write_xlsx


class ContactImportReport(models.Model):
    """The report of an import: the rows of the file, each with its fate.

    The columns of the file come back as they were, so that rows can be corrected in
    the report and the report imported again.
    """

    _inherit = "contact.import"

    def _make_report(self):
        """Write the report into ``report``."""
        self.ensure_one()
        table = self._read_table()
        fates = dict(
            self.env["contact.import.row"]
            ._fields["fate"]
            ._description_selection(self.env)
        )
        headers = [
            *table.headers,
            self.env._("Fate"),
            self.env._("Reason"),
            self.env._("Warning"),
        ]
        rows = (
            [
                *table.rows[row.index],
                fates[row.fate],
                row.reason or "",
                row.warning or "",
            ]
            for row in self.row_ids.sorted("index")
        )
        buffer = io.BytesIO()
        write_xlsx(buffer, headers, rows, self.env._("Rows"))
        self.report = base64.b64encode(buffer.getvalue())
