from . import (
    contact_cached_mixin,
    contact_match_key,
    contact_match_model,
    contact_duplicate_rule,
    contact_duplicate_condition,
    res_partner,
    res_partner_guard,
    res_users,
    ir_model_fields,
)
