from . import base_partner_merge, contact_field_delete, contact_job_change, contact_void
