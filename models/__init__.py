from . import record, consent, field, duplicate, exchange
