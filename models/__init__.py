from . import record, field, duplicate, exchange
