from . import base_partner_merge, contact_job_change, contact_void
