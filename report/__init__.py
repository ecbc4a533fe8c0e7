from . import contact_consent_report
