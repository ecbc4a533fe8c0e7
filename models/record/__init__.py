from . import (
    contact_relation_type,
    contact_relation,
    crm_lead,
    res_partner,
    res_partner_name,
    res_config_settings,
)
