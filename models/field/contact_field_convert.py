from psycopg2.extras import execute_values

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from .contact_field_column import LEAD_MODEL, PARTNER_MODEL
from .conversion import COLUMNS, MOST_OPTIONS, PLAIN, TRACKED, conversions
from .field_types import TYPES, unique_slug

_lt = LazyTranslate(__name__)

KEPT = {
    "same": _lt("Values: %(count)s. They stay as they are."),
    "formatted": _lt(
        "Values: %(count)s. They become formatted text with the same words."
    ),
    "number": _lt("Values: %(count)s. Each is kept as the same number."),
    "digits": _lt("Values: %(count)s. Each is kept as text with the same digits."),
    "midnight": _lt(
        "Values: %(count)s. Each is kept as midnight of its day in your time zone."
    ),
    "labels": _lt(
        "Values: %(count)s. Each is kept as the label of its option, in your language. "
        "The list of options goes."
    ),
    "options": _lt(
        "Values: %(count)s. Each different one becomes an option: there will be "
        "%(options)s."
    ),
    "tags": _lt("Values: %(count)s. Each is kept as the first of several options."),
}


class ContactField(models.Model):
    """Changing the type of a field that has data, where no value is lost."""

    _inherit = "contact.field"

    def action_convert(self):
        """Ask for the new type; the dialog says what will happen."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_person.contact_field_convert_action"
        )
        return {**action, "context": {"default_field_id": self.id}}

    def _contact_check_conversion(self, new_type):
        """Return in words what a change of type does.

        :raise UserError: a value would be lost, or something relies on the type
        """
        self.ensure_one()
        conversion = conversions(self.field_type).get(new_type)
        if conversion is None:
            raise UserError(
                self.env._(
                    "%(field)s can't become “%(type)s”: its values would be lost. Make "
                    "another field and retire this one.",
                    field=self.name,
                    type=self._contact_type_label(new_type),
                )
            )
        if self._contact_depending():
            raise UserError(
                self.env._(
                    "The type of %(field)s can't change, since another field appears "
                    "depending on it. Change that condition first.",
                    field=self.name,
                )
            )
        count, unfit = self._contact_count_values(conversion)
        options = self._contact_distinct() if conversion.kept == "options" else ()
        if unfit or len(options) > MOST_OPTIONS:
            raise UserError(
                self.env._(
                    "%(field)s has values that don't fit “%(type)s”: %(count)s. "
                    "Correct them first, or keep the type.",
                    count=unfit or len(options),
                    field=self.name,
                    type=self._contact_type_label(new_type),
                )
            )
        text = self.env._(KEPT[conversion.kept])
        return text % {"count": count, "options": len(options)}

    def _contact_type_label(self, field_type):
        return dict(self._fields["field_type"]._description_selection(self.env))[
            field_type
        ]

    def _contact_tables(self):
        """Return the tables that have the column of this field."""
        return [
            self.env[model]._table
            for model in (PARTNER_MODEL, LEAD_MODEL)
            if self.field_name in self.env[model]._fields
        ]

    def _contact_count_values(self, conversion):
        """Return ``(values, those that the new type can't keep)`` of contacts."""
        if self.field_type == "image":
            return self._contact_count_files(), 0
        self.env.flush_all()
        count = unfit = 0
        fits = self._contact_sql(conversion.fits or "TRUE")
        for table in self._contact_tables():
            found = self.env.execute_query(
                SQL(
                    "SELECT count(*), count(*) FILTER (WHERE NOT (%s))"
                    " FROM %s WHERE %s IS NOT NULL",
                    fits,
                    SQL.identifier(table),
                    SQL.identifier(self.field_name),
                )
            )
            count, unfit = count + found[0][0], unfit + found[0][1]
        return count, unfit

    def _contact_count_files(self):
        # Superuser: all data counts, whoever may see the contact.
        attachments = self.env["ir.attachment"].sudo()
        domain = [
            ("res_field", "=", self.field_name),
            ("res_model", "in", (PARTNER_MODEL, LEAD_MODEL)),
        ]
        return attachments.search_count(domain)

    def _contact_distinct(self):
        """Return the different texts of this field, at most one more than allowed."""
        found = set()
        for table in self._contact_tables():
            rows = self.env.execute_query(
                SQL(
                    "SELECT DISTINCT %(column)s FROM %(table)s"
                    " WHERE %(column)s <> '' ORDER BY 1 LIMIT %(limit)s",
                    column=SQL.identifier(self.field_name),
                    table=SQL.identifier(table),
                    limit=MOST_OPTIONS + 1,
                )
            )
            found.update(text for [text] in rows)
        return sorted(found)

    def _contact_sql(self, text):
        """Return an expression of ``conversion.py`` for the column of this field."""
        zone = SQL("%s", self.env.user.tz or "UTC")
        template = text.replace("%", "%%").replace("{{", "{").replace("}}", "}")
        for mark in ("{c}", "{tz}"):
            template = template.replace(mark, f"%({mark[1:-1]})s")
        return SQL(template, c=SQL.identifier(self.field_name), tz=zone)

    # ------------------------------------------------------------
    # CONVERTING
    # ------------------------------------------------------------

    def _contact_convert(self, new_type):
        """Change the type; all values in sets, all or nothing.

        :raise UserError: see ``_contact_check_conversion``
        """
        self.check_access("write")
        self._contact_check_conversion(new_type)
        old_type = self.field_type
        conversion = conversions(old_type)[new_type]
        if conversion.kept == "labels":
            self._contact_replace(self._contact_labels())
        elif conversion.kept == "options":
            self._contact_replace(self._contact_make_options())
        if TYPES[old_type].ttype != TYPES[new_type].ttype:
            self._contact_change_columns(conversion, new_type)
        self._contact_change_definition(new_type)

    def _contact_labels(self):
        """Return ``{value: label}`` of all options, in the user's language."""
        options = self.with_context(active_test=False).option_ids
        return {option.value: option.name for option in options}

    def _contact_make_options(self):
        """Make an option of each different value; return ``{text: value}``."""
        # Options of an earlier type are used again where they say the same.
        options = self.with_context(active_test=False).option_ids
        values = {option.name: option.value for option in options}
        taken = set(values.values())
        missing = []
        for text in self._contact_distinct():
            if text not in values:
                values[text] = unique_slug(text, taken, "", "option")
                taken.add(values[text])
                missing.append({"name": text, "value": values[text]})
        options.create([{"field_id": self.id, **vals} for vals in missing])
        return values

    def _contact_replace(self, texts):
        """Replace values in the columns: ``{old: new}``."""
        for table in self._contact_tables():
            query = SQL(
                "UPDATE %(table)s SET %(column)s = text.new"
                " FROM (VALUES ___) AS text(old, new) WHERE %(column)s = text.old",
                table=SQL.identifier(table),
                column=SQL.identifier(self.field_name),
            )
            if texts:
                statement = query.code.replace("%", "%%").replace("___", "%s")
                execute_values(self.env.cr._obj, statement, list(texts.items()))

    def _contact_change_columns(self, conversion, new_type):
        columns = self._contact_columns()
        self.env["ir.default"].sudo().search([("field_id", "in", columns.ids)]).unlink()
        self.env.flush_all()
        old_ttype, ttype = TYPES[self.field_type].ttype, TYPES[new_type].ttype
        if old_ttype == "selection":
            self.env.cr.execute(
                "DELETE FROM ir_model_fields_selection WHERE field_id IN %s",
                [columns._ids],
            )
        if ttype in COLUMNS:
            self._contact_alter(conversion, COLUMNS[ttype])
        self._contact_reflect(new_type)
        if new_type == "tags":
            self._contact_fill_tags()
        self._contact_convert_tracking(columns, TRACKED[old_ttype], TRACKED.get(ttype))

    def _contact_alter(self, conversion, column_type):
        for table in self._contact_tables():
            column = SQL.identifier(self.field_name)
            self.env.cr.execute(
                SQL(
                    "ALTER TABLE %s ALTER COLUMN %s TYPE %s USING (%s)::%s",
                    SQL.identifier(table),
                    column,
                    SQL(column_type),
                    self._contact_sql(conversion.using),
                    SQL(column_type),
                )
            )

    def _contact_reflect(self, new_type):
        """Tell Odoo of the new type; its own ``write`` refuses any change of type."""
        for column in self._contact_columns():
            values = self._contact_column_values(column.model, new_type)
            changed = {name: values.get(name) for name in _OF_TYPE}
            assignments = SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), value)
                for name, value in changed.items()
            )
            self.env.cr.execute(
                SQL(
                    "UPDATE ir_model_fields SET %s WHERE id = %s",
                    assignments,
                    column.id,
                )
            )
        self.env.invalidate_all()
        registry, models_ = self.env.registry, self._contact_columns().mapped("model")
        registry.clear_cache("stable")
        registry._setup_models__(self.env.cr, models_)
        context = dict(self.env.context, update_custom_fields=True)
        registry.init_models(
            self.env.cr, registry.descendants(models_, "_inherits"), context
        )
        registry.registry_invalidated = True

    def _contact_fill_tags(self):
        """Link the contacts to their option, then drop the column that named it."""
        for column in self._contact_columns():
            table = SQL.identifier(self.env[column.model]._table)
            self.env.cr.execute(
                SQL(
                    "INSERT INTO %(relation)s (%(one)s, option_id)"
                    " SELECT record.id, option.id FROM %(table)s AS record"
                    " JOIN contact_field_option AS option"
                    " ON option.value = record.%(column)s AND option.field_id = %(id)s;"
                    " ALTER TABLE %(table)s DROP COLUMN %(column)s",
                    relation=SQL.identifier(column.relation_table),
                    one=SQL.identifier(column.column1),
                    table=table,
                    column=SQL.identifier(self.field_name),
                    id=self.id,
                )
            )

    def _contact_convert_tracking(self, columns, old, new):
        """Keep the history in the chatter readable: it is shown as the new type."""
        if old == new or not new:
            return
        for side in ("old", "new"):
            self.env.cr.execute(
                SQL(
                    "UPDATE mail_tracking_value SET %s = %s::%s WHERE field_id IN %s",
                    SQL.identifier(f"{side}_value_{new}"),
                    SQL.identifier(f"{side}_value_{old}"),
                    SQL(_TRACKING_TYPES[new]),
                    columns._ids,
                )
            )

    def _contact_change_definition(self, new_type):
        spec = TYPES[new_type]
        stays_text = self.field_type in PLAIN and new_type in PLAIN
        self.env.cr.execute(
            SQL(
                "UPDATE contact_field SET field_type = %s WHERE id = %s",
                new_type,
                self.id,
            )
        )
        self.env.invalidate_all()
        self._contact_make_columns()
        self._contact_sync_options()
        self.write(
            {
                "tracking": self.tracking and spec.tracked,
                "indexed": self.indexed and spec.indexed,
                "default_value": self.default_value if stays_text else False,
            }
        )

    @api.model
    def _contact_offered_types(self, field_type):
        """Return the types that ``field_type`` may become, in their usual order."""
        allowed = conversions(field_type)
        return [name for name in TYPES if name in allowed]


# What of a column depends on its type.
_OF_TYPE = "ttype currency_field relation relation_table column1 column2 domain".split()
_TRACKING_TYPES = {
    "char": "varchar",
    "text": "text",
    "integer": "int4",
    "float": "float8",
    "datetime": "timestamp",
}
