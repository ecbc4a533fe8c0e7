from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .field_types import unique_slug


class ContactFieldOption(models.Model):
    """What may be chosen in an additional field.

    ``value`` is what a column of one option keeps; it never changes, so that renaming
    an option keeps the data. A field of several options links to these records.
    """

    _name = "contact.field.option"
    _description = "Option of an Additional Field"
    _order = "sequence, id"

    field_id = fields.Many2one("contact.field", required=True, ondelete="cascade")
    name = fields.Char(required=True, translate=True)
    value = fields.Char(
        required=True, readonly=True, help="What is stored; suggested from the name."
    )
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(
        default=True, help="A retired option stays on the contacts that have it."
    )

    _unique_value = models.Constraint(
        "UNIQUE(field_id, value)", "The field has an option with this value already."
    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        taken = {}
        for vals in vals_list:
            definition = self.env["contact.field"].browse(vals.get("field_id"))
            options = definition.with_context(active_test=False).option_ids
            values = taken.setdefault(definition.id, set(options.mapped("value")))
            if not vals.get("value"):
                vals["value"] = unique_slug(vals.get("name"), values, "", "option")
            values.add(vals["value"])
        options = super().create(vals_list)
        options.field_id._contact_sync_options()
        options.field_id._contact_clear()
        return options

    def write(self, vals):
        if "value" in vals and any(o.value != vals["value"] for o in self):
            raise UserError(
                self.env._(
                    "The value of an option stays as it was made, since contacts keep "
                    "it. Change its name instead."
                )
            )
        result = super().write(vals)
        self.field_id._contact_sync_options()
        self.field_id._contact_clear()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.filtered(lambda option: option._contact_is_used())
        if used:
            raise UserError(
                self.env._(
                    "%(options)s can't be deleted, since contacts have it. Switch it "
                    "off instead.",
                    options=", ".join(used.mapped("name")),
                )
            )

    def unlink(self):
        definitions = self.field_id
        result = super().unlink()
        definitions._contact_sync_options()
        definitions._contact_clear()
        return result

    def _update_field_translations(self, field_name, translations, digest=None, **kw):
        result = super()._update_field_translations(
            field_name, translations, digest, **kw
        )
        self.field_id._contact_sync_options()
        self.field_id._contact_clear()
        return result

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        if of_field := self.env.context.get("contact_options_of"):
            domain = Domain(domain or []) & Domain("field_id.field_name", "=", of_field)
        return super().name_search(name, domain, operator, limit)

    def _contact_is_used(self):
        self.ensure_one()
        definition = self.field_id
        if not definition._contact_has_column():
            return False
        value = self.id if definition.field_type == "tags" else self.value
        return definition._contact_holds("in", [value])
