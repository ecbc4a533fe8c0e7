from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .field_types import EXPORT, FILENAME, LEAD, TYPES, WITH_OPTIONS

TRACKING = 100
PARTNER_MODEL, LEAD_MODEL = "res.partner", "crm.lead"


class ContactField(models.Model):
    """The column of an additional field: made, kept in step and dropped with it.

    Contacts have it always; leads have one of the same name as soon as the field names
    their place, and keep it with its data when the place is taken away.
    """

    _inherit = "contact.field"

    def _contact_columns(self, models=(PARTNER_MODEL, LEAD_MODEL)):
        """Return the columns of these fields in ``models``, contacts first."""
        # Superuser: who defines fields of contacts need not be the administrator of
        # the database; names and types have been checked.
        fields = self.env["ir.model.fields"].sudo()
        names = set(self.mapped("field_name"))
        return fields.browse(
            id_
            for model in models
            for name, id_ in fields._get_ids(model).items()
            if name in names
        )

    def _contact_has_column(self):
        self.ensure_one()
        return self.field_name in self.env["res.partner"]._fields

    def _contact_check_texts(self, vals):
        """Refuse an empty label, and characters that nobody can type."""
        if "name" in vals and not (vals["name"] or "").strip():
            raise UserError(self.env._("Type a label for the field."))
        texts = f"{vals.get('name') or ''}{vals.get('help') or ''}"
        if any(char < " " and char not in "\n\r\t" for char in texts):
            raise UserError(
                self.env._(
                    "A label or a help can't have control characters. Type it instead "
                    "of pasting it."
                )
            )

    # ------------------------------------------------------------
    # MAKING
    # ------------------------------------------------------------

    def _contact_make_columns(self):
        """Make the columns that are missing; tables and registry change once."""
        columns = self.env["ir.model.fields"].sudo()
        values = [
            column
            for model, fields in (
                (PARTNER_MODEL, self),
                (LEAD_MODEL, self.filtered(lambda f: f._contact_is_placed(LEAD))),
            )
            for field in fields
            for column in field._contact_all_values(model)
            if column["name"] not in columns._get_ids(model)
        ]
        if not values:
            return
        # Whoever reads contacts waits behind a change of the table: better give up and
        # let Odoo try again than queue behind a long transaction.
        self.env.cr.execute("SET LOCAL lock_timeout = '2s'")
        columns.create(values)
        self.env.cr.execute("SET LOCAL lock_timeout = 0")
        self._contact_sync_texts()
        self._contact_sync_options()
        self._contact_sync_defaults()

    def _contact_is_placed(self, code):
        self.ensure_one()
        return code in self.place_ids.mapped("code")

    def _contact_all_values(self, model):
        """Return the values of the columns in ``model``: a file has its name, too."""
        values = self._contact_column_values(model)
        if self.field_type != "file":
            return [values]
        beside = {
            "model_id": values["model_id"],
            "name": self.field_name + FILENAME,
            "field_description": self._contact_filename_label(),
            "ttype": "char",
            "state": "manual",
            "copied": True,
        }
        return [values, beside]

    def _contact_filename_label(self):
        return self.env._("%(field)s (file name)", field=self.name)

    def _contact_column_values(self, model, field_type=None):
        """Return the values of the column in ``model``, of another type if given."""
        field_type = field_type or self.field_type
        spec = TYPES[field_type]
        of_lead = model == LEAD_MODEL
        values = {
            "model_id": self.env["ir.model"]._get_id(model),
            "name": self.field_name,
            "field_description": self.name,
            "help": self.help,
            "ttype": spec.ttype,
            "state": "manual",
            "tracking": TRACKING if self.tracking else 0,
            "index": self.indexed and not of_lead,
            "copied": True,
        }
        if field_type == "monetary":
            currency = "company_currency" if of_lead else "contact_currency_id"
            values["currency_field"] = currency
        elif field_type == "many2one":
            values.update(relation=self.relation_model, on_delete="set null")
        elif field_type == "tags":
            values.update(
                relation="contact.field.option",
                relation_table=f"{self.field_name}_{'lead_rel' if of_lead else 'rel'}",
                column1="lead_id" if of_lead else "partner_id",
                column2="option_id",
                domain=f"[('field_id', '=', {self.id})]",
            )
        return values

    # ------------------------------------------------------------
    # KEEPING IN STEP
    # ------------------------------------------------------------

    def _contact_sync_columns(self, vals):
        for field in self.filtered(lambda f: f._contact_has_column()):
            if "tracking" in vals:
                tracking = TRACKING if field.tracking else 0
                field._contact_columns().write({"tracking": tracking})
            if "indexed" in vals:
                column = field._contact_columns([PARTNER_MODEL])
                column.write({"index": field.indexed})
        if "place_ids" in vals:
            self._contact_make_columns()
        if vals.keys() & {"name", "help"}:
            self._contact_sync_texts()
        if vals.keys() & {"default_value"}:
            self._contact_sync_defaults()

    def _contact_sync_texts(self):
        """Hand labels and help on in every language."""
        for field in self.filtered(lambda f: f._contact_has_column()):
            for column in field._contact_columns():
                copy_texts(field, "name", column, "field_description")
                copy_texts(field, "help", column, "help")
                if field.field_type == "file":
                    field._contact_sync_filename(column.model)

    def _contact_sync_filename(self, model):
        fields = self.env["ir.model.fields"].sudo()
        column = fields._get(model, self.field_name + FILENAME)
        texts = self._fields["name"]._get_stored_translations(self) or {}
        for lang in texts:
            label = self.with_context(lang=lang)._contact_filename_label()
            if column.with_context(lang=lang).field_description != label:
                column.with_context(lang=lang).field_description = label

    def _contact_sync_options(self):
        """Bring the options of a column in line: names, order, new and deleted ones."""
        fields = self.exists().filtered(lambda f: f.field_type == "selection")
        pairs = [
            (field.with_context(active_test=False).option_ids.sorted(), column)
            for field in fields
            for column in field._contact_columns()
        ]
        # Superuser: see _contact_columns. One call, as each loads the fields anew; no
        # command in the values of a column, which Odoo would obey as the user alone.
        rows = self.env["ir.model.fields.selection"].sudo()
        if missing := [vals for pair in pairs for vals in _missing_rows(*pair)]:
            rows.create(missing)
        for options, column in pairs:
            _arrange_rows(options, column)

    def _contact_sync_defaults(self):
        defaults = self.env["ir.default"].sudo()
        for field in self.filtered(lambda f: f._contact_has_column()):
            value = field._contact_default()
            if value is not None:
                defaults.set("res.partner", field.field_name, value)
            else:
                column = field._contact_columns([PARTNER_MODEL])
                defaults.search([("field_id", "=", column.id)]).unlink()

    def _contact_sync_master_data(self):
        """Put the fields into the rule of completeness, or take them out of it."""
        partners = self.env["res.partner"]
        names = partners._contact_master_data()
        wanted = self.filtered(lambda f: f.is_master_data and f.active)
        left = set(self.mapped("field_name")) - set(wanted.mapped("field_name"))
        new = [name for name in names if name not in left]
        new += [name for name in wanted.mapped("field_name") if name not in names]
        if new != names:
            partners._contact_set_master_data(new)

    @api.model
    def _contact_describe(self, found, attributes):
        """Complete what ``fields_get`` says of additional fields.

        ``exportable``: only what names the place is offered; others are read all the
        same. ``retired``: the options that the web client no longer offers. Links to
        options lose their context, with which it would offer the retired ones.
        """
        for field in self._contact_definitions():
            description = found.get(field["name"])
            if not description:
                continue
            wanted = description.keys() if attributes is None else attributes
            if "exportable" in wanted and EXPORT not in field["places"]:
                description["exportable"] = False
            if "selection" in description and field["retired"]:
                description["retired"] = list(field["retired"])
            if field["type"] == "tags":
                description.pop("context", None)

    # ------------------------------------------------------------
    # DELETING
    # ------------------------------------------------------------

    def action_delete_forced(self, typed_confirmation):
        """Delete a field with all its data, whatever uses it.

        Duplicate rules that compare it are switched off, as when an app is uninstalled.

        :param str typed_confirmation: the technical name, typed by the administrator
        :raise UserError: something else was typed
        """
        self.ensure_one()
        self.check_access("unlink")
        if (typed_confirmation or "").strip() != self.field_name:
            raise UserError(
                self.env._(
                    "To delete the field with its data, type its technical name: "
                    "%(name)s",
                    name=self.field_name,
                )
            )
        self._contact_columns([PARTNER_MODEL])._contact_release_rules()
        self._contact_depending().visible_if = False
        self.is_master_data = False
        if self._contact_has_column():
            # A tracked value, a saved filter or a contact may hold it: all of it goes.
            name = self.field_name
            self._contact_columns().unlink()
            self.env["res.partner"].invalidate_model()
            # Superuser: filters belong to whoever saved them.
            self.env["ir.filters"].sudo()._contact_forget(name, self.name)
        self.unlink()
        return True

    def _contact_depending(self):
        """Return the other fields whose condition asks for one of these."""
        others = self.with_context(active_test=False).search(
            [("visible_if", "!=", False), ("id", "not in", self.ids)]
        )
        names = self.mapped("field_name")
        return others.filtered(lambda f: any(n in f.visible_if for n in names))

    def _contact_check_unused(self):
        if not self.env["contact.field"].has_access("unlink"):
            raise AccessError(self.env._("Only administrators may delete fields."))
        for field in self:
            if field._contact_has_data():
                message = self.env._(
                    "%(field)s can't be deleted, since contacts or leads have data in "
                    "it. Retire it instead, or delete it with its data."
                )
            elif field.is_master_data:
                message = self.env._(
                    "%(field)s can't be deleted, since it is master data. Retire it "
                    "instead, or delete it with its data."
                )
            elif field._contact_depending():
                message = self.env._(
                    "%(field)s can't be deleted, since another field appears depending "
                    "on it. Retire it instead, or delete it with its data."
                )
            else:
                continue
            raise UserError(message % {"field": field.name})

    def _contact_has_data(self):
        self.ensure_one()
        if not self._contact_has_column():
            return False
        if self._contact_holds("!=", False):
            return True
        options = self.with_context(active_test=False).option_ids
        return self.field_type in WITH_OPTIONS and any(
            option._contact_is_used() for option in options
        )

    def _contact_holds(self, operator, value):
        """Whether a contact, or a lead that has no contact, has such a value."""
        for model in (PARTNER_MODEL, LEAD_MODEL):
            # Superuser and archived ones: all data counts, whoever may see it.
            records = self.env[model].sudo().with_context(active_test=False)
            domain = [(self.field_name, operator, value)]
            known = self.field_name in records._fields
            if known and records.search_count(domain, limit=1):
                return True
        return False

    def _contact_drop_columns(self, names):
        # Superuser: see _contact_columns.
        columns = self.env["ir.model.fields"].sudo()
        for model in (PARTNER_MODEL, LEAD_MODEL):
            ids = columns._get_ids(model)
            beside = [name + FILENAME for name in names]
            dropped = [name for name in (*names, *beside) if name in ids]
            columns += columns.browse(ids[name] for name in dropped)
        # They may have gone with the model that they linked to.
        columns.exists().unlink()


def _missing_rows(options, column):
    """Return the values of the options that a column lacks."""
    present = set(column.selection_ids.mapped("value"))
    return [
        {
            "field_id": column.id,
            "value": option.value,
            "name": option.name,
            "sequence": sequence,
        }
        for sequence, option in enumerate(options)
        if option.value not in present
    ]


def _arrange_rows(options, column):
    """Give a column these options, in their order and languages, and no others."""
    values = set(options.mapped("value"))
    column.selection_ids.filtered(lambda row: row.value not in values).unlink()
    rows = {row.value: row for row in column.selection_ids}
    for sequence, option in enumerate(options):
        row = rows[option.value]
        if row.sequence != sequence:
            row.sequence = sequence
        copy_texts(option, "name", row, "name")


def copy_texts(source, name, target, target_name):
    """Give ``target`` the text of ``source`` in every language that has one."""
    texts = source._fields[name]._get_stored_translations(source) or {}
    present = target._fields[target_name]._get_stored_translations(target) or {}
    for lang, text in texts.items():
        if present.get(lang) != text:
            target.with_context(lang=lang).write({target_name: text})
    if not texts and present:
        target.write({target_name: False})
