from psycopg2.extras import execute_values

from odoo import models
from odoo.tools import SQL

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from .conversion import conversions


class ContactField(models.Model):
    """What an uninstallation of the addon leaves behind."""

    _inherit = "contact.field"

    def _contact_outlive(self):
        """Turn columns that need the addon into plain ones with the same values.

        Money becomes a number, for the currency goes; several options become a text
        with their labels. All other types are custom fields of Odoo as they are.
        """
        for field in self:
            if field.field_type == "monetary":
                to_number = conversions("monetary")["float"]
                field._contact_change_columns(to_number, "float")
            elif field.field_type == "tags":
                field._contact_write_labels()

    def _contact_write_labels(self):
        self.ensure_one()
        columns = self._contact_columns()
        label = columns[:1].field_description
        texts = {
            column.model: self._contact_option_labels(column) for column in columns
        }
        model_ids = {column.model: column.model_id.id for column in columns}
        columns.with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()
        self.env["ir.model.fields"].sudo().create(
            [
                {
                    "name": self.field_name,
                    "model_id": model_id,
                    "ttype": "char",
                    "field_description": label,
                }
                for model_id in model_ids.values()
            ]
        )
        for model, rows in texts.items():
            self._contact_write_texts(self.env[model]._table, rows)
        self.env.invalidate_all()

    def _contact_write_texts(self, table, rows):
        """Write ``[(id, text)]`` into the column of this field."""
        statement = SQL(
            "UPDATE %(table)s SET %(column)s = text.labels"
            " FROM (VALUES ___) AS text(id, labels) WHERE %(table)s.id = text.id",
            table=SQL.identifier(table),
            column=SQL.identifier(self.field_name),
        )
        if rows:
            execute_values(self.env.cr._obj, statement.code.replace("___", "%s"), rows)

    def _contact_option_labels(self, column):
        """Return ``[(id of the record, labels of its options)]``."""
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT link.%(one)s,
                       string_agg(COALESCE(option.name->>%(lang)s,
                                           option.name->>'en_US'),
                                  ', ' ORDER BY option.sequence, option.id)
                  FROM %(relation)s link
                  JOIN contact_field_option option ON option.id = link.option_id
                 GROUP BY 1
                """,
                one=SQL.identifier(column.column1),
                relation=SQL.identifier(column.relation_table),
                lang=self.env.user.lang or "en_US",
            )
        )
