from . import contact_job_change, contact_void
