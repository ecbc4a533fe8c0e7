import ast

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .field_types import (
    EXPORT,
    FILENAME,
    FORM,
    IMPORT,
    LIST,
    NAME_PATTERN,
    PREFIX,
    SEARCH,
    TYPES,
    WITHOUT_DEFAULT,
    parse_default,
    unique_slug,
)
from .field_values import CHECKS
from .visibility import domain_expression, domain_fields


class ContactField(models.Model):
    """A field of contacts that an administrator defined in the user interface.

    The column itself is a manual field of Odoo (``contact_field_column.py``), so that
    searching, grouping, export, import, automation and RPC know it like any other. When
    the addon is uninstalled the columns stay as custom fields with their data, apart
    from those of several options and of money, whose options and currency go with it.
    """

    _name = "contact.field"
    _description = "Additional Field"
    _order = "sequence, id"

    name = fields.Char(string="Label", required=True, translate=True)
    field_name = fields.Char(
        string="Technical name",
        required=True,
        copy=False,
        help="Suggested from the label. It never changes once the field is made.",
    )
    field_type = fields.Selection(
        [(name, spec.label) for name, spec in TYPES.items()],
        string="Type",
        required=True,
        default="char",
    )
    relation_model = fields.Char(string="Technical name of the linked model")
    help = fields.Text(translate=True, help="Shown when the mouse is on the label.")
    default_value = fields.Char(
        string="Default value",
        help="What a new contact has in this field. Of options type the name of one.",
    )
    required = fields.Boolean(help="A contact can't be saved without it.")
    is_master_data = fields.Boolean(
        string="Master data", help="A contact stays a draft until it is filled."
    )
    tracking = fields.Boolean(help="Changes are noted in the chatter.")
    indexed = fields.Boolean(help="Searching is faster, saving a little slower.")
    sequence = fields.Integer(default=10)
    # restrict: a field must not open to everyone because its group was deleted
    group_ids = fields.Many2many(
        "res.groups",
        string="Seen by",
        ondelete="restrict",
        help="Only members of these groups see the field; empty: everyone.",
    )
    place_ids = fields.Many2many(
        "contact.field.place",
        string="Appears in",
        default=lambda self: self._places(),
        help="The first four fields are columns of the list at once; the others are "
        "chosen at its right end. Drag the fields into the order that you want.",
    )
    option_ids = fields.One2many(
        "contact.field.option", "field_id", string="Options", copy=True
    )
    visible_if = fields.Char(
        string="Visible if",
        help="Shown and asked for only on contacts that meet this condition.",
    )
    active = fields.Boolean(
        default=True, help="A retired field is hidden; its data is kept."
    )

    _unique_field_name = models.Constraint(
        "UNIQUE(field_name)", "An additional field with this technical name exists."
    )

    @api.model
    def _places(self):
        codes = (FORM, LIST, SEARCH, IMPORT, EXPORT)
        return self.env["contact.field.place"].search([("code", "in", codes)])

    # ------------------------------------------------------------
    # CONSTRAINTS
    # ------------------------------------------------------------

    @api.constrains("field_name")
    def _check_field_name(self):
        for field in self:
            if not NAME_PATTERN.fullmatch(field.field_name):
                raise ValidationError(
                    self.env._(
                        "%(name)s is no technical name. Use %(prefix)s and small "
                        "letters, digits and underscores, 50 characters at most.",
                        name=field.field_name,
                        prefix=PREFIX,
                    )
                )

    @api.constrains("field_type", "relation_model")
    def _check_relation_model(self):
        for field in self.filtered(lambda field: field.field_type == "many2one"):
            model = self.env.get(field.relation_model)
            if model is None or model._abstract or model._transient:
                raise ValidationError(
                    self.env._(
                        "Choose what %(field)s links to: a model that keeps records.",
                        field=field.name,
                    )
                )

    @api.constrains("field_type", "tracking", "indexed", "is_master_data")
    def _check_settings(self):
        for field in self:
            spec = TYPES[field.field_type]
            if (
                (field.tracking and not spec.tracked)
                or (field.indexed and not spec.indexed)
                or (field.is_master_data and field.field_type == "boolean")
            ):
                raise ValidationError(
                    self.env._(
                        "%(field)s: a field of this type can't be tracked, indexed or "
                        "master data as you chose. Switch it off.",
                        field=field.name,
                    )
                )

    @api.constrains("default_value", "field_type")
    def _check_default_value(self):
        for field in self.filtered("default_value"):
            try:
                field._contact_default()
            except (ArithmeticError, TypeError, ValueError):
                field._contact_refuse_default()

    @api.constrains("visible_if")
    def _check_visible_if(self):
        for field in self.filtered("visible_if"):
            try:
                field._contact_visible_expression()
            except (ValueError, SyntaxError, TypeError, IndexError, KeyError):
                raise ValidationError(
                    self.env._(
                        "%(field)s: the condition can't be judged while a form is "
                        "edited. Compare fields of the contact itself, apart from "
                        "dates, with = or in.",
                        field=field.name,
                    )
                ) from None

    # ------------------------------------------------------------
    # ONCHANGE
    # ------------------------------------------------------------

    @api.onchange("name")
    def _onchange_name(self):
        if self.name and not self._origin:
            self.field_name = self._contact_suggest_name(self.name)

    @api.onchange("field_type")
    def _onchange_field_type(self):
        """Take back what the form does not show for the type: it could not be saved."""
        spec = TYPES[self.field_type or "char"]
        self.tracking = self.tracking and spec.tracked
        self.indexed = self.indexed and spec.indexed
        self.is_master_data = self.is_master_data and self.field_type != "boolean"
        if self.field_type in WITHOUT_DEFAULT:
            self.default_value = False

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Make the definitions and, at once, their columns: one change of the table."""
        vals_list = [dict(vals) for vals in vals_list]
        made = set()
        for vals in vals_list:
            self._contact_check_texts({"name": "", **vals})
            if not vals.get("field_name"):
                vals["field_name"] = self._contact_suggest_name(vals.get("name"), made)
            made.add(vals["field_name"])
            if vals.get("field_type") == "file":
                made.add(vals["field_name"] + FILENAME)
        self._contact_check_new(made)
        definitions = super().create(vals_list)
        definitions._contact_make_columns()
        definitions._contact_sync_master_data()
        self._contact_clear()
        return definitions

    def write(self, vals):
        for name in ("field_name", "field_type", "relation_model"):
            if name in vals and any((f[name] or False) != vals[name] for f in self):
                raise UserError(
                    self.env._(
                        "The technical name and the link of a field stay as they were "
                        "made, and its type changes by “Change type” alone."
                    )
                )
        self._contact_check_texts(vals)
        result = super().write(vals)
        self._contact_sync_columns(vals)
        if vals.keys() & {"is_master_data", "active"}:
            self._contact_sync_master_data()
        self._contact_clear()
        return result

    def unlink(self):
        """Delete definitions with their columns.

        :raise UserError: a contact has data in it, it is master data, or a duplicate
            rule or the condition of another field uses it
        """
        self._contact_check_unused()
        names = self.mapped("field_name")
        result = super().unlink()
        self._contact_drop_columns(names)
        self._contact_clear()
        return result

    def _update_field_translations(self, field_name, translations, digest=None, **kw):
        result = super()._update_field_translations(
            field_name, translations, digest, **kw
        )
        self._contact_sync_texts()
        self._contact_clear()
        return result

    def action_delete(self):
        """Ask for the technical name, then delete the field with its data."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_person.contact_field_delete_action"
        )
        return {**action, "context": {"default_field_id": self.id}}

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    @api.model
    def _contact_suggest_name(self, label, taken=()):
        columns = set(self.env["ir.model.fields"]._get_ids("res.partner"))
        return unique_slug(label, columns | set(taken), PREFIX)

    def _contact_check_new(self, names):
        columns = self.env["ir.model.fields"]._get_ids("res.partner")
        if clash := sorted(names & columns.keys()):
            raise UserError(
                self.env._(
                    "Contacts have a field %(names)s already. Choose another technical "
                    "name.",
                    names=", ".join(clash),
                )
            )

    def _contact_default(self):
        """Return the default value as the column keeps it, ``None`` without one."""
        self.ensure_one()
        if not self.default_value:
            return None
        value = parse_default(self.field_type, self.default_value)
        if self.field_type == "selection":
            return self._contact_option_value(value)
        CHECKS[TYPES[self.field_type].ttype](value)
        return value

    def _contact_option_value(self, text):
        """Return the value of the option that has this value, or else this name."""
        values = {option.name.casefold(): option.value for option in self.option_ids}
        values |= {option.value: option.value for option in self.option_ids}
        if text not in values and text.casefold() not in values:
            raise ValueError(text)
        return values.get(text) or values[text.casefold()]

    def _contact_visible_domain(self):
        """Return the condition as a domain in prefix notation; empty without one."""
        self.ensure_one()
        return list(Domain(ast.literal_eval(self.visible_if or "[]")))

    def _contact_visible_expression(self):
        domain = self._contact_visible_domain()
        partner_fields = self.env["res.partner"]._fields
        types = {
            name: partner_fields[name].type
            for name in domain_fields(domain)
            if name in partner_fields and not partner_fields[name].groups
        }
        return domain_expression(domain, types) if self.visible_if else ""
