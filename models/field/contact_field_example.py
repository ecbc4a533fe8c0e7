from odoo import Command, api, fields, models

from .contact_field_column import copy_texts
from .field_types import TYPES, unique_slug


class ContactFieldExample(models.Model):
    """A ready-made field of the gallery, in every language; one click adds it."""

    _name = "contact.field.example"
    _description = "Example of an Additional Field"
    _order = "sequence, id"

    name = fields.Char(string="Label", required=True, translate=True)
    field_type = fields.Selection(
        [(name, spec.label) for name, spec in TYPES.items()],
        string="Type",
        required=True,
    )
    relation_model = fields.Char()
    help = fields.Text(translate=True)
    options = fields.Text(translate=True, help="One a line.")
    icon = fields.Char(help="Name of a Font Awesome icon.")
    sequence = fields.Integer(default=10)
    tracking = fields.Boolean()
    field_ids = fields.One2many(
        "contact.field", "example_id", context={"active_test": False}
    )
    added = fields.Boolean(compute="_compute_added")

    @api.depends("field_ids")
    def _compute_added(self):
        for example in self:
            example.added = bool(example.field_ids)

    def action_add(self):
        """Make fields of these examples, labels and options in every language.

        What has been added already is left alone.
        """
        missing = self.filtered(lambda example: not example.added)
        made = self.env["contact.field"].create(
            [example._field_values() for example in missing]
        )
        for example, definition in zip(missing, made, strict=True):
            copy_texts(example, "name", definition, "name")
            copy_texts(example, "help", definition, "help")
            example._translate_options(definition.option_ids)
        made._contact_sync_texts()
        made._contact_sync_options()
        made._contact_clear()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_open(self):
        """Open the field that was made of this example."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_person.contact_field_action"
        )
        field = self.field_ids[:1]
        return {**action, "views": [(False, "form")], "res_id": field.id}

    def _field_values(self):
        # The technical name and the values are the same in every language.
        english = self.with_context(lang="en_US")
        options, taken = [], set()
        for name in _lines(english.options):
            value = unique_slug(name, taken, "", "option")
            taken.add(value)
            options.append(Command.create({"name": name, "value": value}))
        return {
            "name": english.name,
            "field_name": self.env["contact.field"]._contact_suggest_name(english.name),
            "help": english.help,
            "field_type": self.field_type,
            "relation_model": self.relation_model,
            "tracking": self.tracking,
            "option_ids": options,
            "example_id": self.id,
        }

    def _translate_options(self, options):
        texts = self._fields["options"]._get_stored_translations(self) or {}
        for lang, text in texts.items():
            for option, name in zip(options, _lines(text), strict=False):
                option.with_context(lang=lang).name = name


class ContactField(models.Model):
    """A field knows the example it was made of."""

    _inherit = "contact.field"

    example_id = fields.Many2one(
        "contact.field.example", readonly=True, index="btree_not_null", copy=False
    )

    def action_examples(self):
        """Open the gallery."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "contact_person.contact_field_example_action"
        )


def _lines(text):
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
