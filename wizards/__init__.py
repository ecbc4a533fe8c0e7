from . import (
    base_partner_merge,
    contact_consent_erase,
    contact_consent_request,
    contact_field_convert,
    contact_field_delete,
    contact_job_change,
    contact_member_add,
    contact_transfer,
    contact_void,
    mail_compose_message,
    hr_departure_wizard,
)
