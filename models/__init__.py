from . import record, consent, field, access, duplicate, exchange
