from . import (
    contact_field_place,
    contact_field_option,
    contact_field,
    contact_field_column,
    contact_field_convert,
    contact_field_example,
    crm_lead,
    crm_lead_views,
    ir_model_fields,
    res_partner,
    res_partner_views,
    res_users,
)
