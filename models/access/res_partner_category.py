from odoo import models
from odoo.fields import Domain

from .base_search import each

_BY_ID = ("=", "!=", "in", "not in")


class ResPartnerCategory(models.Model):
    """Tags are found by the contacts that the user may see."""

    _inherit = "res.partner.category"

    def _contact_condition(self, condition, bypassing):
        if condition.field_expr != "partner_ids" or condition.operator not in _BY_ID:
            return super()._contact_condition(condition, bypassing)
        values = list(each(condition.value))
        if any(isinstance(value, str) for value in values):
            return super()._contact_condition(condition, bypassing)
        seen = self.env["res.partner"].with_context(active_test=False)
        ids = [value for value in values if value]
        found = Domain("id", "in", seen._search(Domain("id", "in", ids)))
        tagged = Domain("partner_ids", "any", found)
        if len(ids) < len(values):
            anybody = Domain("id", "in", seen._search(Domain.TRUE))
            tagged |= ~Domain("partner_ids", "any", anybody)
        negative = condition.operator in Domain.NEGATIVE_OPERATORS
        return ~tagged if negative else tagged
