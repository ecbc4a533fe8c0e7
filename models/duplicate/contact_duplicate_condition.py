from rapidfuzz import fuzz

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.matching import (
    is_shared_mailbox,
    normalise_email,
    normalise_name,
    normalise_phone,
)

PHONE_FIELDS = ("phone", "contact_mobile", "phone_sanitized")


class ContactDuplicateCondition(models.Model):
    """One field of a duplicate rule and how it is compared."""

    _name = "contact.duplicate.condition"
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

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _normalise(self, value, country_code=None):
        """Return ``value`` as this condition compares it, ``None`` if it is empty."""
        if isinstance(value, models.BaseModel):
            value = value.id
        if not value:
            return None
        if not isinstance(value, str):
            return str(value)
        if self.field_name in ("email", "email_normalized"):
            email = normalise_email(value)
            # info@ is read by many; two people who share it are no duplicate
            return None if not email or is_shared_mailbox(email) else email
        if self.field_name in PHONE_FIELDS:
            return normalise_phone(value, country_code)
        return normalise_name(value)

    def _holds(self, values, other):
        """Whether the condition holds between two ``{field name: value}``."""
        self.ensure_one()
        name = self.field_name
        one = self._normalise(values.get(name), values.get("country_code"))
        two = self._normalise(other.get(name), other.get("country_code"))
        if one is None or two is None:
            return False
        if self.method == "exact":
            return one == two
        return fuzz.token_sort_ratio(one, two) >= self.threshold

    def _pairs_sql(self):
        """Return SQL ``(one, two)`` that is true wherever an exact match may be.

        It may be true too often, as :meth:`_holds` is asked afterwards; ``None`` when
        no column tells (a name without its accents is known to the key table only).
        """
        columns = {"email": "email_normalized", "phone": "phone_sanitized"}
        name = columns.get(self.field_name, self.field_name)
        if self.field_id.ttype == "char" and name == self.field_name:
            if name in ("name", "contact_first_name", "contact_last_name"):
                return None
            one = SQL("lower(%s)", SQL.identifier("one", name))
            return SQL("%s = lower(%s)", one, SQL.identifier("two", name))
        return SQL("%s = %s", SQL.identifier("one", name), SQL.identifier("two", name))
