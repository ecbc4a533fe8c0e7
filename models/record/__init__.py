from . import (
    contact_relation_type,
    contact_relation,
    res_partner,
    res_partner_name,
    res_config_settings,
)
