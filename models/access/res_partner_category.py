from odoo import models
from odoo.fields import Domain

from .base_search import each

_BY_ID = ("=", "!=", "in", "not in")


class ResPartnerCategory(models.Model):
    """Tags are found by the contacts that the user may see."""

    _inherit = "res.partner.category"

    def _contact_condition(self, condition, bypassing):
        ids = list(each(condition.value))
        named = all(isinstance(id_, int) and not isinstance(id_, bool) for id_ in ids)
        by_id = condition.field_expr == "partner_ids" and condition.operator in _BY_ID
        if not by_id or not named:
            return super()._contact_condition(condition, bypassing)
        seen = self.env["res.partner"].with_context(active_test=False)
        found = Domain("id", "in", seen._search(Domain("id", "in", ids)))
        tagged = Domain("partner_ids", "any", found)
        negative = condition.operator in Domain.NEGATIVE_OPERATORS
        return ~tagged if negative else tagged
