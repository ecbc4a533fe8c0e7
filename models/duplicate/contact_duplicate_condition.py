from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .conditions import TYPES


class ContactDuplicateCondition(models.Model):
    """One field of a duplicate rule and how it is compared; see ``conditions.py``."""

    _name = "contact.duplicate.condition"
    _inherit = "contact.cached.mixin"
    _description = "Duplicate Condition"
    _order = "id"
    _rec_name = "field_id"

    rule_id = fields.Many2one(
        "contact.duplicate.rule", required=True, index=True, ondelete="cascade"
    )
    field_id = fields.Many2one(
        "ir.model.fields",
        required=True,
        ondelete="cascade",  # all that Odoo lets be here; see ir_model_fields.py
        domain=[
            ("model", "=", "res.partner"),
            ("store", "=", True),
            ("ttype", "in", TYPES),
            ("translate", "=", False),
            ("company_dependent", "=", False),
        ],
    )
    field_name = fields.Char(related="field_id.name", string="Technical Name")
    method = fields.Selection(
        [("exact", "Exact"), ("fuzzy", "Similar")], required=True, default="exact"
    )
    threshold = fields.Integer(
        default=85, help="From 0 to 100: how alike two values must be to count."
    )

    _threshold_range = models.Constraint(
        "CHECK (threshold BETWEEN 0 AND 100)",
        "The threshold is a number from 0 to 100.",
    )

    @api.constrains("field_id")
    def _check_field(self):
        """Refuse fields that have no one value in a column of the contact."""
        domain = self._fields["field_id"].domain
        for condition in self:
            if not condition.field_id.filtered_domain(domain):
                raise ValidationError(
                    self.env._(
                        "A duplicate rule can't compare “%(field)s”. Choose a stored "
                        "field of the contact that holds a text, a number, a date, a "
                        "choice or one linked record, the same in every language and "
                        "company.",
                        field=condition.field_id.field_description,
                    )
                )
