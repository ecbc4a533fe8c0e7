from odoo import fields, models


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
        ondelete="cascade",
        domain="[('model', '=', 'res.partner'), ('store', '=', True),"
        " ('ttype', 'in', ('char', 'text', 'integer', 'date', 'many2one',"
        " 'selection'))]",
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
