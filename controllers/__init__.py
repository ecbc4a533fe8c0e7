from . import consent_page, consent_report, thread
