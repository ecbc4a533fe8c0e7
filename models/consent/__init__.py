from . import (
    contact_ledger_mixin,
    contact_consent_purpose,
    contact_consent_text,
    contact_consent,
    contact_consent_move,
    res_partner,
    res_partner_consent_move,
    res_partner_consent_page,
)
